import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { Articles } from '../../shared/table/articles.ts';
import { lineOf } from '../bulk/exported.ts';
import { errorName } from '../deployment/aws-trouble.ts';
import { type Deployment, type DeploymentOptions, openDeployment } from '../deployment/deployment.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { counter } from '../output/terminal.ts';
import { pathError, UsageError } from '../output/usage-error.ts';

interface ExportOptions extends DeploymentOptions, ResultOptions {
  /** Default: standard output. */
  out?: string;
  /** A table that was restored from a backup. Default: the table of the deployment. */
  table?: string;
}

/**
 * `copydesk export`: writes every record as a line of JSON. A file gets its name only when it is complete.
 * @returns exit code 1 if a record could not be read
 */
export async function exportRecords({ out, table, ...options }: ExportOptions): Promise<number> {
  const opened = await openDeployment(options);
  const deployment =
    table === undefined
      ? opened
      : { ...opened, articles: new Articles(opened.clients.dynamodb, table, opened.articles) };
  const count = { records: 0, broken: 0 };
  try {
    if (out === undefined) await toStandardOutput(linesOf(deployment, count));
    else await intoFile(linesOf(deployment, count), out);
  } catch (error) {
    if (table !== undefined && errorName((error as Error).cause) === 'ResourceNotFoundException')
      throw new UsageError(`There is no table ${table} beside ${deployment.name}.`, error);
    throw error;
  } finally {
    deployment.close();
  }
  // Without a file, standard output has the records, which are JSON in any case.
  if (out !== undefined) resultsTo(options).result({ ...count, file: out });
  tell(`${count.records} records of ${deployment.name}${out === undefined ? '' : ` in ${out}`}`);
  return count.broken > 0 ? EXIT.someFailed : EXIT.ok;
}

async function* linesOf(
  { articles, storage }: Deployment,
  count: { records: number; broken: number },
): AsyncGenerator<string> {
  const told = counter('Exported', 'records');
  const broken = (error: CopydeskError) => {
    count.broken++;
    tell(`left out  ${printable(error.message)}`);
  };
  for await (const record of articles.all(broken)) {
    try {
      yield await lineOf(record, articles, storage);
      told.done(++count.records);
    } catch (error) {
      if (!(error instanceof CopydeskError) || error.code !== 'body-missing') throw error;
      broken(error);
    }
  }
}

async function intoFile(lines: AsyncIterable<string>, out: string): Promise<void> {
  const unfinished = `${out}.part`;
  try {
    await pipeline(lines, createWriteStream(unfinished));
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).path !== undefined)
      throw pathError('The file', out, error, 'written');
    throw error;
  }
}

async function toStandardOutput(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}
