import assert from 'node:assert/strict';
import { checkNode } from '../../../cli/doctor/machine/node.ts';
import { EXIT } from '../../../cli/output/exit-codes.ts';
import type { Chapter } from '../chapter.ts';
import { EXAMINED, examined, statusOf } from '../reports.ts';
import { assertSameFiles } from '../site-files.ts';
import { headline, lastLine, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** The desk's orders on what is there. Each returns once the site shows it. */
export const orders: Chapter = async ({ steps, checkout, account }) => {
  const { siteBucket, site: address } = await account.deployed();
  const key = 'world/ferry.txt';
  const shown = () => titlesIn(account, siteBucket);
  const corrected = 'The ferry sails again, says the desk';

  await steps.do('copydesk list and show', async () => {
    assert.ok((await checkout.desk('list', '--json')).includes(headline('world/ferry', 'as corrected')));
    assert.ok((await checkout.desk('show', key, '--json')).includes(key));
  });
  await steps.do('copydesk status: nothing waits, nothing failed', async () => {
    await until('the intake is empty', async () => (await statusOf(checkout)).intake.total === 0);
    const { site, deadLetters, publishFailures, rejected, overdue, newest, lastPublish } =
      await statusOf(checkout);
    assert.equal(site, address);
    assert.deepEqual(
      { deadLetters, publishFailures, rejected, overdue },
      { deadLetters: 0, publishFailures: 0, rejected: 0, overdue: 0 },
    );
    assert.ok((await shown()).includes(newest?.headline ?? ''), 'the newest is in the feed');
    assert.ok(Date.parse(lastPublish ?? '') <= Date.now(), 'the feed was written');
  });
  await steps.do(
    'copydesk doctor: all is well, but that nobody gets alarms and nothing serves the site',
    async remark => {
      const checks = await examined(checkout);
      assert.deepEqual(new Set(checks.map(({ about }) => about)), EXAMINED);
      const node = checkNode(process.versions.node);
      // The check of Node warns on Node 20. No setting names a receiver of alarms. MiniStack makes the distribution, and
      // no name leads to it.
      assert.deepEqual(
        checks.filter(({ state }) => state !== 'ok').map(({ state, about }) => `${state} ${about}`),
        [...(node.state === 'ok' ? [] : [`${node.state} Node`]), 'warn alarm topic', 'fail site'],
      );
      const site = checks.find(({ about }) => about === 'site')?.says ?? '';
      assert.ok(site.startsWith(`${address}/feed.json `), site);
      remark(site);
      const lines = await checkout.deskEnding(EXIT.someFailed, 'doctor');
      assert.match(lines, /^ok +stack +CREATE_COMPLETE$/m);
      assert.equal(lastLine(lines), `1 wrong, ${node.state === 'ok' ? 1 : 2} to look at.`);
    },
  );
  await steps.do('copydesk correct: another headline, by hand', async () => {
    await checkout.desk('correct', key, '--headline', corrected, '--note', 'It does sail.', '--yes');
    await until('the feed has it', async () => (await shown()).includes(corrected));
  });
  await steps.do('copydesk withdraw, and restore', async () => {
    await checkout.desk('withdraw', key, '--yes');
    await until('it is gone', async () => !(await shown()).includes(corrected));
    await checkout.desk('restore', key, '--yes');
    await until('it is back', async () => (await shown()).includes(corrected));
  });
  await steps.do('copydesk reprocess --all and publish --rebuild: nothing changes', async remark => {
    const before = await account.files(siteBucket);
    remark(lastLine(await checkout.desk('reprocess', '--all')));
    await checkout.desk('publish', '--rebuild');
    assertSameFiles(await account.files(siteBucket), before);
  });
};
