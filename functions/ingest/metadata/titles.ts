import type { DomNode, Element } from '../model/dom.ts';
import { fold, oneLine } from '../text/characters.ts';
import type { MarkupFacts } from './facts.ts';
import { type HeadingText, headingText } from './heading-text.ts';
import type { LinkedData } from './json-ld.ts';
import { isElsewhere, isSideBox } from './nearness.ts';

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

/**
 * @param names folded
 * @param unknown `keep` removes only known names
 */
function withoutNames(title: string, names: readonly string[], unknown: 'cut' | 'keep' = 'cut'): string {
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
      return withoutNames(before, names, unknown);
    if (names.some(name => isName(foldedBefore, name)) && after.length >= 3)
      return withoutNames(after, names, unknown);
  }
  const last = cuts.at(-1);
  if (!last || last.mark === ':' || unknown === 'keep') return title;
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
 * Returns the headline of a page. Readers see the heading, so it wins over a title for search engines. The first of
 * these that exists decides:
 * 1. the heading that agrees best with the title or the metadata
 * 2. the only `h1` of the story
 * 3. the metadata, then the title
 * 4. the first long heading
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
  const folded = foldedTitles(facts.title ? [...titles, facts.title] : titles);
  const bare = foldedTitles(title ? [...titles, title] : titles);
  const whole = new Map(titles.map(text => [fold(text), text]));
  const headingsIn = (elements: readonly Element[], min: number, max: number): Heading[] =>
    elements.flatMap(element => headingOf(element, { names, site, titles: whole }, min, max) ?? []);
  const first = headingsIn(facts.headings, 2, 300);
  const headings = [...first, ...headingsIn(facts.headlines, 3, 300)];
  const below = headingsIn(facts.subheadings, 8, 200);
  const inStory = first.filter(({ element }) => isInStory(element, SIDE_ELEMENTS));
  const agreed =
    // A trail of links can repeat the title before the heading.
    bestHeading(
      [...headings, ...below].filter(({ element }) => !isInTrail(element)),
      folded,
      ALMOST_WHOLE,
    ) ??
    bestHeading(headings, folded) ??
    bestHeading(below, folded, 0.6) ??
    likeHeading(inStory, bare, 0.2) ??
    likeHeading(first, bare, 0.4) ??
    onlyHeading(first);
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

interface Heading extends HeadingText {
  element: Element;
  folded: string;
}

interface KnownTexts {
  /** Folded names of the site, as a list and as a set. */
  names: readonly string[];
  site: ReadonlySet<string>;
  /** Stated titles by their folded text. */
  titles: ReadonlyMap<string, string>;
}

function headingOf(
  element: Element,
  { names, site, titles }: KnownTexts,
  min: number,
  max: number,
): Heading | undefined {
  const { whole, text: bare, parts } = headingText(element);
  if (whole.length < min || whole.length > max) return undefined;
  // A stated title that holds all parts of the heading sets them apart better than a blank.
  const stated = parts.length > 1 ? titles.get(fold(whole)) : undefined;
  const text = stated ?? withoutNames(bare, names, 'keep');
  const folded = fold(text);
  return folded === '' || site.has(folded) ? undefined : { element, whole, text, folded, parts };
}

interface FoldedTitle {
  folded: string;
  words: ReadonlySet<string>;
  /** True if the title ends in an ellipsis. */
  cut: boolean;
}

function foldedTitles(titles: readonly string[]): FoldedTitle[] {
  return titles.map(title => ({
    folded: fold(title),
    words: wordsOf(title),
    cut: /(?:…|\.\.\.)$/.test(title),
  }));
}

/**
 * Returns the heading that overlaps most with a title. The heading must contain the title, or the title the heading. If
 * several are equal, the first one wins.
 */
function bestHeading(
  headings: readonly Heading[],
  titles: readonly FoldedTitle[],
  min = 0,
): Heading | undefined {
  let found: Heading | undefined;
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
  return found && max < 1 ? withoutKicker(found, titles) : found;
}

/** Returns the part of a heading that is the whole title, without a kicker before it and a label after it. */
function withoutKicker(heading: Heading, titles: readonly FoldedTitle[]): Heading {
  const parts = [...heading.parts, ...heading.text.split(/\s+[|/│]\s+/)];
  const text = parts.find(part => {
    const folded = fold(part);
    return folded.length * 2 > heading.folded.length && titles.some(title => title.folded === folded);
  });
  return text ? { ...heading, text, folded: fold(text) } : heading;
}

/** Returns the share of the title that the heading holds, 0 to 1. It is 0 if they do not agree. */
function shareOf(heading: string, title: string, cut: boolean): number {
  if (heading === title) return heading === '' ? 0 : 1;
  if (heading.length < 5 || title.length < 5) return 0;
  if (cut && title.length >= 15 && heading.startsWith(title)) return 1;
  if (heading.includes(title) && title.length * 2 > heading.length) return title.length / heading.length;
  return title.includes(heading) && heading.length >= Math.min(title.length * 0.4, 25)
    ? heading.length / title.length
    : 0;
}

/** A share just below the whole title. */
const ALMOST_WHOLE = 0.99;

/** Minimum number of words that a heading and a title have in common if they are like each other. */
const MIN_SHARED_WORDS = 2;

/**
 * Returns the `h1` that has the most words of a title, if it has at least two of them or half.
 * @param min minimum share of common words, 0 to 1
 */
function likeHeading(
  headings: readonly Heading[],
  titles: readonly FoldedTitle[],
  min: number,
): Heading | undefined {
  let found: Heading | undefined;
  let max = min;
  for (const heading of headings) {
    const words = wordsOf(heading.text);
    for (const title of titles) {
      const shared = [...words].filter(word => title.words.has(word)).length;
      const likeness = (2 * shared) / (words.size + title.words.size);
      if (shared < MIN_SHARED_WORDS && shared * 2 < Math.min(words.size, title.words.size)) continue;
      if (likeness <= max) continue;
      found = heading;
      max = likeness;
    }
  }
  return found;
}

/** Returns the different words of a text in lower case. Each Chinese and Japanese character is one. */
function wordsOf(text: string): Set<string> {
  return new Set(text.normalize('NFKC').toLowerCase().match(WORDS) ?? []);
}

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu;

/** Minimum length of a heading that no title agrees with. A shorter one can be the name of a section. */
const MIN_ONLY_HEADING_WORDS = 3;

/** Returns the `h1` of the story if the page has one that is neither in its frame nor in a side box. */
function onlyHeading(headings: readonly Heading[]): Heading | undefined {
  const shown = headings.filter(({ element }) => isInStory(element, FRAME_ELEMENTS));
  const [heading] = shown;
  const only = heading && shown.every(({ folded }) => folded === heading.folded);
  return only && wordsOf(heading.text).size >= MIN_ONLY_HEADING_WORDS ? heading : undefined;
}

/** Elements around other parts of a page than the story. The headline can stand in the page's header. */
const SIDE_ELEMENTS: ReadonlySet<string> = new Set(['aside', 'footer', 'dialog']);
const FRAME_ELEMENTS: ReadonlySet<string> = new Set([...SIDE_ELEMENTS, 'header', 'nav', 'a']);

/** True if the element is in none of these boxes and in no side box, up to the box of the story. */
function isInStory(element: Element, boxes: ReadonlySet<string>): boolean {
  for (let node: DomNode | null = element.parent; node; node = node.parent) {
    if (node.name === 'article' || node.name === 'main' || node.name === 'body') return true;
    if (boxes.has(node.name ?? '') || isElsewhere(node) || isSideBox(node)) return false;
  }
  return true;
}

function isInTrail(element: Element): boolean {
  for (let node: DomNode | null = element.parent; node && node.name !== 'body'; node = node.parent)
    if (node.name === 'nav') return true;
  return false;
}
