import { sectionPath } from '../../../shared/model/identity.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { isOpinionName } from '../words/opinion-sections.ts';

type Settings = Pick<Site, 'sections' | 'language'>;

function settingOf(name: string, { sections = [], language }: Settings) {
  if (sections.length === 0) return undefined;
  const path = sectionPath(name, language);
  return sections.find(section => sectionPath(section.name, language) === path);
}

/** The name of a section for readers: that of the setting `site.sections`, or else that of the stories. */
export function sectionTitle(name: string, site: Settings): string {
  return settingOf(name, site)?.title ?? name;
}

/** The name of an edition for readers. */
export function editionName(of: Exclude<EditionOf, { kind: 'all' }>, site: Settings): string {
  return of.kind === 'section' ? sectionTitle(of.name, site) : of.name;
}

/**
 * The sections of the navigation: those of the setting `site.sections` in its order, and then the others in the
 * alphabetical order of the site's language. No hidden ones.
 */
export function navigationSections(names: readonly string[], site: Settings): string[] {
  const { sections = [] } = site;
  const alphabet = alphabetOf(site.language);
  const known = names.map(name => {
    const setting = settingOf(name, site);
    return {
      name,
      title: setting?.title ?? name,
      isHidden: setting?.hidden === true,
      place: setting ? sections.indexOf(setting) : Infinity,
    };
  });
  return known
    .filter(({ isHidden }) => !isHidden)
    .sort((a, b) => (a.place === b.place ? alphabet.compare(a.title, b.title) : a.place - b.place))
    .map(({ name }) => name);
}

/** Whether the front page lists headlines of a section. */
export function isOnFront(name: string, site: Settings): boolean {
  const { hidden = false, front = true } = settingOf(name, site) ?? {};
  return front && !hidden;
}

/** Whether a section holds opinion: by the setting `site.sections`, or else by its name. Such stories look different from news. */
export function isOpinion(name: string, site: Settings): boolean {
  return settingOf(name, site)?.opinion ?? isOpinionName(sectionTitle(name, site));
}

/** The orders of letters by language. To make one takes longer than to sort a navigation, and a site has one language. */
const ALPHABETS = new Map<string, Intl.Collator>();

function alphabetOf(language: string): Intl.Collator {
  const known = ALPHABETS.get(language);
  if (known) return known;
  const made = new Intl.Collator(languageTag(language) ?? 'en', { numeric: true });
  ALPHABETS.set(language, made);
  return made;
}

/**
 * The navigation of a page that does not change with each new section, such as that of an article: the sections that the
 * setting `site.sections` names. Each page also links the list of all sections.
 */
export function steadyNavigation(site: Settings): { sections: string[] } {
  const names = (site.sections ?? []).map(({ name }) => name);
  return { sections: navigationSections(names, site) };
}
