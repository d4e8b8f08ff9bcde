import assert from 'node:assert/strict';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';

/** The files of a site by their keys: what S3 serves beside the bytes, and the bytes as Latin-1 text. */
export type SiteFiles = ReadonlyMap<string, string>;

const CONCURRENCY = 16;

/** How many characters of two files are shown around the first difference. */
const SHOWN_CHARS = 300;

/** Reads all files of a bucket. */
export async function filesIn(s3: S3Client, bucket: string): Promise<SiteFiles> {
  const files = await pMap(
    await keysIn(s3, bucket),
    async Key => {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const { ContentType, CacheControl, Metadata = {}, Body } = object;
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      const { sha256: _digestOfTheOthers, ...metadata } = Metadata;
      // MiniStack answers XML without its charset.
      const mediaType = ContentType?.replace(/;.*/, '');
      const served = JSON.stringify([mediaType, CacheControl, Object.entries(metadata).sort()]);
      return [Key, `${served}\n${Buffer.from(bytes).toString('latin1')}`] as const;
    },
    { concurrency: CONCURRENCY },
  );
  return new Map(files);
}

/** The keys of a bucket. */
export async function keysIn(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket }))
    for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
  return keys;
}

/** Asserts that two sites have the same files, byte for byte. The message shows the first difference. */
export function assertSameFiles(files: SiteFiles, wanted: SiteFiles): void {
  const missing = [...wanted.keys()].filter(key => !files.has(key));
  const others = [...files.keys()].filter(key => !wanted.has(key));
  assert.deepEqual({ missing, others }, { missing: [], others: [] });
  const wrong = [...wanted].filter(([key, file]) => files.get(key) !== file);
  const [first] = wrong;
  if (first === undefined) return;
  const [key, file] = first;
  assert.fail(
    `${wrong.length} of ${wanted.size} files differ: ${wrong.map(([each]) => each).slice(0, 10)}\n${difference(key, files.get(key) ?? '', file)}`,
  );
}

function difference(key: string, file: string, wanted: string): string {
  let at = 0;
  while (file[at] === wanted[at]) at++;
  const [start, end] = [Math.max(0, at - SHOWN_CHARS), at + SHOWN_CHARS];
  return `${key} is\n${file.slice(start, end)}\ninstead of\n${wanted.slice(start, end)}`;
}
