import type { Article, Related } from '../../../shared/model/article.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { siteAddress } from '../content/addresses.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import type { Records } from '../model/records.ts';
import type { Site } from '../model/site.ts';
import { load } from '../states/state.ts';
import { editionView } from '../views/edition-view.ts';
import type { ViewDeps } from '../views/view.ts';

/** The fields of an article that a link from another article needs. */
type Candidate = Pick<Entry, 'id' | 'headline' | 'permalink' | 'canonicalUrl'>;

/** Articles by headline and by address: at most two for each, because one of them can be the article itself. */
interface Index {
  byHeadline: Map<string, Candidate[]>;
  byAddress: Map<string, Candidate[]>;
}

/**
 * Makes a function that finds the related stories of a batch's articles. It searches the batch and the newest articles
 * of the site and of the section. Each edition is read once, and only if an article needs it. A story that is too old
 * for these editions stays a headline without a link. A link to a later story appears when the article is published
 * again, by the next daily rebuild at the latest.
 */
export function relatedFinder(records: Records, deps: ViewDeps): (article: Article) => Promise<Related[]> {
  const entriesOf = async (of: EditionOf) => (await load(deps, editionView(of, deps))).state.entries;
  let ofAll: Promise<Entry[]> | undefined;
  const indexOfSection = async (section: string) => {
    const candidates = new Map<string, Candidate>();
    ofAll ??= entriesOf({ kind: 'all' });
    for (const entries of [await ofAll, await entriesOf({ kind: 'section', name: section })])
      for (const entry of entries) candidates.set(entry.id, entry);
    // Records of the batch are newer than the entries of the editions, so they count.
    for (const [id, record] of records) {
      if (record?.status === 'live') candidates.set(id, record);
      else candidates.delete(id);
    }
    return indexOf(candidates.values());
  };
  const indexes = new Map<string, Promise<Index>>();
  return async article => {
    if (article.related.length === 0) return [];
    const index = indexes.get(article.section) ?? indexOfSection(article.section);
    indexes.set(article.section, index);
    return relatedOf(article, await index, deps.site);
  };
}

/**
 * The related stories of an article. A story that is also on this site gets the address of its page on this site. The
 * story is found by its original address, or by its headline if it has no address.
 */
export function relatedOf(
  { id, related }: Pick<Article, 'id' | 'related'>,
  index: Index,
  site: Site,
): Related[] {
  return related.map(story => {
    const address = story.url && webAddress(story.url);
    const named = address ? index.byAddress.get(address) : index.byHeadline.get(folded(story.title));
    const ours = named?.find(candidate => candidate.id !== id);
    return ours ? { ...story, url: siteAddress(site, ours.permalink) } : story;
  });
}

/** An index of articles. If several have the same headline, the first ones are used. */
export function indexOf(candidates: Iterable<Candidate>): Index {
  const index: Index = { byHeadline: new Map(), byAddress: new Map() };
  const add = (map: Map<string, Candidate[]>, name: string, candidate: Candidate) => {
    const known = map.get(name);
    if (known === undefined) map.set(name, [candidate]);
    else if (known.length === 1) known.push(candidate);
  };
  for (const candidate of candidates) {
    const headline = folded(candidate.headline);
    if (headline) add(index.byHeadline, headline, candidate);
    const address = candidate.canonicalUrl && webAddress(candidate.canonicalUrl);
    if (address) add(index.byAddress, address, candidate);
  }
  return index;
}

/** Removes differences that copying makes: case, quotation marks, punctuation, spaces. */
function folded(headline: string): string {
  return headline
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
