import type { ArticleRecord } from '../../shared/article.ts';
import type { Bucket } from '../../shared/objects.ts';
import { type Directory, directoryEtag, type Listing, loadDirectory } from './directory.ts';
import type { Rendition } from './site.ts';
import { contention, type Held, load, MOST_TRIES, pause, revise, type StateOf } from './state.ts';

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
   * Writes the files of the merged state, or of the stored one where nothing was merged. Not where another
   * publisher has merged since: its state holds this one's, and it writes the files. And again where one has
   * merged while they were written: so whoever comes last leaves files that match, without any lock.
   * Returns how many files were written.
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
      if (held === undefined) return renderUntilCurrent(press, view, await load(press.archive, view));
      const { etag } = (await press.archive.head(view.key)) ?? {};
      return etag === held.etag ? renderUntilCurrent(press, view, held) : 0;
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
    // Many publish at once: what the next of them merge can be rendered together.
    await pause(tries);
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
