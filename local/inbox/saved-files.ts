import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';

/** A file is taken when it has not changed for so long. A single save must be on the site within three seconds. */
const QUIET_MS = 1_500;

/** As {@link QUIET_MS}, for a file that grew after a pause, or that a process has open for writing. */
const LONG_QUIET_MS = 10_000;

/** Changes that are further apart than this are a pause: a slow copy, not an editor that writes in pieces. */
const PAUSE_MS = 500;

/** A file that could not be passed on is tried again after so long. */
const RETRY_MS = 10_000;

/** Open files are listed at most so often. */
const OPEN_FILES_MS = 250;

/** By what a change of a file is noticed. */
interface Look {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  ino: number;
}

interface Waiting {
  look: Look | undefined;
  changedAt: number;
  hadPause: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** A file that was read while nobody wrote to it. */
export interface WholeFile {
  bytes: Buffer;
  mtimeMs: number;
  /** When its bytes, its name or its place last changed: never what a copying program sets. */
  ctimeMs: number;
}

/** Waits until files that were saved are whole. */
export class SavedFiles {
  readonly #waiting = new Map<string, Waiting>();
  readonly #onWhole: (file: string) => void;
  readonly #quietMs: number;
  readonly #longQuietMs: number;
  #open: { at: number; files: ReadonlySet<string> } = { at: Number.NEGATIVE_INFINITY, files: new Set() };

  /** @param onWhole told of each file that has not changed for long enough */
  constructor(onWhole: (file: string) => void, { quietMs = QUIET_MS, longQuietMs = LONG_QUIET_MS } = {}) {
    this.#onWhole = onWhole;
    this.#quietMs = quietMs;
    this.#longQuietMs = longQuietMs;
  }

  /** A file was saved or has changed. */
  changed(file: string): void {
    const known = this.#waiting.get(file);
    const now = performance.now();
    const entry: Waiting = known ?? { look: undefined, changedAt: now, hadPause: false, timer: undefined };
    if (now - entry.changedAt > PAUSE_MS) entry.hadPause = true;
    entry.changedAt = now;
    this.#waiting.set(file, entry);
    if (known === undefined) void this.#look(file, entry);
    else this.#wait(file, entry, this.#neededMs(entry));
  }

  /** A file could not be passed on. */
  again(file: string): void {
    if (this.#waiting.has(file)) return;
    const entry: Waiting = {
      look: undefined,
      changedAt: performance.now(),
      hadPause: false,
      timer: undefined,
    };
    this.#waiting.set(file, entry);
    this.#wait(file, entry, RETRY_MS);
  }

  /** A file is gone. */
  forget(file: string): void {
    clearTimeout(this.#waiting.get(file)?.timer);
    this.#waiting.delete(file);
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Waits for nothing any more. */
  close(): void {
    for (const file of [...this.#waiting.keys()]) this.forget(file);
  }

  #neededMs({ hadPause }: Waiting): number {
    return hadPause ? this.#longQuietMs : this.#quietMs;
  }

  #wait(file: string, entry: Waiting, ms: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#look(file, entry), ms);
  }

  async #look(file: string, entry: Waiting): Promise<void> {
    const look = await lookAt(file);
    if (this.#waiting.get(file) !== entry) return;
    if (look === undefined) {
      this.forget(file);
      return;
    }
    const before = entry.look;
    entry.look = look;
    const now = performance.now();
    const age = Date.now() - look.ctimeMs;
    if (before === undefined ? age > this.#longQuietMs : isSame(before, look)) {
      const quiet = before === undefined ? age : now - entry.changedAt;
      if (quiet >= this.#longQuietMs || !(await this.#isOpen(file))) {
        if (this.#waiting.get(file) !== entry || entry.changedAt > now) return;
        this.#waiting.delete(file);
        this.#onWhole(file);
        return;
      }
    } else if (before !== undefined) {
      if (now - entry.changedAt > PAUSE_MS) entry.hadPause = true;
      entry.changedAt = now;
    }
    this.#wait(file, entry, this.#neededMs(entry));
  }

  async #isOpen(file: string): Promise<boolean> {
    const path = await realpath(file).catch(() => file);
    if (performance.now() - this.#open.at > OPEN_FILES_MS)
      this.#open = { files: await openForWriting(), at: performance.now() };
    return this.#open.files.has(path);
  }
}

/** Thrown by {@link readWhole} when a file changed while it was read. */
export class ChangedWhileRead extends Error {}

/** Reads a file, and notices when it changes meanwhile. @throws ChangedWhileRead */
export async function readWhole(file: string): Promise<WholeFile> {
  const handle = await open(file, 'r');
  try {
    const before = await handle.stat();
    const bytes = await handle.readFile();
    const after = await lookAt(file);
    if (after === undefined || !isSame(before, after) || bytes.length !== before.size)
      throw new ChangedWhileRead(`${file} changed while it was read.`);
    return { bytes, mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs };
  } finally {
    await handle.close();
  }
}

async function lookAt(file: string): Promise<Look | undefined> {
  return stat(file).catch(() => undefined);
}

function isSame(a: Look, b: Look): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

/**
 * The files that processes of this user have open for writing. Linux tells; elsewhere none are known, and a copy is
 * noticed by its growth alone.
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

/** Processes end and are other users': what cannot be read counts as nothing. */
function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
