import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Properties of every bucket. */
export const PRIVATE_BUCKET = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  // S3 manages the keys. A KMS key would cost money and protect little more, because every reader of the bucket may
  // use it.
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
} as const satisfies s3.BucketProps;

/** Removes parts of unfinished uploads, which are invisible and cost as much as objects. No upload takes a day. */
export const UNFINISHED_UPLOADS: s3.LifecycleRule = {
  abortIncompleteMultipartUploadAfter: Duration.days(1),
};
