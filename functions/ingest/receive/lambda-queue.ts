import { SQSClient } from '@aws-sdk/client-sqs';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { ENV } from '../../../shared/stack/environment.ts';
import { required } from '../../environment.ts';
import { messageQueue } from './message-queue.ts';

/** The queues of the function in the cloud: loaded with the first message that fails. */
export const queue = messageQueue(makeClient(SQSClient, LIMITS.function), {
  queueUrl: required(ENV.intakeQueue),
  deadLetterUrl: required(ENV.deadLetterQueue),
});
