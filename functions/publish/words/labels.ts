import { LABELS, type Labels } from './labels-table.ts';

const BY_LANGUAGE: ReadonlyMap<string, Labels> = new Map(Object.entries(LABELS));

/** The labels in a language (BCP 47); undefined if there are none. */
export function labelsIn(language: string): Labels | undefined {
  return BY_LANGUAGE.get(primaryLanguage(language));
}

/** The labels in a language (BCP 47), or else in English. */
export function articleLabels(language: string): Labels {
  return labelsIn(language) ?? LABELS.en;
}

/** The primary language subtag. Both written forms of Norwegian, `nb` and `nn`, become `no`. */
export function primaryLanguage(language: string): string {
  const subtag = language.toLowerCase().split('-', 1)[0] ?? '';
  return subtag === 'nb' || subtag === 'nn' ? 'no' : subtag;
}
