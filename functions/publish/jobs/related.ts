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

/** What is asked of an article that another may name as related. */
type Candidate = Pick<Entry, 'id' | 'headline' | 'permalink' | 'canonicalUrl'>;

/** Articles of ours by what others may name them by: the first two of each name, since an article does not mean itself. */
interface Index {
  byHeadline: Map<string, Candidate[]>;
  byAddress: Map<string, Candidate[]>;
}

/**
 * What an article's source listed as related, with the address of our page where it is an article of ours: one that
 * it names by its address elsewhere, or by nothing but its headline. What it links elsewhere stays as it is.
 * @param candidates articles of ours; of several with the same headline the first wins
 */
export function relatedOf(
  article: Pick<Article, 'id' | 'related'>,
  candidates: Iterable<Candidate>,
  site: Site,
): Related[] {
  return article.related.length === 0 ? [] : linked(article, indexOf(candidates), site);
}

/**
 * Finds what articles of one batch name as related: among the batch itself and the newest articles of the site and
 * of their sections, each edition read once and only where somebody names something. So a link costs no index to be
 * kept; a story that is older than those windows stays a headline without a link, and one that is published after
 * the story that names it is linked when that is published again, by the daily rebuild at the latest.
 */
export function relatedFinder(records: Records, deps: ViewDeps): (article: Article) => Promise<Related[]> {
  const entriesOf = (of: EditionOf) => {
    return load(deps, editionView(of, deps)).then(({ state }) => state.entries);
  };
  const ofAll = once(() => entriesOf({ kind: 'all' }));
  const indexOfSection = async (section: string) => {
    const candidates = new Map<string, Candidate>();
    for (const entries of [await ofAll(), await entriesOf({ kind: 'section', name: section })])
      for (const entry of entries) candidates.set(entry.id, entry);
    // Of what changes with it, the table knows better.
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
    return linked(article, await index, deps.site);
  };
}

function linked({ id, related }: Pick<Article, 'id' | 'related'>, index: Index, site: Site): Related[] {
  return related.map(story => {
    const address = story.url && webAddress(story.url);
    const named = address ? index.byAddress.get(address) : index.byHeadline.get(folded(story.title));
    const ours = named?.find(candidate => candidate.id !== id);
    return ours ? { ...story, url: siteAddress(site, ours.permalink) } : story;
  });
}

function indexOf(candidates: Iterable<Candidate>): Index {
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

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/** A headline without what people change as they copy it: case, quotation marks, punctuation, spaces. */
function folded(headline: string): string {
  return headline
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
