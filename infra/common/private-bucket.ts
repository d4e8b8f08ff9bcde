import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import type { AccessLogs } from './access-logs.ts';
import { PRIVATE_BUCKET, UNFINISHED_UPLOADS } from './bucket-defaults.ts';
import { acknowledge } from './findings.ts';

export interface BucketOwnerProps {
  settings: Settings;
  accessLogs: AccessLogs | undefined;
}

export interface PrivateBucketProps extends BucketOwnerProps {
  /** Whether the bucket keeps replaced and deleted objects for `deployment.copyDays`. */
  versioned?: boolean;
  lifecycleRules?: s3.LifecycleRule[];
}

/** A bucket without ACLs that only grants open. */
export class PrivateBucket extends s3.Bucket {
  constructor(
    scope: Construct,
    id: string,
    { settings, accessLogs, versioned, lifecycleRules = [] }: PrivateBucketProps,
  ) {
    const oldVersions: s3.LifecycleRule = {
      noncurrentVersionExpiration: Duration.days(settings.deployment.copyDays),
      expiredObjectDeleteMarker: true,
    };
    super(scope, id, {
      versioned,
      removalPolicy: removalPolicyOf(settings),
      serverAccessLogsBucket: accessLogs?.ofBuckets,
      serverAccessLogsPrefix: accessLogs && `${scope.node.id.toLowerCase()}/`,
      ...PRIVATE_BUCKET,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [...(versioned ? [oldVersions] : []), ...lifecycleRules, UNFINISHED_UPLOADS],
    });
    if (!accessLogs) {
      acknowledge(this, {
        S1: 'The setting deployment.accessLogs turns them on. They are off by default, because each request to the bucket would add a line that costs money. The table names who changed an article.',
      });
    }
  }
}

/**
 * The removal policy of a bucket. Kept buckets stay when the stack is removed. If the first deployment fails, they are
 * removed, because they are still empty.
 */
function removalPolicyOf({ deployment }: Settings): RemovalPolicy {
  return deployment.data === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
