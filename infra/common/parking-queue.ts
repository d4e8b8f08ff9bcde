import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './findings.ts';

/**
 * A dead-letter queue: what failed for good waits here for a person. 14 days is the longest that SQS keeps a
 * message: an incident may begin on the first day of somebody's holiday.
 */
export class ParkingQueue extends sqs.Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this, {
      SQS3: 'It is a dead-letter queue itself: of a queue, or of the stream that Lambda reads.',
    });
  }
}
