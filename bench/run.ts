import { Command } from 'commander';
import { addBuild } from './build/command.ts';
import { addColdStart } from './coldstart/command.ts';
import { addCrash } from './crash/command.ts';
import { addDuplicates } from './duplicates/command.ts';
import { addExtraction } from './extraction/command.ts';
import { addIngest } from './ingest/command.ts';
import { addLinear } from './linear/command.ts';
import { addPublish } from './publish/command.ts';

const program = new Command('npm run bench --')
  .description('What is fast, and what is right, beside what, in one run.')
  .showHelpAfterError()
  .action(() => program.outputHelp());
addBuild(program);
addColdStart(program);
addCrash(program);
addDuplicates(program);
addExtraction(program);
addIngest(program);
addLinear(program);
addPublish(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
