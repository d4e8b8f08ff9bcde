import * as z from 'zod/mini';
import type { Article } from '../../../shared/model/article.ts';
import { authorPath, sectionPath, tagPath } from '../../../shared/model/identity.ts';

/** The subject of an edition: all articles, a section, a tag or an author. `name` is for people. */
export const EditionOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('section'), name: z.string() }),
  z.object({ kind: z.literal('tag'), name: z.string() }),
  z.object({ kind: z.literal('author'), name: z.string() }),
]);
export type EditionOf = z.infer<typeof EditionOf>;

/** Folder of an edition on the site, with a trailing slash. It is empty for the edition of all articles. */
export function editionFolder(of: EditionOf): string {
  switch (of.kind) {
    case 'all':
      return '';
    case 'section':
      return `${sectionPath(of.name)}/`;
    case 'tag':
      return `tags/${tagPath(of.name)}/`;
    case 'author':
      return `authors/${authorPath(of.name)}/`;
  }
}

/** The editions that show an article if it is live. */
export function editionsOf({
  section,
  tags,
  authors,
}: Pick<Article, 'section' | 'tags' | 'authors'>): EditionOf[] {
  return [
    { kind: 'all' },
    { kind: 'section', name: section },
    ...tags.map((name): EditionOf => ({ kind: 'tag', name })),
    ...authors
      .filter(({ name }) => name.trim() !== '')
      .map(({ name }): EditionOf => ({ kind: 'author', name })),
  ];
}

/** Id of an edition. All spellings of a section, tag or author have the same id. */
export function editionId(of: EditionOf): string {
  switch (of.kind) {
    case 'all':
      return 'all';
    case 'section':
      return `sections/${sectionPath(of.name)}`;
    case 'tag':
      return `tags/${tagPath(of.name)}`;
    case 'author':
      return `authors/${authorPath(of.name)}`;
  }
}
