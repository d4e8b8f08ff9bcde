import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PRIVATE_BUCKET, UNFINISHED_UPLOADS } from './bucket-defaults.ts';
import { acknowledge } from './findings.ts';

/** Log lines contain IP addresses of readers. 90 days are enough to investigate an incident. */
const RETENTION = Duration.days(90);

/**
 * Buckets for access logs. They stay when the stack and its data are removed, because the log also records the
 * removal. S3 delivers log lines hours later. The objects in the buckets expire.
 */
export class AccessLogs extends Construct {
  readonly ofBuckets: s3.Bucket;
  /** Requests of readers to CloudFront; absent without CloudFront. */
  readonly ofReaders: s3.Bucket | undefined;

  constructor(scope: Construct, id: string, { cloudFront }: { cloudFront: boolean }) {
    super(scope, id);
    this.ofBuckets = this.bucket('Buckets', s3.ObjectOwnership.BUCKET_OWNER_ENFORCED);
    if (!cloudFront) return;
    // CloudFront needs an ACL to deliver its standard logs. Its newer logs need no ACL, but a stack in us-east-1.
    this.ofReaders = this.bucket('Readers', s3.ObjectOwnership.BUCKET_OWNER_PREFERRED);
    acknowledge(this.ofReaders, {
      S1: 'The bucket holds access logs. Logs of its own would be a log of the log.',
    });
  }

  private bucket(id: string, objectOwnership: s3.ObjectOwnership): s3.Bucket {
    return new s3.Bucket(this, id, {
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...PRIVATE_BUCKET,
      objectOwnership,
      lifecycleRules: [{ expiration: RETENTION }, UNFINISHED_UPLOADS],
    });
  }
}
