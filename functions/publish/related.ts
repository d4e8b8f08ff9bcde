import type { Article, Related } from '../../shared/article.ts';
import { type EditionDeps, editionView } from './edition-view.ts';
import type { Entry } from './entry.ts';
import { siteAddress } from './feeds/addresses.ts';
import { webAddress } from './feeds/web-address.ts';
import type { EditionOf, Site } from './site.ts';
import { load } from './state.ts';
import type { Records } from './view.ts';

/** What is asked of an article that another may name as related. */
type Candidate = Pick<Entry, 'id' | 'headline' | 'permalink' | 'canonicalUrl'>;

/**
 * What an article's source listed as related, with the address of our page where it is an article of ours: one that
 * it names by its address elsewhere, or by nothing but its headline. What it links elsewhere stays as it is.
 * @param candidates articles of ours; of several with the same headline the first wins
 */
export function relatedOf(
  { id, related }: Pick<Article, 'id' | 'related'>,
  candidates: readonly Candidate[],
  site: Site,
): Related[] {
  if (related.length === 0) return [];
  const byHeadline = new Map<string, Candidate>();
  const byAddress = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (candidate.id === id) continue;
    const headline = folded(candidate.headline);
    if (headline && !byHeadline.has(headline)) byHeadline.set(headline, candidate);
    const address = candidate.canonicalUrl && webAddress(candidate.canonicalUrl);
    if (address && !byAddress.has(address)) byAddress.set(address, candidate);
  }
  return related.map(story => {
    const address = story.url && webAddress(story.url);
    const ours = address ? byAddress.get(address) : byHeadline.get(folded(story.title));
    return ours ? { ...story, url: siteAddress(site, ours.permalink) } : story;
  });
}

/**
 * Finds what articles of one batch name as related: among the batch itself and the newest articles of the site and
 * of their sections, each edition read once and only where somebody names something. So a link costs no index to be
 * kept; a story that is older than those windows stays a headline without a link, and one that is published after
 * the story that names it is linked when that is published again, by the daily rebuild at the latest.
 */
export function relatedFinder(
  records: Records,
  { articles, archive, site }: EditionDeps,
): (article: Article) => Promise<Related[]> {
  const editions = new Map<string, Promise<readonly Entry[]>>();
  const entriesOf = (of: EditionOf) => {
    const view = editionView(of, { articles, archive, site });
    const entries = editions.get(view.key) ?? load(archive, view).then(({ state }) => state.entries);
    editions.set(view.key, entries);
    return entries;
  };
  return async article => {
    if (article.related.length === 0) return [];
    const candidates = new Map<string, Candidate>();
    const windows: EditionOf[] = [{ kind: 'all' }, { kind: 'section', name: article.section }];
    for (const of of windows) for (const entry of await entriesOf(of)) candidates.set(entry.id, entry);
    // Of what changes with it, the table knows better.
    for (const [id, record] of records) {
      if (record?.status === 'live') candidates.set(id, record);
      else candidates.delete(id);
    }
    return relatedOf(article, [...candidates.values()], site);
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
