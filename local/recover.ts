import {
  CopyObjectCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { republishAll } from '../functions/publish/rebuild.ts';
import { Bucket } from '../shared/objects.ts';
import type { LocalHandlers } from './handlers.ts';

/**
 * Finds again what was under way when the process died: the queue and the change stream of a laptop live in
 * memory. Files whose state the table does not know are announced anew, and everything is published anew;
 * what was done already stays as it is.
 * @param onError told of an article that could not be published; the files are announced nonetheless
 * @returns how many files were announced
 */
export async function recover(
  s3: S3Client,
  intakeBucket: string,
  { press }: LocalHandlers,
  onError: (error: unknown) => void,
): Promise<number> {
  const intake = new Bucket(s3, intakeBucket);
  const present = new Map<string, { etag: string; versionId?: string | undefined }>();
  for await (const key of intake.keys()) {
    const head = await intake.head(key);
    if (head !== undefined) present.set(key, head);
  }
  const known = new Map<string, string>();
  const missing: string[] = [];
  for await (const { source, status } of press.articles.all()) {
    // What came in an archive has no object of its own.
    if (status === 'deleted' || source.memberOf !== undefined) continue;
    known.set(source.key, source.etag);
    // What was imported never had a file here, and was deleted by nobody.
    if (!present.has(source.key) && (await hasVersions(s3, intakeBucket, source.key)))
      missing.push(source.key);
  }
  const unread = [...present].filter(
    ([key, { etag }]) => !key.endsWith('/') && known.get(key) !== etag.replaceAll('"', ''),
  );
  for (const [Key, { versionId }] of unread) {
    // A version of an object copied over it is its announcement: a new event, in its right place after all others.
    const CopySource = `${intakeBucket}/${encodeURIComponent(Key)}?versionId=${versionId}`;
    await s3.send(new CopyObjectCommand({ Bucket: intakeBucket, Key, CopySource }));
  }
  for (const Key of missing) await s3.send(new DeleteObjectCommand({ Bucket: intakeBucket, Key }));
  await republishAll(press).catch(onError);
  return unread.length + missing.length;
}

/** Whether a key has ever been used: its delete marker tells too. */
async function hasVersions(s3: S3Client, Bucket: string, key: string): Promise<boolean> {
  // Of all keys that begin with this one it is the first.
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket, Prefix: key, MaxKeys: 1 }),
  );
  return [...Versions, ...DeleteMarkers].some(({ Key }) => Key === key);
}
