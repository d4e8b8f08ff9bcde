import { fold, oneLine } from './characters.ts';
import { type Element, textOf } from './dom.ts';
import type { Facts } from './facts.ts';
import type { LinkedData } from './json-ld.ts';

/** Marks between a title and the name of its site. */
const SEPARATOR = /\s+[|–—·•»«:‹›/\\~▷►]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+|:\s+|\s*»\s*|\s+@\s+/g;

/** Longest name of a site, in words; and the least that must remain of a title. */
const MAX_SITE_WORDS = 6;
const MIN_TITLE = 12;

/**
 * A document's title without the name of its site before or behind it. What is known of that name, and of the story's
 * heading, decides; else only a short last part goes.
 */
export function withoutSiteName(title: string, known: readonly string[] = []): string {
  const names = known.map(fold).filter(name => name.length > 1);
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
      return withoutSiteName(before, known);
    if (names.some(name => isName(foldedBefore, name)) && after.length >= 3)
      return withoutSiteName(after, known);
  }
  const last = cuts.at(-1);
  if (!last || last.mark === ':') return title;
  const [before, after] = [title.slice(0, last.start).trim(), title.slice(last.end).trim()];
  if (
    after.split(/\s+/).length <= MAX_SITE_WORDS &&
    before.length >= MIN_TITLE &&
    before.length > after.length
  ) {
    return last.mark === '|' || cuts.length > 1 ? withoutSiteName(before, known) : before;
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

/** The headline that a page states, by the agreement of its heading, its title and its metadata. */
export function headlineOf(
  facts: Facts,
  linked: LinkedData | undefined,
  siteNames: readonly string[],
): Titled {
  const site = new Set(siteNames.map(fold));
  const meta = (name: string) => facts.metas.get(name)?.[0];
  const stated = [linked?.headline, ...TITLES.map(meta)].flatMap(title => {
    const tidy = title ? withoutSiteName(oneLine(title), siteNames) : '';
    return tidy && !site.has(fold(tidy)) ? [tidy] : [];
  });
  const title = facts.title ? withoutSiteName(facts.title, siteNames) : undefined;
  const texts = facts.title ? [...stated, facts.title] : stated;
  const headings = [...facts.headings, ...facts.headlines].flatMap(element => {
    const text = oneLine(textOf(element));
    return text.length >= 3 && text.length <= 300 && !site.has(fold(text)) ? [{ element, text }] : [];
  });
  const agreed = best(headings, texts) ?? best(subheadings(facts, site), texts, 0.6);
  if (agreed) return { headline: agreed.text, heading: agreed.element };
  const found = [...stated, title].find(text => text && !site.has(fold(text)));
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
}

function subheadings(facts: Facts, site: ReadonlySet<string>): Heading[] {
  return facts.subheadings.flatMap(element => {
    const text = oneLine(textOf(element));
    return text.length >= 8 && text.length <= 200 && !site.has(fold(text)) ? [{ element, text }] : [];
  });
}

/** The heading that says most of a title; the first of equals. */
function best(headings: readonly Heading[], titles: readonly string[], least = 0): Heading | undefined {
  const folded = titles.map(title => ({ title: fold(title), cut: /(?:…|\.\.\.)$/.test(title) }));
  let found: { heading: Heading; share: number } | undefined;
  for (const heading of headings) {
    const own = fold(heading.text);
    for (const { title, cut } of folded) {
      const share = shareOf(own, title, cut);
      if (share > least && share > (found?.share ?? 0)) found = { heading, share };
    }
  }
  return found?.heading;
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
