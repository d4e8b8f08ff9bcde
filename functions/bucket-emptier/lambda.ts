import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { pulp } from './handler.ts';

const s3 = makeClient(S3Client, LIMITS.person);
const cloudFormation = makeClient(CloudFormationClient, LIMITS.person);

/** What CloudFormation calls for each bucket of a stage whose data goes with it. */
export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const answer = await pulp(event, {
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
    // S3 takes no other type than was signed, and none was.
    headers: { 'content-type': '' },
  });
  // Lambda calls again: an answer that does not arrive leaves the stack waiting.
  if (!ok) throw new Error(`CloudFormation did not take the answer: ${status}.`);
}
