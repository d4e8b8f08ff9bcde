import assert from 'node:assert/strict';
import { exportedArchive } from '../archive.ts';
import type { Chapter } from '../chapter.ts';
import { freshSite } from '../fresh-site.ts';
import { assertSameFiles } from '../site-files.ts';
import { lastLine, story } from '../stories.ts';

const STORIES = 2_000;

/** Time in which all that was imported is published. MiniStack is one process. */
const PUBLISHED_SECONDS = 240;

/** A stage beside production, for a CDN of its own, takes in the records of an archive, and is removed with its data. */
export const stage: Chapter = async ({ steps, checkout, account }) => {
  const production = await account.deployed();
  const test = checkout.stage('test');
  await checkout.configure({
    ...(await checkout.configured()),
    stages: {
      test: {
        site: { baseUrl: 'https://test.example.org' },
        deployment: { cloudFront: false, data: 'destroy', domain: null },
        // They would double the writes of an import, and are no concern of it.
        duplicates: { near: 'off' },
      },
    },
  });
  const outputs = await steps.do('cdk deploy of a stage, for a CDN of its own', async remark => {
    await test.deploy();
    const found = await account.deployed(test.stackName);
    assert.equal(found.site, 'https://test.example.org');
    assert.deepEqual(await account.deployed(), production, 'production is as before');
    remark(found.site);
    return found;
  });

  const lines = await steps.do(`an archive of ${STORIES} stories, exported`, async remark => {
    const exported = await exportedArchive(STORIES, await test.settings());
    await checkout.write('archive.jsonl', exported.join(''));
    remark(`${exported.length} records`);
    return exported;
  });
  await steps.do('copydesk import: the stage has the records of the archive', async remark => {
    remark(lastLine(await test.desk('import', 'archive.jsonl', '--yes')));
    const there = (await test.desk('export')).trimEnd().split('\n');
    assert.deepEqual(keptOf(there), keptOf(lines));
  });
  await steps.do(
    'the stage files beside them, and its site is as one that is made from nothing',
    async remark => {
      const file = await checkout.write('later/newest.txt', story('world/newest'));
      // The stream keeps the order of changes, so this story is published after all that was imported.
      await test.desk('put', file, '--prefix', 'world', '--wait', '--patience', String(PUBLISHED_SECONDS));
      const wanted = await freshSite(account, outputs, await test.settings());
      assertSameFiles(await account.files(outputs.siteBucket), wanted);
      remark(`${wanted.size} files`);
    },
  );
  await steps.do('cdk destroy of a stage that keeps nothing', async () => {
    await test.cdk('destroy', '--force');
    assert.equal(await account.outputs(test.stackName), undefined);
    for (const bucket of [outputs.intakeBucket, outputs.storageBucket, outputs.siteBucket])
      assert.ok(!(await account.hasBucket(bucket)), `${bucket} is gone, with what was in it`);
    for (const bucket of [production.intakeBucket, production.storageBucket, production.siteBucket])
      assert.ok(await account.hasBucket(bucket), `${bucket} of production is not touched`);
  });
};

/** What an import keeps of the lines of an export, by id: all but the number of writes of each record. */
function keptOf(lines: readonly string[]): Map<string, object> {
  const records = lines.map(line => JSON.parse(line)).map(({ version: _, ...record }) => record);
  return new Map(records.map(record => [record.id, record]));
}
