import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import type { AccessLogs } from '../common/access-logs.ts';
import { PrivateBucket, removalPolicyOf } from '../common/private-bucket.ts';

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/**
 * Keys that publish derives from the table and writes again and again: an earlier version of them is worth nothing.
 * As prefixes, for a lifecycle rule each.
 */
export const VIEWS = [
  'editions/',
  'history/',
  'days/',
  'months/',
  'sitemaps/',
  'unpublished/',
  'directory.json',
  'websub.json',
];

export interface StorageProps {
  settings: Settings;
  accessLogs: AccessLogs | undefined;
}

/** What Copydesk knows: the table of articles, and a private bucket for editions and large bodies. */
export class Storage extends Construct {
  readonly table: dynamodb.Table;
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, { settings, accessLogs }: StorageProps) {
    super(scope, id);
    this.table = new dynamodb.Table(this, 'Articles', {
      partitionKey: text(TABLE_KEY.partition),
      sortKey: text(TABLE_KEY.sort),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      // Both images: the publisher must see which section and tags an article has left.
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Encrypted by the key of DynamoDB itself, as every table is. To say so would be a change of tables that there
      // are; and whoever may read the table could use any other key too.
      removalPolicy: removalPolicyOf(settings),
      // A setting, and not always: it would leave a first deployment that fails stuck in its rollback.
      deletionProtection: settings.deployment.terminationProtection,
    });
    for (const index of Object.values(TABLE_INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: dynamodb.ProjectionType.KEYS_ONLY,
      });
    }
    this.bucket = new PrivateBucket(this, 'Bucket', {
      settings,
      accessLogs,
      // For bodies and pictures: nobody overwrites them, but a hand that empties the wrong bucket does happen.
      versioned: true,
      lifecycleRules: [
        {
          // As long as the intake keeps its own.
          noncurrentVersionExpiration: Duration.days(settings.deployment.copyDays),
          expiredObjectDeleteMarker: true,
        },
        ...VIEWS.map(prefix => ({ prefix, noncurrentVersionExpiration: Duration.days(1) })),
      ],
    });
  }
}
