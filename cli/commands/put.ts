import { filingMetadata } from '../bulk/filing.ts';
import { onInterruption } from '../bulk/interruption.ts';
import { namedFiles } from '../bulk/named-files.ts';
import { type Sent, type SentFile, sendFiles } from '../bulk/send-files.ts';
import { waitForFiles } from '../bulk/wait-for-files.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { type ResultOptions, type Results, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { counted, outcomeLine, progress } from '../output/terminal.ts';
import { type SkippedLink, skippedSentence } from '../pipeline/folder.ts';

interface PutOptions extends DeploymentOptions, ResultOptions {
  prefix?: string;
  follow?: boolean;
  force?: boolean;
  concurrency: number;
  wait?: boolean;
  /** Seconds without progress after which waiting ends. */
  patience: number;
}

/**
 * `copydesk put`: uploads files.
 * @returns exit code 1 if a file could not be read, or with `--wait` was rejected or failed
 */
export async function put(named: readonly string[], options: PutOptions): Promise<number> {
  const skipped: SkippedLink[] = [];
  const files = await namedFiles(named, options.prefix, {
    follow: options.follow,
    onSkipped: link => skipped.push(link),
  });
  if (skipped.length > 0) tell(colours.yellow(skippedSentence(skipped)));
  const metadata = filingMetadata({ ...options }, files.length);
  const results = resultsTo(options);
  const deployment = await openDeployment(options);
  const interruption = onInterruption();
  const { signal } = interruption;
  try {
    const bar = progress('Uploading', files.length);
    const sent = await sendFiles(files, {
      s3: deployment.clients.s3,
      bucket: deployment.intake.name,
      ...{ concurrency: options.concurrency, force: options.force },
      ...{ metadata, signal },
      onDone: count => bar.done(count),
    }).finally(() => bar.stop());
    for (const { key, reason } of sent.unread) {
      tell(outcomeLine({ outcome: 'failed', key, reason }));
      results.result({ key, upload: 'failed', reason });
    }
    if (!options.wait || sent.stoppedBy !== undefined || signal.aborted)
      for (const file of sent.files) results.result(uploadOf(file));
    if (sent.stoppedBy !== undefined) {
      tellRest('Stopped', sent, files.length);
      throw awsTrouble(sent.stoppedBy) ?? sent.stoppedBy;
    }
    results.text(sentence(sent, deployment));
    if (signal.aborted) {
      tellRest('Interrupted', sent, files.length);
      return EXIT.interrupted;
    }
    return options.wait
      ? await waitAndTell(sent, { deployment, patience: options.patience, signal, results })
      : exitCode(sent.unread.length);
  } finally {
    interruption.done();
    deployment.close();
  }
}

/** The fields of a result that tell of the upload. */
function uploadOf({ key, state, etag, versionId }: SentFile): object {
  return { key, upload: state, etag, versionId };
}

async function waitAndTell(
  sent: Sent,
  {
    results,
    ...waiting
  }: { deployment: Deployment; patience: number; signal: AbortSignal; results: Results },
): Promise<number> {
  const { signal } = waiting;
  const bar = progress('Publishing', sent.files.length);
  const outcomes = await waitForFiles(sent.files, {
    ...waiting,
    onDone: count => bar.done(count),
  }).finally(() => bar.stop());
  for (const outcome of outcomes)
    if (!QUIET.has(outcome.outcome) || outcome.warnings?.length || outcomes.length <= MAX_SHOWN_OUTCOMES)
      tell(outcomeLine(outcome));
  const uploads = new Map(sent.files.map(file => [file.key, file]));
  for (const { wait, key, ...outcome } of outcomes) {
    const file = uploads.get(key);
    uploads.delete(key);
    results.result({ ...(file ? uploadOf(file) : { key }), ...outcome, waits: wait });
  }
  // After an interruption, some files have no outcome.
  for (const file of uploads.values()) results.result(uploadOf(file));
  if (signal.aborted) {
    tell(`Interrupted: ${outcomes.length} of ${sent.files.length} are done; the others go on by themselves.`);
    return EXIT.interrupted;
  }
  const count = (outcome: string) => outcomes.filter(each => each.outcome === outcome).length;
  const failed = count('failed') + sent.unread.length;
  const told = ['live', 'duplicate', 'rejected', 'failed'];
  const others = [...new Set(outcomes.map(({ outcome }) => outcome))].filter(name => !told.includes(name));
  results.text(
    [
      `${count('live')} live, ${count('duplicate')} duplicate, ${count('rejected')} rejected, ${failed} failed`,
      ...others.sort().map(name => `${count(name)} ${name}`),
    ].join(', '),
  );
  return exitCode(count('rejected') + failed);
}

/** Outcomes that are shown only if there are at most {@link MAX_SHOWN_OUTCOMES} files. */
const QUIET = new Set(['live', 'media']);
const MAX_SHOWN_OUTCOMES = 20;

function exitCode(failed: number): number {
  return failed > 0 ? EXIT.someFailed : EXIT.ok;
}

function sentence({ files }: Sent, deployment: Deployment): string {
  const there = files.filter(({ state }) => state === 'there').length;
  const uploaded = `${counted(files.length - there)} uploaded to ${deployment.name}`;
  return there > 0 ? `${uploaded}, ${there} there already` : uploaded;
}

function tellRest(why: string, { files }: Sent, total: number): void {
  tell(`${why}: ${files.length} of ${total} files are there. The same command again uploads the others.`);
}
