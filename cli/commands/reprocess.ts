import { setTimeout } from 'node:timers/promises';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { type AnnouncedUpload, announce } from '../bulk/announce.ts';
import { onInterruption } from '../bulk/interruption.ts';
import { markForParsing, namedUploads } from '../bulk/parse-again.ts';
import { type Selection, selected } from '../bulk/selection.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { say, tell } from '../output/say.ts';
import { counted, progress } from '../output/terminal.ts';
import { UsageError } from '../output/usage-error.ts';

interface ReprocessOptions extends DeploymentOptions, Selection {
  rate: number;
  wait?: boolean;
  /** Seconds without progress after which waiting ends. */
  patience: number;
  dryRun?: boolean;
}

/**
 * `copydesk reprocess`: parses files again whose records an older parser made. After an interruption, the same command
 * continues with the rest.
 * @param version wanted version of the parser
 * @returns exit code 1 if, with `--wait`, some files were not parsed again
 */
export async function reprocess(
  names: readonly string[],
  options: ReprocessOptions,
  version = PARSER_VERSION,
): Promise<number> {
  const { all, since, section } = options;
  if (names.length === 0 && !all && since === undefined && section === undefined)
    throw new UsageError('Say what is to be parsed anew: keys, --section, --since, or --all.');
  if (names.length > 0 && (since !== undefined || section !== undefined))
    throw new UsageError('Choose one: what is named, or --section and --since.');
  if (all && (names.length > 0 || since !== undefined || section !== undefined))
    throw new UsageError('Choose one: --all, or what is named.');
  const deployment = await openDeployment(options);
  const interruption = onInterruption();
  try {
    const { outdated, current, marked } =
      names.length > 0
        ? await byName(names, deployment)
        : await lookOver(selected(options, deployment.articles), deployment, version);
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
    await markForParsing(marked, deployment.articles);
    const bar = progress('Sending', uploads.length);
    const sent = await announce(uploads, {
      sqs: deployment.clients.sqs,
      bucket: deployment.intake.name,
      queueUrl: deployment.outputs.intakeQueue,
      rate: options.rate,
      waiting: async () =>
        (await countMessages(deployment.clients.sqs, deployment.outputs.intakeQueue)).ready,
      signal: interruption.signal,
      onDone: count => bar.done(count),
    }).finally(() => bar.stop());
    say(`${counted(sent)} of ${deployment.name} sent to be parsed anew; ${current} were up to date.`);
    if (sent < uploads.length) {
      tell(`Interrupted: the same command again takes the other ${uploads.length - sent}.`);
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

interface Found {
  /** Uploads to parse again, by the ids of their records. */
  outdated: Map<string, AnnouncedUpload>;
  /** Number of the records that are up to date. */
  current: number;
  /** Ids of records to mark before the events are sent. */
  marked: Iterable<string>;
}

/** Finds the uploads of named files, also of files that this version of the parser has read. */
async function byName(names: readonly string[], deployment: Deployment): Promise<Found> {
  const { uploads, marked } = await namedUploads(names, deployment);
  return { outdated: uploads, current: 0, marked };
}

/** Finds the uploads to parse again, by the ids of their records, and counts the records that are up to date. */
async function lookOver(
  records: AsyncIterable<ArticleRecord>,
  { articles }: Pick<Deployment, 'articles'>,
  version: string,
): Promise<Found> {
  const outdated = new Map<string, AnnouncedUpload>();
  let current = 0;
  for await (const record of records) {
    if (!canBeParsed(record)) continue;
    if (isUpToDate(record, version)) {
      current++;
      continue;
    }
    // A member of a zip is parsed together with the whole zip.
    const { memberOf } = record.source;
    const file = memberOf === undefined ? record : await zipOf(articles.idOf(memberOf), outdated, articles);
    if (file !== undefined) outdated.set(file.id, uploadOf(file.source));
  }
  return { outdated, current, marked: [] };
}

type Parsed = Exclude<ArticleRecord, { status: 'deleted' }>;

/** Tells whether a file can be parsed. A file with an invalid key never can. */
function canBeParsed(record: ArticleRecord): record is Parsed {
  return record.status !== 'deleted' && !(record.status === 'rejected' && record.reason.code === 'bad-key');
}

/** Tells whether this version of the parser made the record. A zip has the version before all its files are parsed. */
function isUpToDate(record: Parsed, version: string): boolean {
  return record.parserVersion === version && !(record.status === 'unpacked' && record.unfinished);
}

/** Reads the record of a zip. Returns undefined if the zip is already in `known`, or deleted. */
async function zipOf(
  id: string,
  known: ReadonlyMap<string, AnnouncedUpload>,
  articles: Articles,
): Promise<ArticleRecord | undefined> {
  if (known.has(id)) return undefined;
  const zip = await articles.get(id);
  return zip?.status === 'deleted' ? undefined : zip;
}

/** Keeps only the needed properties of a record, because there may be a million records. */
function uploadOf({ key, etag, size, sequencer, uploadedAt }: AnnouncedUpload): AnnouncedUpload {
  return { key, etag, size, sequencer, uploadedAt };
}

const RECORDS_PER_READ = 100;

/** Pauses before files that are not done are checked again. Each pause is twice as long as the last one. */
const FIRST_CHECK_PAUSE_MS = 100;
const MAX_CHECK_PAUSE_MS = 1_000;

const MAX_LISTED_FILES = 20;

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
  let pauseMs = FIRST_CHECK_PAUSE_MS;
  while (waiting.length > 0 && !signal.aborted && performance.now() - lastProgress < patience * 1_000) {
    const looked = waiting.slice(0, RECORDS_PER_READ);
    const ids = looked.map(({ key }) => articles.idOf(key));
    const broken = new Set<string>();
    const records = await articles.getMany(ids, ({ subject }) => void broken.add(subject));
    const left = looked.filter((_, index) => {
      const id = ids[index] ?? '';
      const record = records.get(id);
      if (broken.has(id)) return true;
      return record !== undefined && canBeParsed(record) && !isUpToDate(record, version);
    });
    waiting = [...waiting.slice(RECORDS_PER_READ), ...left];
    bar.done(uploads.length - waiting.length);
    if (left.length < looked.length) lastProgress = performance.now();
    if (left.length <= looked.length / 2) continue;
    await setTimeout(pauseMs);
    pauseMs = Math.min(2 * pauseMs, MAX_CHECK_PAUSE_MS);
  }
  bar.stop();
  say(`${uploads.length - waiting.length} parsed anew, ${waiting.length} not`);
  if (signal.aborted) return EXIT.interrupted;
  if (waiting.length === 0) return EXIT.ok;
  for (const { key } of waiting.slice(0, MAX_LISTED_FILES)) tell(`not parsed anew  ${printable(key)}`);
  tell(
    `No file was parsed for ${patience} seconds. Is the deployed version the same as the version of this command? "copydesk failures" lists failed files.`,
  );
  return EXIT.someFailed;
}
