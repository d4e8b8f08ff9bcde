import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { freshSite } from '../fresh-site.ts';
import { assertSameFiles } from '../site-files.ts';
import { lastLine, story } from '../stories.ts';
import { until } from '../until.ts';

const KEY = 'world/ferry.txt';

/** A stack is removed, and another takes over what it has left: docs/operating.md, "Removal" and "Adoption of kept data". */
export const adoption: Chapter = async ({ steps, checkout, account }) => {
  const left = await account.deployed();
  const { intakeBucket, storageBucket, siteBucket, table } = left;
  await steps.do('cdk destroy: the stack is gone, the copy is kept', async () => {
    await checkout.cdk('destroy', '--force');
    assert.equal(await account.outputs(), undefined);
    assert.ok((await account.keys(intakeBucket)).includes(KEY));
    assert.ok((await account.keys(siteBucket)).includes('feed.xml'));
  });

  const before = await account.feed(siteBucket);
  await steps.do('cdk import: a new stack has the table and the buckets of the old one', async () => {
    const mapping = {
      StorageArticles861864AA: { TableName: table },
      StorageBucket5CB7C8EA: { BucketName: storageBucket },
      IntakeBucketDF3620F2: { BucketName: intakeBucket },
      SiteBucket978D4AEB: { BucketName: siteBucket },
    };
    const file = await checkout.write('kept.json', JSON.stringify(mapping));
    await checkout.cdk('import', '-c', 'adopt=true', '--resource-mapping', file);
  });
  const outputs = await steps.do('cdk deploy: everything else is made around them', async () => {
    await checkout.deploy();
    const found = await account.deployed();
    assert.deepEqual({ ...found, intakeBucket, storageBucket, siteBucket, table }, found);
    return found;
  });
  await steps.do('a correction of an old story reaches the feed as the same article', async () => {
    const file = await checkout.write('stories/world/ferry.txt', story('world/ferry', 'after the adoption'));
    await checkout.desk('put', file, '--prefix', 'world', '--wait');
    const feed = await until('the feed has it', async () => {
      const { items } = await account.feed(siteBucket);
      return items.some(({ title }) => title.includes('after the adoption')) && items;
    });
    assert.deepEqual(feed.map(({ id }) => id).sort(), before.items.map(({ id }) => id).sort());
  });
  await steps.do(
    'copydesk publish --all: each file is as in a site that is made from nothing',
    async remark => {
      remark(lastLine(await checkout.desk('publish', '--all')));
      const fresh = await freshSite(account, outputs, await checkout.settings());
      assertSameFiles(await account.files(siteBucket), fresh);
    },
  );
  await steps.do('cdk destroy once more', () => checkout.cdk('destroy', '--force'));
};
