import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, type ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

/** Calls the publish function each minute for what falls due, and each day to reconcile the site with the table. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { publish }: { publish: lambda.IFunction }) {
    super(scope, id);
    // Not the role that the CDK would make, which may also call every version of the function.
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            // Scheduler sends its group, not the single schedule, as the source.
            'aws:SourceArn': `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule-group/default`,
          },
        },
      }),
    });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [publish.functionArn] }),
    );
    const call = (copydesk: 'tick' | 'rebuild', props: ScheduleTargetBaseProps) =>
      new LambdaInvoke(publish, {
        ...props,
        role: role.withoutPolicyUpdates(),
        input: scheduler.ScheduleTargetInput.fromObject({ copydesk }),
      });

    const schedules = [
      new scheduler.Schedule(this, 'Tick', {
        description: 'Releases articles whose embargo is over, withdraws expired ones.',
        schedule: scheduler.ScheduleExpression.rate(Duration.minutes(1)),
        // Another one comes with the next minute. They may overlap while one waits for what falls due.
        target: call('tick', { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      }),
      new scheduler.Schedule(this, 'Rebuild', {
        description: 'Renders editions and their pages from the table, whatever became of single changes.',
        schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.ETC_UTC }),
        timeWindow: scheduler.TimeWindow.flexible(Duration.minutes(15)),
        target: call('rebuild', { retryAttempts: 3, maxEventAge: Duration.hours(1) }),
      }),
    ];
    // A schedule that comes before its role's policy would fail its first calls.
    for (const schedule of schedules) schedule.node.addDependency(role);
  }
}
