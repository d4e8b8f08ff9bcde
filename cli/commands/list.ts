import { type ArticleRecord, isArticle } from '../../shared/article.ts';
import { sectionPath } from '../../shared/identity.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/desk.ts';
import { inBatches, rejectedSince, timeOf } from '../desk/rejected.ts';
import { statusWord, table } from '../desk/tables.ts';
import { EXIT } from '../exit-codes.ts';
import { printable } from '../printable.ts';

type Status = ArticleRecord['status'] | 'all';

interface ListOptions extends DeskOptions {
  status?: Status;
  section?: string;
  /** RFC 3339. */
  since?: string;
  limit: number;
  json?: boolean;
}

/** Longest headline in a table, in characters. */
const HEADLINE = 60;

/** `copydesk list`: records, newest first. Without a status what is live or scheduled. */
export async function list(options: ListOptions): Promise<number> {
  const desk = await openDesk(options);
  try {
    const records = await find(desk, options);
    if (options.json) for (const record of records) process.stdout.write(`${JSON.stringify(record)}\n`);
    else process.stdout.write(describe(records, options.limit));
    return EXIT.ok;
  } finally {
    desk.close();
  }
}

async function find(
  { articles }: Desk,
  { status, section, since = '', limit }: ListOptions,
): Promise<ArticleRecord[]> {
  const folder = section === undefined ? undefined : sectionPath(section);
  const isWanted = (record: ArticleRecord) =>
    timeOf(record) >= since &&
    (folder === undefined || (isArticle(record) && sectionPath(record.section) === folder)) &&
    (status === undefined
      ? record.status === 'live' || record.status === 'scheduled'
      : status === 'all' || record.status === status);

  let found: ArticleRecord[] = [];
  const add = (record: ArticleRecord) => {
    if (isWanted(record)) found.push(withoutBody(record));
    // Bounded, however large the table: only the newest are kept.
    if (found.length > limit * 2 + 1_000) found = newest(found, limit);
  };
  const gather = async (batches: AsyncIterable<ArticleRecord[]>) => {
    for await (const records of batches) for (const record of records) add(record);
  };
  // What indexes find costs as much as there is to show; for all else the whole table is read.
  if (status === undefined || status === 'live' || status === 'scheduled') {
    if (status !== 'scheduled') await gather(inBatches(articles, await articles.newest(limit, section)));
    if (status !== 'live') await gather(inBatches(articles, articles.due(FOR_EVER)));
  } else if (status === 'rejected' && since !== '') found = await rejectedSince(articles, since, limit);
  else for await (const record of articles.all()) add(record);
  return newest(found, limit);
}

/** Later than every instant that a record can hold. */
const FOR_EVER = '9999-12-31T23:59:59.999Z';

function newest(records: readonly ArticleRecord[], limit: number): ArticleRecord[] {
  const byId = new Map(records.map(record => [record.id, record]));
  return [...byId.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, limit);
}

function withoutBody(record: ArticleRecord): ArticleRecord {
  if (!isArticle(record)) return record;
  const { bodyHtml: _, ...rest } = record;
  return rest;
}

function describe(records: readonly ArticleRecord[], limit: number): string {
  if (records.length === 0) return 'Nothing to list.\n';
  const rows = records.map(record => [
    statusWord(record.status),
    timeOf(record).slice(0, 16).replace('T', ' '),
    isArticle(record) ? printable(record.section) : '',
    record.id,
    cut(printable(whatOf(record))),
  ]);
  const more = records.length >= limit ? `The newest ${limit}; --limit shows more.\n` : '';
  return `${table(['status', 'time (UTC)', 'section', 'id', 'headline or file'], rows)}\n${more}`;
}

function whatOf(record: ArticleRecord): string {
  if (isArticle(record)) return record.headline;
  return record.status === 'rejected' ? `${record.source.key}: ${record.reason.message}` : record.source.key;
}

function cut(text: string): string {
  const letters = Array.from(text);
  return letters.length > HEADLINE ? `${letters.slice(0, HEADLINE - 1).join('')}…` : text;
}
