import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import { acknowledge, wildcardRule } from '../common/findings.ts';

export interface SecondRegionProps {
  names: NonNullable<Settings['deployment']['secondRegion']>;
  table: dynamodb.Table;
  intake: s3.Bucket;
  storage: s3.Bucket;
  /** Is told of copies of the table that failed. */
  alerts: sns.Topic;
}

/** Keys of the storage bucket that hold what no function can make from the table again. */
const STORED_PREFIXES = ['bodies/', 'media/'];

/**
 * Copies of the data in a second region: of the table each day by AWS Backup, and of files, bodies and pictures by the
 * replication of S3. The vault and the buckets there exist already, because a stack makes nothing in another region.
 */
export class SecondRegion extends Construct {
  constructor(scope: Construct, id: string, { names, table, intake, storage, alerts }: SecondRegionProps) {
    super(scope, id);
    new TableCopies(this, 'Table', { table, alerts, vaultArn: names.vaultArn, days: names.days });
    new BucketCopies(this, 'Intake', { from: intake, to: names.intakeBucket, prefixes: [''] });
    new BucketCopies(this, 'Storage', { from: storage, to: names.storageBucket, prefixes: STORED_PREFIXES });
  }
}

interface TableCopiesProps {
  table: dynamodb.Table;
  alerts: sns.Topic;
  vaultArn: string;
  days: number;
}

/** A daily backup of the table in a vault of the stack, and a copy of it in a vault elsewhere. */
class TableCopies extends Construct {
  constructor(scope: Construct, id: string, { table, alerts, vaultArn, days }: TableCopiesProps) {
    super(scope, id);
    const vault = this.vault(alerts);
    const plan = new backup.CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: Fn.join('-', [Aws.STACK_NAME, 'table']),
        backupPlanRule: [
          {
            ruleName: 'daily',
            targetBackupVault: vault.ref,
            // Before the daily check, at a time with little news in Europe and America.
            scheduleExpression: 'cron(30 2 * * ? *)',
            startWindowMinutes: 60,
            // The continuous backup of the table is the backup in this region. This one lives until it is copied.
            lifecycle: { deleteAfterDays: 2 },
            copyActions: [{ destinationBackupVaultArn: vaultArn, lifecycle: { deleteAfterDays: days } }],
          },
        ],
      },
    });
    const role = this.role(table, [vault.attrBackupVaultArn, vaultArn]);
    const selection = new backup.CfnBackupSelection(this, 'Selection', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: {
        selectionName: 'table',
        iamRoleArn: role.roleArn,
        resources: [table.tableArn],
      },
    });
    selection.node.addDependency(role);
  }

  private vault(alerts: sns.Topic): backup.CfnBackupVault {
    alerts.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('backup.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [alerts.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const vault = new backup.CfnBackupVault(this, 'Vault', {
      // A vault needs a name. That of a removed stack can still exist, so the name has a part of the id of the stack.
      backupVaultName: Fn.join('-', [Aws.STACK_NAME, Fn.select(0, Fn.split('-', stackGuid()))]),
      notifications: { backupVaultEvents: ['COPY_JOB_FAILED'], snsTopicArn: alerts.topicArn },
    });
    // AWS deletes no vault that holds a backup.
    vault.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    vault.node.addDependency(alerts.node.findChild('Policy'));
    return vault;
  }

  private role(table: dynamodb.Table, vaults: string[]): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const allow = (actions: string[], resources: string[]) =>
      role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
    allow(
      [
        'dynamodb:CreateBackup',
        'dynamodb:DescribeTable',
        'dynamodb:ListTagsOfResource',
        'dynamodb:StartAwsBackupJob',
      ],
      [table.tableArn],
    );
    const backups = `${table.tableArn}/backup/*`;
    allow(['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'], [backups]);
    acknowledge(role, {
      [wildcardRule(this, backups)]: 'AWS Backup chooses the names of the backups of the table.',
    });
    allow(['backup:CopyFromBackupVault', 'backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], vaults);
    return role;
  }
}

interface BucketCopiesProps {
  from: s3.Bucket;
  /** Name of the bucket that receives the copies. */
  to: string;
  /** Beginnings of the keys that are copied. */
  prefixes: string[];
}

/** Replicates a bucket. Deletions are not replicated, because the copies are for people who deleted too much. */
class BucketCopies extends Construct {
  constructor(scope: Construct, id: string, { from, to, prefixes }: BucketCopiesProps) {
    super(scope, id);
    // S3 does not say for which account it replicates. Only the owner of the bucket can pass the role.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('s3.amazonaws.com') });
    const bucket = `arn:${Aws.PARTITION}:s3:::${to}`;
    const contents = [from.arnForObjects('*'), `${bucket}/*`] as const;
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
    allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], from.bucketArn);
    allow(
      ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
      contents[0],
    );
    allow(['s3:ReplicateObject', 's3:ReplicateTags'], contents[1]);
    for (const keys of contents)
      acknowledge(role, {
        [wildcardRule(this, keys)]: 'Editors choose the keys, and every object of the bucket is copied.',
      });
    (from.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
      role: role.roleArn,
      rules: prefixes.map((prefix, priority) => ({
        id: prefix === '' ? 'all' : prefix.slice(0, -1),
        status: 'Enabled',
        priority,
        filter: { prefix },
        deleteMarkerReplication: { status: 'Disabled' },
        destination: { bucket },
      })),
    };
  }
}

/** The last part of the id of the stack, which is new for each stack. */
function stackGuid(): string {
  return Fn.select(2, Fn.split('/', Aws.STACK_ID));
}
