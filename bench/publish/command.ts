import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { runBurst } from './run-burst.ts';
import { runCheck } from './run-check.ts';
import { runCost } from './run-cost.ts';
import { runRaces } from './run-races.ts';
import { runRepublish } from './run-republish.ts';

/** Changes of each kind whose cost is measured. */
const CHANGES = 100;

/** Articles of the site that is published again. */
const REPUBLISHED = 10_000;

interface Options {
  changes: number;
  burst?: number;
  races?: number;
  check?: boolean;
  republish?: number | true;
  seed: number;
  json?: string;
}

export function addPublish(program: Command): void {
  program
    .command('publish')
    .description(
      'what publishing one change costs, as the archive grows; a burst of files; publishers at once',
    )
    .option('--changes <n>', 'changes of each kind whose cost is measured', count, CHANGES)
    .option('--burst <n>', 'instead: upload so many articles at once to the services of a laptop', count)
    .option('--races <n>', 'instead: so many seeds of fifty publishers on one site', count)
    .option('--check', 'instead: what a daily check costs in archives of three sizes')
    .option(
      '--republish [n]',
      `instead: what publishing all of so many articles again costs, default ${REPUBLISHED}`,
      count,
    )
    .option('--seed <n>', 'the first of these seeds', count, 1)
    .option('--json <file>', 'write the results there too')
    .action(run);
}

async function run({ changes, burst, races, check, republish, seed, json }: Options): Promise<void> {
  const results: Record<string, unknown> = {};
  if (burst !== undefined) results.burst = await runBurst(burst);
  if (races !== undefined) {
    const reports = await runRaces(races, seed);
    results.races = reports;
    if (reports.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
  }
  if (check) results.check = await runCheck();
  if (republish) results.republish = await runRepublish(republish === true ? REPUBLISHED : republish);
  if (burst === undefined && races === undefined && !check && !republish)
    results.cost = await runCost(changes);
  if (json) writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`);
}

function count(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A whole number above 0, please.');
  return Number(text);
}
