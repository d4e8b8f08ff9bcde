import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { type Deployment, openDeployment } from '../../cli/deployment/deployment.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { isArticle } from '../../shared/model/article.ts';
import { MARK, type State } from './editors.ts';

/** Longest wait until everything that was uploaded is published, in milliseconds: what is lost never comes. */
const PATIENCE_MS = 180_000;

/** Between two looks at what is not yet as it should be. */
const LOOK_AGAIN_MS = 500;

interface Evidence {
  /** Folder in which the laptop runs. */
  dir: string;
  s3: S3Client;
  expected: ReadonlyMap<string, readonly State[]>;
}

interface Verdict {
  wrong: string[];
  live: number;
  deleted: number;
}

/** What is wrong once nothing is any more, or when it has been waited long enough. */
export async function whatStaysWrong(evidence: Evidence): Promise<Verdict> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const verdict = await whatIsWrong(evidence);
    if (verdict.wrong.length === 0 || performance.now() >= end) return verdict;
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/** Compares the bucket with what was acknowledged, and the table, the pages and the feed with the bucket. */
async function whatIsWrong({ dir, s3, expected }: Evidence): Promise<Verdict> {
  const deployment = await openDeployment({ local: true, state: path.join(dir, '.copydesk') });
  try {
    const wrong: string[] = [];
    const byMark = new Map<string, string[]>();
    let deleted = 0;
    for (const [key, states] of expected) {
      const state = await stateOf(s3, key);
      if (!states.includes(state)) wrong.push(`${key} holds ${state}, and ${states} was acknowledged.`);
      wrong.push(...(await wrongInTable(deployment, key, state)));
      if (state === 'absent') deleted++;
      else byMark.set(state, [...(byMark.get(state) ?? []), key]);
    }
    const shown = await shownMarks(deployment);
    for (const [mark, keys] of byMark)
      if (shown.get(mark) !== 1)
        wrong.push(`${mark} of ${keys} is on ${shown.get(mark) ?? 0} pages, not on one.`);
    for (const mark of shown.keys())
      if (!byMark.has(mark)) wrong.push(`${mark} is on a page, and no file holds it.`);
    wrong.push(...(await wrongInFeed(deployment, byMark)));
    return { wrong, live: byMark.size, deleted };
  } finally {
    deployment.close();
  }
}

async function stateOf(s3: S3Client, Key: string): Promise<State> {
  const object = await new Bucket(s3, 'intake').get(Key);
  return object === undefined ? 'absent' : (Buffer.from(object.bytes).toString().match(MARK)?.[0] ?? '?');
}

async function wrongInTable(deployment: Deployment, key: string, state: State): Promise<string[]> {
  // The record of a file that continues another story is not that of its key.
  const { record } = await deployment.articles.find(key);
  if (state === 'absent')
    return record === undefined || record.status === 'deleted'
      ? []
      : [`${key} is gone, its record is ${record.status}.`];
  if (record === undefined || !isArticle(record)) return [`${key} holds ${state}, and has no article.`];
  const { headline, status } = record;
  if (!headline.includes(state)) return [`${key} holds ${state}, its record says “${headline}”.`];
  return status === 'live' || status === 'duplicate' ? [] : [`${key} holds ${state} and is ${status}.`];
}

/** On how many pages of articles each mark stands. */
async function shownMarks({ site }: Deployment): Promise<Map<string, number>> {
  const shown = new Map<string, number>();
  for await (const key of site.keys('articles/')) {
    const page = await site.get(key);
    const [mark] =
      Buffer.from(page?.bytes ?? [])
        .toString()
        .match(MARK) ?? [];
    if (mark !== undefined) shown.set(mark, (shown.get(mark) ?? 0) + 1);
  }
  return shown;
}

async function wrongInFeed({ site }: Deployment, byMark: ReadonlyMap<string, unknown>): Promise<string[]> {
  const text = Buffer.from((await site.get('feed.json'))?.bytes ?? []).toString();
  const items = (JSON.parse(text || '{"items":[]}') as { items: { title: string; _gone?: object }[] }).items;
  const articles = items.filter(({ _gone }) => _gone === undefined);
  const marks = articles.map(({ title }) => title.match(MARK)?.[0] ?? '?');
  const strays = marks.filter(mark => !byMark.has(mark));
  const twice = marks.filter((mark, at) => marks.indexOf(mark) !== at);
  return [
    ...strays.map(mark => `${mark} is in the feed, and no file holds it.`),
    ...twice.map(mark => `${mark} is in the feed twice.`),
  ];
}
