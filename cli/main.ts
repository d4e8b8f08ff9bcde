import { Command, CommanderError, Option } from 'commander';
import { DEFAULT_STATE } from '../local/state-dir.ts';
import packageJson from '../package.json' with { type: 'json' };
import { CopydeskError } from '../shared/errors/errors.ts';
import { addBulkCommands } from './bulk-program.ts';
import { awsTrouble } from './deployment/aws-trouble.ts';
import { addDeploymentCommands } from './deployment-program.ts';
import { portNumber, siteAddress } from './options.ts';
import { NotConfirmed } from './output/ask.ts';
import { EXIT } from './output/exit-codes.ts';
import { printable } from './output/printable.ts';

/**
 * Runs the command line.
 * @param argv as `process.argv`
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
    // Commander has said what it had to say, be it help or what was wrong with the words.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof NotConfirmed) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    const debug = program.opts<{ debug?: boolean }>().debug === true;
    const told = awsTrouble(error) ?? (error as Error);
    process.stderr.write(
      `copydesk: ${debug ? ((error as Error).stack ?? told.message) : printable(told.message)}\n`,
    );
    if (!debug && !(told instanceof CopydeskError))
      process.stderr.write('This is a mistake in Copydesk itself; --debug shows where.\n');
    return EXIT.usage;
  }
}

/** The commands. Each is loaded when it is run: help and mistakes are answered at once. */
export function commands(done: (exitCode: number) => void): Command {
  const program = new Command('copydesk')
    .description('Drop copy into a bucket; get clean articles, feeds and a reading site out.')
    .version(packageJson.version, '--version', 'show the version')
    .option('--debug', 'show where an error came from')
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  const config = () =>
    new Option('--config <file>', 'settings file (default: copydesk.config.json, if there is one)');

  program
    .command('start')
    .description('run the whole pipeline on this machine')
    .addOption(config())
    .option('--port <number>', 'port of the site', portNumber, 8080)
    .option('--s3-port <number>', 'port of the S3 endpoint', portNumber, 4566)
    .option('--state <folder>', 'where everything is kept', DEFAULT_STATE)
    .option('--inbox <folder>', 'files saved here are uploaded', 'inbox')
    .option('--follow', 'follow links that lead out of the inbox')
    .option('--no-samples', 'start empty instead of with the samples')
    .option('--repair', 'save what can be read of a damaged state folder')
    .addHelpText('after', '\nExample:\n  npm start -- --port 8081')
    .action(async options => done(await (await import('./commands/start.ts')).start(options)));

  program
    .command('build')
    .description('publish a folder of files as a static site')
    .argument('<folder>', 'every file below it is taken, except what systems and editors leave')
    .requiredOption('--out <folder>', 'where the site goes')
    .option('--base-url <url>', 'public address of the site', siteAddress)
    .option('--report <file>', 'JSON that says what became of each file; outside of the site')
    .option('--follow', 'follow links that lead out of the folder, or to folders')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExample:\n  npx copydesk build stories --out public --base-url https://news.example.org',
    )
    .action(async (folder, options) =>
      done(await (await import('./commands/build.ts')).build(folder, options)),
    );

  program
    .command('parse')
    .description('show what would be recorded of files, without storing anything')
    .argument('<file...>', '- reads standard input')
    .option('--json', 'one record in JSON a line, with bodyText')
    .option('--explain', 'with what each step of the parser left out, and why')
    .option('--url <url>', 'where the file was published, to resolve its links against', siteAddress)
    .option('--content-type <type>', 'as S3 would know it')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk parse story.txt\n  npx copydesk parse --explain page.html\n  npx copydesk parse --json *.html | jq .headline',
    )
    .action(async (files, options) =>
      done(await (await import('./commands/parse.ts')).parse(files, options)),
    );

  addBulkCommands(program, done);
  addDeploymentCommands(program, done);
  return program;
}
