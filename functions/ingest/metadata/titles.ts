import { type Element, textOf } from '../model/dom.ts';
import { fold, oneLine } from '../text/characters.ts';
import type { Facts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';

/** Marks between a title and the name of its site. */
const SEPARATOR = /\s+[|–—·•»«:‹›/\\~▷►]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+|:\s+|\s*»\s*|\s+@\s+/g;

/** Without any of these there is no separator. */
const MARKS = /[|–—·•»«:‹›/\\~▷►@-]/;

/** Longest name of a site, in words; and the least that must remain of a title. */
const MAX_SITE_WORDS = 6;
const MIN_TITLE = 12;

/**
 * A document's title without the name of its site before or behind it. What is known of that name, and of the story's
 * heading, decides; else only a short last part goes.
 */
export function withoutSiteName(title: string, known: readonly string[] = []): string {
  const names = known.map(fold).filter(name => name.length > 1);
  return withoutNames(title, names);
}

/** @param names folded */
function withoutNames(title: string, names: readonly string[]): string {
  if (!MARKS.test(title)) return title;
  const cuts = [...title.matchAll(SEPARATOR)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
    mark: match[0].trim(),
  }));
  if (cuts.length === 0) return title;
  for (const { start, end } of cuts) {
    const [before, after] = [title.slice(0, start).trim(), title.slice(end).trim()];
    const [foldedBefore, foldedAfter] = [fold(before), fold(after)];
    if (names.some(name => isName(foldedAfter, name)) && before.length >= 3)
      return withoutNames(before, names);
    if (names.some(name => isName(foldedBefore, name)) && after.length >= 3)
      return withoutNames(after, names);
  }
  const last = cuts.at(-1);
  if (!last || last.mark === ':') return title;
  const [before, after] = [title.slice(0, last.start).trim(), title.slice(last.end).trim()];
  if (
    after.split(/\s+/).length <= MAX_SITE_WORDS &&
    before.length >= MIN_TITLE &&
    before.length > after.length
  ) {
    return last.mark === '|' || cuts.length > 1 ? withoutNames(before, names) : before;
  }
  return title;
}

function isName(part: string, name: string): boolean {
  return (
    part === name ||
    (part.length > 3 &&
      name.length > 3 &&
      (part.startsWith(name) || name.startsWith(part)) &&
      part.length < name.length + 12)
  );
}

/** A headline, and the heading that says it. */
export interface Titled {
  headline?: string | undefined;
  heading?: Element | undefined;
}

/**
 * The headline that a page states, by the agreement of its heading, its title and its metadata.
 * @param site folded names of the site
 */
export function headlineOf(facts: Facts, linked: LinkedData | undefined, site: ReadonlySet<string>): Titled {
  const names = [...site].filter(name => name.length > 1);
  const stated = new Map<string, string>();
  for (const title of [linked?.headline, ...TITLES.map(name => facts.metas.get(name)?.[0])]) {
    // Most titles are stated several times.
    if (!title || stated.has(title)) continue;
    stated.set(title, withoutNames(oneLine(title), names));
  }
  const titles = [...new Set(stated.values())].filter(title => title && !site.has(fold(title)));
  const title = facts.title ? withoutNames(facts.title, names) : undefined;
  const headings: Heading[] = [];
  addHeadings(headings, facts.headings, site, 3, 300);
  addHeadings(headings, facts.headlines, site, 3, 300);
  const folded = foldedTitles(facts.title ? [...titles, facts.title] : titles);
  const agreed = best(headings, folded) ?? best(subheadings(facts, site), folded, 0.6);
  if (agreed) return { headline: agreed.text, heading: agreed.element };
  const found = [...titles, title].find(text => text && !site.has(fold(text)));
  const heading = headings.find(({ text }) => text.length > 12);
  return { headline: found ?? heading?.text ?? title, heading: found ? undefined : heading?.element };
}

/** Names of meta elements that hold the title, most trusted first. */
const TITLES = [
  'og:title',
  'twitter:title',
  'dc.title',
  'dcterms.title',
  'title',
  'headline',
  'parsely-title',
  'sailthru.title',
];

interface Heading {
  element: Element;
  text: string;
  folded: string;
}

function addHeadings(
  headings: Heading[],
  elements: readonly Element[],
  site: ReadonlySet<string>,
  least: number,
  most: number,
): void {
  for (const element of elements) {
    const text = oneLine(textOf(element));
    if (text.length < least || text.length > most) continue;
    const folded = fold(text);
    if (!site.has(folded)) headings.push({ element, text, folded });
  }
}

function subheadings(facts: Facts, site: ReadonlySet<string>): Heading[] {
  const headings: Heading[] = [];
  addHeadings(headings, facts.subheadings, site, 8, 200);
  return headings;
}

interface Title {
  folded: string;
  /** It ends in an ellipsis. */
  cut: boolean;
}

function foldedTitles(titles: readonly string[]): Title[] {
  return titles.map(title => ({ folded: fold(title), cut: /(?:…|\.\.\.)$/.test(title) }));
}

/** The heading that says most of a title; the first of equals. */
function best(headings: readonly Heading[], titles: readonly Title[], least = 0): Heading | undefined {
  let found: Heading | undefined;
  let most = least;
  for (const heading of headings) {
    for (const { folded, cut } of titles) {
      const share = shareOf(heading.folded, folded, cut);
      if (share <= most) continue;
      found = heading;
      most = share;
      // Nothing says more than all of it.
      if (share >= 1) return found;
    }
  }
  return found;
}

/** How much of a title a heading says; 0 where they do not agree. */
function shareOf(heading: string, title: string, cut: boolean): number {
  if (heading === title) return heading === '' ? 0 : 1;
  if (heading.length < 5 || title.length < 5) return 0;
  if (cut && title.length >= 15 && heading.startsWith(title)) return 1;
  return title.includes(heading) && heading.length >= Math.min(title.length * 0.4, 25)
    ? heading.length / title.length
    : 0;
}
