import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { type ListSelection, listRecords } from '../actions/list-records.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { timeOf } from '../deployment/rejected.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { say } from '../output/say.ts';
import { statusWord, table } from '../output/tables.ts';
import { waitOf } from '../output/waiting.ts';

type ListOptions = DeploymentOptions & ListSelection & { json?: boolean };

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
