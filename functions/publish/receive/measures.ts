import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { PublishedFrom } from '../../../shared/model/article.ts';
import { dueInstant } from '../../../shared/model/schedule.ts';
import { editionView } from '../views/edition-view.ts';
import { bind, type PublishDeps } from '../views/view.ts';

type Image = Record<string, AttributeValue>;

/**
 * The instant (RFC 3339, UTC) since which readers wait for a change: the upload of the file, or the end of its embargo.
 * Undefined if the change is no news or does not come from a new file. Examples are an edit by hand, a new parse of the
 * same file, and a promoted duplicate.
 */
export function awaitedSince({ dynamodb }: DynamoDBRecord): string | undefined {
  const before = dynamodb?.OldImage as Image | undefined;
  const now = dynamodb?.NewImage as Image | undefined;
  const uploadedAt = now?.source?.M?.uploadedAt?.S;
  if (now?.status?.S !== 'live' || uploadedAt === undefined) return undefined;
  const isSameFile = before !== undefined && sequencerOf(before) === sequencerOf(now);
  const isReleased = before?.status?.S === 'scheduled';
  const isSameStory = before?.status?.S === 'live' && before.revision?.N === now.revision?.N;
  if ((isSameFile && !isReleased) || isSameStory) return undefined;
  const heldUntil = dueInstant({
    embargoUntil: now.embargoUntil?.S,
    publishedAt: now.publishedAt?.S ?? '',
    publishedFrom: PublishedFrom.safeParse(now.publishedFrom?.S).data ?? 'document',
  });
  return latest(uploadedAt, heldUntil);
}

/**
 * Number of newest articles that are compared with the front page. One is not enough, because it can state an old date.
 */
const MEASURED_ARTICLES = 20;

/**
 * The longest time, in seconds, for which one of the newest live articles has been missing on the front page. 0 if no
 * article is missing. A growing value means that publishing has stopped.
 */
export async function secondsBehind(deps: PublishDeps & { now(): string }): Promise<number> {
  const { articles, site, now } = deps;
  const ids = await articles.newest(Math.min(MEASURED_ARTICLES, site.feedEntries));
  // A lost or broken state is filled first, because an empty state would look like a stopped publisher.
  const state = await bind(deps, editionView({ kind: 'all' }, deps)).state();
  const standing = new Set(state.entries.map(entry => entry.id));
  const missing = await articles.getMany(ids.filter(id => !standing.has(id)));
  const waits = [...missing.values()].map(record =>
    // The index can lag behind the table and still list withdrawn articles.
    record.status === 'live' ? secondsBetween(latest(record.ingestedAt, dueInstant(record)), now()) : 0,
  );
  return Math.max(0, ...waits);
}

/** Seconds from one instant to another. 0 instead of a negative number, because clocks differ. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}

function sequencerOf(image: Image): string | undefined {
  return image.source?.M?.sequencer?.S;
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}
