import { Aws, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from '../common/findings.ts';
import type { LiveFunction } from '../common/live-function.ts';
import type { Intake } from '../constructs/intake.ts';
import type { Publisher } from '../constructs/publisher.ts';
import { measured } from './measured.ts';

const MINUTE = Duration.minutes(1);

/**
 * The new version gets 10 % of the calls, and 10 % more each minute. Even without copy there is a tick each minute, so
 * after seven minutes 98 of 100 new versions of publish have had one.
 */
const PACE = 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute';

/** An alarm that takes a new version back. */
interface Guard {
  id: string;
  metric: cloudwatch.IMetric;
  /** Number of minutes that must breach the threshold of 0. */
  breaches: number;
  /** Number of minutes that are looked at. */
  minutes: number;
}

/** Makes CodeDeploy shift the calls of both functions to a new version, and back if alarms ring meanwhile. */
export class Rollout extends Construct {
  private readonly application: codedeploy.CfnApplication;
  private readonly role: iam.Role;

  constructor(scope: Construct, id: string, { intake, publisher }: { intake: Intake; publisher: Publisher }) {
    super(scope, id);
    this.application = new codedeploy.CfnApplication(this, 'Application', { computePlatform: 'Lambda' });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
    );
    acknowledge(this.role, {
      'IAM5[Resource::*]':
        'CloudWatch tells the states of several alarms only to those who may see all alarms.',
    });
    this.shift('Ingest', intake.ingest, [
      {
        id: 'Parked',
        // The queue counts what is sent to it, and not what it holds already.
        metric: intake.deadLetters.metricNumberOfMessagesSent({ period: MINUTE, statistic: 'sum' }),
        breaches: 1,
        minutes: 1,
      },
      // A single failure passes, such as a slow answer of S3.
      {
        id: 'Failed',
        metric: measured('Failed', { period: MINUTE, statistic: 'sum' }),
        breaches: 2,
        minutes: 5,
      },
    ]);
    this.shift('Publish', publisher.publish, [
      {
        id: 'Unpublished',
        metric: measured('Unpublished', { period: MINUTE, statistic: 'min' }),
        breaches: 3,
        minutes: 3,
      },
    ]);
  }

  private shift(name: string, { function: code, live, version }: LiveFunction, guards: Guard[]): void {
    const scope = new Construct(this, name);
    const alarms = [crashesOf(code, live, version), ...guards].map(guard => alarmOf(scope, name, guard));
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        // A reference to the alias would be a cycle, because the alias waits for its deployment group.
        resources: [code.functionArn, `${code.functionArn}:${live.aliasName}`],
      }),
    );
    const group = new codedeploy.CfnDeploymentGroup(scope, 'Group', {
      applicationName: this.application.ref,
      serviceRoleArn: this.role.roleArn,
      deploymentConfigName: PACE,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: alarms.map(alarm => ({ name: alarm.alarmName })) },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
    });
    // Without the policy of its role, CodeDeploy could not move the alias.
    group.node.addDependency(this.role);
    const alias = live.node.defaultChild as lambda.CfnAlias;
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: { applicationName: this.application.ref, deploymentGroupName: group.ref },
    };
  }
}

/** Calls of the new version that end by an error. Calls of the old version have a metric of their own. */
function crashesOf(code: lambda.IFunction, live: lambda.Alias, version: lambda.IVersion): Guard {
  const metric = new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensionsMap: {
      FunctionName: code.functionName,
      Resource: `${code.functionName}:${live.aliasName}`,
      ExecutedVersion: version.version,
    },
    period: MINUTE,
    statistic: 'sum',
  });
  return { id: 'Crashes', metric, breaches: 1, minutes: 1 };
}

function alarmOf(scope: Construct, name: string, { id, metric, breaches, minutes }: Guard): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    metric,
    alarmDescription: `Takes a new version of ${name} back during a gradual deployment. It tells nobody. See docs/operating.md, Rollback.`,
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: minutes,
    datapointsToAlarm: breaches,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
