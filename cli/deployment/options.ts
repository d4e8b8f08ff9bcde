import { type Command, InvalidArgumentError } from 'commander';

/** Adds the options by which each command is told which deployment it works on. */
export function withDeployment(command: Command): Command {
  return command
    .optionsGroup('Which deployment:')
    .option('--local', 'the pipeline that "npm start" runs here (chosen by itself where one is running)')
    .option('--stack <name>', 'a deployed stack (default: COPYDESK_STACK, else Copydesk)')
    .option('--region <region>', 'its AWS region (default: as the AWS configuration says)')
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--state <folder>', 'as --local, with its state in this folder (default: ".copydesk")');
}

/** Adds `--yes` to a command that asks before it changes something. */
export function withYes(command: Command): Command {
  return command.option('-y, --yes', 'do it without asking');
}

/** Adds `--json`. */
export function withJson(command: Command): Command {
  return command.option('--json', 'as JSON, for programs');
}

/** A count of an option, from 1. */
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
 * An instant of an option as RFC 3339 in UTC: a date, a date and time, or how long ago (`90m`, `12h`, `7d`, `2w`).
 * @param now milliseconds since 1970
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
