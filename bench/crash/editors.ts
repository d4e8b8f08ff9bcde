import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Random } from '../publish/random.ts';

/** What a key may hold: the mark in its text, or that it is deleted or was never there. */
export type State = string | 'absent';

/** Share of requests that correct or delete, once there are files. */
export const CORRECTIONS = 0.25;
export const DELETIONS = 0.1;

/** Share of uploads with the text of another file. */
const DUPLICATES = 0.05;

/** Pause after a refused connection. */
const REFUSED_PAUSE_MS = 10;

/** Requests under way. */
interface Work {
  /** How many were answered or cut off. */
  readonly sent: number;
  /** Resolves when all were. */
  done: Promise<unknown>;
  /** Sends no more. */
  stop(): Promise<void>;
}

/**
 * Editors who upload, correct and delete, one request of a key after the other. They remember what was acknowledged;
 * where a kill has cut an answer off, the key may hold the one state or the other.
 */
export class Editors {
  readonly acknowledged = new Map<string, number>();
  readonly whileRecovering = new Map<string, number>();
  cutOff = 0;
  readonly #s3: S3Client;
  readonly #random: Random;
  readonly #files: number;
  readonly #isRecovering: () => boolean;
  readonly #possible = new Map<string, State[]>();
  readonly #busy = new Set<string>();
  readonly #keys: string[] = [];
  #marks = 0;

  constructor(s3: S3Client, random: Random, files: number, isRecovering: () => boolean) {
    this.#s3 = s3;
    this.#random = random;
    this.#files = files;
    this.#isRecovering = isRecovering;
  }

  /** What each key may hold now. */
  possible(): ReadonlyMap<string, readonly State[]> {
    return this.#possible;
  }

  summary(): string {
    const counts = [...this.acknowledged].map(([kind, count]) => `${count} ${kind}`);
    return `${counts.join(', ')}, ${this.cutOff} cut off`;
  }

  /** How many files there are. */
  get files(): number {
    return this.#keys.length;
  }

  /** Begins to send so many requests, spread over a time at least. */
  work(concurrency: number, requests: number, overMs: number): Work {
    let left = requests;
    const longest = (2 * overMs * concurrency) / requests;
    const editor = async () => {
      while (left > 0) {
        if (await this.#act()) left--;
        await pause(this.#random.next() * longest);
      }
    };
    const done = Promise.all(Array.from({ length: concurrency }, editor));
    return {
      async stop() {
        left = 0;
        await done;
      },
      done,
      get sent() {
        return requests - left;
      },
    };
  }

  /** @returns whether a request was made that the server may have seen */
  async #act(): Promise<boolean> {
    const isNew = this.#keys.length < this.#files;
    const roll = this.#random.next();
    if (this.#keys.length === 0 || (isNew && roll > CORRECTIONS + DELETIONS)) {
      const key = `${this.#random.pick(['world', 'sports', 'town'])}/${this.#keys.length}.md`;
      this.#keys.push(key);
      return this.#request(key, 'uploads');
    }
    const key = this.#random.pick(this.#keys);
    if (this.#busy.has(key)) {
      return false;
    }
    const deletes = this.#random.chance(DELETIONS / (CORRECTIONS + DELETIONS));
    return this.#request(key, deletes ? 'deletions' : 'corrections');
  }

  async #request(key: string, kind: 'uploads' | 'corrections' | 'deletions'): Promise<boolean> {
    this.#busy.add(key);
    const before = this.#possible.get(key) ?? ['absent'];
    const next = kind === 'deletions' ? 'absent' : this.#newMark();
    this.#possible.set(key, [...new Set([...before, next])]);
    const recovering = this.#isRecovering();
    try {
      if (kind === 'deletions') await this.#s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: key }));
      else await this.#s3.send(new PutObjectCommand({ Bucket: 'intake', Key: key, Body: storyOf(next) }));
      this.#possible.set(key, [next]);
      this.acknowledged.set(kind, (this.acknowledged.get(kind) ?? 0) + 1);
      if (recovering && this.#isRecovering())
        this.whileRecovering.set(kind, (this.whileRecovering.get(kind) ?? 0) + 1);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') {
        this.#possible.set(key, before);
        await pause(REFUSED_PAUSE_MS);
        return false;
      }
      this.cutOff++;
      return true;
    } finally {
      this.#busy.delete(key);
    }
  }

  #newMark(): string {
    if (this.#marks > 0 && this.#random.chance(DUPLICATES)) return `mark${this.#random.below(this.#marks)}x`;
    return `mark${this.#marks++}x`;
  }
}

/** Copy that holds its mark, and is like no other. */
function storyOf(mark: string): string {
  return `---\ntitle: Ferry ${mark}\ndate: 2026-11-01T10:00:00Z\n---\n\nThe ferry ${mark} left the harbour of ${mark} at noon, and ${mark} waved.\n`;
}

/** Any mark in a text. */
export const MARK = /mark\d+x/g;

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
