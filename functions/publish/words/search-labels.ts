import { primaryLanguage } from './labels.ts';
import { ENGLISH_SEARCH_LABELS, SEARCH_LABELS, type SearchLabels } from './search-labels-table.ts';

/** The labels of the search in a language (BCP 47), or else in English. */
export function searchLabels(language: string): SearchLabels {
  const primary = primaryLanguage(language);
  const isTraditional = primary === 'zh' && new Intl.Locale(language).maximize().script === 'Hant';
  return SEARCH_LABELS.get(isTraditional ? 'zh-Hant' : primary) ?? ENGLISH_SEARCH_LABELS;
}
