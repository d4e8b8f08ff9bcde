import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import { CopydeskFunction } from '../common/copydesk-function.ts';

/**
 * Empties buckets when the stack is removed, because S3 removes only empty buckets. It exists only if
 * `deployment.data` is `destroy`, which is for trial stages. See docs/decisions/0011-data-and-removal.md.
 */
export class BucketEmptier extends Construct {
  constructor(scope: Construct, id: string, buckets: s3.Bucket[], settings: Settings) {
    super(scope, id);
    // 15 minutes, the maximum of Lambda, are enough for about two million objects.
    const timeout = Duration.minutes(15);
    const emptier = new CopydeskFunction(this, 'Empty', {
      entry: 'functions/bucket-emptier/lambda.ts',
      description: 'Copydesk: empties the buckets of a stage that is removed.',
      // The function holds only a thousand keys. More memory would only make the start faster.
      memorySize: 512,
      timeout,
      environment: {},
      settings,
    });
    emptier.allow([Stack.of(this).stackId], ['cloudformation:DescribeStacks']);
    emptier.allow(
      buckets.map(bucket => bucket.bucketArn),
      ['s3:ListBucketVersions'],
    );
    emptier.allow(
      buckets.map(bucket => bucket.arnForObjects('*')),
      ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      'An empty bucket has no object left, whatever its key.',
    );
    for (const bucket of buckets) {
      const emptied = new CustomResource(this, `${bucket.node.scope?.node.id}Emptied`, {
        resourceType: 'Custom::CopydeskEmptied',
        serviceToken: emptier.function.functionArn,
        // Five minutes are for a cold start and for waiting before the call.
        serviceTimeout: timeout.plus(Duration.minutes(5)),
        properties: { BucketName: bucket.bucketName },
      });
      // The role must still exist when the bucket is emptied.
      emptied.node.addDependency(emptier);
    }
  }
}
