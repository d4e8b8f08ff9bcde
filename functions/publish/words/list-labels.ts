import { byLanguage } from './labels.ts';
import { LIST_LABELS, type ListLabels } from './list-labels-table.ts';

const BY_LANGUAGE: ReadonlyMap<string, ListLabels> = new Map(Object.entries(LIST_LABELS));

/** The labels of lists in a language (BCP 47), or else in English. */
export function listLabels(language: string): ListLabels {
  return byLanguage(BY_LANGUAGE, language) ?? LIST_LABELS.en;
}
