import { setTimeout } from 'node:timers/promises';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import type { Upload } from '../../functions/ingest/receive/upload-of-broken.ts';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import { needsParsing } from '../../shared/model/needs-parsing.ts';
import type { Articles } from '../../shared/table/articles.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, type Results, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { counted, progress } from '../output/terminal.ts';
import { announce } from './announce.ts';
import { onInterruption } from './interruption.ts';
import { markForParsing, type NamedUploads, namedUploads } from './parse-again.ts';

export interface NamedOptions extends ResultOptions {
  wait?: boolean;
  /** Seconds without progress after which waiting ends. */
  patience: number;
  dryRun?: boolean;
}

/** Files in a second. People name few files, so this is only a guard. */
const RATE = 50;

/**
 * Sends the events of named files to the intake queue again, whatever version of the parser made their records.
 * @returns exit code 1 if, with `wait`, some files were not parsed again
 */
export async function reprocessNamed(
  names: readonly string[],
  options: NamedOptions,
  deployment: Deployment,
): Promise<number> {
  const { clients, outputs, intake, articles, name } = deployment;
  const { wait, patience, dryRun } = options;
  const results = resultsTo(options);
  const interruption = onInterruption();
  try {
    const { uploads, records, marked } = await namedUploads(names, deployment);
    const all = [...uploads.values()];
    if (dryRun) {
      results.text(`${counted(all.length)} of ${name} would be parsed anew.`);
      for (const upload of all) results.result(resultOf(upload, 'would be sent', articles));
      return EXIT.ok;
    }
    await markForParsing(marked, articles);
    const bar = progress('Sending', all.length);
    const sent = await announce(all, {
      sqs: clients.sqs,
      queueUrl: outputs.intakeQueue,
      bucket: intake.name,
      rate: RATE,
      waiting: async () => (await countMessages(clients.sqs, outputs.intakeQueue)).ready,
      signal: interruption.signal,
      onDone: count => bar.done(count),
    }).finally(() => bar.stop());
    results.text(`${counted(sent)} of ${name} sent to be parsed anew.`);
    if (!wait || sent < all.length)
      for (const upload of all.slice(0, sent)) results.result(resultOf(upload, 'sent', articles));
    if (sent < all.length) {
      tell(`Interrupted: the same command again takes the other ${all.length - sent}.`);
      return EXIT.interrupted;
    }
    return wait
      ? await waitAndTell(all, records, { patience, signal: interruption.signal, results }, deployment)
      : EXIT.ok;
  } finally {
    interruption.done();
  }
}

const RECORDS_PER_READ = 100;

/** Pauses before files that are not done are checked again. Each pause is twice as long as the last one. */
const FIRST_CHECK_PAUSE_MS = 100;
const MAX_CHECK_PAUSE_MS = 1_000;

const MAX_LISTED_FILES = 20;

/** The result for a file. `would be sent` is the result of `--dry-run`. */
function resultOf(
  { key }: Upload,
  result: 'would be sent' | 'sent' | 'parsed' | 'not parsed',
  articles: Articles,
): object {
  return { id: articles.idOf(key), key, result };
}

async function waitAndTell(
  uploads: readonly Upload[],
  named: NamedUploads['records'],
  { patience, signal, results }: { patience: number; signal: AbortSignal; results: Results },
  { articles }: Deployment,
): Promise<number> {
  const bar = progress('Parsing anew', uploads.length);
  let waiting = [...uploads];
  let lastProgress = performance.now();
  let pauseMs = FIRST_CHECK_PAUSE_MS;
  while (waiting.length > 0 && !signal.aborted && performance.now() - lastProgress < patience * 1_000) {
    const looked = waiting.slice(0, RECORDS_PER_READ);
    const idsOf = ({ key }: Upload) => [...(named.get(key) ?? [])];
    const broken = new Set<string>();
    const records = await articles.getMany(looked.flatMap(idsOf), ({ subject }) => void broken.add(subject));
    const isLeft = (id: string) => {
      const record = records.get(id);
      return broken.has(id) || (record !== undefined && needsParsing(record, PARSER_VERSION));
    };
    const left = looked.filter(upload => idsOf(upload).some(isLeft));
    waiting = [...waiting.slice(RECORDS_PER_READ), ...left];
    bar.done(uploads.length - waiting.length);
    if (left.length < looked.length) lastProgress = performance.now();
    if (left.length <= looked.length / 2) continue;
    await setTimeout(pauseMs);
    pauseMs = Math.min(2 * pauseMs, MAX_CHECK_PAUSE_MS);
  }
  bar.stop();
  results.text(`${uploads.length - waiting.length} parsed anew, ${waiting.length} not`);
  const left = new Set(waiting.map(({ key }) => key));
  for (const upload of uploads)
    results.result(resultOf(upload, left.has(upload.key) ? 'not parsed' : 'parsed', articles));
  if (signal.aborted) return EXIT.interrupted;
  if (waiting.length === 0) return EXIT.ok;
  for (const { key } of waiting.slice(0, MAX_LISTED_FILES)) tell(`not parsed anew  ${printable(key)}`);
  tell(
    `No file was parsed for ${patience} seconds. Is the deployed version the same as the version of this command? "copydesk failures" lists failed files.`,
  );
  return EXIT.someFailed;
}
