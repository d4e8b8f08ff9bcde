import type { Bucket } from '../../../shared/aws/bucket.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Records } from '../model/records.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { Directory, Listing } from '../states/directory.ts';
import { type Held, load, revise, type StateOf, type StateStore } from '../states/state.ts';

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
export interface View<State> extends StateOf<State> {
  merge(state: State, records: Records): State;
  render(state: State, directory: Directory): Rendition[] | Promise<Rendition[]>;
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
}

export interface PublishDeps extends SiteWriter, ViewDeps {}

/** A view with a writer. It keeps its state between merging and rendering. */
export interface BoundView<State = unknown> {
  key: string;
  /** The line of the directory. Undefined if the directory does not list the view. */
  listing(): Promise<Listing | undefined>;
  /** Merges records into the stored state. Fills the state if it is lost, broken or unfilled. */
  merge(records: Records): Promise<void>;
  /** The state after the last merge. Without a merge, the state that was read first. */
  state(): Promise<State>;
  /** Whether the merged state is empty. `now`: whether the stored state is empty at this moment. */
  isEmpty(now?: 'now'): Promise<boolean>;
  /**
   * Writes the files of the merged state, or of the stored state if nothing was merged. If another publisher has merged
   * since, that publisher writes the files, and this call writes nothing. If another publisher merges during this call,
   * the call renders again. So the last publisher leaves matching files. The caller must check that the directory has
   * not changed.
   * @returns the number of written files
   */
  render(directory: Directory): Promise<number>;
}

export function bind<State>(writer: SiteWriter, view: View<State>): BoundView<State> {
  let held: Held<State> | undefined;
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
      held = await revise(writer, view, (state, { isStored }) => {
        const merged = view.merge(state, records);
        return isStored ? merged : filled(view, merged);
      });
      // If another publisher merges, the unfilled state changes and this change is made again.
      if (view.isUnfilled?.(held.state))
        held = await revise(writer, view, state => (view.isUnfilled?.(state) ? filled(view, state) : state));
    },
    async state() {
      return (await current()).state;
    },
    async isEmpty(now) {
      return view.isEmpty((now ? await load(writer, view) : await current()).state);
    },
    async render(directory) {
      if (held !== undefined) {
        const { etag } = (await writer.storage.head(view.key)) ?? {};
        if (etag !== held.etag) return 0;
      }
      const { files, last } = await renderUntilCurrent(writer, view, await current(), directory);
      held = last;
      return files;
    },
  };
}

async function filled<State>(view: View<State>, state: State): Promise<State> {
  return view.fill ? view.fill(state) : state;
}

async function renderUntilCurrent<State>(
  writer: SiteWriter,
  view: View<State>,
  held: Held<State>,
  directory: Directory,
): Promise<{ files: number; last: Held<State> }> {
  let files = 0;
  let last = held;
  return retryOnConflict(view.key, writer.pacing, async () => {
    for (const rendition of await view.render(last.state, directory))
      if (await writeFile(writer, rendition)) files++;
    const head = await writer.storage.head(view.key);
    if (head?.etag === last.etag) return { files, last };
    // Other publishers have merged. Their changes are rendered together.
    last = await load(writer, view);
    return CONFLICT;
  });
}

/** Writes a file of the site. Returns false if the file exists with the same bytes. */
export async function writeFile(
  { siteBucket, onWritten, requireTime }: SiteWriter,
  { key, body, ...options }: Rendition,
): Promise<boolean> {
  requireTime?.(key);
  const written = await siteBucket.putIfChanged(key, body, options);
  if (written) onWritten?.(key, Buffer.byteLength(body));
  return written;
}
