import { Kept } from '../../../shared/text/kept.ts';
import { directionOf, languageTag, scriptOf } from '../../../shared/text/language-tag.ts';
import { formOf, labelsIn, primaryLanguage } from '../words/labels.ts';
import type { Labels, Plural } from '../words/labels-table.ts';
import { dayWriter, instantWriter, shortInstantWriter, type WriteInstant } from './dates.ts';
import { type LanguageAttributes, languageAttributes, type TextLanguage } from './text-language.ts';

/** Its language is that of dates, numbers and names. */
export interface Localizer extends TextLanguage {
  labels: Labels;
  /** Language of the labels. It differs only if there are none in the language. */
  labelLanguage: TextLanguage;
  write: WriteInstant;
  /** For lists. */
  writeShort: WriteInstant;
  writeDay: WriteInstant;
  number(value: number): string;
  /** A label with a number in place of its `{}`, in the form of this number. */
  count(label: string | Plural, value: number): string;
  /** Names and the separators between them, in order. */
  list(names: readonly string[]): { type: 'element' | 'literal'; value: string }[];
}

/** Maximum number of cached localizers. Each holds several formatters, and articles may name any language. */
const MAX_LOCALIZERS = 64;
const localizers = new Kept<Localizer | undefined>(MAX_LOCALIZERS);

/**
 * The localizer of a language (BCP 47) and time zone. Undefined if there are no labels in that language.
 * @param labelTag language of the labels. Default: the language
 */
function localizerIn(
  language: string,
  timeZone: string | undefined,
  labelTag?: string,
): Localizer | undefined {
  const tag = languageTag(language);
  if (tag === undefined) return undefined;
  return localizers.get(`${tag} ${labelTag ?? ''} ${timeZone ?? ''}`, () =>
    makeLocalizer(tag, timeZone, labelTag ?? tag),
  );
}

function makeLocalizer(tag: string, timeZone: string | undefined, labelTag: string): Localizer | undefined {
  const labels = labelsIn(labelTag);
  if (!labels) return undefined;
  const rules = new Intl.PluralRules(labelTag);
  const numbers = new Intl.NumberFormat(tag);
  // Bylines have no comma before the last name. US English would write one, so its lists are in British English.
  const lists = new Intl.ListFormat(/^en(?:-US)?$/.test(tag) ? 'en-GB' : tag, { type: 'conjunction' });
  return {
    language: tag,
    direction: directionOf(tag),
    labels,
    labelLanguage: { language: labelTag, direction: directionOf(labelTag) },
    write: instantWriter(tag, timeZone),
    writeShort: shortInstantWriter(tag, timeZone),
    writeDay: dayWriter(tag, timeZone),
    number: value => numbers.format(value),
    count: (label, value) => formOf(label, value, rules).replace('{}', numbers.format(value)),
    list: names => lists.formatToParts(names).map(apartFromLatin),
  };
}

/** The Arabic word for “and” is joined to an Arabic name. A name in another script needs a space before it. */
function apartFromLatin(
  part: { type: 'element' | 'literal'; value: string },
  index: number,
  parts: readonly { value: string }[],
) {
  const next = parts[index + 1]?.value ?? '';
  const isJoined =
    part.type === 'literal' && part.value.endsWith('و') && !/^\P{L}*\p{Script=Arabic}/u.test(next);
  return isJoined ? { ...part, value: `${part.value} ` } : part;
}

/**
 * The localizer of the first language that has labels. Default: the last language, that of the site, with English labels.
 * If the language of the site is the same with another region, its dates and digits count, so that a site has one form of
 * them.
 */
export function localizerOf(languages: readonly string[], timeZone: string | undefined): Localizer {
  const site = languages.at(-1) ?? 'en';
  for (const language of languages) {
    const localizer = localizerIn(isSameLanguage(language, site) ? site : language, timeZone);
    if (localizer) return localizer;
  }
  const localizer = localizerIn(site, timeZone, 'en') ?? localizerIn('en', timeZone);
  if (localizer) return localizer;
  throw new RangeError('There are no English labels.');
}

/** Attributes of a label on a page in the language of the site. */
export function labelAttributesOf(localizer: Localizer): LanguageAttributes {
  return languageAttributes(localizer.labelLanguage, localizer);
}

/** Whether two tags have the same language and script. Their regions can differ. */
function isSameLanguage(one: string, other: string): boolean {
  return primaryLanguage(one) === primaryLanguage(other) && scriptOf(one) === scriptOf(other);
}
