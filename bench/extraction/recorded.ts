import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CJK, type ScoredPage, scoreSet } from './evaluate.ts';
import type { SetName } from './sets/index.ts';
import { type Field, mean } from './sets/page-set.ts';

/** Scores by name, such as `wcxb authors`. */
export type Scores = Record<string, number>;

const FILE = fileURLToPath(new URL('scores.json', import.meta.url));

/** Maximum loss of a score. Smaller differences come from a few pages. */
const TOLERANCE = 0.002;

export function readScores(): Scores {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Scores;
}

export function recordScores(scores: Scores): void {
  writeFileSync(FILE, `${JSON.stringify(scores, undefined, 2)}\n`);
}

/** The scores that are recorded: F1 and exact fields of each set, and F1 of Chinese, Japanese and Korean pages. */
export function namedScores(pages: readonly ScoredPage[], sets: readonly SetName[]): Scores {
  const scores: Scores = {};
  const add = (name: string, value: number) => {
    scores[name] = Number(value.toFixed(4));
  };
  for (const set of sets) {
    const { f1, fields } = scoreSet(
      set,
      pages.filter(page => page.set === set),
    );
    add(`${set} F1`, f1);
    for (const field of Object.keys(fields) as Field[])
      add(`${set} ${field}`, (fields[field]?.exact ?? 0) / (fields[field]?.of || 1));
  }
  add('zh, ja, ko F1', mean(pages.filter(({ language }) => CJK.has(language)).map(({ f1 }) => f1)));
  return scores;
}

/** Lists in words the scores that are lower than the recorded ones. */
export function losses(recorded: Scores, scores: Scores): string[] {
  return Object.entries(scores)
    .filter(([name, value]) => value < (recorded[name] ?? 0) - TOLERANCE)
    .map(
      ([name, value]) =>
        `${name} is ${value.toFixed(4)}. The recorded score is ${recorded[name]?.toFixed(4)}.`,
    );
}
