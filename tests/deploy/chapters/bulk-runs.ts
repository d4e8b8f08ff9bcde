import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { freshSite } from '../fresh-site.ts';
import { statusOf } from '../reports.ts';
import { assertSameFiles } from '../site-files.ts';
import { lastLine } from '../stories.ts';

/** What the storage bucket loses with its states: everything but what only the files could make again. */
const STATES = /^(?!bodies\/|media\/|work\/)/;

/** The state machine of bulk runs makes a site that was lost, and parses all files anew. */
export const bulkRuns: Chapter = async ({ steps, checkout, account }) => {
  const outputs = await account.deployed();
  const { siteBucket, storageBucket, table } = outputs;
  const before = await account.files(siteBucket);

  await steps.do('each file is as in a site that is made from nothing', async remark => {
    assertSameFiles(before, await freshSite(account, outputs, await checkout.settings()));
    remark(`${before.size} files`);
  });
  const publishAll = async (remark: (text: string) => void) => {
    remark(lastLine(await checkout.desk('publish', '--all')));
    assertSameFiles(await account.files(siteBucket), before);
    const { bulk } = await statusOf(checkout);
    assert.deepEqual(
      { kind: bulk?.kind, state: bulk?.state, failed: bulk?.failed, left: bulk?.left },
      { kind: 'publish', state: 'ended', failed: 0, left: 0 },
    );
  };
  await steps.do('copydesk publish --all: a lost site, whose states are kept, comes back', async remark => {
    await account.empty(siteBucket, /^/);
    await publishAll(remark);
  });
  await steps.do('copydesk publish --all: a lost site with lost states comes back', async remark => {
    await account.empty(siteBucket, /^/);
    await account.empty(storageBucket, STATES);
    await publishAll(remark);
  });
  await steps.do('copydesk reprocess --all: each file is parsed anew', async remark => {
    const aged = await account.age(table);
    const told = await checkout.desk('reprocess', '--all');
    remark(`${aged} records of an older parser: ${lastLine(told)}`);
    assert.equal(await account.aged(table), 0);
    assertSameFiles(await account.files(siteBucket), before);
  });
};
