import { readFile, stat } from 'node:fs/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Uploads a file under a key. */
export type Upload = (key: string, file: string) => Promise<void>;

/** Uploads files to one bucket. */
export function uploadTo(s3: S3Client, Bucket: string): Upload {
  return async (Key, file) => {
    // Tells ingest when the copy was last touched, as rclone and others do: a date for copy that states none.
    const mtime = ((await stat(file)).mtimeMs / 1000).toFixed(3);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: await readFile(file), Metadata: { mtime } }));
  };
}
