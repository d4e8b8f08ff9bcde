import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Properties of every bucket: no public access, TLS only, encrypted by S3. */
export const PRIVATE_BUCKET = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  // Keys of S3. A KMS key would cost a request for each object, a dollar a month, and a grant for each reader. It
  // would protect little more, because every reader of the bucket may use it.
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
} as const satisfies s3.BucketProps;

/** Parts of an upload that was never finished are removed after a day. */
export const UNFINISHED_UPLOADS: s3.LifecycleRule = {
  abortIncompleteMultipartUploadAfter: Duration.days(1),
};
