import * as z from 'zod/mini';
import type { Article } from '../../../shared/model/article.ts';
import { authorPath, sectionPath, tagPath } from '../../../shared/model/identity.ts';
import { isOwnPage } from '../../../shared/model/own-page.ts';
import type { Site } from './site.ts';

/** The subject of an edition: all articles, a section, a tag or an author. `name` is for people. */
export const EditionOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal(['section', 'tag', 'author']), name: z.string() }),
]);
export type EditionOf = z.infer<typeof EditionOf>;

/** The kinds of editions with a name, and the list of each kind in the directory and in ids. */
export const EDITION_LISTS = { section: 'sections', tag: 'tags', author: 'authors' } as const;

const PATH_OF = { section: sectionPath, tag: tagPath, author: authorPath };

/** Whether an edition is that of a tag or an author. */
export function isTopic({ kind }: EditionOf): boolean {
  return kind === 'tag' || kind === 'author';
}

/**
 * Id of an edition. All spellings of a section, tag or author have the same id. The id names the folder on the site, so
 * the language of the site decides which names are spellings of one another: `Kültür` is `kultur` in Turkish.
 */
export function editionId(of: EditionOf, { language }: Pick<Site, 'language'>): string {
  return of.kind === 'all' ? 'all' : `${EDITION_LISTS[of.kind]}/${PATH_OF[of.kind](of.name, language)}`;
}

/**
 * An edition by a name that is stored with it. If the language of the site was another, the name can be that of another
 * edition now. Then it is not used.
 */
export function withStoredName(of: EditionOf, stored: EditionOf, site: Pick<Site, 'language'>): EditionOf {
  return editionId(stored, site) === editionId(of, site) ? stored : of;
}

/** Name of the list of members whose articles have news in an edition. Its dates are those of {@link newsPlace}. */
export function newsList(id: string): string {
  return `news/${id}`;
}

/**
 * The place of an event in a list of news, as text that sorts. Notices come before all others, so that an upload of much
 * late copy does not end the notice of a killed story.
 * @param at time of the event
 */
export function newsPlace(at: string, isGone: boolean): string {
  return isGone ? `~${at}` : at;
}

/** Folder of an edition on the site, with a slash at its end. It is empty for the edition of all articles. */
export function editionFolder(of: EditionOf, site: Pick<Site, 'language'>): string {
  return of.kind === 'all' ? '' : `${editionId(of, site).replace(/^sections\//, '')}/`;
}

/** The editions that show an article if it is live. A page of the site's own is in none. */
export function editionsOf(
  article: Pick<Article, 'section' | 'tags' | 'authors'> & { permalink?: string | undefined },
): EditionOf[] {
  if (isOwnPage(article)) return [];
  const authors = article.authors.filter(({ name }) => name.trim() !== '');
  return [
    { kind: 'all' },
    { kind: 'section', name: article.section },
    ...article.tags.map(name => ({ kind: 'tag' as const, name })),
    ...authors.map(({ name }) => ({ kind: 'author' as const, name })),
  ];
}
