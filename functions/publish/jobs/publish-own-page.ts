import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { isOwnPage, ownPageGroup, ownPathOf, ownPermalink } from '../../../shared/model/own-page.ts';
import { REDIRECT_OF } from '../../../shared/stack/response-headers.ts';
import { bodyIfThere } from '../content/bodies.ts';
import { withShownMedia } from '../content/media-shown.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { linksOf, loadDirectory, type OwnPageLine, updateOwnPage } from '../states/directory.ts';
import { ownPageRendition, PAGES_SITEMAP, withdrawnRendition } from '../views/renditions.ts';
import { type PublishDeps, writeFile } from '../views/view.ts';

const aliasesCode = loadedOnce(() => import('./publish-aliases.ts'));

/** The folders of the pages of the site's own that a change can concern. */
export function ownPathsOf(change: ArticleChange, record: ArticleRecord | undefined): string[] {
  const now = record !== undefined && 'permalink' in record ? record.permalink : undefined;
  const permalinks = [...change.permalinks, ...(now === undefined ? [] : [now])];
  return [...new Set(permalinks.filter(permalink => isOwnPage({ permalink })).map(ownPathOf))];
}

/**
 * Writes or removes a page of the site's own. Several files can have its address, so the table is asked for the file that
 * has it now. After writing it is asked again, so that the last publisher leaves the right page.
 * @param path folder of the page on the site
 * @returns the number of written files
 */
export async function publishOwnPage(path: string, deps: PublishDeps): Promise<number> {
  const { siteBucket, site } = deps;
  const permalink = ownPermalink(path);
  let files = 0;
  let seen = await recordAt(path, deps);
  return retryOnConflict(`the page ${path}`, deps.pacing, async () => {
    const record = seen;
    const { state: directory } = await loadDirectory(deps);
    const nav = { sections: Object.values(directory.sections), pages: linksOf(directory.own) };
    let line: OwnPageLine | undefined;
    if (record?.status === 'live') {
      line = { title: record.headline, updatedAt: record.updatedAt };
      const bodyHtml = await bodyIfThere(record, deps);
      // Without its body the page stays unchanged.
      if (bodyHtml !== undefined) {
        const page = { ...withShownMedia(record), bodyHtml, related: [] };
        if (await writeFile(deps, ownPageRendition(page, site, nav))) files++;
      }
    } else if (!Object.hasOwn(directory.sections, path)) {
      // A section that took the address in the meantime has its own page there.
      const present = await siteBucket.head(permalink);
      const isAlias = present?.metadata[REDIRECT_OF] !== undefined;
      if (record?.status === 'withdrawn' && present !== undefined && !isAlias) {
        if (await writeFile(deps, withdrawnRendition({ permalink }, site, nav))) files++;
      } else if (!isAlias) {
        if (present !== undefined && !(await siteBucket.deleteIf(permalink, present.etag))) return CONFLICT;
        files += await (await aliasesCode()).passOn(`/${path}/`, deps);
      }
    }
    const { own } = await updateOwnPage(deps, path, line);
    if (Object.keys(own).length === 0) await siteBucket.delete(PAGES_SITEMAP);
    seen = await recordAt(path, deps);
    return seen?.version === record?.version && seen?.id === record?.id ? files : CONFLICT;
  });
}

/** The pages that are listed or live, for the daily check. */
export async function ownPages(deps: PublishDeps): Promise<ArticleChange[]> {
  const { state: directory } = await loadDirectory(deps);
  const changes: ArticleChange[] = [];
  for await (const id of deps.articles.ownPages()) changes.push(changeTo(id));
  for (const path of Object.keys(directory.own)) {
    const record = await recordAt(path, deps);
    if (record === undefined) await publishOwnPage(path, deps);
  }
  return changes;
}

/** The article that has an address now: the canonical of the group of its files. */
async function recordAt(path: string, { articles, onBroken }: PublishDeps) {
  const canonical = await articles.groups.canonical(ownPageGroup(path));
  if (canonical === undefined) return undefined;
  const record = (await articles.getMany([canonical.member], onBroken)).get(canonical.member);
  return record !== undefined && 'headline' in record && isOwnPage(record) ? record : undefined;
}
