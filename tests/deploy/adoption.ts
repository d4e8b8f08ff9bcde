import assert from 'node:assert/strict';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';
import { until } from './deployment.ts';
import type { StoryOptions } from './story-options.ts';

/** A stack that takes over what a removed one has left: docs/operating.md, "Adoption of kept data". */
export async function adopted(
  { steps, checkout, account }: StoryOptions,
  left: DeploymentOutputs,
  { deploy, story }: { deploy: readonly string[]; story: (addition: string) => string },
): Promise<void> {
  const before = await account.feed(left.siteBucket);
  await steps.do('cdk import: a new stack has the table and the buckets of the old one', async () => {
    const mapping = {
      StorageArticles861864AA: { TableName: left.table },
      StorageBucket5CB7C8EA: { BucketName: left.storageBucket },
      IntakeBucketDF3620F2: { BucketName: left.intakeBucket },
      SiteBucket978D4AEB: { BucketName: left.siteBucket },
    };
    const file = await checkout.write('kept.json', JSON.stringify(mapping));
    await checkout.cdk('import', '-c', 'adopt=true', '--resource-mapping', file);
  });
  await steps.do('cdk deploy: everything else is made around them', async () => {
    await checkout.cdk(...deploy);
    const outputs = await account.outputs();
    const { intakeBucket, storageBucket, siteBucket, table } = left;
    assert.deepEqual({ ...outputs, intakeBucket, storageBucket, siteBucket, table }, outputs);
  });
  await steps.do('a correction of an old story reaches the feed as the same article', async () => {
    const file = await checkout.write('stories/world/ferry.txt', story('after the adoption'));
    await checkout.desk('put', file, '--prefix', 'world', '--wait');
    const feed = await until('the feed has it', async () => {
      const { items } = await account.feed(left.siteBucket);
      return items.some(({ title }) => title.includes('after the adoption')) && items;
    });
    assert.deepEqual(feed.map(({ id }) => id).sort(), before.items.map(({ id }) => id).sort());
  });
}
