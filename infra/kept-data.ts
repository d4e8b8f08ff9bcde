import { CfnParameter, CfnRule, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { articlesTable } from './constructs/storage.ts';

/** Paths of the buckets in the tree of `CopydeskStack`. CloudFormation knows a bucket by an id made from its path. */
const BUCKET_OWNERS = ['Intake', 'Site'] as const;

/**
 * The table and the buckets that a removed stack has left, for `cdk import -c adopt=true`. CloudFormation takes over what
 * exists, and changes nothing. The next `cdk deploy` compares two templates, not the resources. So the buckets have no
 * properties here, and that deployment sets all of them, such as the notification of the new queue. The stream of a
 * table is an exception, because DynamoDB refuses to enable an enabled stream.
 */
export class KeptData extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Copydesk: the data of an earlier stack.' });
    const removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const storage = new Construct(this, 'Storage');
    articlesTable(storage, { removalPolicy });
    const owners = [storage, ...BUCKET_OWNERS.map(owner => new Construct(this, owner))];
    for (const owner of owners)
      new s3.CfnBucket(new Construct(owner, 'Bucket'), 'Resource').applyRemovalPolicy(removalPolicy);
    this.refuseDeployments();
  }

  /** `cdk deploy` of this template would remove the functions of a stack. An import leaves parameters and rules out. */
  private refuseDeployments(): void {
    const deployed = new CfnParameter(this, 'Deployed', {
      default: 'no',
      description: 'This template is for "cdk import" only.',
    });
    new CfnRule(this, 'ImportOnly', {
      assertions: [
        {
          assert: Fn.conditionEquals(deployed.valueAsString, 'yes'),
          assertDescription: 'This template is for "cdk import" only. Deploy without "-c adopt".',
        },
      ],
    });
  }
}
