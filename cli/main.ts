import { Command, CommanderError, Option } from 'commander';
import { DEFAULT_STATE } from '../local/state-dir.ts';
import packageJson from '../package.json' with { type: 'json' };
import { CopydeskError } from '../shared/errors/errors.ts';
import { addBulkCommands } from './bulk-program.ts';
import { awsTrouble } from './deployment/aws-trouble.ts';
import { addDeploymentCommands } from './deployment-program.ts';
import { portNumber, type Runs, siteAddress } from './options.ts';
import { NotConfirmed } from './output/ask.ts';
import { EXIT } from './output/exit-codes.ts';
import { printable } from './output/printable.ts';
import { tell } from './output/say.ts';

/**
 * Runs the command line.
 * @param argv in the form of `process.argv`
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = commands(code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    // Commander has already printed the help or the usage error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof NotConfirmed) {
      tell(error.message);
      return error.exitCode;
    }
    const debug = program.opts<{ debug?: boolean }>().debug === true;
    const told = awsTrouble(error) ?? (error as Error);
    tell(`copydesk: ${debug ? ((error as Error).stack ?? told.message) : printable(told.message)}`);
    if (!debug && !(told instanceof CopydeskError))
      tell('This is a mistake in Copydesk itself; --debug shows where.');
    return EXIT.usage;
  }
}

/** Makes the commands. Each command is loaded when it runs, so that help and usage errors are fast. */
export function commands(done: (exitCode: number) => void): Command {
  const program = new Command('copydesk')
    .description('Drop copy into a bucket; get clean articles, feeds and a reading site out.')
    .version(packageJson.version, '--version', 'show the version')
    .option('--debug', 'show where an error came from')
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  const runs: Runs =
    command =>
    async (...args) =>
      done(await command(...args));
  const config = () =>
    new Option('--config <file>', 'settings file (default: copydesk.config.json, if there is one)');

  program
    .command('start')
    .description('run the whole pipeline on this machine')
    .addOption(config())
    .option('--port <number>', 'port of the site', portNumber, 8080)
    .option('--s3-port <number>', 'port of the S3 endpoint', portNumber, 4566)
    .option('--state <folder>', 'folder for all stored data', DEFAULT_STATE)
    .option('--inbox <folder>', 'files saved here are uploaded', 'inbox')
    .option('--follow', 'follow links that lead out of the inbox')
    .option('--no-samples', 'start empty instead of with the samples')
    .option('--repair', 'repair a damaged state folder, and keep all data that can be read')
    .addHelpText('after', '\nExample:\n  npm start -- --port 8081')
    .action(runs(async options => (await import('./commands/start.ts')).start(options)));

  program
    .command('build')
    .description('publish a folder of files as a static site')
    .argument('<folder>', 'folder with the files; temporary files of systems and editors are ignored')
    .requiredOption('--out <folder>', 'folder for the site')
    .option('--base-url <url>', 'public address of the site', siteAddress)
    .option('--report <file>', 'JSON file for the outcome of each file; outside of the site')
    .option('--follow', 'follow links that lead out of the folder, or to folders')
    .option('--json', 'the report as JSON, one line for each file')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExample:\n  npx copydesk build stories --out public --base-url https://news.example.org',
    )
    .action(runs(async (folder, options) => (await import('./commands/build.ts')).build(folder, options)));

  program
    .command('parse')
    .description('show the records that files would get, without storing anything')
    .argument('<file...>', 'files; - reads standard input')
    .option('--json', 'one line of JSON per record, with bodyText')
    .option('--explain', 'also show what each step of the parser removed, and why')
    .option(
      '--url <url>',
      'address at which the file was published; its links are resolved against it',
      siteAddress,
    )
    .option('--content-type <type>', 'content type of the object in S3')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk parse story.txt\n  npx copydesk parse --explain page.html\n  npx copydesk parse --json *.html | jq .headline',
    )
    .action(runs(async (files, options) => (await import('./commands/parse.ts')).parse(files, options)));

  addBulkCommands(program, runs);
  addDeploymentCommands(program, runs);
  return program;
}
