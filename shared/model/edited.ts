import { isDeepStrictEqual } from 'node:util';
import { type Article, type ArticleRecord, isArticle, type Source } from './article.ts';
import { padSequencer } from './identity.ts';

/** What an editor can correct by hand, and the fields of a record that go with each. */
export const EDITABLE = {
  headline: ['headline', 'headlineFrom'],
  dek: ['dek'],
  authors: ['authors'],
  section: ['section'],
  tags: ['tags'],
  summary: ['summary', 'summaryStated'],
  correction: ['correction'],
} as const satisfies Record<string, readonly (keyof Article)[]>;

export type Editable = keyof typeof EDITABLE;

/**
 * What was corrected by hand stays when the same upload is read anew, by a later parser; a later upload wins, and
 * its article says what it replaced.
 * @param draft as the parser has it
 */
export function keepingEdits(draft: Article, current: ArticleRecord | undefined): Article {
  if (current === undefined || !isArticle(current) || !current.edited?.length) return draft;
  const edited = current.edited.filter((name): name is Editable => Object.hasOwn(EDITABLE, name));
  if (!isSameUpload(current, draft.source)) {
    const replaced = edited.filter(name => !isDeepStrictEqual(current[name], draft[name]));
    if (replaced.length === 0) return draft;
    const warning = `A later upload replaced what was corrected by hand: ${replaced.join(', ')}.`;
    return { ...draft, warnings: [...draft.warnings, warning] };
  }
  const kept = Object.fromEntries(
    edited.flatMap(name => EDITABLE[name].map(field => [field, current[field]])),
  ) as Partial<Article>;
  return { ...draft, ...kept, edited: current.edited };
}

/** Whether a source is the upload that an article was made from: it is read anew, by a later parser. */
export function isSameUpload({ refused, source }: Article, { sequencer }: Source): boolean {
  // A refused upload moved the order on, and is later than the one that the article was made from.
  return refused === undefined && padSequencer(source.sequencer) === padSequencer(sequencer);
}
