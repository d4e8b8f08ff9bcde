import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Removal } from '../../functions/ingest/page/explain.ts';
import { explainArticle, PARSER_VERSION, parseArticle } from '../../functions/ingest/parse.ts';
import { composeArticle, composeRejected } from '../../functions/ingest/record/compose.ts';
import { head } from '../../functions/ingest/text/characters.ts';
import { isArticleZip } from '../../functions/ingest/zip/members.ts';
import { Rejection } from '../../shared/errors/rejection.ts';
import type { Article, ParsedArticle, Rejected, Source } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { say } from '../output/say.ts';
import { pathError, UsageError } from '../output/usage-error.ts';
import { otherWarnings, waitOf } from '../output/waiting.ts';
import { loadSettings } from '../pipeline/config.ts';

interface ParseOptions {
  json?: boolean;
  explain?: boolean;
  url?: string;
  contentType?: string;
  config?: string;
}

/**
 * `copydesk parse`: prints the record that each file would get.
 * @returns exit code 1 if a file would be rejected
 */
export async function parse(files: readonly string[], options: ParseOptions): Promise<number> {
  const settings = loadSettings(options.config);
  let rejected = 0;
  for (const file of files) {
    const { record, bodyText, removals } = await recordOf(file, options, settings);
    if (record.status === 'rejected') rejected++;
    if (options.json) say(JSON.stringify({ ...record, bodyText, removals }));
    else say(describe(file, record, bodyText, settings.articles.timeZone));
    if (removals && !options.json) say(describeRemovals(removals));
  }
  return rejected > 0 ? EXIT.someFailed : EXIT.ok;
}

async function recordOf(
  file: string,
  options: ParseOptions,
  settings: Settings,
): Promise<{ record: Article | Rejected; bodyText?: string; removals?: Removal[] }> {
  const { bytes, modified } = await read(file);
  if (isArticleZip(bytes))
    throw new UsageError(`${file} is a zip, which an upload unpacks: unpack it, and parse the files in it.`);
  const key = keyOf(file);
  const { contentType, url } = options;
  const source: Source = {
    bucket: 'intake',
    key,
    etag: '',
    size: bytes.length,
    sequencer: '',
    contentType,
    uploadedAt: modified,
    savedAt: modified,
  };
  const context = {
    namespace: settings.articles.namespace,
    language: settings.site.language,
    now: new Date().toISOString(),
  };
  const input = { bytes, key, contentType, url, filedAt: source.uploadedAt };
  let parsed: ParsedArticle;
  let removals: Removal[] | undefined;
  try {
    if (options.explain) ({ article: parsed, removals } = await explainArticle(input, settings));
    else parsed = await parseArticle(input, settings);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { record: composeRejected(undefined, error, source, PARSER_VERSION, context) as Rejected };
  }
  return { record: composeArticle(undefined, parsed, source, context), bodyText: parsed.bodyText, removals };
}

async function read(file: string): Promise<{ bytes: Uint8Array; modified: string }> {
  if (file === '-') return { bytes: await buffer(process.stdin), modified: new Date().toISOString() };
  try {
    return { bytes: await readFile(file), modified: (await stat(file)).mtime.toISOString() };
  } catch (error) {
    throw pathError('The file', file, error);
  }
}

/** Key of the file: its path below the working directory, or its name if it is elsewhere. */
function keyOf(file: string): string {
  if (file === '-') return 'stdin.txt';
  const relative = path.relative('.', file);
  const inside = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (inside ? relative : path.basename(file)).split(path.sep).join('/');
}

function describe(
  file: string,
  record: Article | Rejected,
  bodyText: string | undefined,
  timeZone: string,
): string {
  if (record.status === 'rejected')
    return `${colours.bold(file)}\n  ${colours.red('rejected')}  ${record.reason.message}\n`;
  const rows: [string, string | undefined][] = [
    ['status', waitOf(record, timeZone) ?? record.status],
    ['headline', `${record.headline} ${colours.dim(`(${record.headlineFrom})`)}`],
    ['dek', record.dek],
    ['by', record.authors.map(({ name }) => name).join(', ')],
    ['dateline', record.dateline?.place],
    ['published', `${record.publishedAt} ${colours.dim(`(${record.publishedFrom})`)}`],
    ['section', record.section],
    ['tags', record.tags.join(', ')],
    ['language', `${record.language}, ${record.direction}`],
    ['format', [record.source.format, record.source.charset].filter(Boolean).join(', ')],
    ['summary', record.summary],
    ['words', String(record.wordCount)],
    ['related', record.related.map(({ title }) => title).join('\n')],
    ['warnings', otherWarnings(record).join('\n')],
  ];
  const lines = rows.flatMap(([name, value]) =>
    value ? [`  ${colours.dim(name.padEnd(10))}${indented(value, 12)}`] : [],
  );
  return [colours.bold(file), ...lines, '', indented(`  ${bodyText ?? ''}`, 2), ''].join('\n');
}

const MAX_EXCERPT_CHARS = 120;

/** Lists the removed texts, one per line, under the parser step and its reason. */
function describeRemovals(removals: readonly Removal[]): string {
  if (removals.length === 0) return `  ${colours.dim('nothing was left out')}\n`;
  const lines = [`  ${colours.dim('left out')}`];
  let last = '';
  for (const { step, why, text } of removals) {
    const title = `${step}: ${why}`;
    if (title !== last) lines.push(`    ${colours.bold(title)}`);
    last = title;
    lines.push(`      ${text.length > MAX_EXCERPT_CHARS ? `${head(text, MAX_EXCERPT_CHARS)}…` : text}`);
  }
  return [...lines, ''].join('\n');
}

function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`);
}
