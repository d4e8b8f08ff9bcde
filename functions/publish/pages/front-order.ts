import { sectionPath } from '../../../shared/model/identity.ts';
import { isOnFront, isOpinion } from '../content/sections.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';

/** Maximum number of stories at the top of the front page. Those below the lead stand side by side. */
const MAX_TOP_STORIES = 4;

/** Maximum number of further stories with a summary, on the front page (`all`) and on other pages (`named`). */
const MAX_RIVER_STORIES = { all: 6, named: 12 };

/** Maximum number of remaining stories that also get a summary, because a short list of headlines would look empty. */
const MAX_LEFTOVER_STORIES = 3;

/** Minimum and maximum number of stories of opinion beside the list. One alone would look lost. */
const OPINION_STORIES = { min: 2, max: 4 };

const MAX_SECTIONS = 12;
const MAX_SECTION_HEADLINES = 5;

const MAX_EARLIER_HEADLINES = 40;

/** Divides the stories of a page into groups, without changing their order. The most important group comes first. */
export function arrange(
  entries: readonly Entry[],
  of: EditionOf,
  site: Pick<Site, 'sections' | 'front' | 'language'>,
) {
  const isFront = of.kind === 'all';
  const first = isFront && entries.length > 2 ? (site.front?.topStories ?? MAX_TOP_STORIES) : 1;
  const most = isFront ? MAX_RIVER_STORIES.all : MAX_RIVER_STORIES.named;
  const below = entries.slice(first);
  const views = isFront
    ? below.filter(({ section }) => isOpinion(section, site) && isOnFront(section, site))
    : [];
  const isRail = views.length >= OPINION_STORIES.min && below.length > most;
  const opinion = isRail ? views.slice(0, OPINION_STORIES.max) : [];
  const others = below.filter(entry => !opinion.includes(entry));
  const end = others.length <= most + MAX_LEFTOVER_STORIES ? others.length : most;
  const rest = others.slice(end);
  return {
    /** The lead, and on the front page also the stories directly below it. */
    top: entries.slice(0, first),
    /** Stories with a summary. */
    river: others.slice(0, end),
    /** Stories of opinion beside the others. */
    opinion,
    /** Stories with only a headline. */
    rest: isFront ? rest : rest.slice(0, MAX_EARLIER_HEADLINES),
  };
}

/** The newest stories of each section. Sections have the order of the navigation. */
export function headlinesBySection(
  entries: readonly Entry[],
  sections: readonly string[],
  { language }: Pick<Site, 'language'>,
): { name: string; entries: readonly Entry[] }[] {
  const names = new Map(sections.map(name => [sectionPath(name, language), name]));
  const storiesByPath = new Map<string, Entry[]>([...names.keys()].map(path => [path, []]));
  for (const entry of entries) {
    const path = sectionPath(entry.section, language);
    const stories = storiesByPath.get(path) ?? [];
    stories.push(entry);
    storiesByPath.set(path, stories);
  }
  return [...storiesByPath]
    .flatMap(([path, list]) => {
      const name = names.get(path) ?? list[0]?.section;
      return name === undefined || list.length === 0
        ? []
        : [{ name, entries: list.slice(0, MAX_SECTION_HEADLINES) }];
    })
    .slice(0, MAX_SECTIONS);
}
