import cliProgress, { type Options, Presets, SingleBar } from 'cli-progress';
import { colours } from './colours.ts';
import { printable } from './printable.ts';
import { tell } from './say.ts';
import { statusWord } from './tables.ts';

export interface FileOutcome {
  outcome: string;
  key: string;
  headline?: string | undefined;
  reason?: string | undefined;
  /** The reason for which a story is not public yet. */
  wait?: string | undefined;
  warnings?: readonly string[] | undefined;
  ms?: number | undefined;
}

const OUTCOME_WIDTH = 'scheduled'.length;

const WITH_HEADLINE = new Set(['live', 'scheduled', 'held']);

/** Makes the lines of an outcome: `live       world/ferry.txt  Ferry sails`, why the story waits, and warnings. */
export function outcomeLine(file: FileOutcome): string {
  const { outcome, key, headline, reason, wait, warnings = [], ms } = file;
  const time = ms === undefined ? '' : colours.dim(`  ${ms} ms`);
  const said = reason ?? (WITH_HEADLINE.has(outcome) ? headline : undefined);
  const line = `${statusWord(outcome, outcome.padEnd(OUTCOME_WIDTH))}  ${printable(key)}${said ? `  ${colours.dim(printable(said))}` : ''}${time}`;
  const below = [
    ...(wait === undefined ? [] : [colours.cyan(printable(wait))]),
    ...warnings.map(warning => `${colours.yellow('note')} ${printable(warning)}`),
  ];
  return [line, ...below].join(`\n${' '.repeat(OUTCOME_WIDTH + 2)}`);
}

export interface Progress {
  done(count: number): void;
  stop(): void;
}

/** Columns of the text next to a bar: a label, numbers of six digits, the unit, and a time. */
const BAR_TEXT_COLUMNS = 46;

/**
 * Formats the remaining time of a bar. The time is not known before the first file is done.
 * @param seconds cli-progress passes `INF` or `NULL` for an unknown time, and by itself prints "NFs" for it
 */
export function timeLeft(seconds: number | string, options: Options, roundTo: number): string {
  return typeof seconds === 'number' ? cliProgress.Format.TimeFormat(seconds, options, roundTo) : 'some time';
}

/** Shows a progress bar on a terminal. Shows nothing if stderr is a file or a pipe. */
export function progressBar(label: string, total: number, unit = 'files'): Progress {
  if (!process.stderr.isTTY || total === 0) return { done: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {value}/{total} ${unit}, {eta_formatted} left`,
      formatTime: timeLeft,
      barsize: Math.max(8, Math.min(40, (process.stderr.columns || 80) - BAR_TEXT_COLUMNS)),
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { done: count => bar.update(count), stop: () => bar.stop() };
}

/** Interval between two lines of progress if stderr is not a terminal. */
const LINE_INTERVAL_MS = 5_000;

/** Shows a {@link progressBar}, or a line every few seconds if stderr is a file or a pipe. */
export function progress(label: string, total: number, unit = 'files'): Progress {
  if (process.stderr.isTTY) return progressBar(label, total, unit);
  return { ...counter(label, `of ${total} ${unit}`), stop: () => undefined };
}

/** Shows every few seconds how much is done of work whose end is not known. */
export function counter(label: string, unit: string): { done(count: number): void } {
  let told = performance.now();
  return {
    done(count) {
      if (performance.now() - told < LINE_INTERVAL_MS) return;
      told = performance.now();
      tell(`${label}: ${count} ${unit}`);
    },
  };
}

export function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
