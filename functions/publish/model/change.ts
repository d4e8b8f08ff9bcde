import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { articleId } from '../../../shared/model/identity.ts';
import { mediaPath } from '../../../shared/model/media-address.ts';
import { recordIdOf } from '../../../shared/table/article-item.ts';
import { RECORD_SK, TABLE_KEY } from '../../../shared/table/keys.ts';
import { editionId, editionsOf } from '../views/merge-edition.ts';
import { EditionOf } from './site.ts';

/**
 * What a change record says: which article changed, and where it may have stood before and after. What the
 * article is now is read from the table, so that a late or repeated change record does no harm.
 */
export const Change = z.object({
  id: z.string(),
  editions: z.array(EditionOf),
  /** Dates of publication under which it stood in them, before the change and since. */
  dates: z.optional(z.array(z.string())),
  /** Pages that it had before the change. */
  permalinks: z.array(z.string()),
  /** Ids of the records of media that it showed or shows; its own where it is media. */
  media: z.optional(z.array(z.string())),
  /** The path of the file that it had on the site, where it was media. */
  file: z.optional(z.string()),
});
export type Change = z.infer<typeof Change>;

/** Two changes of one article as one; a change joined with itself is what it was. */
export function joined(a: Change, b: Change): Change {
  const file = a.file ?? b.file;
  const dates = [...new Set([...(a.dates ?? []), ...(b.dates ?? [])])];
  const editions = new Map([...a.editions, ...b.editions].map(of => [editionId(of), of]));
  return {
    id: a.id,
    editions: [...editions.values()],
    ...(dates.length > 0 && { dates }),
    permalinks: [...new Set([...a.permalinks, ...b.permalinks])],
    media: [...new Set([...(a.media ?? []), ...(b.media ?? [])])],
    ...(file !== undefined && { file }),
  };
}

/** The change of a stream record, or undefined where the item is no article's record. */
export function readChange(record: DynamoDBRecord): Change | undefined {
  const { Keys, OldImage, NewImage } = record.dynamodb ?? {};
  const id = recordIdOf(Keys?.[TABLE_KEY.partition]?.S ?? '');
  if (id === undefined || Keys?.[TABLE_KEY.sort]?.S !== RECORD_SK) return undefined;
  const change: Change = { id, editions: [], permalinks: [] };
  for (const image of [OldImage, NewImage]) {
    if (image?.status?.S === 'media') change.media = [id];
    // What was not live stood nowhere; to open an edition for it would name what is under embargo.
    if (image?.status?.S !== 'live') continue;
    const bucket = image?.source?.M?.bucket?.S ?? '';
    const keys = (image?.media?.L ?? []).map(({ M }) => M?.key?.S ?? '');
    change.media = [...(change.media ?? []), ...keys.map(key => articleId(bucket, key))];
    const section = image?.section?.S;
    if (section === undefined) continue;
    const authors = (image?.authors?.L ?? []).flatMap(({ M }) => (M?.name?.S ? [{ name: M.name.S }] : []));
    change.editions.push(...editionsOf({ section, tags: strings(image?.tags), authors }));
  }
  const key = OldImage?.status?.S === 'media' ? OldImage.source?.M?.key?.S : undefined;
  if (key !== undefined) change.file = mediaPath(key);
  const date = OldImage?.status?.S === 'live' ? OldImage.publishedAt?.S : undefined;
  if (date !== undefined) change.dates = [date];
  const permalink = OldImage?.permalink?.S;
  if (permalink !== undefined) change.permalinks.push(permalink);
  return change;
}

function strings(value: AttributeValue | undefined): string[] {
  return (value?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S]));
}
