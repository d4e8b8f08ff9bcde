import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { publishedPath } from '../../../shared/model/media-address.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { type EditionOf, editionsOf, newsPlace } from '../model/edition-of.ts';
import { changedId } from './changed-groups.ts';

/**
 * The change in a stream record. Undefined if the item is no article record.
 * @param articles the table of the stream
 */
export function readChange(
  record: DynamoDBRecord,
  articles: Pick<Articles, 'idOf'>,
): ArticleChange | undefined {
  const { OldImage, NewImage } = record.dynamodb ?? {};
  const id = changedId(record.dynamodb);
  if (id === undefined) return undefined;
  const change = changeTo(id, isLive(NewImage) && !isLive(OldImage) ? { isNew: true } : {});
  for (const image of [OldImage, NewImage]) {
    if (image?.status?.S === 'media') change.media = [id];
    const gone = image?.gone?.M;
    if (gone !== undefined) change.editions.push(...editionsIn(gone));
    // Of the others only live records have editions, because an edition would reveal the section of an embargoed article.
    if (!isLive(image)) continue;
    const keys = (image?.media?.L ?? []).map(({ M }) => M?.key?.S ?? '');
    change.media = [...(change.media ?? []), ...keys.map(key => articles.idOf(key))];
    change.editions.push(...editionsIn(image));
  }
  const key = OldImage?.status?.S === 'media' ? OldImage.source?.M?.key?.S : undefined;
  if (key !== undefined) change.file = publishedPath(key);
  const date = isLive(OldImage) ? OldImage?.publishedAt?.S : undefined;
  if (date !== undefined) change.dates = [date];
  const isGone = !isLive(OldImage);
  const news = isGone ? OldImage?.gone?.M?.at?.S : OldImage?.newsAt?.S;
  if (news !== undefined) change.news = [newsPlace(news, isGone)];
  const permalink = OldImage?.permalink?.S;
  if (permalink !== undefined) change.permalinks.push(permalink);
  const aliases = strings(OldImage?.aliases);
  if (aliases.length > 0) change.aliases = aliases;
  return change;
}

type Image = Record<string, AttributeValue>;

/** The editions that the attributes of an article or of a notice name. */
function editionsIn(image: Image | undefined): EditionOf[] {
  const section = image?.section?.S;
  if (section === undefined) return [];
  const authors = (image?.authors?.L ?? []).flatMap(({ M }) => (M?.name?.S ? [{ name: M.name.S }] : []));
  return editionsOf({ section, tags: strings(image?.tags), authors, permalink: image?.permalink?.S });
}

function isLive(image: Image | undefined): boolean {
  return image?.status?.S === 'live';
}

function strings(value: AttributeValue | undefined): string[] {
  return (value?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S]));
}
