import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './findings.ts';

/** A dead-letter queue. It keeps messages for 14 days, the maximum of SQS, because their reader may be on holiday. */
export class ParkingQueue extends sqs.Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this, {
      SQS3: 'This is the dead-letter queue of a queue, or of the stream that Lambda reads.',
    });
  }
}
