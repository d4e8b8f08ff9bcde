import type { Bucket } from '../../../shared/aws/bucket.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Records } from '../model/records.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type { Directory, Listing } from '../states/directory.ts';
import { type Held, load, revise, type StateOf, type StateStore } from '../states/state.ts';

/**
 * A view of the table: a state in the storage bucket into which changed records are merged, and the files
 * of the site that show it. Merging and rendering are functions: the same in, the same bytes out.
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
 * // An article that is gone leaves the state.
 * console.log(liveView.merge(['a', 'b'], new Map([['a', undefined]])).join()); // b
 * ```
 */
export interface View<State> extends StateOf<State> {
  merge(state: State, records: Records): State;
  render(state: State, directory: Directory): Rendition[] | Promise<Rendition[]>;
  isEmpty(state: State): boolean;
  /** Its line in the directory, where it has one while it is not empty. */
  listing?: Listing;
  /**
   * The state with everything in it that belongs there and that is known elsewhere: for a state that is lost, broken,
   * or {@link isUnfilled}.
   */
  fill?(state: State): Promise<State>;
  /** Whether a state shows less than there is for it. Every merge must change such a state. */
  isUnfilled?(state: State): boolean;
}

/** Where views live: their states in the archive, their files on the site. */
export interface Press extends StateStore {
  siteBucket: Bucket;
  /** Told of the key and the bytes of each file that is written. */
  onWritten?: ((key: string, bytes: number) => void) | undefined;
  /**
   * Called before each file is written.
   * @throws CopydeskError `out-of-time` where the call has too little time left for it
   */
  requireTime?: ((key: string) => void) | undefined;
}

/** What views need: the states, and the table of which they show a part. */
export interface ViewDeps extends StateStore {
  articles: Articles;
  site: Site;
}

/** A view at work: its state is kept from the merge to the rendering. */
export interface BoundView<State = unknown> {
  key: string;
  listing: Listing | undefined;
  /** Merges records into the stored state, and fills it up where it is lost, broken or has become short. */
  merge(records: Records): Promise<void>;
  /** Its state as merged, or as it was first read. */
  state(): Promise<State>;
  /** Whether anything stands in it: as merged, or (`now`) as it is stored at this moment. */
  isEmpty(now?: 'now'): Promise<boolean>;
  /**
   * Writes the files of the merged state, or of the stored one where nothing was merged. Not where another
   * publisher has merged since: its state holds this one's, and it writes the files. And again where one has
   * merged while they were written: so whoever comes last leaves files that match, without any lock. Whether
   * the directory is still the same is for the caller to look at, once for all views.
   * Returns how many files were written.
   */
  render(directory: Directory): Promise<number>;
}

/** Puts a view to work on a press. */
export function bind<State>(press: Press, view: View<State>): BoundView<State> {
  let held: Held<State> | undefined;
  /** Without a merge a state that is not stored is filled once: a lost one must not empty the files that show it. */
  const current = async () => {
    held ??= await load(press, view);
    if (!held.isStored && view.fill)
      held = await revise(press, view, (state, { isStored }) => (isStored ? state : filled(view, state)));
    return held;
  };
  return {
    key: view.key,
    listing: view.listing,
    async merge(records) {
      held = await revise(press, view, (state, { isStored }) => {
        const merged = view.merge(state, records);
        return isStored ? merged : filled(view, merged);
      });
      // A merge by another publisher changes a state that is unfilled, so that this one starts again.
      if (view.isUnfilled?.(held.state))
        held = await revise(press, view, state => (view.isUnfilled?.(state) ? filled(view, state) : state));
    },
    async state() {
      return (await current()).state;
    },
    async isEmpty(now) {
      return view.isEmpty((now ? await load(press, view) : await current()).state);
    },
    async render(directory) {
      if (held !== undefined) {
        const { etag } = (await press.storage.head(view.key)) ?? {};
        if (etag !== held.etag) return 0;
      }
      const { files, last } = await renderUntilCurrent(press, view, await current(), directory);
      held = last;
      return files;
    },
  };
}

async function filled<State>(view: View<State>, state: State): Promise<State> {
  return view.fill ? view.fill(state) : state;
}

async function renderUntilCurrent<State>(
  press: Press,
  view: View<State>,
  held: Held<State>,
  directory: Directory,
): Promise<{ files: number; last: Held<State> }> {
  let files = 0;
  let last = held;
  return retryOnConflict(view.key, press.pacing, async () => {
    for (const rendition of await view.render(last.state, directory))
      if (await writeFile(press, rendition)) files++;
    const head = await press.storage.head(view.key);
    if (head?.etag === last.etag) return { files, last };
    // Many publish at once: what the next of them merge can be rendered together.
    last = await load(press, view);
    return CONFLICT;
  });
}

/**
 * Writes a file of the site unless it is there with the same bytes, which saves most writes of a repetition.
 * Returns whether it was written.
 */
export async function writeFile(
  { siteBucket, onWritten, requireTime }: Press,
  { key, body, ...options }: Rendition,
): Promise<boolean> {
  requireTime?.(key);
  const written = await siteBucket.putIfChanged(key, body, options);
  if (written) onWritten?.(key, Buffer.byteLength(body));
  return written;
}
