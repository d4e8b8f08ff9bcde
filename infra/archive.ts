import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { TABLE_INDEXES, TABLE_KEY } from '../shared/table.ts';
import { PrivateBucket } from './private-bucket.ts';

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** What Copydesk knows: the table of articles, and a private bucket for editions and large bodies. */
export class Archive extends Construct {
  readonly table: dynamodb.Table;
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new dynamodb.Table(this, 'Articles', {
      partitionKey: text(TABLE_KEY.partition),
      sortKey: text(TABLE_KEY.sort),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      // Both images: the publisher must see which section and tags an article has left.
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Kept as the buckets are. Deletion protection on top would leave a first deployment that fails stuck in
      // its rollback; a table that somebody deletes can be restored for 35 days, and read anew from the copy.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    for (const index of Object.values(TABLE_INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: dynamodb.ProjectionType.KEYS_ONLY,
      });
    }
    this.bucket = new PrivateBucket(this, 'Bucket');
  }
}
