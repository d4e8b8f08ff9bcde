import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { emptyOnRemoval } from './handler.ts';

const s3 = makeClient(S3Client, LIMITS.person);
const cloudFormation = makeClient(CloudFormationClient, LIMITS.person);

/** CloudFormation calls this function for each bucket of a stage whose data is removed with the stack. */
export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const answer = await emptyOnRemoval(event, {
    s3,
    stackStatus: async StackName => {
      const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      return Stacks?.[0]?.StackStatus ?? '';
    },
    timeLeft: () => context.getRemainingTimeInMillis(),
  });
  const { ok, status } = await fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify(answer),
    // The signature of the address covers an empty content type, and S3 refuses any other type.
    headers: { 'content-type': '' },
  });
  // After an error Lambda calls the function again, so that CloudFormation gets its answer.
  if (!ok) throw new Error(`CloudFormation did not take the answer: ${status}.`);
}
