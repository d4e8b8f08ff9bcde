import { DeleteObjectsCommand, ListObjectVersionsCommand, NoSuchBucket, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { emptyOnRemoval } from '../../../functions/bucket-emptier/handler.ts';

const s3 = mockClient(S3Client);

/** What lies in the bucket, as `key version`: deletions take it away, lists give pages of it. */
let bucket: Set<string>;
beforeEach(() => {
  s3.reset();
  bucket = new Set();
  s3.on(ListObjectVersionsCommand).callsFake(({ MaxKeys }) => {
    const entries = [...bucket].slice(0, MaxKeys).map(entry => {
      const [Key = '', VersionId = ''] = entry.split(' ');
      return { Key, VersionId };
    });
    return {
      Versions: entries.filter(({ VersionId }) => !VersionId.startsWith('marker')),
      DeleteMarkers: entries.filter(({ VersionId }) => VersionId.startsWith('marker')),
    };
  });
  s3.on(DeleteObjectsCommand).callsFake(({ Delete }) => {
    if (Delete.Objects.length > 1_000) throw new Error('MalformedXML');
    for (const { Key, VersionId } of Delete.Objects) bucket.delete(`${Key} ${VersionId}`);
    return {};
  });
});

const event = (RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}) =>
  ({
    RequestType,
    ResponseURL: 'https://cloudformation.example/answer',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Copydesk-test/1',
    RequestId: 'request',
    LogicalResourceId: 'BucketEmptierIntakeEmptied',
    PhysicalResourceId: 'as-created',
    ResourceProperties: { ServiceToken: '', BucketName: 'copy', ...properties },
  }) as unknown as CloudFormationCustomResourceEvent;

const parts = (status: string, timeLeft = 900_000) => ({
  s3: new S3Client({}),
  stackStatus: async () => status,
  timeLeft: () => timeLeft,
});

describe('the bucket emptier', () => {
  test('deletes every version and every marker of a stack that is removed', async () => {
    for (let n = 0; n < 2_500; n++) bucket.add(`story-${n} v${n % 3}`).add(`story-${n} marker`);
    expect(await emptyOnRemoval(event('Delete'), parts('DELETE_IN_PROGRESS'))).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'as-created',
    });
    expect(bucket.size).toBe(0);
  });

  test('takes back a first deployment that failed', async () => {
    bucket.add('index.html null');
    await emptyOnRemoval(event('Delete'), parts('ROLLBACK_IN_PROGRESS'));
    expect(bucket.size).toBe(0);
  });

  test.each([
    ['the setting was turned off', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
    ['an update runs', 'UPDATE_IN_PROGRESS'],
    ['an update is being taken back', 'UPDATE_ROLLBACK_IN_PROGRESS'],
    ['an update is taken back', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'],
    ['it could not be removed', 'DELETE_FAILED'],
    ['nobody knows the stack', ''],
  ])('deletes nothing while the stack lives on: %s', async (_, status) => {
    bucket.add('story v1');
    expect(await emptyOnRemoval(event('Delete'), parts(status))).toMatchObject({ Status: 'SUCCESS' });
    expect(bucket.size).toBe(1);
  });

  test.each(['Create', 'Update'] as const)('%s deletes nothing, and is known by its bucket', async type => {
    bucket.add('story v1');
    expect(await emptyOnRemoval(event(type), parts('DELETE_IN_PROGRESS'))).toEqual({
      Status: 'SUCCESS',
      StackId: event(type).StackId,
      RequestId: 'request',
      LogicalResourceId: 'BucketEmptierIntakeEmptied',
      PhysicalResourceId: 'copy',
    });
    expect(bucket.size).toBe(1);
  });

  test('a bucket that is gone is empty', async () => {
    s3.on(ListObjectVersionsCommand).rejects(new NoSuchBucket({ message: 'gone', $metadata: {} }));
    expect(await emptyOnRemoval(event('Delete'), parts('DELETE_IN_PROGRESS'))).toMatchObject({
      Status: 'SUCCESS',
    });
  });

  test('says what it could not do, instead of leaving the stack to wait', async () => {
    bucket.add('story v1');
    expect(await emptyOnRemoval(event('Delete'), parts('DELETE_IN_PROGRESS', 5_000))).toMatchObject({
      Status: 'FAILED',
      Reason: 'copy: There was more in it than one call can delete: destroy again.',
    });
    s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'story', Code: 'AccessDenied' }] });
    expect(await emptyOnRemoval(event('Delete'), parts('DELETE_IN_PROGRESS'))).toMatchObject({
      Status: 'FAILED',
      Reason: 'copy: story was not deleted: AccessDenied.',
    });
    const broken = { ...parts(''), stackStatus: () => Promise.reject(new Error('no network')) };
    expect(await emptyOnRemoval(event('Delete'), broken)).toMatchObject({
      Status: 'FAILED',
      Reason: 'copy: no network',
    });
  });
});
