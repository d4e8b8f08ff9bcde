import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, type ScheduleTargetBaseProps } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';

/** Calls the publish function every minute for due articles, and every day to rebuild the site from the table. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { publish }: { publish: lambda.IFunction }) {
    super(scope, id);
    // The default role of the CDK may also call every version of the function.
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            // Scheduler names the schedule group as the source, not the schedule.
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
        description: 'Releases articles whose embargo is over, and withdraws expired articles.',
        schedule: scheduler.ScheduleExpression.rate(Duration.minutes(1)),
        // A failed tick is not retried, because the next tick comes within a minute. Ticks may overlap while one waits
        // for a due article.
        target: call('tick', { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      }),
      new scheduler.Schedule(this, 'Rebuild', {
        description: 'Renders editions and their pages from the table again, in case changes were lost.',
        schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.ETC_UTC }),
        timeWindow: scheduler.TimeWindow.flexible(Duration.minutes(15)),
        target: call('rebuild', { retryAttempts: 3, maxEventAge: Duration.hours(1) }),
      }),
    ];
    // Without its role's policy, the first calls of a schedule would fail.
    for (const schedule of schedules) schedule.node.addDependency(role);
  }
}
