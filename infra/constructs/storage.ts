import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BULK_PREFIX } from '../../shared/model/bulk-run.ts';
import { VIEW_PREFIXES } from '../../shared/stack/view-prefixes.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { type BucketOwnerProps, PrivateBucket } from '../common/private-bucket.ts';

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** Makes the table of articles with its keys, indexes and stream. `props` has the rest. */
export function articlesTable(scope: Construct, props: Partial<dynamodb.TableProps>): dynamodb.Table {
  const table = new dynamodb.Table(scope, 'Articles', {
    ...props,
    partitionKey: text(TABLE_KEY.partition),
    sortKey: text(TABLE_KEY.sort),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    // Publish needs the old image to find the section and tags that an article has left.
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
  });
  for (const index of Object.values(TABLE_INDEXES))
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.partition),
      sortKey: text(index.sort),
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  return table;
}

/** The table of articles, and the storage bucket for large bodies, pictures and states. */
export class Storage extends Construct {
  readonly table: dynamodb.Table;
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, { settings, accessLogs }: BucketOwnerProps) {
    super(scope, id);
    const isKept = settings.deployment.data === 'keep';
    this.table = articlesTable(this, {
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // DynamoDB encrypts the table with its own key. A KMS key would protect little more, because every reader of the
      // table may use it.
      // CloudFormation cannot delete a protected table. So the table stays also if the first deployment fails.
      removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      deletionProtection: isKept,
    });
    const lifecycleRules = VIEW_PREFIXES.map(prefix => ({
      prefix,
      noncurrentVersionExpiration: Duration.days(1),
      // Nobody continues a bulk run after this time.
      ...(prefix === BULK_PREFIX && { expiration: Duration.days(30) }),
    }));
    // Versions protect bodies and pictures against deletion by mistake.
    this.bucket = new PrivateBucket(this, 'Bucket', {
      settings,
      accessLogs,
      versioned: true,
      lifecycleRules,
    });
  }
}
