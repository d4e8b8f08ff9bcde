import { Rejection } from '../../../shared/errors/rejection.ts';
import { isArticle } from '../../../shared/model/article.ts';
import { isOwnPage, ownPageOf } from '../../../shared/model/own-page.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';

/**
 * The reason why a file of the folder `pages/` can have no page: its name, or a section with the same address. Undefined
 * for every other file, and for a file that was a page before the section came: its correction or withdrawal counts.
 * @param id of the record that has the key
 */
export async function refusePage(
  id: string,
  key: string,
  { articles, settings }: Pick<IngestDeps, 'articles' | 'settings'>,
): Promise<Rejection | undefined> {
  const page = ownPageOf(key, settings.site.language);
  if (page === undefined) return undefined;
  if ('problem' in page) return new Rejection('bad-key', page.problem, { subject: key });
  const edition = `sections/${page.path}`;
  for await (const _ of articles.members.newest(edition, { pageSize: 1 })) {
    const current = await articles.getForWrite(id);
    if (current && isArticle(current) && isOwnPage(current)) return undefined;
    const name = (await articles.editionNames.find(edition)) ?? page.path;
    const message = `The section “${name}” has the address /${page.path}/. Give the file another name.`;
    return new Rejection('bad-key', message, { subject: key });
  }
  return undefined;
}
