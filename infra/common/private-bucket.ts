import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import type { AccessLogs } from './access-logs.ts';
import { PRIVATE, UNFINISHED_UPLOADS } from './bucket-defaults.ts';
import { acknowledge } from './findings.ts';

export interface PrivateBucketProps {
  settings: Settings;
  /** Where requests to the bucket are written down, if the settings want it. */
  accessLogs: AccessLogs | undefined;
  versioned?: boolean;
  lifecycleRules?: s3.LifecycleRule[];
}

/**
 * A bucket that nobody can reach but by a grant, without ACLs. Parts of an upload that was never finished are
 * removed after a day: nobody sees them, and they cost as much as objects. No upload of one file takes longer.
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
      // The name of the construct, so that the logs of one bucket can be found among the others.
      serverAccessLogsPrefix: accessLogs && `${scope.node.id.toLowerCase()}/`,
      ...PRIVATE,
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
 * What becomes of data when the stack is removed. Kept, it outlives the stack, save when the deployment that makes
 * it fails: then it is empty, and is removed.
 */
export function removalPolicyOf({ deployment }: Settings): RemovalPolicy {
  return deployment.data === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
