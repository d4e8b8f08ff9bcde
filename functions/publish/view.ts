import type { ArticleRecord } from '../../shared/article.ts';
import type { Bucket } from '../../shared/objects.ts';
import { type Directory, directoryEtag, type Listing, loadDirectory } from './directory.ts';
import type { Rendition } from './site.ts';
import { contention, type Held, load, MOST_TRIES, revise, type StateOf } from './state.ts';

/** Records as the table has them now, by id; undefined where nothing is left of one. */
export type Records = ReadonlyMap<string, ArticleRecord | undefined>;

/**
 * A view of the table: a state in the archive bucket into which changed records are merged, and the files
 * of the site that show it. Merging and rendering are functions: the same in, the same bytes out.
 */
export interface View<State> extends StateOf<State> {
  merge(state: State, records: Records): State | Promise<State>;
  render(state: State, directory: Directory): Rendition[] | Promise<Rendition[]>;
  isEmpty(state: State): boolean;
  /** Its line in the directory, where it has one while it is not empty. */
  listing?: Listing;
}

/** Where views live: their states in the archive, their files on the site. */
export interface Press {
  archive: Bucket;
  siteBucket: Bucket;
}

/** A view at work: its state is kept from the merge to the rendering. */
export interface BoundView {
  key: string;
  listing: Listing | undefined;
  /** Merges records into the stored state. Returns whether anything stands in it then. */
  merge(records: Records): Promise<boolean>;
  /**
   * Writes the files, and again if the state or the directory has moved on meanwhile: so whoever comes last
   * leaves files that match, without any lock. Returns how many files were written.
   */
  render(): Promise<number>;
}

/** Puts a view to work on a press. */
export function bind<State>(press: Press, view: View<State>): BoundView {
  let held: Held<State> | undefined;
  return {
    key: view.key,
    listing: view.listing,
    async merge(records) {
      held = await revise(press.archive, view, state => view.merge(state, records));
      return !view.isEmpty(held.state);
    },
    async render() {
      return renderUntilCurrent(press, view, held ?? (await load(press.archive, view)));
    },
  };
}

async function renderUntilCurrent<State>(
  press: Press,
  view: View<State>,
  held: Held<State>,
): Promise<number> {
  let written = 0;
  let current = held;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const directory = await loadDirectory(press.archive);
    for (const rendition of await view.render(current.state, directory.state))
      if (await writeFile(press, rendition)) written++;
    const [head, directoryNow] = await Promise.all([
      press.archive.head(view.key),
      directoryEtag(press.archive),
    ]);
    if (head?.etag === current.etag && directoryNow === directory.etag) return written;
    if (head?.etag !== current.etag) current = await load(press.archive, view);
  }
  throw contention(view.key);
}

/**
 * Writes a file of the site unless it is there with the same bytes, which saves most writes of a repetition.
 * Returns whether it was written.
 */
export function writeFile({ siteBucket }: Press, { key, body, ...options }: Rendition): Promise<boolean> {
  return siteBucket.putIfChanged(key, body, options);
}
