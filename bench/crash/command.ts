import { type Command, InvalidArgumentError } from 'commander';
import { runCrashes } from './run-crashes.ts';

/** As many files and kills as the laptop is said to survive. */
const FILES = 2_000;
const KILLS = 10;

export function addCrash(program: Command): void {
  program
    .command('crash')
    .description('whether a laptop keeps every upload, correction and deletion when it is killed')
    .option('--files <n>', 'files uploaded by a real S3 client', count, FILES)
    .option('--kills <n>', 'SIGKILLs at random moments, also while it recovers', count, KILLS)
    .option('--seed <n>', 'which moments and which changes', count, 1)
    .action(run);
}

async function run(options: { files: number; kills: number; seed: number }): Promise<void> {
  const { wrong, ...figures } = await runCrashes({
    ...options,
    say: line => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
  for (const line of wrong) process.stdout.write(`${line}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It is a whole number.');
  return number;
}
