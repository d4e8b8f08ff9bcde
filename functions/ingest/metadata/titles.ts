import { type Element, textOf } from '../model/dom.ts';
import { fold, oneLine } from '../text/characters.ts';
import type { MarkupFacts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';

/** Matches the marks between a title and the name of its site. */
const SITE_SEPARATOR = /\s+[|–—·•»«:‹›/\\~▷►]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+|:\s+|\s*»\s*|\s+@\s+/g;

/** Matches a character that every separator has. */
const SEPARATOR_CHARS = /[|–—·•»«:‹›/\\~▷►@-]/;

/** Maximum number of words in the name of a site. */
const MAX_SITE_WORDS = 6;

/** Minimum length of the title that remains after an unknown site name is removed. */
const MIN_TITLE_CHARS = 12;

/**
 * Removes the name of the site before or after a document's title. Without a known name it removes only a
 * short last part.
 * @param known names of the site
 */
export function withoutSiteName(title: string, known: readonly string[] = []): string {
  const names = known.map(fold).filter(name => name.length > 1);
  return withoutNames(title, names);
}

/** @param names folded */
function withoutNames(title: string, names: readonly string[]): string {
  if (!SEPARATOR_CHARS.test(title)) return title;
  const cuts = [...title.matchAll(SITE_SEPARATOR)].map(match => ({
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
    before.length >= MIN_TITLE_CHARS &&
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

/** A headline, and the heading element that shows it. */
export interface PageHeadline {
  headline?: string | undefined;
  heading?: Element | undefined;
}

/**
 * Returns the headline of a page. A heading that agrees with the title or the metadata comes first, then the
 * metadata, then the title or the first long heading.
 * @param site folded names of the site
 */
export function headlineOf(
  facts: MarkupFacts,
  linked: LinkedData | undefined,
  site: ReadonlySet<string>,
): PageHeadline {
  const names = [...site].filter(name => name.length > 1);
  const statedTitles = new Map<string, string>();
  for (const title of [linked?.headline, ...TITLE_METAS.map(name => facts.metas.get(name)?.[0])]) {
    // Most pages state the same title several times.
    if (!title || statedTitles.has(title)) continue;
    statedTitles.set(title, withoutNames(oneLine(title), names));
  }
  const titles = [...new Set(statedTitles.values())].filter(title => title && !site.has(fold(title)));
  const title = facts.title ? withoutNames(facts.title, names) : undefined;
  const headings: FoldedHeading[] = [];
  addHeadings(headings, facts.headings, site, 3, 300);
  addHeadings(headings, facts.headlines, site, 3, 300);
  const folded = foldedTitles(facts.title ? [...titles, facts.title] : titles);
  const agreed = bestHeading(headings, folded) ?? bestHeading(subheadings(facts, site), folded, 0.6);
  if (agreed) return { headline: agreed.text, heading: agreed.element };
  const found = [...titles, title].find(text => text && !site.has(fold(text)));
  const heading = headings.find(({ text }) => text.length > 12);
  return { headline: found ?? heading?.text ?? title, heading: found ? undefined : heading?.element };
}

/** Names of meta elements that hold the title, most trusted first. */
const TITLE_METAS = [
  'og:title',
  'twitter:title',
  'dc.title',
  'dcterms.title',
  'title',
  'headline',
  'parsely-title',
  'sailthru.title',
];

interface FoldedHeading {
  element: Element;
  text: string;
  folded: string;
}

function addHeadings(
  headings: FoldedHeading[],
  elements: readonly Element[],
  site: ReadonlySet<string>,
  min: number,
  max: number,
): void {
  for (const element of elements) {
    const text = oneLine(textOf(element));
    if (text.length < min || text.length > max) continue;
    const folded = fold(text);
    if (!site.has(folded)) headings.push({ element, text, folded });
  }
}

function subheadings(facts: MarkupFacts, site: ReadonlySet<string>): FoldedHeading[] {
  const headings: FoldedHeading[] = [];
  addHeadings(headings, facts.subheadings, site, 8, 200);
  return headings;
}

interface FoldedTitle {
  folded: string;
  /** True if the title ends in an ellipsis. */
  cut: boolean;
}

function foldedTitles(titles: readonly string[]): FoldedTitle[] {
  return titles.map(title => ({ folded: fold(title), cut: /(?:…|\.\.\.)$/.test(title) }));
}

/** Returns the heading that holds the largest share of a title. The first one wins if several are equal. */
function bestHeading(
  headings: readonly FoldedHeading[],
  titles: readonly FoldedTitle[],
  min = 0,
): FoldedHeading | undefined {
  let found: FoldedHeading | undefined;
  let max = min;
  for (const heading of headings) {
    for (const { folded, cut } of titles) {
      const share = shareOf(heading.folded, folded, cut);
      if (share <= max) continue;
      found = heading;
      max = share;
      // No heading can hold more than the whole title.
      if (share >= 1) return found;
    }
  }
  return found;
}

/** Returns the share of the title that the heading holds, 0 to 1. It is 0 if they do not agree. */
function shareOf(heading: string, title: string, cut: boolean): number {
  if (heading === title) return heading === '' ? 0 : 1;
  if (heading.length < 5 || title.length < 5) return 0;
  if (cut && title.length >= 15 && heading.startsWith(title)) return 1;
  return title.includes(heading) && heading.length >= Math.min(title.length * 0.4, 25)
    ? heading.length / title.length
    : 0;
}
