import pMap from 'p-map';
import { publishChanges } from '../../functions/publish/jobs/publish-changes.ts';
import { retryAll } from '../../functions/publish/jobs/retry-unpublished.ts';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { type InProcessServices, openInProcess } from '../../local/in-process.ts';
import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { type Results, resultsTo } from '../output/results.ts';
import { type FileOutcome, outcomeLine, progressBar } from '../output/terminal.ts';
import { pathError } from '../output/usage-error.ts';
import { waitOf, withdrawalOf } from '../output/waiting.ts';
import type { FolderFile } from './folder.ts';
import { outcomeLog } from './outcome-log.ts';
import { writeOutput, writeReport } from './output-folder.ts';
import { uploadTo } from './upload.ts';

/** One row of the report. */
interface ReportRow {
  key: string;
  status: string;
  id: string;
  url?: string;
  reason?: string;
  warnings: readonly string[];
  ms: number;
}

/** Default address of the site: that of `npm start`. */
const DEFAULT_BASE_URL = 'http://127.0.0.1:8080';

/** Number of files uploaded at the same time. It keeps the pipeline busy and uses few file handles. */
const UPLOAD_CONCURRENCY = 16;

/** Number of articles with related articles that are published again together. */
const RECORDS_PER_PUBLISH = 100;

/**
 * Publishes files into an output folder, and prints their outcomes.
 * @param options.out the folder, already checked by `checkOutput`
 * @param options.json prints each row of the report as a line of JSON
 * @param options.report the file for the report, already checked by `checkReport`
 * @returns the exit code
 */
export async function publishFiles(
  files: readonly FolderFile[],
  {
    out,
    report,
    settings,
    json,
  }: { out: string; report?: string | undefined; settings: Settings; json?: boolean | undefined },
  makeHandlers = localHandlers,
  openServices = openInProcess,
): Promise<number> {
  /** Failures that do not belong to a row of the report. */
  const troubles = new Set<string>();
  let givenUp = 0;
  const outcomes = new Map<string, FileOutcome>();
  const bar = progressBar('Publishing', files.length);
  const log = outcomeLog(
    {
      file: outcome => {
        outcomes.set(outcome.key, outcome);
        bar.done(outcomes.size);
      },
      trouble: message => troubles.add(message),
    },
    settings.articles.timeZone,
  );
  let handlers: LocalHandlers | undefined;
  const services = await openServices({
    handlers: local => {
      handlers = makeHandlers(local, { settings, baseUrl: DEFAULT_BASE_URL, log, namesIndexPages: true });
      return handlers;
    },
    onError: (error, where) => {
      const { message } = error as Error;
      troubles.add(
        where === 'publish' ? `A change could not be published: ${message}` : `${where}: ${message}`,
      );
    },
    onPublishFailure: () => {
      givenUp++;
    },
  });
  try {
    if (handlers === undefined) throw new Error('The services started without handlers.');
    await handlers.tick();
    await uploadAll(files, services);
    await services.idle();
    const { failures, left } = await retryAll({
      ...handlers.publishDeps,
      onFailedAgain: (_, error) =>
        troubles.add(`A change could not be published: ${(error as Error).message}`),
    });
    // Members of zips have outcomes but no files. They are reported too.
    const uploaded = new Set(files.map(({ key }) => key));
    const members = [...outcomes.keys()].filter(key => !uploaded.has(key) && isMember(key, uploaded));
    const keys = [...uploaded, ...members].sort();
    const { articles } = handlers.publishDeps;
    const records = await articles.getMany(keys.map(key => articles.idOf(key)));
    await linkRelated(records.values(), handlers);
    bar.stop();
    const rows = await reportRows(keys, records, outcomes, handlers, settings.articles.timeZone);
    if (report !== undefined) await writeReport(report, rows);
    await writeSite(out, handlers);
    for (const trouble of troubles) process.stderr.write(`${colours.yellow(trouble)}\n`);
    const exitCode = summarize(rows, outcomes, resultsTo({ json }));
    if (settings.site.baseUrl === undefined)
      process.stderr.write(
        colours.dim(`Its addresses begin with ${DEFAULT_BASE_URL}; name the public one with --base-url.\n`),
      );
    return givenUp + failures + left > 0 ? EXIT.someFailed : exitCode;
  } finally {
    bar.stop();
    await services.close();
  }
}

async function uploadAll(files: readonly FolderFile[], { s3, buckets }: InProcessServices): Promise<void> {
  const upload = uploadTo(s3, buckets.intake);
  const put = ({ key, file }: FolderFile) =>
    upload(key, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code) throw pathError('The file', file, error);
      throw error;
    });
  await pMap(files, put, { concurrency: UPLOAD_CONCURRENCY });
}

/**
 * Publishes articles with related articles again, because the related ones may have been published later. Without this
 * step the links would depend on the batches, and two builds of the same files could differ.
 */
async function linkRelated(records: Iterable<ArticleRecord>, { publishDeps }: LocalHandlers): Promise<void> {
  const naming = [...records].filter(record => record.status === 'live' && record.related.length > 0);
  for (let from = 0; from < naming.length; from += RECORDS_PER_PUBLISH)
    await publishChanges(
      naming.slice(from, from + RECORDS_PER_PUBLISH).map(({ id }) => ({ id, editions: [], permalinks: [] })),
      publishDeps,
    );
}

/** Tells whether a key is that of a member of an uploaded zip: `world/pack.zip/story.txt`. */
function isMember(key: string, uploaded: ReadonlySet<string>): boolean {
  const parts = key.split('/');
  return parts.some((_, count) => uploaded.has(parts.slice(0, count).join('/')));
}

async function reportRows(
  keys: readonly string[],
  records: ReadonlyMap<string, ArticleRecord>,
  outcomes: ReadonlyMap<string, FileOutcome>,
  { publishDeps }: LocalHandlers,
  timeZone: string,
): Promise<ReportRow[]> {
  const canonicals = await canonicalsOf(publishDeps.articles, records.values());
  return keys.map(key => {
    const id = publishDeps.articles.idOf(key);
    const { baseUrl } = publishDeps.site;
    const about = { baseUrl, timeZone, canonical: canonicals.get(id) };
    return reportRow(key, id, records.get(id), outcomes.get(key), about);
  });
}

function reportRow(
  key: string,
  id: string,
  record: ArticleRecord | undefined,
  outcome: FileOutcome | undefined,
  about: { baseUrl: string; timeZone: string; canonical: ArticleRecord | undefined },
): ReportRow {
  const { baseUrl, timeZone, canonical } = about;
  const common = { key, id, ms: outcome?.ms ?? 0 };
  // A file can fail after its record is written.
  if (record === undefined || record.status === 'deleted' || outcome?.outcome === 'failed')
    return { ...common, status: 'failed', reason: outcome?.reason ?? 'It was not handled.', warnings: [] };
  const { status, warnings } = record;
  if (status === 'rejected') return { ...common, status, reason: record.reason.message, warnings };
  return {
    ...common,
    status,
    ...(status === 'live' && { url: `${baseUrl}/${encodeURI(record.permalink)}` }),
    ...(status === 'duplicate' && {
      reason: `The same story as ${canonicalName(record, canonical)}.`,
    }),
    ...((status === 'scheduled' || status === 'held') && { reason: waitOf(record, timeZone) }),
    ...(status === 'withdrawn' && { reason: withdrawalOf(record) }),
    warnings,
  };
}

async function writeSite(out: string, { publishDeps }: LocalHandlers): Promise<void> {
  const names: string[] = [];
  for await (const key of publishDeps.siteBucket.keys()) names.push(key);
  await writeOutput(out, names, async name => (await publishDeps.siteBucket.get(name))?.bytes);
}

/** Makes the texts of a file for the terminal. A reason to wait has a line of its own and is not repeated. */
function toldOf(
  status: string,
  reason: string | undefined,
  warnings: readonly string[],
): Pick<FileOutcome, 'reason' | 'wait' | 'warnings'> {
  const waits = status === 'held' || status === 'scheduled';
  if (!waits) return { reason, wait: undefined, warnings };
  return { reason: undefined, wait: reason, warnings: warnings.filter(text => !reason?.endsWith(text)) };
}

/** Prints files that need an editor's attention to stderr, and the summary for scripts to stdout. */
function summarize(
  rows: readonly ReportRow[],
  outcomes: ReadonlyMap<string, FileOutcome>,
  results: Results,
): number {
  for (const row of rows) results.result(row);
  for (const { key, status, reason, warnings } of rows)
    if ((status !== 'live' && status !== 'media') || warnings.length > 0)
      process.stderr.write(
        `${outcomeLine({ ...outcomes.get(key), key, outcome: status, ...toldOf(status, reason, warnings), ms: undefined })}\n`,
      );
  const count = (status: string) => rows.filter(row => row.status === status).length;
  const [rejected, failed] = [count('rejected'), count('failed')];
  results.text(
    `${count('live')} live, ${count('duplicate')} duplicate, ${rejected} rejected, ${failed} failed`,
  );
  const kept = (['held', 'scheduled', 'withdrawn'] as const).flatMap(status =>
    count(status) > 0 ? [`${count(status)} ${status}`] : [],
  );
  if (kept.length > 0) process.stderr.write(`Not public: ${kept.join(', ')}\n`);
  return rejected + failed > 0 ? EXIT.someFailed : EXIT.ok;
}
