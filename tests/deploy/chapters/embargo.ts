import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { headline, story, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** How far ahead the embargo is: long enough for a look at the feed. The next chapters file other stories meanwhile. */
const EMBARGO_MS = 45_000;

const NAME = 'world/embargo';

/** The embargo and, at worst, the minute until the next tick. */
const RELEASE_SECONDS = EMBARGO_MS / 1_000 + 75;

export const filedEmbargo: Chapter = async ({ steps, checkout, account }) => {
  const { siteBucket } = await account.deployed();
  await steps.do('copydesk put --publish-at: a story under embargo', async () => {
    const file = await checkout.write('later/embargo.txt', story(NAME));
    const due = new Date(Date.now() + EMBARGO_MS);
    await checkout.desk('put', file, '--prefix', 'world', '--publish-at', due.toISOString(), '--wait');
    const isPublic = (await titlesIn(account, siteBucket)).includes(headline(NAME));
    assert.ok(!isPublic || Date.now() >= due.getTime(), 'it is not public before its time');
  });
};

export const releasedEmbargo: Chapter = async ({ steps, account }) => {
  const { siteBucket } = await account.deployed();
  await steps.do('the embargo has ended, by the clock of the stack', async () => {
    const isPublic = async () => (await titlesIn(account, siteBucket)).includes(headline(NAME));
    await until('it is public', isPublic, { seconds: RELEASE_SECONDS });
  });
};
