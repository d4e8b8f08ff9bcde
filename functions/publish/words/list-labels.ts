import { languageTag } from '../../../shared/text/language-tag.ts';
import { primaryLanguage } from './labels.ts';
import { LIST_LABELS, type ListLabels } from './list-labels-table.ts';

const BY_LANGUAGE: ReadonlyMap<string, ListLabels> = new Map(Object.entries(LIST_LABELS));

/** The labels of lists in a language (BCP 47), or else in English. */
export function listLabels(language: string): ListLabels {
  return BY_LANGUAGE.get(scripted(language)) ?? BY_LANGUAGE.get(primaryLanguage(language)) ?? LIST_LABELS.en;
}

/** The language with its script, as `zh-TW` is written in traditional characters: `zh-hant`. */
function scripted(language: string): string {
  const tag = languageTag(language);
  if (tag === undefined) return '';
  const { language: primary, script = '' } = new Intl.Locale(tag).maximize();
  return `${primary}-${script.toLowerCase()}`;
}
