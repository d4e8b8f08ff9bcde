import { sectionPath } from '../../../shared/model/identity.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';

/** Stories beside each other below the lead of the front page. */
const MAX_SECOND_STORIES = 3;

/** Stories told with a summary, one below the other. */
const MAX_RIVER_STORIES = { all: 6, named: 12 };

/** So few more are told as the river tells them, rather than left over for lists. */
const MAX_LEFTOVER_STORIES = 3;

/** Sections listed on the front page, and the headlines of each. */
const MAX_SECTIONS = 12;
const MAX_SECTION_HEADLINES = 5;

/** Headlines below the river of a section, tag or author. */
const MAX_EARLIER_HEADLINES = 40;

/** The stories of a page by weight: so many at most, however many an edition has. */
export interface FrontOrder {
  /** The lead, and on the front page the stories beside each other below it. */
  top: readonly Entry[];
  river: readonly Entry[];
  /** Those of which only headlines are shown. */
  rest: readonly Entry[];
}

/** Gives each story its weight by its place; their order stays. */
export function arrange(entries: readonly Entry[], of: EditionOf): FrontOrder {
  const isFront = of.kind === 'all';
  const first = isFront && entries.length > 2 ? 1 + MAX_SECOND_STORIES : 1;
  const most = isFront ? MAX_RIVER_STORIES.all : MAX_RIVER_STORIES.named;
  const end = entries.length <= first + most + MAX_LEFTOVER_STORIES ? entries.length : first + most;
  const rest = entries.slice(end);
  return {
    top: entries.slice(0, first),
    river: entries.slice(first, end),
    rest: isFront ? rest : rest.slice(0, MAX_EARLIER_HEADLINES),
  };
}

/** The headlines of one section. */
export interface SectionHeadlines {
  name: string;
  entries: readonly Entry[];
}

/** Stories by section: the sections in the order of the navigation, the newest stories of each. */
export function headlinesBySection(
  entries: readonly Entry[],
  sections: readonly string[],
): SectionHeadlines[] {
  const names = new Map(sections.map(name => [sectionPath(name), name]));
  const desks = new Map<string, Entry[]>([...names.keys()].map(path => [path, []]));
  for (const entry of entries) {
    const path = sectionPath(entry.section);
    const desk = desks.get(path) ?? [];
    desk.push(entry);
    desks.set(path, desk);
  }
  return [...desks]
    .flatMap(([path, list]) => {
      const name = names.get(path) ?? list[0]?.section;
      return name === undefined || list.length === 0
        ? []
        : [{ name, entries: list.slice(0, MAX_SECTION_HEADLINES) }];
    })
    .slice(0, MAX_SECTIONS);
}
