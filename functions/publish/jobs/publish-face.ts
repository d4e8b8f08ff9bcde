import { CopydeskError } from '../../../shared/errors/errors.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { THEME_STYLES } from '../../../shared/model/theme-file.ts';
import { mend } from '../../../shared/table/article-item.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { type PublishDeps, writeFile } from '../views/view.ts';
import { publishMedia } from './publish-media.ts';

/** A container writes these files once, so style sheets and icons are not loaded at start. */
const siteFilesCode = loadedOnce(() => import('../views/site-renditions.ts'));

/**
 * Writes the style sheet and the icons of the site, with the files that the newsroom uploaded for them. After writing,
 * the records of these files are read again, so that the last publisher leaves the current ones.
 * @returns the number of written files
 */
export async function publishFace(deps: PublishDeps): Promise<number> {
  const { faceRenditions } = await siteFilesCode();
  let files = 0;
  let seen = await recordsNow(deps);
  return retryOnConflict('the style sheet', deps.pacing, async () => {
    const theme = { css: await bytesOf(seen.css, deps), icon: await bytesOf(seen.icon, deps) };
    for (const rendition of faceRenditions(deps.site, theme)) if (await writeFile(deps, rendition)) files++;
    const now = await recordsNow(deps);
    const isSame = now.css?.key === seen.css?.key && now.icon?.key === seen.icon?.key;
    seen = now;
    return isSame ? files : CONFLICT;
  });
}

/** Writes the logos and fonts that the settings name. */
export async function publishNamedFiles(deps: PublishDeps): Promise<number> {
  const { logo, font } = deps.site;
  const keys = [logo?.light, logo?.dark, ...(font?.files ?? []).map(({ file }) => file)];
  const ids = keys.filter(key => key !== undefined).map(key => deps.articles.idOf(key));
  return publishMedia(
    ids.map(id => changeTo(id, { media: [id] })),
    new Map(),
    deps,
  );
}

/** Whether one of the changes is of a file that {@link publishFace} reads. */
export function changesFace(
  changes: readonly ArticleChange[],
  { articles, site }: Pick<PublishDeps, 'articles' | 'site'>,
): boolean {
  const media = changes.filter(({ media = [] }) => media.length > 0);
  if (media.length === 0) return false;
  const ids = [THEME_STYLES, site.icon].filter(key => key !== undefined).map(key => articles.idOf(key));
  return media.some(({ id }) => ids.includes(id));
}

interface StoredFile {
  id: string;
  /** Key of the bytes in the storage bucket. Each upload has a key of its own. */
  key: string;
}

async function recordsNow({ articles, site, onBroken }: PublishDeps) {
  const ids = { css: articles.idOf(THEME_STYLES), icon: site.icon && articles.idOf(site.icon) };
  const records = await articles.getMany(
    Object.values(ids).filter(id => id !== undefined),
    onBroken,
  );
  const fileOf = (id: string | undefined): StoredFile | undefined => {
    const record = records.get(id ?? '');
    return record?.status === 'media' ? { id: record.id, key: record.file.key } : undefined;
  };
  return { css: fileOf(ids.css), icon: fileOf(ids.icon) };
}

/** The bytes of a stored file. Undefined if there is none, or if its bytes are lost. */
async function bytesOf(file: StoredFile | undefined, { storage, onBroken }: PublishDeps) {
  if (file === undefined) return undefined;
  const object = await storage.get(file.key);
  if (object !== undefined) return Buffer.from(object.bytes);
  const message = `The file ${file.key} is not in the storage bucket. ${mend(file.id)}`;
  onBroken(new CopydeskError('media-missing', message, { subject: file.id }));
  return undefined;
}
