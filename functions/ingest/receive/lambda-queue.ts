import { SQSClient } from '@aws-sdk/client-sqs';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { ENV } from '../../../shared/stack/environment.ts';
import { required } from '../../environment.ts';
import { messageQueue } from './message-queue.ts';

/** The queues of the deployed function. This module is loaded at the first failed message. */
export const queue = messageQueue(makeClient(SQSClient, LIMITS.function), {
  queueUrl: required(ENV.intakeQueue),
  deadLetterUrl: required(ENV.deadLetterQueue),
});
