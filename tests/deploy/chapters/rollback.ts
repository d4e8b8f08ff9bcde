import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import type { Checkout } from '../checkout.ts';
import { earlierVersion } from '../earlier-version.ts';
import { freshSite } from '../fresh-site.ts';
import { assertSameFiles } from '../site-files.ts';
import { headline, inFeed, lastLine, story, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** The return to an earlier version, work with it, and the way forward again: docs/operating.md, "Rollback". */
export const rollback: Chapter = async ({ steps, checkout, account, root }) => {
  const outputs = await account.deployed();
  const { siteBucket } = outputs;
  const deployed = async (version: Checkout, remark: (text: string) => void) => {
    await version.deploy();
    for (const command of ['reprocess', 'publish']) remark(lastLine(await version.desk(command, '--all')));
    const { intakeBucket, storageBucket, table, site } = await account.deployed();
    assert.deepEqual(
      { ...outputs, intakeBucket, storageBucket, table, site },
      outputs,
      'the data is the same',
    );
  };

  const earlier = await steps.do(
    'cdk deploy of an earlier version, reprocess --all, publish --all',
    async remark => {
      const version = await earlierVersion(checkout, root);
      remark(version.title);
      // An earlier version refuses settings that it does not know.
      const { feeds: _, ...known } = await checkout.configured();
      await version.checkout.configure(known);
      await deployed(version.checkout, remark);
      return version.checkout;
    },
  );
  await steps.do('the earlier version files and kills', async () => {
    for (const name of ['filed', 'killed'])
      await earlier.write(`rolled/${name}.txt`, story(`rolled/${name}`));
    await earlier.desk('put', 'rolled', '--prefix', 'rolled', '--wait');
    for (const name of ['filed', 'killed']) await inFeed(account, siteBucket, headline(`rolled/${name}`));
    await earlier.desk('withdraw', 'rolled/killed.txt', '--yes');
    const isGone = async () => !(await titlesIn(account, siteBucket)).includes(headline('rolled/killed'));
    await until('it is gone', isGone);
  });
  await steps.do('cdk deploy of this version again: each file is as in a fresh site', async remark => {
    await deployed(checkout, remark);
    assert.ok((await titlesIn(account, siteBucket)).includes(headline('rolled/filed')));
    assert.ok(!(await titlesIn(account, siteBucket)).includes(headline('rolled/killed')));
    const fresh = await freshSite(account, outputs, await checkout.settings());
    assertSameFiles(await account.files(siteBucket), fresh);
  });
};
