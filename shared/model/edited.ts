import { type Article, type ArticleRecord, type Edits, isArticle, type Source } from './article.ts';
import { isDeepStrictEqual } from './deep-equal.ts';
import { padSequencer } from './identity.ts';
import { dueInstant } from './schedule.ts';

/** The properties that an editor can correct by hand, each with its fields of the record. */
export const EDITABLE = {
  headline: ['headline', 'headlineFrom'],
  dek: ['dek'],
  authors: ['authors'],
  section: ['section'],
  tags: ['tags'],
  summary: ['summary', 'summaryStated'],
  correction: ['correction'],
  embargoUntil: ['embargoUntil', 'publishedAt', 'publishedFrom'],
} as const satisfies Record<string, readonly (keyof Article)[]>;

export type Editable = keyof typeof EDITABLE;

/**
 * Keeps corrections by hand if a newer parser reads the same upload again. A later upload replaces the corrections, and
 * the article gets a warning. An embargo by hand stays, unless the later upload states a later one.
 * @param draft the article as the parser made it
 */
export function keepingEdits(draft: Article, current: ArticleRecord | undefined): Article {
  if (current === undefined || !isArticle(current) || !current.edited?.length) return draft;
  const edited = current.edited.filter((name): name is Editable => Object.hasOwn(EDITABLE, name));
  if (!isSameUpload(current, draft.source)) {
    const next = keepingEmbargo(draft, current, edited);
    const replaced = edited.filter(name => !isDeepStrictEqual(current[name], next[name]));
    if (replaced.length === 0) return next;
    const warning = `A later upload replaced what was corrected by hand: ${replaced.join(', ')}.`;
    return { ...next, warnings: [...next.warnings, warning] };
  }
  return withEdits(draft, editsOf(current));
}

function keepingEmbargo(draft: Article, current: Article, edited: readonly Editable[]): Article {
  if (!edited.includes('embargoUntil') || current.embargoUntil === undefined) return draft;
  if (dueInstant(draft) >= dueInstant(current)) return draft;
  const { embargoUntil, publishedAt, publishedFrom } = current;
  return { ...draft, embargoUntil, publishedAt, publishedFrom, edited: ['embargoUntil'] };
}

/** The corrections by hand of an article. */
export function editsOf(article: Pick<Article, keyof Edits>): Edits | undefined {
  if (!article.edited?.length) return undefined;
  const edited = article.edited.filter((name): name is Editable => Object.hasOwn(EDITABLE, name));
  const fields = edited.flatMap(name => EDITABLE[name].map(field => [field, article[field]]));
  return { ...Object.fromEntries(fields), edited: article.edited };
}

/** The article with corrections by hand of another version of it. */
export function withEdits(article: Article, edits: Edits | undefined): Article {
  return edits === undefined ? article : { ...article, ...edits };
}

/** Tells whether a source is the upload from which an article was made. */
export function isSameUpload(
  { refused, source }: Pick<ArticleRecord, 'refused' | 'source'>,
  { sequencer }: Pick<Source, 'sequencer'>,
): boolean {
  // After a refused upload, `source` has the sequencer of the refused upload.
  return refused === undefined && padSequencer(source.sequencer) === padSequencer(sequencer);
}
