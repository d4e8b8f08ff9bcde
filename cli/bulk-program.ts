import { type Command, Option } from 'commander';
import { filingOptions } from './bulk/filing.ts';
import { positiveNumber, withBulk, withDeployment, withJson, withYes } from './deployment/options.ts';
import { portNumber, type Runs } from './options.ts';

export function addBulkCommands(program: Command, runs: Runs): void {
  const put = withJson(program.command('put'))
    .description('upload files; after an interruption, the same command uploads the rest')
    .argument('<file...>', 'a file, uploaded under its name, or a folder with all files below it')
    .option('--prefix <folder>', 'folder of the bucket for the files')
    .option('--follow', 'follow links that lead out of a folder, or to folders')
    .option('--force', 'upload also files that the bucket holds, so that lost and broken data is made again')
    .option('--wait', 'wait until the files are published')
    .addOption(patience())
    .option('--concurrency <number>', 'number of files uploaded at the same time', positiveNumber, 16)
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
    .action(runs(async (files, options) => (await import('./commands/put.ts')).put(files, options)));

  const preview = withJson(program.command('preview'))
    .description(
      'show the page of a story before it is public, and what an editor checks; it follows the file',
    )
    .argument('<file...>', 'files or a folder; or stored stories: ids, keys, or addresses of pages')
    .option('--prefix <folder>', 'folder of the bucket into which the files would be uploaded')
    .option('--port <number>', 'port of the preview; 0 is any free port', portNumber, 0)
    .addOption(
      new Option('--config <file>', 'settings file (default: copydesk.config.json, if there is one)'),
    )
    .optionsGroup('About the copy:');
  for (const option of filingOptions()) preview.addOption(option);
  withDeployment(preview)
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  npx copydesk preview ferry.docx --prefix world',
        '  npx copydesk preview stories/',
        '  npx copydesk preview --local world/ferry.docx',
        '  npx copydesk preview --stack Copydesk abcdefgh234567ij',
        '\nFiles are looked for on the disk. With an option of the deployment, or if there is no such file, the stored story is shown.',
      ].join('\n'),
    )
    .action(runs(async (names, options) => (await import('./commands/preview.ts')).preview(names, options)));

  withDeployment(
    withBulk(
      withJson(program.command('reprocess'))
        .description('parse files again: named ones, or all whose records an older parser made')
        .argument('[name...]', 'keys, or ids of articles')
        .option('--wait', 'with names: wait until the files are parsed')
        .addOption(patience()),
      { all: 'all files', since: 'files uploaded since then', section: 'files of this section' },
    ),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk reprocess --all\n  npx copydesk reprocess --section world --since 30d --dry-run\n  npx copydesk reprocess --all --resume',
    )
    .action(
      runs(async (names, options) => (await import('./commands/reprocess.ts')).reprocess(names, options)),
    );

  withDeployment(
    withJson(program.command('export'))
      .description('write all records as lines of JSON')
      .option('--out <file>', 'write to this file instead of standard output')
      .option('--table <name>', 'read this table, restored from a backup, instead of the deployment’s own'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npx copydesk export --out records.jsonl\n  npx copydesk export | jq -r \'select(.status == "live") | .headline\'',
    )
    .action(runs(async options => (await import('./commands/export.ts')).exportRecords(options)));

  withDeployment(
    withYes(
      withJson(program.command('import'))
        .description('write the records of an export into a deployment; newer records there are kept')
        .argument('<file>', 'a file written by "copydesk export"'),
    ),
  )
    .addHelpText('after', '\nExample:\n  npx copydesk import records.jsonl --stack CopydeskNew')
    .action(
      runs(async (file, options) => (await import('./commands/import.ts')).importRecords(file, options)),
    );
}

/** The default covers a cold start and a busy minute. The deployment retries failed files for much longer. */
function patience(): Option {
  return new Option('--patience <seconds>', 'with --wait: stop waiting after this time without progress')
    .argParser(positiveNumber)
    .default(120);
}
