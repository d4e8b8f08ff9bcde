import type { Extracted } from '../extracted.ts';

/** A page of a set, and what is known about it. */
export interface Page<Gold = unknown> {
  id: string;
  url: string;
  /** The file as it came from the web. */
  bytes: Uint8Array;
  /** The same as text, for parsers that take no bytes. */
  html: string;
  gold: Gold;
  /** Text of the gold, for the language. */
  text: string;
  /** The file, for parsers that are no Node modules. */
  file: string;
}

export type Field = 'title' | 'authors' | 'date';

/** Whether a field of the metadata is right. `made-up`: given where the page has none; `none`: rightly not given. */
export type FieldResult = 'exact' | 'wrong' | 'made-up' | 'none';

/** The score of one page. */
export interface PageScore {
  f1: number;
  /** Undefined if nothing was found. */
  precision: number | undefined;
  /** Undefined if there is nothing to find. */
  recall: number | undefined;
  /** Paragraphs of the gold, and those with less than half of their words in the text. */
  paragraphs: number;
  lost: number;
  /** Words of the text, and those that are not in the gold. */
  words: number;
  added: number;
  /** Fields of the gold that somebody looked for. */
  fields: Partial<Record<Field, FieldResult>>;
}

/** The score of several pages. */
export interface Score {
  f1: number;
  precision: number;
  recall: number;
}

/** One public set of pages, with the measure of its authors. */
export interface PageSet<Gold = unknown> {
  /** @throws Error if the folder does not have the files */
  load(folder: string): Page<Gold>[];
  score(page: Page<Gold>, extracted: Extracted | undefined): PageScore;
  /** The score of a set from those of its pages. */
  total(scores: readonly PageScore[]): Score;
}

export function mean(values: readonly (number | undefined)[]): number {
  const known = values.filter(value => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : 0;
}

export function f1Of(precision: number, recall: number): number {
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
}

/** The means of the pages' scores. */
export function meanScore(scores: readonly PageScore[]): Score {
  return {
    f1: mean(scores.map(score => score.f1)),
    precision: mean(scores.map(score => score.precision ?? 0)),
    recall: mean(scores.map(score => score.recall ?? 0)),
  };
}
