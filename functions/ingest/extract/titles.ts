import { fold, oneLine } from './characters.ts';
import { textOf } from './dom.ts';
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

/** The headline that a page states, by the agreement of its heading, its title and its metadata. */
export function headlineOf(
  facts: Facts,
  linked: LinkedData | undefined,
  siteNames: readonly string[],
): string | undefined {
  const meta = (name: string) => facts.metas.get(name)?.[0];
  const stated = [
    linked?.headline,
    meta('og:title'),
    meta('twitter:title'),
    meta('dc.title'),
    meta('dcterms.title'),
    meta('title'),
    meta('headline'),
    meta('parsely-title'),
    meta('sailthru.title'),
  ].flatMap(title => (title ? [withoutSiteName(oneLine(title), siteNames)] : []));
  const title = facts.title ? withoutSiteName(facts.title, siteNames) : undefined;
  const headings = [...facts.headings, ...facts.headlines]
    .map(element => textOf(element))
    .filter(text => text.length >= 3 && text.length <= 300);
  const agreed = headings.find(heading =>
    [...stated, ...(facts.title ? [facts.title] : [])].some(other => agrees(heading, other)),
  );
  if (agreed) return oneLine(agreed);
  const named = new Set(siteNames.map(fold));
  const found = [...stated, title].find(text => text && !named.has(fold(text)));
  const heading = headings.find(text => !named.has(fold(text)) && text.length > 12);
  return found ?? (heading ? oneLine(heading) : undefined) ?? title;
}

/** True where a heading is a title, or the most of it. */
function agrees(heading: string, title: string): boolean {
  const [a, b] = [fold(heading), fold(title)];
  if (a.length < 5 || b.length < 5) return a === b && a !== '';
  return b.includes(a) && a.length >= Math.min(b.length * 0.4, 25);
}
