import { type FileHandle, open } from 'node:fs/promises';
import pMap from 'p-map';
import type { Articles } from '../../shared/table/articles.ts';
import { bringIn, IMPORT_ROUNDS, type ImportResult, roundOf } from '../bulk/bring-in.ts';
import { type Exported, readLine } from '../bulk/exported.ts';
import { onInterruption } from '../bulk/interruption.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { otherNamespace } from '../deployment/namespace.ts';
import { confirmed } from '../output/ask.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { counter } from '../output/terminal.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

interface ImportOptions extends DeploymentOptions, ResultOptions {
  yes?: boolean;
}

const IMPORT_CONCURRENCY = 16;

const LINES_PER_BATCH = 64;

const MAX_REPORTED_LINES = 20;

type Counts = Record<ImportResult | 'unread', number>;

/**
 * `copydesk import`: writes the records of an export into a deployment that lost them, or into another one. Newer
 * records of the deployment are kept. After an interruption, the same command continues.
 * @returns exit code 1 if a line could not be read, or if the file of a picture is missing
 */
export async function importRecords(file: string, options: ImportOptions): Promise<number> {
  // If the file is missing, the command fails before it asks for confirmation.
  await (await opened(file)).close();
  const deployment = await openDeployment(options);
  const interruption = onInterruption();
  const count: Counts = { imported: 0, there: 0, newer: 0, 'without-file': 0, unread: 0 };
  try {
    const question = `The records of ${file} will be written into ${deployment.name} and published, but for those that it has newer.`;
    await confirmed(question, options);
    const told = counter('Looked at', 'records');
    let done = 0;
    for (let round = 0; round < IMPORT_ROUNDS; round++)
      for await (const lines of exportedIn(file, round, count, deployment)) {
        if (interruption.signal.aborted) break;
        for (const outcome of await broughtIn(lines, deployment)) count[outcome]++;
        done += lines.length;
        told.done(done);
      }
    const { 'without-file': withoutFile, ...rest } = count;
    resultsTo(options).result(
      { ...rest, withoutFile },
      `${count.imported} imported, ${count.there} there already, ${count.newer} newer there, ${count['without-file']} without their file, ${count.unread} not read`,
    );
    if (count['without-file'] > 0)
      tell(
        `Pictures and recordings are not part of an export: upload the ${count['without-file']} files anew.`,
      );
    if (!interruption.signal.aborted)
      return count.unread + count['without-file'] > 0 ? EXIT.someFailed : EXIT.ok;
    tell('Interrupted: the same command again brings in the others.');
    return EXIT.interrupted;
  } finally {
    interruption.done();
    deployment.close();
  }
}

function broughtIn(lines: readonly Exported[], { articles, storage }: Deployment): Promise<ImportResult[]> {
  const now = () => new Date().toISOString();
  return pMap(lines, line => bringIn(line, { articles, storage, now }), { concurrency: IMPORT_CONCURRENCY });
}

/** Reads the records of a round in batches. Lines that cannot be read are reported in the first round. */
async function* exportedIn(
  file: string,
  round: number,
  count: Counts,
  { articles }: Deployment,
): AsyncGenerator<Exported[]> {
  const handle = await opened(file);
  try {
    let held: Exported[] = [];
    let number = 0;
    for await (const line of handle.readLines()) {
      number++;
      if (line.trim() === '') continue;
      const read = ofNamespace(readLine(line), articles);
      if ('problem' in read) {
        if (round > 0) continue;
        count.unread++;
        if (count.unread <= MAX_REPORTED_LINES) tell(`line ${number}  ${printable(read.problem)}`);
      } else if (roundOf(read.record) === round) held.push(read);
      if (held.length < LINES_PER_BATCH) continue;
      yield held;
      held = [];
    }
    if (held.length > 0) yield held;
  } finally {
    await handle.close();
  }
}

/** Refuses a record of another namespace, because a later upload of its file would become a second article. */
function ofNamespace(read: ReturnType<typeof readLine>, articles: Articles): ReturnType<typeof readLine> {
  const other = 'problem' in read ? undefined : otherNamespace(read.record, articles);
  return other === undefined ? read : { problem: `It has another namespace: ${other.says}. ${other.todo}` };
}

async function opened(file: string): Promise<FileHandle> {
  const handle = await open(file).catch((error: unknown) => {
    throw pathError('The file', file, error);
  });
  const stat = await handle.stat();
  if (stat.isFile()) return handle;
  await handle.close();
  // The file is read more than once, so a pipe does not work.
  if (!stat.isDirectory()) throw new UsageError(`${file} is no file on a disk: save the export first.`);
  throw pathError('The file', file, Object.assign(new Error(), { code: 'EISDIR' }));
}
