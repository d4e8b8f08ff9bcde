import assert from 'node:assert/strict';
import { EXIT } from '../../../cli/output/exit-codes.ts';
import type { Chapter } from '../chapter.ts';
import { examined, statusOf } from '../reports.ts';
import { headline, inFeed, story } from '../stories.ts';
import { until } from '../until.ts';

/** A file that fails for good is parked, found, and put back once the cause is mended. */
export const deadLetters: Chapter = async ({ steps, checkout, account }) => {
  const outputs = await account.deployed();
  const { intakeBucket, intakeQueue, deadLetterQueue, ingestFunction, siteBucket } = outputs;
  const key = 'world/poison.txt';
  const denial = await account.deny(ingestFunction, intakeBucket, key);
  await steps.do('a file that ingest may not read is parked at once, with its reason', async remark => {
    const file = await checkout.write('later/poison.txt', story('world/poison'));
    await checkout.desk('put', file, '--prefix', 'world');
    await until('it is parked', async () => (await account.messages(deadLetterQueue)) === 1);
    await until('nothing else waits', async () => (await account.messages(intakeQueue)) === 0);
    const failures = await checkout.deskEnding(EXIT.someFailed, 'failures', '--json');
    for (const word of [key, 's3-forbidden'])
      assert.ok(failures.includes(word), `copydesk failures names ${word}: ${failures}`);
    remark(`copydesk failures names ${key} and s3-forbidden`);
    assert.equal((await statusOf(checkout)).deadLetters, 1, 'copydesk status counts it');
    const found = (await examined(checkout)).find(({ about }) => about === 'dead letters');
    assert.equal(`${found?.state} ${found?.says}`, 'fail 1 wait', 'copydesk doctor sees it');
  });
  await denial.undo();
  await steps.do('mended, copydesk retry brings it back', async () => {
    await checkout.desk('retry', key, '--yes');
    await inFeed(account, siteBucket, headline('world/poison'));
    await until('no dead letter is left', async () => (await account.messages(deadLetterQueue)) === 0);
  });
};
