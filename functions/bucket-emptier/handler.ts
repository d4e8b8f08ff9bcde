import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  NoSuchBucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** Thrown where a bucket could not be emptied; CloudFormation shows the message to the operator. */
class PulpError extends CopydeskError {}

/**
 * The stack is being removed, or its first deployment is being taken back. In no other state anything is emptied:
 * CloudFormation asks for the same when the setting is turned off, or the bucket replaced, while the stack lives on.
 */
const REMOVING: ReadonlySet<string> = new Set(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);

export interface PulpParts {
  s3: S3Client;
  /** Status of a stack, such as `DELETE_IN_PROGRESS`. */
  stackStatus: (stackId: string) => Promise<string>;
  /** Milliseconds that are left of the call. */
  timeLeft: () => number;
}

/** For the last request, and for the answer to CloudFormation. */
const RESERVE_MS = 20_000;

/**
 * Answers CloudFormation about a custom resource that stands for "this bucket is emptied when the stack goes". It
 * never rejects: without an answer the stack would wait for an hour.
 */
export async function pulp(
  event: CloudFormationCustomResourceEvent,
  parts: PulpParts,
): Promise<CloudFormationCustomResourceResponse> {
  const bucket: string = event.ResourceProperties.BucketName;
  const answer = {
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    // Another bucket is another resource. At removal the id must be the one that CloudFormation has.
    PhysicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : bucket,
  };
  try {
    if (event.RequestType === 'Delete' && REMOVING.has(await parts.stackStatus(event.StackId)))
      await empty(bucket, parts);
    return { ...answer, Status: 'SUCCESS' };
  } catch (error) {
    return { ...answer, Status: 'FAILED', Reason: `${bucket}: ${(error as Error).message}` };
  }
}

/** Deletes every version of every object; a bucket that is gone is empty. */
async function empty(bucket: string, { s3, timeLeft }: PulpParts): Promise<void> {
  for (;;) {
    // Always from the start: what was there is gone.
    const versions = await versionsOf(bucket, s3);
    if (versions.length === 0) return;
    if (timeLeft() < RESERVE_MS)
      throw new PulpError('not-emptied', 'There was more in it than one call can delete: destroy again.', {
        subject: bucket,
      });
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions, Quiet: true } }),
    );
    const [first] = Errors;
    if (first)
      throw new PulpError('not-emptied', `${first.Key} was not deleted: ${first.Code}.`, { subject: bucket });
  }
}

/** A page of versions and delete markers, at most 1,000: as many as one call deletes. */
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
