import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import type { AccessLogs } from './access-logs.ts';
import { PRIVATE_BUCKET, UNFINISHED_UPLOADS } from './bucket-defaults.ts';
import { acknowledge } from './findings.ts';

export interface PrivateBucketProps {
  settings: Settings;
  /** The buckets for access logs, if the settings want them. */
  accessLogs: AccessLogs | undefined;
  versioned?: boolean;
  lifecycleRules?: s3.LifecycleRule[];
}

/**
 * A bucket without ACLs that only grants open. Parts of unfinished uploads are removed after a day: they are invisible
 * and cost as much as objects. The upload of a file takes less than a day.
 */
export class PrivateBucket extends s3.Bucket {
  constructor(
    scope: Construct,
    id: string,
    { settings, accessLogs, versioned, lifecycleRules = [] }: PrivateBucketProps,
  ) {
    super(scope, id, {
      versioned,
      removalPolicy: removalPolicyOf(settings),
      serverAccessLogsBucket: accessLogs?.ofBuckets,
      // The prefix names the construct, so that the logs of one bucket can be found.
      serverAccessLogsPrefix: accessLogs && `${scope.node.id.toLowerCase()}/`,
      ...PRIVATE_BUCKET,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [...lifecycleRules, UNFINISHED_UPLOADS],
    });
    if (!accessLogs) {
      acknowledge(this, {
        S1: 'The setting deployment.accessLogs writes them. Off by default: each request to the bucket becomes a line that somebody pays for, and who changed an article stands in the table.',
      });
    }
  }
}

/**
 * The removal policy of data. Kept data outlives the stack. It is removed only if its first deployment fails, because
 * then it is empty.
 */
export function removalPolicyOf({ deployment }: Settings): RemovalPolicy {
  return deployment.data === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
