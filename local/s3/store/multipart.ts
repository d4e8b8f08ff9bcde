import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StagedBody } from './body.ts';
import { S3Error } from './errors.ts';

/** Highest part number. */
const MAX_PART = 10_000;

/** Smallest part but the last, in bytes. */
const MIN_PART = 5 * 1024 * 1024;

/** A multipart upload under way; kept in a folder of its own, so that it survives a restart. */
const Upload = z.object({
  id: z.string(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type Upload = z.infer<typeof Upload>;

export interface Part {
  number: number;
  etag: string;
  size: number;
  file: string;
  /** RFC 3339. */
  lastModified: string;
}

/** Begins an upload in the folder `dir`. */
export async function createUpload(
  dir: string,
  key: string,
  headers: Record<string, string>,
): Promise<Upload> {
  const upload = { id: randomBytes(32).toString('base64url'), key, headers };
  await mkdir(join(dir, upload.id), { recursive: true });
  await writeFile(join(dir, upload.id, 'upload.json'), JSON.stringify(upload));
  return upload;
}

/** @throws S3Error NoSuchUpload also where the upload is of another key */
export async function readUpload(dir: string, id: string, key: string): Promise<Upload> {
  // The id becomes a path: take none that we cannot have given out.
  if (!/^[\w-]{43}$/.test(id)) throw new S3Error('NoSuchUpload');
  const upload = await storedUpload(dir, id);
  if (upload?.key !== key) throw new S3Error('NoSuchUpload');
  return upload;
}

/** The upload of an id; undefined where there is none, or a crash left half of it. */
async function storedUpload(dir: string, id: string): Promise<Upload | undefined> {
  const text = await readFile(join(dir, id, 'upload.json'), 'utf8').catch(() => '');
  try {
    return Upload.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** All uploads under way, oldest id first. */
export async function listUploads(dir: string): Promise<Upload[]> {
  const ids = await readdir(dir).catch(() => []);
  const uploads = await Promise.all(ids.sort().map(id => storedUpload(dir, id)));
  return uploads.filter(upload => upload !== undefined);
}

/** @throws S3Error InvalidArgument */
export function readPartNumber(text: string | null): number {
  const number = Number(text);
  if (!text || !Number.isInteger(number) || number < 1 || number > MAX_PART) {
    throw new S3Error('InvalidArgument', {
      message: `Part number must be an integer between 1 and ${MAX_PART}, inclusive`,
    });
  }
  return number;
}

/** Makes a staged body a part of an upload; a part of the same number is replaced. */
export async function savePart(dir: string, upload: Upload, number: number, body: StagedBody): Promise<void> {
  const folder = join(dir, upload.id);
  const before = (await listParts(dir, upload)).find(part => part.number === number);
  const name = `${number}-${body.md5}`;
  try {
    await rename(body.file, join(folder, name));
  } catch (cause) {
    await rm(body.file, { force: true });
    throw new S3Error('NoSuchUpload', { cause });
  }
  if (before && before.etag !== body.md5) await rm(before.file, { force: true });
}

/** The parts of an upload by number. */
export async function listParts(dir: string, upload: Upload): Promise<Part[]> {
  const folder = join(dir, upload.id);
  const names = (await readdir(folder)).filter(name => name !== 'upload.json');
  const parts = await Promise.all(
    names.map(async name => {
      const file = join(folder, name);
      const { size, mtime } = await stat(file);
      const [number = '', etag = ''] = name.split('-');
      return { number: Number(number), etag, size, file, lastModified: mtime.toISOString() };
    }),
  );
  return parts.sort((a, b) => a.number - b.number);
}

/**
 * The parts that a completion names, in order.
 * @throws S3Error InvalidPartOrder, InvalidPart, EntityTooSmall
 */
export function chooseParts(
  stored: readonly Part[],
  named: readonly { number: number; etag: string }[],
): Part[] {
  const byNumber = new Map(stored.map(part => [part.number, part]));
  const chosen = named.map(({ number, etag }, at) => {
    if (at > 0 && number <= (named[at - 1]?.number ?? 0)) throw new S3Error('InvalidPartOrder');
    const part = byNumber.get(number);
    if (!part || part.etag !== etag) throw new S3Error('InvalidPart');
    return part;
  });
  if (chosen.slice(0, -1).some(({ size }) => size < MIN_PART)) throw new S3Error('EntityTooSmall');
  return chosen;
}

/** The bytes of parts, one after the other. */
export async function* joinParts(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { file } of parts) yield* createReadStream(file);
}

/** Forgets an upload and its parts. */
export async function dropUpload(dir: string, upload: Upload): Promise<void> {
  await rm(join(dir, upload.id), { recursive: true, force: true });
}
