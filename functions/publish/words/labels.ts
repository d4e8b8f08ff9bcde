import { scriptOf } from '../../../shared/text/language-tag.ts';
import { LABELS, type Labels, type Plural } from './labels-table.ts';

const BY_LANGUAGE: ReadonlyMap<string, Labels> = new Map(Object.entries(LABELS));

/** The labels in a language (BCP 47); undefined if there are none. */
export function labelsIn(language: string): Labels | undefined {
  return byLanguage(BY_LANGUAGE, language);
}

/** The labels in a language (BCP 47), or else in English. */
export function articleLabels(language: string): Labels {
  return labelsIn(language) ?? LABELS.en;
}

/** The entry of a language (BCP 47) in a table: that of the language and its script, or else that of the language. */
export function byLanguage<T>(table: ReadonlyMap<string, T>, language: string): T | undefined {
  const primary = primaryLanguage(language);
  return table.get(`${primary}-${scriptOf(language)}`) ?? table.get(primary);
}

/**
 * The form of a label for a number.
 * @param rules rules of the label's language
 */
export function formOf(label: string | Plural, value: number, rules: Intl.PluralRules): string {
  return typeof label === 'string' ? label : (label[rules.select(value)] ?? label.other);
}

/** The primary language subtag. Both written forms of Norwegian, `nb` and `nn`, become `no`. */
export function primaryLanguage(language: string): string {
  const subtag = language.toLowerCase().split('-', 1)[0] ?? '';
  return subtag === 'nb' || subtag === 'nn' ? 'no' : subtag;
}
