import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { awsFault } from '../shared/aws-errors.ts';

/** Uploads files to a bucket. */
export interface Uploader {
  put(key: string, file: string): Promise<void>;
  /** As `put`, unless the object holds these very bytes. */
  putIfChanged(key: string, file: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** An uploader into one bucket. */
export function uploader(s3: S3Client, Bucket: string): Uploader {
  const put = async (Key: string, file: string, Body: Uint8Array) => {
    // Tells ingest when the copy was last touched, as rclone and others do: a date for copy that states none.
    const mtime = ((await stat(file)).mtimeMs / 1000).toFixed(3);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, Metadata: { mtime } }));
  };
  return {
    put: async (key, file) => put(key, file, await readFile(file)),
    async putIfChanged(key, file) {
      const bytes = await readFile(file);
      const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
      if ((await etagOf(s3, Bucket, key)) !== etag) await put(key, file, bytes);
    },
    async remove(Key) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}

async function etagOf(s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    if (awsFault(error) === 'missing') return undefined;
    throw error;
  }
}
