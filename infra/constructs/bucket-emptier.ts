import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import { CopydeskFunction } from '../common/copydesk-function.ts';

export interface BucketEmptierProps {
  buckets: s3.Bucket[];
  settings: Settings;
}

/**
 * Empties buckets when the stack is removed: S3 removes no bucket that holds something. For stages that are tried
 * out only, where `deployment.data` is `destroy`. See docs/decisions/0011-data-and-removal.md.
 */
export class BucketEmptier extends Construct {
  constructor(scope: Construct, id: string, { buckets, settings }: BucketEmptierProps) {
    super(scope, id);
    // The most that Lambda allows: some two million objects.
    const timeout = Duration.minutes(15);
    const emptier = new CopydeskFunction(this, 'Empty', {
      entry: 'functions/bucket-emptier/lambda.ts',
      description: 'Copydesk: empties the buckets of a stage that is removed.',
      // Waits for S3 and holds a thousand keys; at a whole CPU's share only the start would be faster.
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
      'To empty a bucket is to delete any object in it, whatever its key.',
    );
    for (const bucket of buckets) {
      const emptied = new CustomResource(this, `${bucket.node.scope?.node.id}Emptied`, {
        resourceType: 'Custom::CopydeskEmptied',
        serviceToken: emptier.function.functionArn,
        // A cold start or a queue before the call must not make a late answer of one in time.
        serviceTimeout: timeout.plus(Duration.minutes(5)),
        properties: { BucketName: bucket.bucketName },
      });
      // At removal the role must still be allowed to empty it.
      emptied.node.addDependency(emptier);
    }
  }
}
