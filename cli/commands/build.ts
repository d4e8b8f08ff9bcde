import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import pc from 'picocolors';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { type RunningServices, startServices } from '../../local/services.ts';
import type { ArticleRecord } from '../../shared/article.ts';
import { articleId } from '../../shared/identity.ts';
import { loadSettings } from '../config.ts';
import { EXIT } from '../exit-codes.ts';
import { type FolderFile, filesBelow, mustBeFolder } from '../folder.ts';
import { outcomeLog } from '../outcome-log.ts';
import { type FileOutcome, outcomeLine, progressBar } from '../terminal.ts';
import { uploader } from '../upload.ts';
import { pathError, UsageError } from '../usage-error.ts';

interface BuildOptions {
  out: string;
  baseUrl?: string;
  config?: string;
}

/** One row of `report.json`. */
interface ReportRow {
  key: string;
  status: string;
  id: string;
  url?: string;
  reason?: string;
  warnings: readonly string[];
  ms: number;
}

const REPORT = 'report.json';

/** The site's address where none is given: that of `npm start`, so that the pages can be looked at there. */
const DEFAULT_BASE_URL = 'http://127.0.0.1:8080';

/** Files uploaded at once: enough to keep the pipeline busy, few enough to leave handles. */
const UPLOADS_AT_ONCE = 16;

/** `copydesk build`: a folder of files through the real pipeline into a static site. */
export async function build(folder: string, options: BuildOptions): Promise<number> {
  const loaded = loadSettings(options.config);
  const settings = options.baseUrl
    ? { ...loaded, site: { ...loaded.site, baseUrl: options.baseUrl } }
    : loaded;
  await mustBeFolder(folder);
  const files = await filesBelow(folder);
  await emptyOutput(options.out);

  const outcomes = new Map<string, FileOutcome>();
  const bar = progressBar('Publishing', files.length);
  const log = outcomeLog({
    file: outcome => {
      outcomes.set(outcome.key, outcome);
      bar.done(outcomes.size);
    },
  });
  let handlers: LocalHandlers | undefined;
  const services = await startServices({
    handlers: local => {
      handlers = localHandlers(local, { settings, baseUrl: DEFAULT_BASE_URL, log });
      return handlers;
    },
    // Everything is wanted at the end only: the fewer publishes, the sooner.
    stream: { batchingWindow: 1_000 },
  });
  try {
    if (handlers === undefined) throw new Error('The services started without handlers.');
    await handlers.tick();
    await uploadAll(files, services);
    await services.idle();
    bar.stop();
    const rows = await reportRows(files, outcomes, handlers, services.buckets.intake);
    await writeOutput(options.out, handlers, rows);
    return summarize(rows, outcomes);
  } finally {
    bar.stop();
    await services.close();
  }
}

async function uploadAll(files: readonly FolderFile[], { s3, buckets }: RunningServices): Promise<void> {
  const upload = uploader(s3, buckets.intake);
  const put = ({ key, file }: FolderFile) =>
    upload.put(key, file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code) throw pathError('The file', file, error);
      throw error;
    });
  await pMap(files, put, { concurrency: UPLOADS_AT_ONCE });
}

/** Makes the output folder, or empties it where an earlier build has filled it; never anything else. */
async function emptyOutput(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    const present = await readdir(out);
    if (present.length === 0) return;
    if (!present.includes(REPORT))
      throw new UsageError(
        `The folder ${out} is not empty and was not made by a build; name another with --out.`,
      );
    for (const name of present) await rm(path.join(out, name), { recursive: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw pathError('The folder', out, error);
  }
}

async function reportRows(
  files: readonly FolderFile[],
  outcomes: ReadonlyMap<string, FileOutcome>,
  { press }: LocalHandlers,
  intakeBucket: string,
): Promise<ReportRow[]> {
  const ids = files.map(({ key }) => articleId(intakeBucket, key));
  const records = await press.articles.getMany(ids);
  return files.map(({ key }, index) => {
    const id = ids[index] ?? '';
    return reportRow(key, id, records.get(id), outcomes.get(key), press.site.baseUrl);
  });
}

function reportRow(
  key: string,
  id: string,
  record: ArticleRecord | undefined,
  outcome: FileOutcome | undefined,
  baseUrl: string,
): ReportRow {
  const common = { key, id, ms: outcome?.ms ?? 0 };
  if (record === undefined || record.status === 'deleted')
    return { ...common, status: 'failed', reason: outcome?.reason ?? 'It was not handled.', warnings: [] };
  const { status, warnings } = record;
  if (status === 'rejected') return { ...common, status, reason: record.reason.message, warnings };
  return {
    ...common,
    status,
    ...(status === 'live' && { url: `${baseUrl}/${record.permalink}` }),
    ...(status === 'duplicate' && { reason: `The same content as article ${record.duplicateOf}.` }),
    ...(status === 'scheduled' && {
      reason: `Not public before ${record.embargoUntil ?? record.publishedAt}.`,
    }),
    warnings,
  };
}

async function writeOutput(out: string, { press }: LocalHandlers, rows: readonly ReportRow[]): Promise<void> {
  const root = path.resolve(out);
  try {
    for await (const key of press.siteBucket.keys()) {
      const object = await press.siteBucket.get(key);
      const file = path.join(root, key);
      await mkdir(path.dirname(file), { recursive: true });
      if (object) await writeFile(file, object.bytes);
    }
    await writeFile(path.join(root, REPORT), `${JSON.stringify(rows, null, 2)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) throw pathError('The folder', out, error);
    throw error;
  }
}

/** Says what came of it: on stderr each file that needs an editor's eye, on stdout the summary that scripts read. */
function summarize(rows: readonly ReportRow[], outcomes: ReadonlyMap<string, FileOutcome>): number {
  for (const { key, status, reason, warnings } of rows)
    if (status !== 'live' || warnings.length > 0)
      process.stderr.write(
        `${outcomeLine({ ...outcomes.get(key), key, outcome: status, reason, warnings, ms: undefined })}\n`,
      );
  const count = (status: string) => rows.filter(row => row.status === status).length;
  const [rejected, failed] = [count('rejected'), count('failed')];
  process.stdout.write(
    `${count('live')} live, ${count('duplicate')} duplicate, ${rejected} rejected, ${failed} failed\n`,
  );
  const waiting = count('scheduled') + count('withdrawn');
  if (waiting > 0) process.stderr.write(pc.dim(`${waiting} not public now: scheduled or expired\n`));
  return rejected + failed > 0 ? EXIT.someFailed : EXIT.ok;
}
