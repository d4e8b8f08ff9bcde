import { sectionPath } from '../../../shared/model/identity.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';

/** Stories beside each other below the lead of the front page. */
const SECONDS = 3;

/** Stories told with a summary, one below the other. */
const RIVER = { all: 6, named: 12 };

/** So few more are told as the river tells them, rather than left over for lists. */
const FEW = 3;

/** Sections listed on the front page, and the headlines of each. */
const DESKS = 12;
const HEADLINES = 5;

/** Headlines below the river of a section, tag or author. */
const EARLIER = 40;

/** The stories of a page by weight: so many at most, however many an edition has. */
export interface Arranged {
  /** The lead, and on the front page the stories beside each other below it. */
  top: readonly Entry[];
  river: readonly Entry[];
  /** Those of which only headlines are shown. */
  rest: readonly Entry[];
}

/** Gives each story its weight by its place; their order stays. */
export function arrange(entries: readonly Entry[], of: EditionOf): Arranged {
  const isFront = of.kind === 'all';
  const first = isFront && entries.length > 2 ? 1 + SECONDS : 1;
  const most = isFront ? RIVER.all : RIVER.named;
  const end = entries.length <= first + most + FEW ? entries.length : first + most;
  const rest = entries.slice(end);
  return {
    top: entries.slice(0, first),
    river: entries.slice(first, end),
    rest: isFront ? rest : rest.slice(0, EARLIER),
  };
}

/** The headlines of one section. */
export interface Desk {
  name: string;
  entries: readonly Entry[];
}

/** Stories by section: the sections in the order of the navigation, the newest stories of each. */
export function desksOf(entries: readonly Entry[], sections: readonly string[]): Desk[] {
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
      return name === undefined || list.length === 0 ? [] : [{ name, entries: list.slice(0, HEADLINES) }];
    })
    .slice(0, DESKS);
}
