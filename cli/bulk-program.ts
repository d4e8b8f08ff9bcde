import { type Command, Option } from 'commander';
import { filingOptions } from './bulk/filing.ts';
import { instant, positiveNumber, withDeployment, withYes } from './deployment/options.ts';

/** Adds the commands that work on many files or articles at once. */
export function addBulkCommands(program: Command, done: (exitCode: number) => void): void {
  const put = program
    .command('put')
    .description('upload files; interrupted and run again, it goes on where it was')
    .argument('<file...>', 'a file, uploaded under its name, or a folder: all files below it')
    .option('--prefix <folder>', 'folder of the bucket they go into')
    .option('--follow', 'follow links that lead out of a folder, or to folders')
    .option('--wait', 'until they are published')
    .addOption(patience())
    .option('--concurrency <number>', 'files uploaded at once', positiveNumber, 16)
    .optionsGroup('About the copy:');
  for (const option of filingOptions()) put.addOption(option);
  withDeployment(put)
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  npx copydesk put ferry.docx --prefix world --wait',
        '  npx copydesk put stories/',
        '  npx copydesk put budget.md --section politics --publish-at 2026-12-01T06:00Z',
      ].join('\n'),
    )
    .action(async (files, options) => done(await (await import('./commands/put.ts')).put(files, options)));

  const reprocess = program
    .command('reprocess')
    .description('parse files anew of which an older parser made the records')
    .argument('[name...]', 'keys, or ids of articles')
    .option('--all', 'everything')
    .option('--since <instant>', 'uploaded since then: 2026-11-01, 7d', text => instant(text))
    .option('--section <name>', 'of this section')
    .option('--rate <number>', 'most files a second', positiveNumber, 50)
    .option('--dry-run', 'only say how many there are');
  reprocess.option('--wait', 'until they are parsed anew').addOption(patience());
  withDeployment(reprocess)
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk reprocess --all --wait\n  npx copydesk reprocess --section world --since 30d --dry-run',
    )
    .action(async (names, options) =>
      done(await (await import('./commands/reprocess.ts')).reprocess(names, options)),
    );

  withDeployment(
    program
      .command('export')
      .description('write all records as lines of JSON')
      .option('--out <file>', 'into this file instead of standard output')
      .option('--table <name>', 'those of a table that was restored from a backup, beside the deployment'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk export --out records.jsonl\n  npx copydesk export | jq -r \'select(.status == "live") | .headline\'',
    )
    .action(async options => done(await (await import('./commands/export.ts')).exportRecords(options)));

  withDeployment(
    withYes(
      program
        .command('import')
        .description('bring in the records of an export; what is newer in the deployment stays')
        .argument('<file>', 'written by "copydesk export"'),
    ),
  )
    .addHelpText('after', '\nExample:\n  npx copydesk import records.jsonl --stack CopydeskNew')
    .action(async (file, options) =>
      done(await (await import('./commands/import.ts')).importRecords(file, options)),
    );
}

/** With the default a cold start and a busy minute fit in; what failed is tried again for much longer. */
function patience(): Option {
  return new Option('--patience <seconds>', 'with --wait: gives up where nothing new is heard for so long')
    .argParser(positiveNumber)
    .default(120);
}
