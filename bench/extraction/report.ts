import { table } from '../table.ts';
import { CJK, FOLDS, type ScoredPage, type SetScore, scoreSet } from './evaluate.ts';
import type { SetName } from './sets/index.ts';
import { type Field, mean } from './sets/page-set.ts';
import type { Speed } from './worker.ts';

/** The measurements of one parser. */
export interface Result {
  parser: string;
  /** Pages without an answer in time: left out of the speed, failed in the scores. */
  hung: string[];
  speed?: Speed;
  scores: ScoredPage[];
}

/** Minimum number of pages of a language that has a row of its own. */
const MIN_LANGUAGE_PAGES = 8;

/** The tables of a run: by set, by fold, by language, and speed. */
export function report(results: readonly Result[], sets: readonly SetName[]): string {
  const parts = [
    ...sets.map(set => setTable(results, set)),
    foldTable(results, sets),
    languageTable(results),
    results.some(result => result.speed) ? speedTable(results) : '',
  ];
  return parts.filter(part => part !== '').join('\n');
}

function setTable(results: readonly Result[], set: SetName): string {
  const head = [set, 'F1', 'P', 'R', 'lost %', 'added %', 'title', 'authors', 'made up', 'date', 'failed'];
  return table(
    head,
    results.map(({ parser, scores }) => {
      const score = scoreSet(set, ofSet(scores, set));
      const { f1, precision, recall, lost, added, failed } = score;
      return [
        parser,
        ...[f1, precision, recall].map(thousandths),
        ...[lost, added].map(share => (100 * share).toFixed(1)),
        fieldOf(score, 'title'),
        fieldOf(score, 'authors'),
        score.fields.authors ? `${score.fields.authors.madeUp}/${score.fields.authors.without}` : '–',
        fieldOf(score, 'date'),
        String(failed),
      ];
    }),
  );
}

/** F1 by fold. The last two columns are the mean of the folds and their standard deviation. */
function foldTable(results: readonly Result[], sets: readonly SetName[]): string {
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
  const rows = results.flatMap(({ parser, scores }) =>
    sets.map(set => {
      const pages = ofSet(scores, set);
      const values = folds.map(
        fold =>
          scoreSet(
            set,
            pages.filter(page => page.fold === fold),
          ).f1,
      );
      const middle = mean(values);
      const deviation = Math.sqrt(mean(values.map(value => (value - middle) ** 2)));
      return [`${parser} ${set}`, ...values.map(thousandths), thousandths(middle), thousandths(deviation)];
    }),
  );
  return table(['F1 by fold', ...folds.map(fold => String(fold + 1)), 'mean', 'deviation'], rows);
}

/** The mean F1 of the pages of all sets, by language. */
function languageTable(results: readonly Result[]): string {
  const [first] = results;
  const counts = new Map<string, number>();
  for (const { language } of first?.scores ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  const languages = [...counts]
    .filter(([language, count]) => language !== '' && count >= MIN_LANGUAGE_PAGES)
    .sort((a, b) => b[1] - a[1])
    .map(([language]) => language);
  const rows: [string, (language: string) => boolean][] = [
    ...languages.map((name): [string, (language: string) => boolean] => [
      name,
      language => language === name,
    ]),
    ['zh, ja, ko', language => CJK.has(language)],
    ['all', () => true],
  ];
  return table(
    ['F1 by language', 'pages', ...results.map(({ parser }) => parser)],
    rows.map(([name, isOf]) => [
      name,
      String(first?.scores.filter(page => isOf(page.language)).length ?? 0),
      ...results.map(({ scores }) =>
        thousandths(mean(scores.filter(page => isOf(page.language)).map(page => page.f1))),
      ),
    ]),
  );
}

function speedTable(results: readonly Result[]): string {
  return table(
    ['speed', 'pages/CPU s', 'peak MB'],
    results.map(({ parser, speed }) => [
      parser,
      speed?.pagesPerCpuSecond.toFixed(1) ?? '–',
      speed?.peakMegabytes.toFixed(0) ?? '–',
    ]),
  );
}

function ofSet(scores: readonly ScoredPage[], set: SetName): ScoredPage[] {
  return scores.filter(page => page.set === set);
}

function fieldOf({ fields }: SetScore, name: Field): string {
  const field = fields[name];
  return field ? thousandths(field.exact / (field.of || 1)) : '–';
}

function thousandths(value: number): string {
  return value.toFixed(3);
}
