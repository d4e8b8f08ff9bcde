import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { sectionPath } from '../../shared/model/identity.ts';
import { LAST_INSTANT } from '../../shared/table/articles.ts';
import { type Deployment, type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { inBatches, rejectedSince, timeOf } from '../deployment/rejected.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { say } from '../output/say.ts';
import { statusWord, table } from '../output/tables.ts';
import { waitOf } from '../output/waiting.ts';

type Status = ArticleRecord['status'] | 'all';

/** Which records are listed. */
interface ListSelection {
  status?: Status;
  section?: string;
  /** RFC 3339. */
  since?: string;
  limit: number;
}

type ListOptions = DeploymentOptions & ListSelection & { json?: boolean };

/** Statuses that are listed by default. Each has an index. */
const INDEXED: ReadonlySet<string> = new Set<Status>(['live', 'scheduled', 'held']);

/** Maximum lengths in the table: of a headline, and of the reason for which a story waits. */
const MAX_HEADLINE_CHARS = 60;
const MAX_WAIT_CHARS = 100;

/** `copydesk list`: lists records, the newest first. By default those that are live, scheduled or held. */
export async function list(options: ListOptions): Promise<number> {
  return await withDeployment(options, async deployment => {
    const records = await listRecords(deployment, options);
    if (options.json) for (const record of records) say(JSON.stringify(record));
    else {
      const canonicals = await canonicalsOf(deployment.articles, records);
      process.stdout.write(describe(records, canonicals, options.limit, deployment.timeZone));
    }
    return EXIT.ok;
  });
}

/** The records of {@link list}, the newest first, without their bodies. */
export async function listRecords(
  { articles }: Pick<Deployment, 'articles'>,
  { status, section, since = '', limit }: ListSelection,
): Promise<ArticleRecord[]> {
  const folder = section === undefined ? undefined : sectionPath(section);
  const isWanted = (record: ArticleRecord) =>
    timeOf(record) >= since &&
    (folder === undefined || (isArticle(record) && sectionPath(record.section) === folder)) &&
    (status === undefined ? INDEXED.has(record.status) : status === 'all' || record.status === status);

  let found: ArticleRecord[] = [];
  const add = (record: ArticleRecord) => {
    if (isWanted(record)) found.push(withoutBody(record));
    // Only the newest records are kept, so that memory stays small for any table.
    if (found.length > limit * 2 + 1_000) found = newest(found, limit);
  };
  const gather = async (batches: AsyncIterable<ArticleRecord[]>) => {
    for await (const records of batches) for (const record of records) add(record);
  };
  // With an index, only the shown records are read. For other statuses the whole table is read.
  const asks = (name: Status) => status === undefined || status === name;
  if (status === undefined || INDEXED.has(status)) {
    if (asks('live')) await gather(inBatches(articles, await articles.newest(limit, section)));
    if (asks('held')) await gather(inBatches(articles, articles.held()));
    if (asks('scheduled')) await gather(inBatches(articles, articles.due(LAST_INSTANT)));
  } else if (status === 'rejected' && since !== '') found = await rejectedSince(articles, since, limit);
  else for await (const record of articles.all()) add(record);
  return newest(found, limit);
}

function newest(records: readonly ArticleRecord[], limit: number): ArticleRecord[] {
  const byId = new Map(records.map(record => [record.id, record]));
  return [...byId.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, limit);
}

function withoutBody(record: ArticleRecord): ArticleRecord {
  if (!isArticle(record)) return record;
  const { bodyHtml: _, ...rest } = record;
  return rest;
}

function describe(
  records: readonly ArticleRecord[],
  canonicals: ReadonlyMap<string, ArticleRecord>,
  limit: number,
  timeZone: string,
): string {
  if (records.length === 0) return 'Nothing to list.\n';
  const rows = records.map(record => [
    statusWord(record.status),
    timeOf(record).slice(0, 16).replace('T', ' '),
    isArticle(record) ? printable(record.section) : '',
    record.id,
    cut(printable(whatOf(record)), MAX_HEADLINE_CHARS) + duplicateNote(record, canonicals.get(record.id)),
    cut(printable(waitOf(record, timeZone) ?? ''), MAX_WAIT_CHARS),
  ]);
  const headings = ['status', 'time (UTC)', 'section', 'id', 'headline or file'];
  if (rows.some(row => row.at(-1) !== '')) headings.push('waits');
  else for (const row of rows) row.pop();
  const more = records.length >= limit ? `The newest ${limit}; --limit shows more.\n` : '';
  return `${table(headings, rows)}\n${more}`;
}

function whatOf(record: ArticleRecord): string {
  if (isArticle(record)) return record.headline;
  return record.status === 'rejected' ? `${record.source.key}: ${record.reason.message}` : record.source.key;
}

function duplicateNote(record: ArticleRecord, canonical: ArticleRecord | undefined): string {
  return record.status === 'duplicate' ? ` (duplicate of ${canonicalName(record, canonical)})` : '';
}

function cut(text: string, maxChars: number): string {
  const letters = Array.from(text);
  return letters.length > maxChars ? `${letters.slice(0, maxChars - 1).join('')}…` : text;
}
