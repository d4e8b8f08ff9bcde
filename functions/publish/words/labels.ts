import { LABELS, type Labels } from './labels-table.ts';

const BY_LANGUAGE: ReadonlyMap<string, Labels> = new Map(Object.entries(LABELS));

/** The words around articles in a language (BCP 47); undefined where there are none in it. */
export function labelsIn(language: string): Labels | undefined {
  return BY_LANGUAGE.get(primaryLanguage(language));
}

/** The words around articles in a language, in English where there are none in it. */
export function articleLabels(language: string): Labels {
  return labelsIn(language) ?? LABELS.en;
}

/** The primary subtag; of Norwegian's two written forms, the one that stands for both. */
export function primaryLanguage(language: string): string {
  const subtag = language.toLowerCase().split('-', 1)[0] ?? '';
  return subtag === 'nb' || subtag === 'nn' ? 'no' : subtag;
}
