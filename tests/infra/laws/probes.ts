import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ingestProbes } from '../../../functions/ingest/receive/probe.ts';
import { publishProbes } from '../../../functions/publish/receive/probe.ts';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { resourcesOf, templateOf } from '../template.ts';

/** Services that the code of the functions does not call, and what a probe cannot call without an effect. */
const NOT_TRIED = [
  /^(logs|xray):/,
  // Event sources poll with these.
  /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/,
  // A message in the dead-letter queue would ring an alarm.
  /^sqs:/,
  // It only makes S3 answer 404 to a read of a missing version, which is tried.
  /^s3:ListBucketVersions$/,
];

/** What a role may do: actions, each with the prefix of the keys, or `index`. */
function granted(part: string): Set<string> {
  const found = new Set<string>();
  for (const [id, { Properties }] of resourcesOf(templateOf(), 'AWS::IAM::Policy')) {
    if (!id.startsWith(part)) continue;
    for (const { Action, Resource } of Properties.PolicyDocument.Statement)
      for (const action of [Action].flat() as string[])
        for (const resource of [Resource].flat()) {
          if (NOT_TRIED.some(pattern => pattern.test(action))) continue;
          const [, suffix = ''] = /"(\/[^"]*)"\]\]\}$/.exec(JSON.stringify(resource)) ?? [];
          found.add(`${action} ${prefixOf(suffix)}`);
        }
  }
  return found;
}

function prefixOf(suffix: string): string {
  return suffix.startsWith('/index') ? 'index' : suffix.replace(/^\//, '').replace(/\*$/, '');
}

const bucket = { keysAfter: async () => ({}) } as unknown as Bucket;
const articles = new Articles(new DynamoDBClient({ region: 'eu-west-1' }), 'table', {
  namespace: 'copydesk',
});

/** What a probe tries, in the same form. */
const tried = (probes: { action: string; resource: string }[]) =>
  new Set(
    probes.map(({ action, resource }) => {
      const prefix = / of the (storage|site) bucket$/.test(resource) ? resource.split(' of ')[0] : '';
      return `${action} ${resource.startsWith('the index') ? 'index' : prefix}`;
    }),
  );

test.each([
  ['Intake', tried(ingestProbes({ articles, intake: bucket, storage: bucket }))],
  ['Publisher', tried(publishProbes({ articles, storage: bucket, siteBucket: bucket }))],
])('doctor tries each action that the role of %s has', (part, probes) => {
  const rights = granted(`${part}${part === 'Intake' ? 'Ingest' : 'Publish'}`);
  expect(rights.size).toBeGreaterThan(10);
  expect([...probes].sort()).toEqual([...rights].sort());
});
