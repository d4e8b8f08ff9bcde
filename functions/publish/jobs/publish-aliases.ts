import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { redirectKey } from '../../../shared/model/alias.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { REDIRECT_OF } from '../../../shared/stack/response-headers.ts';
import type { ArticleChange } from '../model/change.ts';
import { REDIRECTS } from '../states/redirects.ts';
import { load, revise } from '../states/state.ts';
import { type Redirect, redirectRendition } from '../views/redirect-rendition.ts';
import type { PublishDeps } from '../views/view.ts';

/** Number of addresses that are written at the same time. */
const CONCURRENCY = 8;

/** Stands for the settings in the place of the id of an article. An id has 16 characters. */
const SETTINGS = 'settings';

/**
 * Writes a redirect at each alias of a live article, and removes those of its former aliases. All aliases of an article
 * that is not live are former ones. The first article at an address keeps it until it gives the address up.
 *
 * The object at the address names the article that has it, and changes by compare-and-swap only. An article is entered as
 * claimant before its record is stored (`AliasClaims`), and gives an address up after its record has changed. So either the
 * one that gives the address up sees the next claimant, or the next claimant sees that the address is free.
 * @returns the number of written files
 */
export async function publishAliases(
  change: ArticleChange,
  record: ArticleRecord | undefined,
  deps: PublishDeps,
): Promise<number> {
  const named = record !== undefined && 'aliases' in record ? (record.aliases ?? []) : [];
  const present = record?.status === 'live' ? record : undefined;
  const former = new Set([...(change.aliases ?? []), ...(present ? [] : named)]);
  for (const path of present?.aliases ?? []) former.delete(path);
  const files = [
    ...(await inParallel(former, path => giveUp(path, change.id, deps), { concurrency: CONCURRENCY })),
    ...(present
      ? await inParallel(named, path => take(path, present, deps), { concurrency: CONCURRENCY })
      : []),
  ];
  return files.reduce((sum, count) => sum + count, 0);
}

/**
 * Writes the redirects of the settings, and removes those that the settings no longer have. A redirect of the settings
 * takes an address from an article, because the operator decides.
 * @returns the number of written files
 */
export async function publishRedirects(deps: PublishDeps): Promise<number> {
  const { redirects = {} } = deps.site;
  const paths = Object.keys(redirects);
  const { paths: stored } = (await load(deps, REDIRECTS)).state;
  const all = [...new Set([...stored, ...paths])].sort();
  // Stored first, so that a later call removes what this one writes.
  if (all.length > stored.length) await revise(deps, REDIRECTS, () => ({ paths: all }));
  const publish = (path: string) => {
    const target = redirects[path];
    return target === undefined
      ? giveUp(path, SETTINGS, deps)
      : put({ path, target, of: SETTINGS }, () => true, deps);
  };
  const files = await inParallel(all, publish, { concurrency: CONCURRENCY });
  if (all.length > paths.length) await revise(deps, REDIRECTS, () => ({ paths: [...paths].sort() }));
  return files.reduce((sum, count) => sum + count, 0);
}

/**
 * Lets an article have an address unless another one or the settings have it. Then it is entered as claimant again, because
 * a file that was moved continues an article whose claim ended with the deletion of its first file.
 */
function take(path: string, { id, permalink }: Article, deps: PublishDeps): Promise<number> {
  if (isOfSettings(path, deps)) return Promise.resolve(0);
  const target = `/${permalink.replace(/(^|\/)index\.html$/, '$1')}`;
  const isFree = async (holder: string) => {
    if (holder === id || !(await hasAddress(holder, path, deps))) return true;
    await deps.articles.aliases.enter([{ path, id }]);
    // The other one can have given the address up before it could see the claim.
    return !(await hasAddress(holder, path, deps));
  };
  return put({ path, target, of: id }, isFree, deps);
}

/**
 * Writes a redirect. A page of the site at the address stays.
 * @param isFree whether the redirect of a holder can be replaced
 * @returns the number of written files
 */
async function put(
  redirect: Redirect,
  isFree: (holder: string) => boolean | Promise<boolean>,
  { siteBucket, site, requireTime, onWritten, pacing }: PublishDeps,
): Promise<number> {
  const { key, body, ...options } = redirectRendition(redirect, site);
  requireTime?.(key);
  return retryOnConflict(key, pacing, async () => {
    const present = await siteBucket.head(key);
    const holder = present?.metadata[REDIRECT_OF];
    if (present !== undefined && (holder === undefined || !(await isFree(holder)))) return 0;
    const written = await siteBucket.putOver(key, body, options, present);
    if (written === undefined) return CONFLICT;
    if (written) onWritten?.(key, Buffer.byteLength(body));
    return written ? 1 : 0;
  });
}

/** Removes the redirect of an article at an address. Returns the number of files that {@link passOn} has written. */
async function giveUp(path: string, id: string, deps: PublishDeps): Promise<number> {
  const { siteBucket, pacing } = deps;
  const key = redirectKey(path);
  await retryOnConflict(key, pacing, async () => {
    const present = await siteBucket.head(key);
    if (present?.metadata[REDIRECT_OF] !== id) return undefined;
    return (await siteBucket.deleteIf(key, present.etag)) ? undefined : CONFLICT;
  });
  return passOn(path, deps, id);
}

/**
 * Lets the next claimant have an address that is free. It is read again after that, because it can have left the site
 * meanwhile.
 * @param from the article that had the address
 * @returns the number of written files
 */
export async function passOn(path: string, deps: PublishDeps, from?: string): Promise<number> {
  const { articles, onBroken } = deps;
  const claimants = await articles.aliases.of(path);
  if (claimants.length === 0) return 0;
  const records = await articles.getMany(claimants, onBroken);
  if (from !== undefined && claimants.includes(from)) {
    const own = records.get(from);
    if (own?.status === 'deleted' || !names(own, path)) await articles.aliases.remove({ path, id: from });
  }
  if (isOfSettings(path, deps)) return 0;
  const [next] = [...records.values()]
    .filter(record => record.id !== from && record.status === 'live' && names(record, path))
    .sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
  if (next?.status !== 'live') return 0;
  const files = await take(path, next, deps);
  return (await hasAddress(next.id, path, deps)) ? files : files + (await giveUp(path, next.id, deps));
}

/** The article that was published first comes first. */
function orderOf(record: ArticleRecord): string {
  return `${'publishedAt' in record ? record.publishedAt : ''}#${record.id}`;
}

/** Whether the settings redirect an address. No article can have it then. */
function isOfSettings(path: string, { site }: PublishDeps): boolean {
  return Object.hasOwn(site.redirects ?? {}, path);
}

/** Whether an article that holds an address may have it now. */
async function hasAddress(holder: string, path: string, deps: PublishDeps): Promise<boolean> {
  const record = (await deps.articles.getMany([holder], deps.onBroken)).get(holder);
  return record?.status === 'live' && names(record, path);
}

function names(record: ArticleRecord | undefined, path: string): boolean {
  return record !== undefined && 'aliases' in record && record.aliases?.includes(path) === true;
}
