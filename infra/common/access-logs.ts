import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PRIVATE, UNFINISHED_UPLOADS } from './bucket-defaults.ts';
import { acknowledge } from './findings.ts';

/**
 * Log lines hold addresses of readers: no longer than it takes to notice an incident, and to look into it.
 */
const RETENTION = Duration.days(90);

/**
 * Where requests are written down. The buckets stay when the stack goes, also where the data does not: a log that
 * vanishes with what it tells of is no record, and S3 still delivers lines hours later. What is in them expires.
 */
export class AccessLogs extends Construct {
  /** Requests to the buckets. */
  readonly ofBuckets: s3.Bucket;
  /** Requests of readers to CloudFront; absent where there is none. */
  readonly ofReaders: s3.Bucket | undefined;

  constructor(scope: Construct, id: string, { cloudFront }: { cloudFront: boolean }) {
    super(scope, id);
    this.ofBuckets = this.bucket('Buckets', s3.ObjectOwnership.BUCKET_OWNER_ENFORCED);
    if (!cloudFront) return;
    // CloudFront delivers its standard logs by an ACL. Its newer delivery can do without, but only from a stack in
    // us-east-1, and this one stands in any region.
    this.ofReaders = this.bucket('Readers', s3.ObjectOwnership.BUCKET_OWNER_PREFERRED);
    acknowledge(this.ofReaders, {
      S1: 'It holds access logs itself: logging those would be a log of the log.',
    });
  }

  private bucket(id: string, objectOwnership: s3.ObjectOwnership): s3.Bucket {
    return new s3.Bucket(this, id, {
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...PRIVATE,
      objectOwnership,
      lifecycleRules: [{ expiration: RETENTION }, UNFINISHED_UPLOADS],
    });
  }
}
