import { reportOf } from '../../../shared/errors/errors.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Unpublished } from '../../../shared/table/unpublished-changes.ts';
import { ArticleChange, changeTo, joinChanges } from '../model/change.ts';

/**
 * Remembers a change that could not be published, joined with an earlier one of the same article.
 * @param failure.isGone whether the article must leave the site
 * @param failure.error why the change could not be published
 */
export async function rememberChange(
  change: ArticleChange,
  failure: { isGone: boolean; error: unknown; now: string },
  { unpublished }: Articles,
): Promise<void> {
  const { isGone, error, now } = failure;
  const { code, message } = reportOf(error);
  const { id } = change;
  await unpublished.remember({ id, isGone, code, message, now }, earlier =>
    earlier === undefined ? change : joinChanges(read(id, earlier), change),
  );
}

/** The change of an item of the table. A broken item still names the article. */
export function changeOf({ id, change }: Pick<Unpublished, 'id' | 'change'>): ArticleChange {
  return read(id, change);
}

function read(id: string, stored: unknown): ArticleChange {
  const { data } = ArticleChange.safeParse(stored);
  return data === undefined ? changeTo(id) : { ...data, id };
}
