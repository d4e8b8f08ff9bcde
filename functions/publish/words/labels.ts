import { FURNITURE } from './labels-table.ts';

/**
 * The words around articles, in the languages that the site speaks. `{}` stands for what is put in. Whoever
 * adds a language fills in every key: the type asks for it.
 */
export interface Furniture {
  /** Before, around or after the names of who wrote an article. */
  by: string;
  /** How many minutes it takes to read. */
  minutes: string;
  /** A date and time follow. */
  updated: string;
  /** A date and time follow. */
  corrected: string;
  correction: string;
  related: string;
  /** Above sound files. */
  listen: string;
  /** Above films. */
  watch: string;
  /** Above files that are neither. */
  documents: string;
  sections: string;
  section: string;
  tags: string;
  tag: string;
  authors: string;
  author: string;
  latest: string;
  /** The name of a section, tag or author. */
  latestIn: string;
  archive: string;
  subscribe: string;
  subscribeHow: string;
  allFeeds: string;
  skip: string;
  /** A link, where only a summary is shown. */
  readWhole: string;
  readLatest: string;
  withdrawn: string;
  withdrawnText: string;
  notFound: string;
  notFoundText: string;
  /** On the front page of a site without articles. */
  nothingYet: string;
  /** On the page of a section, tag or author whose articles are all gone. */
  nothingHere: string;
}

const BY_LANGUAGE: ReadonlyMap<string, Furniture> = new Map(Object.entries(FURNITURE));

/** The words around articles in a language (BCP 47); undefined where there are none in it. */
export function furnitureIn(language: string): Furniture | undefined {
  return BY_LANGUAGE.get(primaryLanguage(language));
}

/** The words around articles in a language, in English where there are none in it. */
export function articleWords(language: string): Furniture {
  return furnitureIn(language) ?? FURNITURE.en;
}

/** The primary subtag; of Norwegian's two written forms, the one that stands for both. */
export function primaryLanguage(language: string): string {
  const subtag = language.toLowerCase().split('-', 1)[0] ?? '';
  return subtag === 'nb' || subtag === 'nn' ? 'no' : subtag;
}
