import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** What every bucket is, whatever it holds: no public access, TLS only, encrypted by S3. */
export const PRIVATE = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  // S3's own keys. A key of ours would cost a request to KMS an object, a dollar a month, and every reader (a CDN
  // too) a grant; and whoever may read the bucket may use its key.
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
} as const satisfies s3.BucketProps;

/** Parts of an upload that was never finished are removed after a day. */
export const UNFINISHED_UPLOADS: s3.LifecycleRule = {
  abortIncompleteMultipartUploadAfter: Duration.days(1),
};
