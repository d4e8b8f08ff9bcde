import type * as z from 'zod/mini';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { CONFLICT, type Pacing, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { OnBroken } from '../../../shared/table/articles.ts';
import { Kept } from '../../../shared/text/kept.ts';

export interface StateStore {
  storage: Bucket;
  /** Called for each record or state that cannot be read. The subject of the error is an id or a key. */
  onBroken: OnBroken;
  /** The pauses after another publisher was faster. Default: in real time. */
  pacing?: Pacing | undefined;
}

/** A state of publishing: one JSON object of the storage bucket, which changes by compare-and-swap. */
export interface StateOf<State> {
  key: string;
  schema: z.ZodMiniType<State>;
  /** The state before anything is stored. */
  initial: State;
  /**
   * Number of the form of the state; default 1. Raise it with each change of the schema, and of the meaning of a field.
   * A state with another number counts as broken, so it is made again after an upgrade and after a roll-back. Neither
   * version trusts what the other one wrote.
   */
  format?: number;
}

export interface Held<State> {
  state: State;
  /** False if no valid state is stored. `state` is then the initial state. */
  isStored: boolean;
  /** Undefined if there is no object. */
  etag: string | undefined;
}

/**
 * Loads the stored state, or the initial state if none is stored. Reports a broken state, which counts as missing. A stored
 * state is frozen, because a later call can get the same one.
 */
export async function load<State>(
  { storage, onBroken }: StateStore,
  { key, schema, initial, format = FIRST_FORMAT }: StateOf<State>,
): Promise<Held<State> & { json: string | undefined }> {
  const object = await storage.get(key);
  const missing = { state: initial, isStored: false, etag: object?.etag, json: undefined };
  if (object === undefined) return missing;
  const json = Buffer.from(object.bytes).toString('utf8');
  const found = Number(object.metadata[FORMAT] ?? FIRST_FORMAT);
  const read =
    found === format
      ? parseJson(json, schema)
      : { problem: `it has the format ${found}, and this version of Copydesk has ${format}.` };
  if ('problem' in read) {
    const message = `The object ${key} of the storage bucket is broken: ${read.problem}`;
    onBroken(new CopydeskError(BAD_STATE, message, { subject: key }));
    return missing;
  }
  return { state: read.value, isStored: true, etag: object.etag, json };
}

/** Name of the user metadata of a state that holds {@link StateOf.format}. */
const FORMAT = 'format';

const FIRST_FORMAT = 1;

export const BAD_STATE = 'bad-state';

type Parsed<T> = { value: T } | { problem: string };

/** Maximum number of characters of the kept texts of a schema. A state has less than a million. */
const MAX_KEPT_CHARS = 2_000_000;

const keptBySchema = new WeakMap<z.ZodMiniType, Kept<Parsed<unknown>>>();

/** As {@link parsed}, but each text is parsed once, because a change reads the same states several times. */
function parseJson<T>(json: string, schema: z.ZodMiniType<T>): Parsed<T> {
  let kept = keptBySchema.get(schema);
  if (kept === undefined) {
    kept = new Kept(MAX_KEPT_CHARS, (_, text) => text.length);
    keptBySchema.set(schema, kept);
  }
  return kept.get(json, () => parsed(json, schema)) as Parsed<T>;
}

function parsed<T>(json: string, schema: z.ZodMiniType<T>): Parsed<T> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message };
  }
  const result = schema.safeParse(value);
  if (result.success) return { value: frozen(result.data) };
  const issue = result.error.issues[0];
  return { problem: `${issue?.path.join('.')}: ${issue?.message}` };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/**
 * Writes a state if the stored object still has an ETag, or if there is still no object.
 * @returns the new ETag. Undefined if another writer was faster
 */
export function putState(
  storage: Bucket,
  { key, format = FIRST_FORMAT }: Pick<StateOf<unknown>, 'key' | 'format'>,
  json: string,
  etag: string | undefined,
) {
  const condition = etag === undefined ? 'absent' : { etag };
  const options = { contentType: 'application/json', metadata: { [FORMAT]: String(format) } };
  return storage.putIf(key, json, options, condition);
}

/** A stored state after a change. */
export interface Revised<State> extends Held<State> {
  changed: boolean;
  /** The state that was changed. */
  before: Held<State>;
  /** Number of attempts in which another writer was faster. */
  conflicts: number;
}

/**
 * Changes a stored state without losing changes of other writers. Does not write an equal state.
 * @param change called again with the newer state if another writer was faster
 * @throws CopydeskError `contention`, retryable, if other writers are faster every time
 */
export async function revise<State>(
  store: StateStore,
  of: StateOf<State>,
  change: (state: State, before: Held<State>) => State | Promise<State>,
): Promise<Revised<State>> {
  let conflicts = -1;
  return retryOnConflict(of.key, store.pacing, async () => {
    conflicts++;
    const before = await load(store, of);
    const state = await change(before.state, before);
    const json = JSON.stringify(state);
    if (before.etag !== undefined && json === before.json)
      return { state, isStored: true, etag: before.etag, changed: false, before, conflicts };
    const etag = await putState(store.storage, of, json, before.etag);
    return etag === undefined ? CONFLICT : { state, isStored: true, etag, changed: true, before, conflicts };
  });
}
