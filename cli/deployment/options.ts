import { type Command, InvalidArgumentError } from 'commander';

export function withDeployment(command: Command): Command {
  return command
    .optionsGroup('Which deployment:')
    .option('--local', 'the pipeline that "npm start" runs here (default if one is running)')
    .option('--stack <name>', 'a deployed stack (default: COPYDESK_STACK, else Copydesk)')
    .option('--region <region>', 'its AWS region (default: the region of the AWS configuration)')
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--state <folder>', 'like --local, with its state in this folder (default: ".copydesk")');
}

export function withYes(command: Command): Command {
  return command.option('-y, --yes', 'do it without asking');
}

export function withJson(command: Command): Command {
  return command.option('--json', 'results as JSON, one object a line, for programs');
}

/** Options of commands that work on all articles. */
export function withBulk(command: Command, says: { all: string; since: string; section: string }): Command {
  return command
    .optionsGroup('All or many:')
    .option('--all', says.all)
    .option('--since <instant>', `${says.since}: 2026-11-01, 7d`, text => instant(text))
    .option('--section <name>', says.section)
    .option(
      '--rate <number>',
      'maximum number in a second (default: as many as the functions can)',
      positiveNumber,
    )
    .option('--dry-run', 'only count them')
    .option('--stop', 'stop the run that works now')
    .option('--resume', 'continue a stopped run, or try again what failed in the last one')
    .option('--no-wait', 'do not wait for the end');
}

/** Reads a number of an option, from 1. */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return number;
}

const UNITS = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);

/**
 * Reads an instant of an option: a date, a date and time, or an age (`90m`, `12h`, `7d`, `2w`). Returns RFC 3339, UTC.
 * @param now milliseconds since the epoch
 */
export function instant(text: string, now: number = Date.now()): string {
  const ago = /^(\d{1,6})([mhdw])$/.exec(text);
  const unit = UNITS.get(ago?.[2] ?? '');
  if (unit !== undefined) return new Date(Math.max(0, now - Number(ago?.[1]) * unit)).toISOString();
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      'It must be a date (2026-11-23), a time (2026-11-23T08:00Z), or how long ago (7d, 12h).',
    );
  return new Date(at).toISOString();
}
