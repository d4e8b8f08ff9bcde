import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';

/** A file is complete when it has not changed for this time. A saved file must be on the site within three seconds. */
const QUIET_MS = 1_500;

/** Like {@link QUIET_MS}, for a file that grew after a pause or that a process has open for writing. */
const LONG_QUIET_MS = 10_000;

/** Minimum time between two changes that counts as a pause. A slow copy pauses. An editor that writes in pieces does not. */
const MIN_PAUSE_MS = 500;

/** Time until a file is tried again, if the bucket did not take it. */
const RETRY_MS = 10_000;

/** Minimum time between two listings of the open files. */
const OPEN_FILES_INTERVAL_MS = 250;

/** State of a file; any difference means that the file changed. */
interface FileState {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  ino: number;
}

interface WaitingFile {
  state: FileState | undefined;
  changedAt: number;
  hadPause: boolean;
  timer: NodeJS.Timeout | undefined;
}

function newEntry(): WaitingFile {
  return { state: undefined, changedAt: performance.now(), hadPause: false, timer: undefined };
}

/** A file that was read while nobody wrote to it. */
export interface WholeFile {
  bytes: Buffer;
  mtimeMs: number;
  /** Time of the last change of the bytes, the name or the folder. Copying programs cannot set it. */
  ctimeMs: number;
}

/** Waits until saved files are complete. */
export class SavedFiles {
  readonly #waiting = new Map<string, WaitingFile>();
  readonly #onWhole: (file: string) => void;
  readonly #quietMs: number;
  readonly #longQuietMs: number;
  #open: { at: number; files: ReadonlySet<string> } = { at: Number.NEGATIVE_INFINITY, files: new Set() };

  /** @param onWhole called for each complete file */
  constructor(onWhole: (file: string) => void, { quietMs = QUIET_MS, longQuietMs = LONG_QUIET_MS } = {}) {
    this.#onWhole = onWhole;
    this.#quietMs = quietMs;
    this.#longQuietMs = longQuietMs;
  }

  changed(file: string): void {
    const known = this.#waiting.get(file);
    const now = performance.now();
    const entry = known ?? newEntry();
    if (now - entry.changedAt > MIN_PAUSE_MS) entry.hadPause = true;
    entry.changedAt = now;
    this.#waiting.set(file, entry);
    if (known === undefined) void this.#check(file, entry);
    else this.#wait(file, entry, this.#neededMs(entry));
  }

  /** Reports that the bucket did not take a file. It is tried again later. */
  again(file: string): void {
    if (this.#waiting.has(file)) return;
    const entry = newEntry();
    this.#waiting.set(file, entry);
    this.#wait(file, entry, RETRY_MS);
  }

  forget(file: string): void {
    clearTimeout(this.#waiting.get(file)?.timer);
    this.#waiting.delete(file);
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  close(): void {
    for (const file of [...this.#waiting.keys()]) this.forget(file);
  }

  #neededMs({ hadPause }: WaitingFile): number {
    return hadPause ? this.#longQuietMs : this.#quietMs;
  }

  #wait(file: string, entry: WaitingFile, ms: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#check(file, entry), ms);
  }

  async #check(file: string, entry: WaitingFile): Promise<void> {
    const state = await readState(file);
    if (this.#waiting.get(file) !== entry) return;
    if (state === undefined) {
      this.forget(file);
      return;
    }
    const before = entry.state;
    entry.state = state;
    const now = performance.now();
    const age = Date.now() - state.ctimeMs;
    if (before === undefined ? age > this.#longQuietMs : isSame(before, state)) {
      const quiet = before === undefined ? age : now - entry.changedAt;
      if (quiet >= this.#longQuietMs || !(await this.#isOpen(file))) {
        if (this.#waiting.get(file) !== entry || entry.changedAt > now) return;
        this.#waiting.delete(file);
        this.#onWhole(file);
        return;
      }
    } else if (before !== undefined) {
      if (now - entry.changedAt > MIN_PAUSE_MS) entry.hadPause = true;
      entry.changedAt = now;
    }
    this.#wait(file, entry, this.#neededMs(entry));
  }

  async #isOpen(file: string): Promise<boolean> {
    const path = await realpath(file).catch(() => file);
    if (performance.now() - this.#open.at > OPEN_FILES_INTERVAL_MS)
      this.#open = { files: await openForWriting(), at: performance.now() };
    return this.#open.files.has(path);
  }
}

export class ChangedWhileRead extends Error {}

/** Reads a complete file. @throws ChangedWhileRead */
export async function readWhole(file: string): Promise<WholeFile> {
  const handle = await open(file, 'r');
  try {
    const before = await handle.stat();
    const bytes = await handle.readFile();
    const after = await readState(file);
    if (after === undefined || !isSame(before, after) || bytes.length !== before.size)
      throw new ChangedWhileRead(`${file} changed while it was read.`);
    return { bytes, mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs };
  } finally {
    await handle.close();
  }
}

async function readState(file: string): Promise<FileState | undefined> {
  return stat(file).catch(() => undefined);
}

function isSame(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

/**
 * Lists the files that processes of this user have open for writing. Only Linux has this list. On other systems the
 * result is empty, and a copy under way is recognized only by its growth.
 */
async function openForWriting(): Promise<Set<string>> {
  const files = new Set<string>();
  const entries = process.platform === 'linux' ? await readdir('/proc').catch(() => []) : [];
  for (const pid of entries)
    if (/^\d+$/.test(pid))
      for (const fd of orNone(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
        const path = orNone(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
        if (!path?.startsWith('/')) continue;
        const flags = /^flags:\s*(\d+)/m.exec(
          orNone(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')) ?? '',
        );
        // The last two bits are the access mode: 1 and 2 are open(2)'s O_WRONLY and O_RDWR.
        if ((Number.parseInt(flags?.[1] ?? '0', 8) & 3) !== 0) files.add(path);
      }
  return files;
}

/** Returns undefined if `read` fails: a process may have ended or may belong to another user. */
function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
