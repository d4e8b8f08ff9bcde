import { Aws, CfnCondition, Duration, Fn, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmSpec, alarmsOf } from './alarms.ts';
import { Budget } from './budget.ts';
import { addConsoleHosts, consoleUrl } from './console-links.ts';
import { widgetsOf } from './dashboard.ts';
import type { MonitoringProps } from './monitoring-props.ts';

/** Alarms, the topic that they notify, and a dashboard. */
export class Monitoring extends Construct {
  readonly alerts: sns.Topic;
  readonly dashboardUrl: string;

  constructor(scope: Construct, id: string, parts: MonitoringProps) {
    super(scope, id);
    // The topic has no KMS key, because CloudWatch may not use the AWS-managed key. An alarm contains no secret.
    this.alerts = new sns.Topic(this, 'Alerts', { enforceSSL: true });
    // The default policy lets alarms of the account publish. This policy replaces it, so it must allow the same.
    this.alerts.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.alerts.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    addConsoleHosts(Stack.of(this));
    const { email, monthlyBudget } = parts.settings.alarms;
    if (email !== undefined) this.alerts.addSubscription(new EmailSubscription(email));
    if (monthlyBudget !== undefined)
      new Budget(this, 'Budget', { dollars: monthlyBudget, topic: this.alerts });
    const specs = alarmsOf(parts);
    const alarms = specs.map(spec => this.alarm(spec));

    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      // A graph cannot name an alarm that does not exist in every region.
      widgets: widgetsOf(
        parts,
        alarms.filter((_, index) => !specs[index]?.onlyInVirginia),
      ),
    });
    this.dashboardUrl = consoleUrl('cloudwatch/home', `dashboards/dashboard/${dashboard.dashboardName}`);
  }

  private alarm(spec: AlarmSpec): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, spec.id, {
      metric: spec.metric,
      alarmDescription: `[${spec.severity}] ${spec.heading}. What to do: docs/runbook.md. Look at ${spec.console}`,
      threshold: spec.threshold,
      comparisonOperator: spec.below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: spec.periods ?? 1,
      ...(spec.inPeriods !== undefined && { datapointsToAlarm: spec.inPeriods }),
      // If nothing happened, data is missing. That is seldom a fault.
      treatMissingData: spec.ringsWithoutData
        ? cloudwatch.TreatMissingData.BREACHING
        : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.alerts);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    if (spec.onlyInVirginia)
      (alarm.node.defaultChild as cloudwatch.CfnAlarm).cfnOptions.condition = new CfnCondition(
        this,
        `${spec.id}Here`,
        { expression: Fn.conditionEquals(Aws.REGION, 'us-east-1') },
      );
    return alarm;
  }
}
