import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { assertSameFiles, type SiteFiles } from '../site-files.ts';
import { lastLine } from '../stories.ts';

const DOMAIN = 'news.example.org';

/** CloudFront reads certificates of this region only. */
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/4cfb3e1c-8a0e-4b0b-9c4b-0d5a1c2d3e4f';

/** The site gets a domain: docs/operating.md, "Pages of the site". */
export const domain: Chapter = async ({ steps, checkout, account }) => {
  const before = await account.deployed();
  const files = await account.files(before.siteBucket);

  await steps.do('cdk deploy: the site gets a domain', async remark => {
    const { deployment = {}, ...settings } = await checkout.configured();
    const named = { name: DOMAIN, certificateArn: CERTIFICATE };
    await checkout.configure({ ...settings, deployment: { ...deployment, domain: named } });
    await checkout.deploy();
    const { site, ...others } = await account.deployed();
    const { site: _, ...same } = before;
    assert.equal(site, `https://${DOMAIN}`);
    assert.deepEqual(others, same);
    remark(`${before.site} is now ${site}`);
  });
  await steps.do(
    'copydesk publish --all: each address in each file is new, and nothing else',
    async remark => {
      remark(lastLine(await checkout.desk('publish', '--all')));
      const { host } = new URL(before.site);
      const wanted = new Map([...files].map(([key, file]) => [key, file.replaceAll(host, DOMAIN)]));
      const found = await account.files(before.siteBucket);
      assertSameFiles(withoutFeedIds(found), withoutFeedIds(wanted));
      const changed = [...wanted].filter(([key, file]) => files.get(key) !== file);
      remark(`${changed.length} of ${files.size} files had one`);
    },
  );
};

/** The id of an Atom feed is made from its address, so it is another one. */
function withoutFeedIds(files: SiteFiles): SiteFiles {
  return new Map([...files].map(([key, file]) => [key, file.replace(/^ {2}<id>urn:uuid:.*<\/id>$/m, '')]));
}
