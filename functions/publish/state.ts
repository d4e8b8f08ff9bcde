import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Bucket } from '../../shared/objects.ts';
import { contention } from '../../shared/succession.ts';

/** A state that the press keeps as one JSON object of the archive bucket, changed by compare-and-swap. */
export interface StateOf<State> {
  /** Key in the archive bucket. */
  key: string;
  /** What it is before anything is stored. */
  initial: State;
}

/** A state as it was read or written. */
export interface Held<State> {
  state: State;
  /** Undefined where nothing is stored. */
  etag: string | undefined;
}

/**
 * Most attempts to write one state. In each round of a race one writer wins, so that with fifty at once the
 * unluckiest needs some fifty.
 */
export const MOST_TRIES = 200;

/** Pause after a lost race, in milliseconds: random, lest the losers meet again, and longer each time. */
const PAUSE_MS = { step: 20, most: 500 };

/** The stored state, or the initial one. */
export async function load<State>(
  archive: Bucket,
  of: StateOf<State>,
): Promise<Held<State> & { json: string | undefined }> {
  const object = await archive.get(of.key);
  if (object === undefined) return { state: of.initial, etag: undefined, json: undefined };
  const json = Buffer.from(object.bytes).toString('utf8');
  return { state: complete(JSON.parse(json) as State, of.initial), etag: object.etag, json };
}

/** A state that an earlier version of Copydesk stored may lack fields. */
function complete<State>(stored: State, initial: State): State {
  return Array.isArray(stored) ? stored : { ...initial, ...stored };
}

/**
 * Changes a stored state so that nothing another writer entered is lost. An equal state is not written.
 * @param change called again, with the newer state, after each lost race
 * @throws CopydeskError `contention`, retryable, where other writers win every time
 */
export async function revise<State>(
  archive: Bucket,
  of: StateOf<State>,
  change: (state: State) => State | Promise<State>,
): Promise<Held<State> & { changed: boolean }> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const before = await load(archive, of);
    const state = await change(before.state);
    const json = JSON.stringify(state);
    if (before.etag !== undefined && json === before.json)
      return { state, etag: before.etag, changed: false };
    const condition = before.etag === undefined ? 'absent' : { etag: before.etag };
    const etag = await archive.putIf(of.key, json, { contentType: 'application/json' }, condition);
    if (etag !== undefined) return { state, etag, changed: true };
    await pause(tries);
  }
  throw contention(of.key);
}

/** Waits a little after a lost race, longer each time. */
export async function pause(tries: number): Promise<void> {
  await setTimeout(randomInt(1, Math.min(PAUSE_MS.step * (tries + 1), PAUSE_MS.most)));
}
