import type { Bucket, ObjectHead } from '../../../shared/aws/bucket.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Records } from '../model/records.ts';
import type { Rendition, SiteFile } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { Directory, Listing } from '../states/directory.ts';
import { type Held, load, type Revised, revise, type StateOf, type StateStore } from '../states/state.ts';
import { patchFile } from './patch-file.ts';

/**
 * A view of the table: a state in the storage bucket, and the files of the site that show it. Changed records are merged
 * into the state. Merging and rendering are pure functions.
 * @example
 * ```ts
 * import * as z from 'zod/mini';
 * import { CHANGING } from '../model/rendition.ts';
 * import type { View } from './view.ts';
 *
 * // `live.txt`: the ids of the articles that are live.
 * const liveView: View<string[]> = {
 *   key: 'live.json',
 *   schema: z.array(z.string()),
 *   initial: [],
 *   merge(ids, records) {
 *     const live = [...records].filter(([, record]) => record?.status === 'live').map(([id]) => id);
 *     return [...ids.filter(id => !records.has(id)), ...live].sort();
 *   },
 *   render: ids => [
 *     { key: 'live.txt', body: ids.join('\n'), contentType: 'text/plain', cacheControl: CHANGING },
 *   ],
 *   isEmpty: ids => ids.length === 0,
 * };
 * // A record that no longer exists leaves the state.
 * console.log(liveView.merge(['a', 'b'], new Map([['a', undefined]])).join()); // b
 * ```
 */
export interface View<State, File extends SiteFile = Rendition> extends StateOf<State> {
  merge(state: State, records: Records): State;
  render(state: State, directory: Directory): File[] | Promise<File[]>;
  isEmpty(state: State): boolean;
  /** The line of the view in the directory, which lists only views with articles. */
  listing?(state: State): Listing | undefined;
  /** Fills a state that is lost, broken or {@link isUnfilled}, from the table or from other states. */
  fill?(state: State): Promise<State>;
  /** Whether a state has fewer rows than it could have. Every merge must change such a state. */
  isUnfilled?(state: State): boolean;
}

/** Writes views: their states in the storage bucket, and their files in the site bucket. */
export interface SiteWriter extends StateStore {
  siteBucket: Bucket;
  /** Whether every file is compared with the site, also after a merge. Runs that write a lost site again need this. */
  comparesAll?: boolean | undefined;
  /** Called with the key and the size in bytes of each written file. */
  onWritten?: ((key: string, bytes: number) => void) | undefined;
  /**
   * Called before each file is written.
   * @throws CopydeskError `out-of-time` if the call has too little time left
   */
  requireTime?: ((key: string) => void) | undefined;
}

export interface ViewDeps extends StateStore {
  articles: Articles;
  site: Site;
  siteBucket: Bucket;
}

export interface PublishDeps extends SiteWriter, ViewDeps {
  /** The clock: RFC 3339, UTC. */
  now(): string;
}

/** A view with a writer. It keeps its state between merging and rendering. */
export interface BoundView<State = unknown> {
  key: string;
  /** The line of the directory. Undefined if the directory does not list the view. */
  listing(): Promise<Listing | undefined>;
  /** Merges records into the stored state. Fills the state if it is lost, broken or unfilled. */
  merge(records: Records): Promise<void>;
  /** The state after the last merge. Without a merge, the state that was read first. */
  state(): Promise<State>;
  /** Changes the state after the merge, without records. Its files are written by `render`. */
  revise(change: (state: State) => State): Promise<void>;
  /** Whether the merged state is empty. `now`: whether the stored state is empty at this moment. */
  isEmpty(now?: 'now'): Promise<boolean>;
  /**
   * Writes the files of the merged state, or of the stored state if nothing was merged. If another publisher merges
   * during this call, the call renders again. So the last publisher leaves matching files. The caller must check that
   * the directory has not changed.
   *
   * Files that differ between the states before and after the merge are written. All other files are compared with the
   * site first, because an earlier publisher may not have written them yet. If this publisher met others while it
   * merged, and another has merged since, this call writes nothing: the other one writes all these files. Steady files
   * are left out here. They are compared where the merge changed nothing, so that the retry of a publisher that died
   * writes them.
   * @returns the number of written files
   */
  render(directory: Directory): Promise<number>;
}

export function bind<State>(writer: SiteWriter, view: View<State, SiteFile>): BoundView<State> {
  let held: Held<State> | undefined;
  let merged: Pick<Revised<State>, 'before' | 'conflicts'> | undefined;
  /** The current state. A lost state is filled once, so that its files do not become empty. */
  const current = async () => {
    held ??= await load(writer, view);
    if (!held.isStored && view.fill)
      held = await revise(writer, view, (state, { isStored }) => (isStored ? state : filled(view, state)));
    return held;
  };
  return {
    key: view.key,
    async listing() {
      return view.listing?.((await current()).state);
    },
    async merge(records) {
      const isFirst = held === undefined;
      const revised = await revise(writer, view, (state, { isStored }) => {
        const next = view.merge(state, records);
        return isStored ? next : filled(view, next);
      });
      held = revised;
      merged = isFirst && !writer.comparesAll && hasAdded(view, revised) ? revised : undefined;
      // If another publisher merges, the unfilled state changes and this change is made again.
      if (view.isUnfilled?.(held.state))
        held = await revise(writer, view, state => (view.isUnfilled?.(state) ? filled(view, state) : state));
    },
    async state() {
      return (await current()).state;
    },
    async revise(change) {
      await current();
      const revised = await revise(writer, view, (state, { isStored }) => (isStored ? change(state) : state));
      if (merged && revised.conflicts > 0) merged = { ...merged, conflicts: merged.conflicts + 1 };
      held = revised;
    },
    async isEmpty(now) {
      return view.isEmpty((now ? await load(writer, view) : await current()).state);
    },
    async render(directory) {
      const since = merged;
      // A second call renders because the directory has changed, so it compares every file.
      merged = undefined;
      if (since !== undefined && since.conflicts > 0) {
        const { etag } = (await writer.storage.head(view.key)) ?? {};
        if (etag !== held?.etag) return 0;
      }
      const { files, last } = await renderUntilCurrent(
        writer,
        view,
        { held: await current(), before: since?.before.state },
        directory,
      );
      held = last;
      return files;
    },
  };
}

/**
 * Whether a merge has changed a state whose steady files are written: the state was stored, and it changes only with its
 * articles. Otherwise the call can be the retry of the one that stored the state and died. If the state becomes empty,
 * the steady files change too, because a section without articles leaves the navigation.
 */
function hasAdded<State>(view: View<State, SiteFile>, { changed, before, state }: Revised<State>): boolean {
  return changed && before.isStored && !view.isUnfilled?.(before.state) && !view.isEmpty(state);
}

async function filled<State>(view: View<State, SiteFile>, state: State): Promise<State> {
  return view.fill ? view.fill(state) : state;
}

async function renderUntilCurrent<State>(
  writer: SiteWriter,
  view: View<State, SiteFile>,
  { held, before }: { held: Held<State>; before: State | undefined },
  directory: Directory,
): Promise<{ files: number; last: Held<State> }> {
  let files = 0;
  let last = held;
  let earlier = before === undefined ? undefined : await renderedBefore(view, before, directory);
  return retryOnConflict(view.key, writer.pacing, async () => {
    const renditions = await view.render(last.state, directory);
    const known = new Map(earlier?.map(file => [file.key, file]));
    const wanted = renditions.filter(file => earlier === undefined || !('isSteady' in file && file.isSteady));
    const written = await allDone(
      wanted.map(file => {
        const shown = known.get(file.key);
        const differs = shown !== undefined && !isDeepStrictEqual(shown, file);
        return writeSiteFile(writer, file, differs ? 'differs' : undefined);
      }),
    );
    files += written.filter(Boolean).length;
    earlier = renditions;
    const head = await writer.storage.head(view.key);
    if (head?.etag === last.etag) return { files, last };
    // Other publishers have merged. Their changes are rendered together.
    last = await load(writer, view);
    return CONFLICT;
  });
}

/**
 * Waits for all writes, also if one fails. A write that is left alone could end after those of the next attempt.
 * @throws the first error
 */
async function allDone<T>(writes: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(writes);
  return Promise.all(writes);
}

/** The files of the state before a merge. Undefined if rendering fails, because the merge can have removed the cause. */
async function renderedBefore<State>(
  view: View<State, SiteFile>,
  before: State,
  directory: Directory,
): Promise<SiteFile[] | undefined> {
  try {
    return await view.render(before, directory);
  } catch (error) {
    if (error instanceof CopydeskError) throw error;
    return undefined;
  }
}

/** Writes, changes or removes a file of the site. Returns whether the site has changed. */
export async function writeSiteFile(writer: SiteWriter, file: SiteFile, known?: 'differs'): Promise<boolean> {
  if ('body' in file) return writeFile(writer, file, known);
  writer.requireTime?.(file.key);
  if ('patch' in file) return patchFile(writer, file);
  await writer.siteBucket.delete(file.key);
  return false;
}

/**
 * Writes a file of the site.
 * @param known `differs` if the file on the site is known to have other bytes
 * @returns false if the file exists with the same bytes
 */
export async function writeFile(
  { siteBucket, onWritten, requireTime }: SiteWriter,
  { key, body, isSteady: _, onReplace, ...options }: Rendition,
  known?: 'differs',
): Promise<boolean> {
  requireTime?.(key);
  const written = await siteBucket.putIfChanged(key, body, options, known, onReplace);
  if (written) onWritten?.(key, Buffer.byteLength(body));
  return written;
}

/**
 * Writes a file of the site over one that was looked at.
 * @returns whether the file was written; undefined if another writer was faster
 */
export async function writeFileOver(
  { siteBucket, onWritten, requireTime }: SiteWriter,
  { key, body, isSteady: _, onReplace: __, ...options }: Rendition,
  present: ObjectHead,
): Promise<boolean | undefined> {
  requireTime?.(key);
  const written = await siteBucket.putOver(key, body, options, present);
  if (written) onWritten?.(key, Buffer.byteLength(body));
  return written;
}
