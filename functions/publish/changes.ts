import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { monthOf, recordIdOf } from '../../shared/article-item.ts';
import { editionsOf } from './edition.ts';
import type { EditionOf } from './site.ts';

/**
 * What a change record says: which article changed, and where it may have stood before and after. What the
 * article is now is read from the table, so that a late or repeated change record does no harm.
 */
export interface Change {
  id: string;
  editions: EditionOf[];
  /** Months (`2026-11`) that it was or is published in. */
  months: string[];
  /** Pages that it had before the change. */
  permalinks: string[];
}

/** Two changes of one article as one. */
export function joined(a: Change, b: Change): Change {
  return {
    id: a.id,
    editions: [...a.editions, ...b.editions],
    months: [...a.months, ...b.months],
    permalinks: [...a.permalinks, ...b.permalinks],
  };
}

/** The change of a stream record, or undefined where the item is no article's record. */
export function readChange(record: DynamoDBRecord): Change | undefined {
  const { Keys, OldImage, NewImage } = record.dynamodb ?? {};
  const id = recordIdOf(Keys?.pk?.S ?? '');
  if (id === undefined) return undefined;
  const change: Change = { id, editions: [], months: [], permalinks: [] };
  for (const image of [OldImage, NewImage]) {
    // What was not live stood nowhere; to open an edition for it would name what is under embargo.
    if (image?.status?.S !== 'live') continue;
    const section = image?.section?.S;
    const publishedAt = image?.publishedAt?.S;
    if (section === undefined || publishedAt === undefined) continue;
    change.months.push(monthOf(publishedAt));
    change.editions.push(...editionsOf({ section, tags: strings(image?.tags) }, { tags: true }));
  }
  const permalink = OldImage?.permalink?.S;
  if (permalink !== undefined) change.permalinks.push(permalink);
  return change;
}

function strings(value: AttributeValue | undefined): string[] {
  return (value?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S]));
}
