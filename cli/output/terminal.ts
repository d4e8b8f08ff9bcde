import cliProgress, { type Options, Presets, SingleBar } from 'cli-progress';
import { colours } from './colours.ts';
import { printable } from './printable.ts';

/** What became of one file, as people are told. */
export interface FileOutcome {
  outcome: string;
  key: string;
  headline?: string | undefined;
  reason?: string | undefined;
  /** What a story that is not public yet waits for. */
  wait?: string | undefined;
  warnings?: readonly string[] | undefined;
  ms?: number | undefined;
}

const COLOURS: Record<string, (text: string) => string> = {
  live: colours.green,
  scheduled: colours.cyan,
  held: colours.cyan,
  duplicate: colours.yellow,
  withdrawn: colours.yellow,
  rejected: colours.red,
  failed: colours.red,
  deleted: colours.magenta,
};

/** Widest outcome, so that the keys of all lines stand below each other. */
const OUTCOME_WIDTH = 'scheduled'.length;

/** Outcomes that are told with the headline. */
const WITH_HEADLINE = new Set(['live', 'scheduled', 'held']);

/** The line that says what became of a file: `live       world/ferry.txt  Ferry sails`. Below it stands why it waits. */
export function outcomeLine({
  outcome,
  key,
  headline,
  reason,
  wait,
  warnings = [],
  ms,
}: FileOutcome): string {
  const colour = COLOURS[outcome] ?? colours.dim;
  const time = ms === undefined ? '' : colours.dim(`  ${ms} ms`);
  const said = reason ?? (WITH_HEADLINE.has(outcome) ? headline : undefined);
  const line = `${colour(outcome.padEnd(OUTCOME_WIDTH))}  ${printable(key)}${said ? `  ${colours.dim(printable(said))}` : ''}${time}`;
  const below = [
    ...(wait === undefined ? [] : [colours.cyan(printable(wait))]),
    ...warnings.map(warning => `${colours.yellow('note')} ${printable(warning)}`),
  ];
  return [line, ...below].join(`\n${' '.repeat(OUTCOME_WIDTH + 2)}`);
}

/** Shows how far a long work has come. */
export interface Progress {
  done(count: number): void;
  stop(): void;
}

/** Columns for what stands beside a bar: a label, numbers of six digits, the unit, and a time. */
const BESIDE_BAR = 46;

/**
 * How long a work still takes, for a bar. Before anything is done nobody knows.
 * @param seconds cli-progress gives it as `INF` or `NULL` where it does not know; its own text for that is "NFs"
 */
export function timeLeft(seconds: number | string, options: Options, roundTo: number): string {
  return typeof seconds === 'number' ? cliProgress.Format.TimeFormat(seconds, options, roundTo) : 'some time';
}

/** A progress bar on a terminal; nothing where output goes to a file or pipe. */
export function progressBar(label: string, total: number, unit = 'files'): Progress {
  if (!process.stderr.isTTY || total === 0) return { done: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {value}/{total} ${unit}, {eta_formatted} left`,
      formatTime: timeLeft,
      // What is left of a line beside the words.
      barsize: Math.max(8, Math.min(40, (process.stderr.columns || 80) - BESIDE_BAR)),
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { done: count => bar.update(count), stop: () => bar.stop() };
}

/** Between two lines of a progress that no terminal shows, in milliseconds. */
const LINE_EVERY_MS = 5_000;

/** As {@link progressBar}, but where output goes to a file or pipe a line every few seconds. */
export function progress(label: string, total: number, unit = 'files'): Progress {
  if (process.stderr.isTTY) return progressBar(label, total, unit);
  let told = performance.now();
  return {
    done(count) {
      if (performance.now() - told < LINE_EVERY_MS) return;
      told = performance.now();
      process.stderr.write(`${label}: ${count} of ${total} ${unit}\n`);
    },
    stop: () => undefined,
  };
}

/** Tells now and then how much is done of a work whose end is not known. */
export function counter(label: string, unit: string): { done(count: number): void } {
  let told = performance.now();
  return {
    done(count) {
      if (performance.now() - told < LINE_EVERY_MS) return;
      told = performance.now();
      process.stderr.write(`${label}: ${count} ${unit}\n`);
    },
  };
}

/** `1 file`, `12 files`. */
export function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
