import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  NoSuchBucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** Thrown if a bucket could not be emptied. CloudFormation shows the message to the operator. */
class BucketEmptierError extends CopydeskError {}

/**
 * Statuses of a stack whose buckets are emptied: the stack is being removed, or its first deployment is being rolled
 * back. CloudFormation also asks to delete the resource when the setting is turned off or the bucket is replaced, and
 * then the data must stay.
 */
const REMOVAL_STATUSES: ReadonlySet<string> = new Set(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);

export interface BucketEmptierDeps {
  s3: S3Client;
  /** Status of a stack, such as `DELETE_IN_PROGRESS`. */
  stackStatus: (stackId: string) => Promise<string>;
  /** Milliseconds left in the call. */
  timeLeft: () => number;
}

/** Time kept for the last request and for the answer to CloudFormation, in milliseconds. */
const RESERVE_MS = 20_000;

/**
 * Answers CloudFormation about the custom resource of a bucket. It empties the bucket when the stack is removed. It
 * never rejects: without an answer the stack would wait for an hour.
 */
export async function emptyOnRemoval(
  event: CloudFormationCustomResourceEvent,
  parts: BucketEmptierDeps,
): Promise<CloudFormationCustomResourceResponse> {
  const bucket: string = event.ResourceProperties.BucketName;
  const answer = {
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    // Another bucket is another resource. At removal the id must be the one that CloudFormation sends.
    PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : bucket,
  };
  try {
    if (event.RequestType === 'Delete' && REMOVAL_STATUSES.has(await parts.stackStatus(event.StackId)))
      await empty(bucket, parts);
    return { ...answer, Status: 'SUCCESS' };
  } catch (error) {
    return { ...answer, Status: 'FAILED', Reason: `${bucket}: ${(error as Error).message}` };
  }
}

/** Deletes every version of every object. A bucket that does not exist counts as empty. */
async function empty(bucket: string, { s3, timeLeft }: BucketEmptierDeps): Promise<void> {
  for (;;) {
    // Always the first page: the objects of earlier pages are deleted.
    const versions = await versionsOf(bucket, s3);
    if (versions.length === 0) return;
    if (timeLeft() < RESERVE_MS)
      throw new BucketEmptierError(
        'not-emptied',
        'There was more in it than one call can delete: destroy again.',
        {
          subject: bucket,
        },
      );
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }),
    );
    const [first] = Errors;
    if (first)
      throw new BucketEmptierError('not-emptied', `${first.Key} was not deleted: ${first.Code}.`, {
        subject: bucket,
      });
  }
}

/** A page of versions and delete markers: at most 1,000, the limit of one delete request. */
async function versionsOf(bucket: string, s3: S3Client): Promise<{ Key: string; VersionId?: string }[]> {
  try {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1_000 }));
    return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : [{ Key, ...(VersionId !== undefined && { VersionId }) }],
    );
  } catch (error) {
    if (error instanceof NoSuchBucket || (error as Error).name === 'NoSuchBucket') return [];
    throw error;
  }
}
