import { setTimeout } from 'node:timers/promises';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import type { Upload } from '../../functions/ingest/receive/upload-of-broken.ts';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import { needsParsing } from '../../shared/model/needs-parsing.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { say, tell } from '../output/say.ts';
import { counted, progress } from '../output/terminal.ts';
import { announce } from './announce.ts';
import { onInterruption } from './interruption.ts';
import { markForParsing, namedUploads } from './parse-again.ts';

export interface NamedOptions {
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
  { wait, patience, dryRun }: NamedOptions,
  deployment: Deployment,
): Promise<number> {
  const { clients, outputs, intake, articles, name } = deployment;
  const interruption = onInterruption();
  try {
    const { uploads, marked } = await namedUploads(names, deployment);
    const all = [...uploads.values()];
    if (dryRun) {
      say(`${counted(all.length)} of ${name} would be parsed anew.`);
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
    say(`${counted(sent)} of ${name} sent to be parsed anew.`);
    if (sent < all.length) {
      tell(`Interrupted: the same command again takes the other ${all.length - sent}.`);
      return EXIT.interrupted;
    }
    return wait ? await waitAndTell(all, patience, deployment, interruption.signal) : EXIT.ok;
  } finally {
    interruption.done();
  }
}

const RECORDS_PER_READ = 100;

/** Pauses before files that are not done are checked again. Each pause is twice as long as the last one. */
const FIRST_CHECK_PAUSE_MS = 100;
const MAX_CHECK_PAUSE_MS = 1_000;

const MAX_LISTED_FILES = 20;

async function waitAndTell(
  uploads: readonly Upload[],
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
      return record !== undefined && needsParsing(record, PARSER_VERSION);
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
