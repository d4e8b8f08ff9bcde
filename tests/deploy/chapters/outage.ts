import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chapter } from '../chapter.ts';
import { freshSite } from '../fresh-site.ts';
import { assertSameFiles } from '../site-files.ts';
import { headline, inFeed, story, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

const STANDING = ['kept', 'corrected', 'killed', 'deleted'];

const FILED_MEANWHILE = ['first', 'second'];

/** How far ahead the embargo is that ends while nothing is published. */
const EMBARGO_MS = 10_000;

/**
 * No change reaches the publish function. What happens meanwhile waits in the change stream, so the length of the outage
 * changes nothing (tests/pipeline/outage.test.ts has one of an hour, by its own clock).
 */
export const outage: Chapter = async ({ steps, checkout, account }) => {
  const outputs = await account.deployed();
  const { intakeBucket, intakeQueue, siteBucket, publishFunction } = outputs;
  const titles = () => titlesIn(account, siteBucket);
  const file = async (name: string, addition?: string, ...args: string[]) => {
    const path = await checkout.write(`outage/${name}.txt`, story(`outage/${name}`, addition));
    await checkout.desk('put', path, '--prefix', 'outage', ...args);
  };
  const keyOf = async (name: string) => {
    const { items } = await account.feed(siteBucket);
    const url = items.find(({ title }) => title === headline(`outage/${name}`))?.url;
    assert.ok(url, `${name} is in the feed`);
    return new URL(url).pathname.slice(1);
  };

  const killed = await steps.do('stories that stand when the outage begins', async () => {
    for (const name of STANDING) await checkout.write(`outage/${name}.txt`, story(`outage/${name}`));
    await checkout.desk('put', 'outage', '--prefix', 'outage', '--wait');
    for (const name of STANDING) await inFeed(account, siteBucket, headline(`outage/${name}`));
    return keyOf('killed');
  });

  const before = await account.files(siteBucket);
  const outage = await account.disable(publishFunction);
  await steps.do('no change reaches the publish function: nothing changes on the site', async () => {
    const due = Date.now() + EMBARGO_MS;
    await file('embargo', undefined, '--publish-at', new Date(due).toISOString());
    for (const name of FILED_MEANWHILE) await file(name);
    await file('corrected', 'as corrected');
    await checkout.desk('withdraw', 'outage/killed.txt', '--yes', '--no-wait');
    await account.delete(intakeBucket, 'outage/deleted.txt');
    await until('all is ingested', async () => (await account.messages(intakeQueue)) === 0);
    await pause(Math.max(0, due - Date.now()));
    assertSameFiles(await account.files(siteBucket), before);
  });

  await steps.do('it returns: everything is published, the killed story first', async () => {
    await outage.undo();
    await account.tick(publishFunction);
    const wanted = [
      ...['kept', 'embargo', ...FILED_MEANWHILE].map(name => headline(`outage/${name}`)),
      headline('outage/corrected', 'as corrected'),
    ];
    await until('the feed has all', async () => {
      const shown = new Set(await titles());
      return wanted.every(title => shown.has(title));
    });
    const gone = [headline('outage/killed'), headline('outage/deleted'), headline('outage/corrected')];
    assert.deepEqual(
      (await titles()).filter(title => gone.includes(title)),
      [],
    );
    const killedAt = (await account.writtenAt(siteBucket, killed)) ?? Number.POSITIVE_INFINITY;
    for (const name of FILED_MEANWHILE) {
      const writtenAt = (await account.writtenAt(siteBucket, await keyOf(name))) ?? 0;
      assert.ok(killedAt <= writtenAt, `the notice of the killed story is older than ${name}`);
    }
  });

  await steps.do('each file is as in a site that is made from nothing', async () => {
    const fresh = await freshSite(account, outputs, await checkout.settings());
    assertSameFiles(await account.files(siteBucket), fresh);
  });
};
