import { type Command, Option } from 'commander';
import {
  instant,
  positiveNumber,
  withBulk,
  withDeployment,
  withJson,
  withYes,
} from './deployment/options.ts';
import { portNumber, type Runs } from './options.ts';

/** Default age of rejected files that `failures` lists. */
const REJECTED_SINCE = '30d';

/** Values of the option `--status` of `list`. */
const STATUSES = 'live scheduled held withdrawn duplicate rejected deleted unpacked media all'.split(' ');

export function addDeploymentCommands(program: Command, runs: Runs): void {
  addLooking(program, runs);
  addChanging(program, runs);
  addTending(program, runs);
}

function addLooking(program: Command, runs: Runs): void {
  withDeployment(
    program
      .command('desk')
      .description('open a desk for editors in the browser, on this machine only')
      .option('--port <number>', 'port of the desk; 0 is any free port', portNumber, 0)
      .option('--config <file>', 'settings file (default: copydesk.config.json, if there is one)'),
  )
    .addHelpText('after', examples('desk', 'desk --stack Copydesk-prod --profile editor'))
    .action(runs(async options => (await import('./commands/desk.ts')).desk(options)));

  withDeployment(
    withJson(program.command('list'))
      .description('list articles, the newest first; by default those that are live, scheduled or held')
      .addOption(
        new Option(
          '--status <status>',
          'only this status; all except live, scheduled, held, and rejected with --since read the whole table',
        ).choices(STATUSES),
      )
      .option('--section <name>', 'only this section')
      .option('--since <when>', 'only later articles: 2026-11-23, 2026-11-23T08:00Z, 12h, 7d', text =>
        instant(text),
      )
      .option('--limit <number>', 'maximum number of lines', positiveNumber, 50),
  )
    .addHelpText(
      'after',
      examples(
        'list',
        'list --section world --since 7d',
        'list --status held',
        'list --status rejected --since 24h',
        'list --json | jq -r .id',
      ),
    )
    .action(runs(async options => (await import('./commands/list.ts')).list(options)));

  withDeployment(
    withJson(program.command('show'))
      .description('show one article: its record, the versions of its file, where it is published')
      .argument('<article>', NAMED),
  )
    .addHelpText('after', examples('show world/ferry.txt', 'show abcdefgh234567ij --json | jq .record'))
    .action(runs(async (name, options) => (await import('./commands/show.ts')).show(name, options)));

  withDeployment(
    withJson(program.command('status')).description('show what waits, what failed and what comes next'),
  )
    .addHelpText('after', examples('status', 'status --json | jq .deadLetters'))
    .action(runs(async options => (await import('./commands/status.ts')).status(options)));

  withDeployment(
    withJson(program.command('failures'))
      .description('show what failed: dead letters, failed publishes, and rejected files')
      .addOption(
        new Option('--since <when>', 'rejected since')
          .argParser(text => instant(text))
          .default(instant(REJECTED_SINCE), REJECTED_SINCE),
      )
      .option('--limit <number>', 'maximum number of each kind', positiveNumber, 100),
  )
    .addHelpText(
      'after',
      `${examples('failures', 'failures --json | jq .deadLetters')}\n\nThe exit code is 1 if there is any failure.`,
    )
    .action(runs(async options => (await import('./commands/failures.ts')).failures(options)));
}

/** The accepted names of an article. */
const NAMED = 'its id, the key of its file, or the address of its page';

function addChanging(program: Command, runs: Runs): void {
  const changing = (name: string) =>
    withJson(withYes(program.command(name))).option('--no-wait', 'do not wait until the site shows it');

  withDeployment(
    changing('withdraw')
      .description('take articles off the site; later uploads do not bring them back')
      .argument('<article...>', NAMED)
      .option('--reason <text>', 'why, printed on the page of the article')
      .option(
        '--name-it',
        'print the headline there too; by default the page repeats nothing of the article',
      ),
  )
    .addHelpText(
      'after',
      examples(
        'withdraw world/ferry.txt --reason "The source has taken its statement back."',
        'withdraw abcdefgh234567ij --yes',
      ),
    )
    .action(
      runs(async (names, options) => (await import('./commands/withdraw.ts')).withdraw(names, options)),
    );

  withDeployment(
    changing('restore').description('bring withdrawn articles back').argument('<article...>', NAMED),
  )
    .addHelpText('after', examples('restore world/ferry.txt'))
    .action(runs(async (names, options) => (await import('./commands/withdraw.ts')).restore(names, options)));

  withDeployment(
    changing('hold')
      .description('hold stories until they are released; later uploads do not publish them')
      .argument('<article...>', NAMED)
      .option('--reason <text>', 'why, for other editors'),
  )
    .addHelpText('after', examples('hold world/ferry.txt --reason "The harbour master calls back at noon."'))
    .action(runs(async (names, options) => (await import('./commands/hold.ts')).hold(names, options)));

  withDeployment(
    changing('release')
      .description('publish stories that an editor, a draft mark, a hold or an unclear embargo holds')
      .argument('<article...>', NAMED),
  )
    .addHelpText('after', examples('release world/ferry.txt', 'release abcdefgh234567ij --yes'))
    .action(runs(async (names, options) => (await import('./commands/release.ts')).release(names, options)));

  withDeployment(
    changing('correct')
      .description(
        'correct the headline, byline and other fields of a story; to correct its text, upload the file again',
      )
      .argument('<article>', NAMED)
      .optionsGroup('What to correct ("" removes it):')
      .option('--headline <text>', 'headline; its address stays')
      .option('--dek <text>', 'line below the headline')
      .option('--byline <names>', 'who wrote it: "Ada Byron and Mary Shelley"')
      .option('--section <name>', 'section')
      .option('--tags <tags>', 'tags, with commas between them')
      .option('--summary <text>', 'summary')
      .option('--note <text>', 'what was corrected, shown with the article')
      .option(
        '--publish-at <instant>',
        'a story that waits is not public before: 2026-12-01T06:00Z, "1 December 2026 06:00"; "none": now',
      ),
  )
    .addHelpText(
      'after',
      examples(
        'correct world/ferry.txt --headline "Ferry sails again" --note "An earlier headline said it had stopped."',
        'correct abcdefgh234567ij --section politics --yes',
      ),
    )
    .action(runs(async (name, options) => (await import('./commands/correct.ts')).correct(name, options)));

  withDeployment(
    withBulk(
      withJson(program.command('publish'))
        .description('publish articles again: single ones, or all')
        .argument('[article...]', NAMED)
        .option('--rebuild', 'do the daily check now: feeds, the newest pages and articles, and media'),
      { all: 'all articles, and the whole site', since: 'articles published since', section: 'this section' },
    ),
  )
    .addHelpText(
      'after',
      examples(
        'publish world/ferry.txt',
        'publish --all',
        'publish --all --rate 50 --no-wait',
        'publish --all --resume',
        'publish --rebuild',
      ),
    )
    .action(runs(async (names, options) => (await import('./commands/publish.ts')).publish(names, options)));
}

function addTending(program: Command, runs: Runs): void {
  withDeployment(
    withJson(withYes(program.command('retry')))
      .description('try failed work again: dead letters and failed publishes')
      .argument('[name...]', 'keys, article ids or message ids (default: everything)')
      .option('--all', 'everything, the same as without names')
      .option('--discard', 'delete the named dead letters permanently instead'),
  )
    .addHelpText(
      'after',
      examples('retry', 'retry world/ferry.txt --yes', 'retry --discard 2f1c…-message-id'),
    )
    .action(runs(async (names, options) => (await import('./commands/retry.ts')).retry(names, options)));

  withDeployment(
    withJson(program.command('doctor'))
      .description('check the account, the deployment and the settings, and say what is wrong')
      .option('--config <file>', 'settings file (default: copydesk.config.json, if there is one)')
      .option('--drift', 'also compare the stack with its template, which takes minutes'),
  )
    .addHelpText(
      'after',
      `${examples('doctor', 'doctor --stack Copydesk-prod', 'doctor --drift')}\n\nThe exit code is 1 if something is wrong.`,
    )
    .action(runs(async options => (await import('./commands/doctor.ts')).doctor(options)));

  program
    .command('completion')
    .description('print a completion script for a shell')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  copydesk completion bash > ~/.local/share/bash-completion/completions/copydesk',
        '  copydesk completion zsh > ~/.zfunc/_copydesk',
        '  copydesk completion fish > ~/.config/fish/completions/copydesk.fish',
      ].join('\n'),
    )
    .action(runs(async shell => (await import('./commands/completion.ts')).completion(shell, program)));
}

function examples(...lines: string[]): string {
  return `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map(line => `  npx copydesk ${line}`).join('\n')}`;
}
