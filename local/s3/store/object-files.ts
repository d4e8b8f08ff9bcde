import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';

/** An open file. It stays readable if the file is removed. */
export interface OpenFile {
  createReadStream(range: {
    start?: number | undefined;
    end?: number | undefined;
    autoClose: false;
  }): Readable;
  readFile(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Where a bucket keeps bytes and records. */
export interface ObjectFiles {
  /** The files outlive the process. */
  readonly isDurable: boolean;
  /** The bytes stay as they are from then on: nobody else writes to the buffer. */
  write(file: string, bytes: Buffer | string): Promise<void>;
  /** Makes the folder of the new name if it does not exist. */
  rename(from: string, to: string): Promise<void>;
  /** A missing file is not an error. */
  remove(file: string): Promise<void>;
  open(file: string): Promise<OpenFile>;
}

export const DISK_FILES: ObjectFiles = {
  isDurable: true,
  write: (file, bytes) => writeFile(file, bytes),
  async rename(from, to) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  },
  remove: file => rm(file, { force: true }),
  open: file => open(file, 'r'),
};

/** Maximum size of a file in memory. Pages and feeds are smaller; pictures and recordings are larger. */
const MAX_FILE_BYTES = 2 ** 20;

/** Maximum size of all files of a bucket in memory. */
const MAX_BUCKET_BYTES = 2 ** 30;

/** Files in memory. Those that do not fit go to the disk. */
export class MemoryFiles implements ObjectFiles {
  readonly isDurable = false;
  readonly #files = new Map<string, Buffer>();
  #bytes = 0;

  async write(file: string, content: Buffer | string): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    if (bytes.length > MAX_FILE_BYTES || this.#bytes + bytes.length > MAX_BUCKET_BYTES) {
      await DISK_FILES.write(file, bytes);
      return;
    }
    this.#files.set(file, bytes);
    this.#bytes += bytes.length;
  }

  async rename(from: string, to: string): Promise<void> {
    const bytes = this.#files.get(from);
    if (bytes === undefined) {
      await DISK_FILES.rename(from, to);
      return;
    }
    this.#files.delete(from);
    this.#files.set(to, bytes);
  }

  async remove(file: string): Promise<void> {
    const bytes = this.#files.get(file);
    if (bytes === undefined) {
      await DISK_FILES.remove(file);
      return;
    }
    this.#files.delete(file);
    this.#bytes -= bytes.length;
  }

  async open(file: string): Promise<OpenFile> {
    const bytes = this.#files.get(file);
    if (bytes === undefined) return DISK_FILES.open(file);
    return {
      createReadStream: ({ start = 0, end = bytes.length - 1 }) =>
        Readable.from([bytes.subarray(start, end + 1)]),
      readFile: async () => Buffer.from(bytes),
      close: async () => undefined,
    };
  }
}
