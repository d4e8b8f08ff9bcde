import {
  type DeleteMarkerEntry,
  ListObjectVersionsCommand,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { table } from '../output/tables.ts';

export interface FileVersion {
  versionId: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Undefined for a deletion. */
  size?: number | undefined;
  isLatest: boolean;
}

const MAX_SHOWN_VERSIONS = 100;

/** Lists the versions of a key that the bucket still holds, including deletions. The latest comes first. */
export async function versionsOf(s3: S3Client, bucket: string, key: string): Promise<FileVersion[]> {
  // The list has all keys with this prefix, and the key itself comes first.
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: MAX_SHOWN_VERSIONS }),
  );
  const all: (ObjectVersion & DeleteMarkerEntry)[] = [...Versions, ...DeleteMarkers];
  const ofKey = all.filter(({ Key }) => Key === key);
  const versions = ofKey.map(({ VersionId = '', LastModified, IsLatest = false, Size }) => ({
    versionId: VersionId,
    at: LastModified?.toISOString() ?? '',
    size: Size,
    isLatest: IsLatest,
  }));
  return versions.sort((a, b) => Number(b.isLatest) - Number(a.isLatest) || (a.at < b.at ? 1 : -1));
}

/**
 * Makes the table of the versions of a file, below an empty line. Without versions there is no table.
 * @param read the version from which the record was made
 */
export function versionTable(versions: readonly FileVersion[], read: unknown): string[] {
  if (versions.length === 0) return [];
  const rows = versions.map(({ versionId, at, size, isLatest }) => [
    versionId,
    at.slice(0, 19).replace('T', ' '),
    size === undefined ? 'deleted' : String(size),
    [isLatest && 'latest', versionId === read && 'the one read'].filter(Boolean).join(', '),
  ]);
  return ['', table(['version of the file', 'time (UTC)', 'bytes', ''], rows)];
}
