import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** Thrown if a bucket could not be emptied. CloudFormation shows the message to the operator. */
class BucketEmptierError extends CopydeskError {}

/**
 * Statuses of a stack that is being removed, or whose first deployment is being rolled back. CloudFormation also deletes
 * the resource when the setting is turned off or the bucket is replaced. In these cases the data must stay.
 */
const REMOVAL_STATUSES: ReadonlySet<string> = new Set(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);

export interface BucketEmptierDeps {
  s3: S3Client;
  stackStatus: (stackId: string) => Promise<string>;
  /** Milliseconds left in the call. */
  timeLeft: () => number;
}

/** Time kept for the last request and for the answer to CloudFormation, in milliseconds. */
const RESERVE_MS = 20_000;

/**
 * Answers CloudFormation about the custom resource of a bucket. Empties the bucket if the stack is being removed. The
 * promise never rejects, because CloudFormation would wait for an hour without an answer.
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
    // A new bucket is a new resource. A deletion must repeat the id that CloudFormation sends.
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
    // This always reads the first page, because the objects of earlier pages are deleted.
    const versions = await versionsOf(bucket, s3);
    if (versions.length === 0) return;
    if (timeLeft() < RESERVE_MS)
      throw notEmptied(bucket, 'There was more in it than one call can delete: destroy again.');
    const { Errors: [first] = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }),
    );
    if (first) throw notEmptied(bucket, `${first.Key} was not deleted: ${first.Code}.`);
  }
}

function notEmptied(bucket: string, message: string): CopydeskError {
  return new BucketEmptierError('not-emptied', message, { subject: bucket });
}

/** A page of versions and delete markers: at most 1,000, the limit of one delete request. */
async function versionsOf(bucket: string, s3: S3Client): Promise<{ Key: string; VersionId?: string }[]> {
  try {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1_000 }));
    return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : [{ Key, ...(VersionId !== undefined && { VersionId }) }],
    );
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucket') return [];
    throw error;
  }
}
