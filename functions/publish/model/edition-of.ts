import * as z from 'zod/mini';
import type { Article } from '../../../shared/model/article.ts';
import { authorPath, sectionPath, tagPath } from '../../../shared/model/identity.ts';

/** What an edition is of: everything, a section, a tag or an author. `name` is as people read it. */
export const EditionOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('section'), name: z.string() }),
  z.object({ kind: z.literal('tag'), name: z.string() }),
  z.object({ kind: z.literal('author'), name: z.string() }),
]);
export type EditionOf = z.infer<typeof EditionOf>;

/** Folder of an edition on the site, with a trailing slash; empty for the edition of everything. */
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

/** The editions that an article stands in when it is live. */
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

/** A name for an edition that is the same for every spelling of its section, tag or author. */
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
