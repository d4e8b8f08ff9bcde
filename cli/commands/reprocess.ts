import { setTimeout } from 'node:timers/promises';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { type AnnouncedUpload, announce } from '../bulk/announce.ts';
import { onInterruption } from '../bulk/interruption.ts';
import { type Selection, selected } from '../bulk/selection.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { waitingIn } from '../deployment/queues.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { counted, progress } from '../output/terminal.ts';
import { UsageError } from '../output/usage-error.ts';

interface ReprocessOptions extends DeploymentOptions, Omit<Selection, 'names'> {
  /** Files a second. */
  rate: number;
  wait?: boolean;
  /** Seconds without anything new after which waiting ends. */
  patience: number;
  dryRun?: boolean;
}

/**
 * `copydesk reprocess`: has files parsed anew of which an older parser made the records. Run again it takes what is
 * left; where nothing is, it says so. 1 where, with `--wait`, some were not parsed anew.
 * @param version of the parser that is wanted
 */
export async function reprocess(
  names: readonly string[],
  options: ReprocessOptions,
  version = PARSER_VERSION,
): Promise<number> {
  const { all, since, section } = options;
  if (names.length === 0 && !all && since === undefined && section === undefined)
    throw new UsageError('Say what is to be parsed anew: keys, --section, --since, or --all.');
  if (all && (names.length > 0 || since !== undefined || section !== undefined))
    throw new UsageError('Choose one: --all, or what is named.');
  const deployment = await openDeployment(options);
  const interruption = onInterruption();
  try {
    const { outdated, current } = await lookOver(
      selected({ ...options, names }, deployment.articles, deployment.intake.name),
      deployment,
      version,
    );
    const uploads = [...outdated.values()];
    if (uploads.length === 0) {
      say(
        `Nothing to do on ${deployment.name}: all ${current} were made by the parser of version ${version}.`,
      );
      return EXIT.ok;
    }
    if (options.dryRun) {
      say(
        `${counted(uploads.length)} of ${deployment.name} would be parsed anew; ${current} are up to date.`,
      );
      return EXIT.ok;
    }
    const bar = progress('Sending', uploads.length);
    const sent = await announce(uploads, {
      sqs: deployment.clients.sqs,
      queueUrl: deployment.outputs.intakeQueue,
      rate: options.rate,
      waiting: async () => (await waitingIn(deployment.clients.sqs, deployment.outputs.intakeQueue)).ready,
      signal: interruption.signal,
      onDone: count => bar.done(count),
    }).finally(() => bar.stop());
    say(`${counted(sent)} of ${deployment.name} sent to be parsed anew; ${current} were up to date.`);
    if (sent < uploads.length) {
      process.stderr.write(`Interrupted: the same command again takes the other ${uploads.length - sent}.\n`);
      return EXIT.interrupted;
    }
    return options.wait
      ? await waitAndTell(uploads, version, options.patience, deployment, interruption.signal)
      : EXIT.ok;
  } finally {
    interruption.done();
    deployment.close();
  }
}

/** The uploads to parse anew, by the ids of their records, and how many records are up to date. */
async function lookOver(
  records: AsyncIterable<ArticleRecord>,
  { articles }: Pick<Deployment, 'articles'>,
  version: string,
): Promise<{ outdated: Map<string, AnnouncedUpload>; current: number }> {
  const outdated = new Map<string, AnnouncedUpload>();
  let current = 0;
  for await (const record of records) {
    if (!canBeParsed(record)) continue;
    if (isUpToDate(record, version)) {
      current++;
      continue;
    }
    // What came in an archive is parsed with all of it.
    const { memberOf, bucket } = record.source;
    const file =
      memberOf === undefined ? record : await archiveOf(articleId(bucket, memberOf), outdated, articles);
    if (file !== undefined) outdated.set(file.id, uploadOf(file.source));
  }
  return { outdated, current };
}

type Parsed = Exclude<ArticleRecord, { status: 'deleted' }>;

/** Whether a record was made by a parser. A key that is no text will never be one. */
function canBeParsed(record: ArticleRecord): record is Parsed {
  return record.status !== 'deleted' && !(record.status === 'rejected' && record.reason.code === 'bad-key');
}

/** Whether a parser of this version has made the record. An archive names it before all its files are parsed. */
function isUpToDate(record: Parsed, version: string): boolean {
  return record.parserVersion === version && !(record.status === 'unpacked' && record.unfinished);
}

/** The record of an archive; undefined where it is asked for already, or gone. */
async function archiveOf(
  id: string,
  known: ReadonlyMap<string, AnnouncedUpload>,
  articles: Articles,
): Promise<ArticleRecord | undefined> {
  if (known.has(id)) return undefined;
  const archive = await articles.get(id);
  return archive?.status === 'deleted' ? undefined : archive;
}

/** Of a record only this is kept: there may be a million. */
function uploadOf({ bucket, key, etag, size, sequencer, uploadedAt }: AnnouncedUpload): AnnouncedUpload {
  return { bucket, key, etag, size, sequencer, uploadedAt };
}

/** Records read at once. */
const AT_ONCE = 100;

/** Pauses before those that are not done are looked at again, in milliseconds: each twice as long as the one before. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** Keys of which it is told that nothing came of them. */
const MOST_TOLD = 20;

async function waitAndTell(
  uploads: readonly AnnouncedUpload[],
  version: string,
  patience: number,
  { articles }: Deployment,
  signal: AbortSignal,
): Promise<number> {
  const bar = progress('Parsing anew', uploads.length);
  let waiting = [...uploads];
  let lastProgress = performance.now();
  let pauseMs = FIRST_PAUSE_MS;
  while (waiting.length > 0 && !signal.aborted && performance.now() - lastProgress < patience * 1_000) {
    const looked = waiting.slice(0, AT_ONCE);
    const ids = looked.map(({ bucket, key }) => articleId(bucket, key));
    const records = await articles.getMany(ids);
    const left = looked.filter((_, index) => {
      const record = records.get(ids[index] ?? '');
      return record !== undefined && canBeParsed(record) && !isUpToDate(record, version);
    });
    waiting = [...waiting.slice(AT_ONCE), ...left];
    bar.done(uploads.length - waiting.length);
    if (left.length < looked.length) lastProgress = performance.now();
    if (left.length <= looked.length / 2) continue;
    await setTimeout(pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
  bar.stop();
  say(`${uploads.length - waiting.length} parsed anew, ${waiting.length} not`);
  if (signal.aborted) return EXIT.interrupted;
  if (waiting.length === 0) return EXIT.ok;
  for (const { key } of waiting.slice(0, MOST_TOLD))
    process.stderr.write(`not parsed anew  ${printable(key)}\n`);
  process.stderr.write(
    `Nothing new came for ${patience} seconds. Is the version deployed that this command is of? "copydesk failures" says what failed.\n`,
  );
  return EXIT.someFailed;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
