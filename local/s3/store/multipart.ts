import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StagedBody } from './body.ts';
import { S3Error } from './errors.ts';

const MAX_PART_NUMBER = 10_000;

/** Minimum size of all parts except the last. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** A multipart upload under way. It has a folder of its own, so that it survives a restart. */
const MultipartUpload = z.object({
  id: z.string(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type MultipartUpload = z.infer<typeof MultipartUpload>;

export interface Part {
  number: number;
  etag: string;
  size: number;
  file: string;
  /** RFC 3339. */
  lastModified: string;
}

export async function createUpload(
  dir: string,
  key: string,
  headers: Record<string, string>,
): Promise<MultipartUpload> {
  const upload = { id: randomBytes(32).toString('base64url'), key, headers };
  await mkdir(join(dir, upload.id), { recursive: true });
  await writeFile(join(dir, upload.id, 'upload.json'), JSON.stringify(upload));
  return upload;
}

/** Reads an upload. @throws S3Error NoSuchUpload, also if the upload has another key */
export async function readUpload(dir: string, id: string, key: string): Promise<MultipartUpload> {
  // The id becomes a part of a path, so only ids in the form of `createUpload` are accepted.
  if (!/^[\w-]{43}$/.test(id)) throw new S3Error('NoSuchUpload');
  const upload = await storedUpload(dir, id);
  if (upload?.key !== key) throw new S3Error('NoSuchUpload');
  return upload;
}

/** Reads the upload of an id. Returns undefined if it does not exist or if a crash left it incomplete. */
async function storedUpload(dir: string, id: string): Promise<MultipartUpload | undefined> {
  const text = await readFile(join(dir, id, 'upload.json'), 'utf8').catch(() => '');
  try {
    return MultipartUpload.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function listUploads(dir: string): Promise<MultipartUpload[]> {
  const ids = await readdir(dir).catch(() => []);
  const uploads = await Promise.all(ids.sort().map(id => storedUpload(dir, id)));
  return uploads.filter(upload => upload !== undefined);
}

/** Reads a `partNumber` parameter. @throws S3Error InvalidArgument */
export function readPartNumber(text: string | null): number {
  const number = Number(text);
  if (!text || !Number.isInteger(number) || number < 1 || number > MAX_PART_NUMBER) {
    throw new S3Error('InvalidArgument', {
      message: `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`,
    });
  }
  return number;
}

/** Makes a staged body a part of an upload. It replaces a part with the same number. */
export async function savePart(
  dir: string,
  upload: MultipartUpload,
  number: number,
  body: StagedBody,
): Promise<void> {
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

/** Lists the parts of an upload, sorted by number. */
export async function listParts(dir: string, upload: MultipartUpload): Promise<Part[]> {
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
 * Selects the parts that a completion names, in its order.
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
  if (chosen.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) throw new S3Error('EntityTooSmall');
  return chosen;
}

export async function* joinParts(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { file } of parts) yield* createReadStream(file);
}

export async function dropUpload(dir: string, upload: MultipartUpload): Promise<void> {
  await rm(join(dir, upload.id), { recursive: true, force: true });
}
