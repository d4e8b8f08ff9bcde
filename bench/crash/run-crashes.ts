import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { randomFrom } from '../publish/random.ts';
import { CORRECTIONS, DELETIONS, Editors } from './editors.ts';
import { laptopIn } from './laptop-process.ts';
import { whatStaysWrong } from './verdict.ts';

interface Crashes {
  files: number;
  /** What was acknowledged, by kind, and how much of it while the laptop recovered. */
  acknowledged: Record<string, number>;
  whileRecovering: Record<string, number>;
  /** Requests whose answer a kill has cut off. */
  cutOff: number;
  kills: number;
  killsWhileRecovering: number;
  /** Milliseconds from the last start to its readiness, with all files. */
  lastRecoveryMs: number;
  /** From the first start until everything that was acknowledged had been recovered. */
  seconds: number;
  live: number;
  deleted: number;
  /** What was lost, reverted or resurrected, in words. */
  wrong: string[];
}

/** Files filed at once by the S3 client. */
const CONCURRENCY = 8;

/** A kill comes at any moment until then, counted from when S3 answers. */
const KILL_TO_MS = 6_000;

/** Share of kills that come at a random moment; the others come after a random number of requests. */
const BY_TIME = 0.4;

/** How often it is looked how many requests were sent. */
const LOOK_EVERY_MS = 10;

/**
 * Lets an S3 client upload, correct and delete files of a laptop that is killed again and again, starts it once more
 * and compares what is published with what was acknowledged.
 */
export async function runCrashes(options: {
  files: number;
  kills: number;
  seed: number;
  killToMs?: number;
  say?: (line: string) => void;
}): Promise<Crashes> {
  const { files, kills, seed, killToMs = KILL_TO_MS, say = () => undefined } = options;
  const random = randomFrom(seed);
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-crash-'));
  const laptop = await laptopIn(dir);
  const s3 = new S3Client({
    endpoint: laptop.s3,
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const editors = new Editors(s3, random, files, () => laptop.isRecovering);
  const startedAt = performance.now();
  let killsWhileRecovering = 0;
  try {
    const requestsFor = (count: number) => Math.ceil(count / (1 - CORRECTIONS - DELETIONS));
    // Before each kill so many on the average that few files are left for the time after the last.
    const requests = Math.ceil(requestsFor(files) / (kills * (1 - BY_TIME) + 1));
    for (let kill = 1; kill <= kills; kill++) {
      await laptop.start();
      const work = editors.work(CONCURRENCY, 2 * requests, killToMs);
      const until = random.next();
      if (random.chance(BY_TIME)) await setTimeout(until * killToMs);
      else while (work.sent < until * 2 * requests) await setTimeout(LOOK_EVERY_MS);
      if (laptop.isRecovering) killsWhileRecovering++;
      const state = laptop.isRecovering ? 'while it recovers' : 'at work';
      await laptop.kill();
      await work.stop();
      say(`Kill ${kill} of ${kills} ${state}: ${editors.summary()}.`);
    }
    await laptop.start();
    do await editors.work(CONCURRENCY, requestsFor(files - editors.files) + CONCURRENCY, killToMs).done;
    while (editors.files < files);
    const lastRecoveryMs = Math.round(await laptop.ready());
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    say(`Ready after ${lastRecoveryMs} ms: ${editors.summary()}.`);
    const verdict = { dir, s3, expected: editors.possible() };
    const { wrong, live, deleted } = await whatStaysWrong(verdict);
    return {
      files,
      acknowledged: Object.fromEntries(editors.acknowledged),
      whileRecovering: Object.fromEntries(editors.whileRecovering),
      cutOff: editors.cutOff,
      kills,
      killsWhileRecovering,
      lastRecoveryMs,
      seconds,
      live,
      deleted,
      wrong,
    };
  } finally {
    s3.destroy();
    await laptop.kill();
    await rm(dir, { recursive: true, force: true });
  }
}
