import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';

/** Runs a call with a client of CloudFormation, and closes the client. */
export async function withCloudFormation<T>(call: (client: CloudFormationClient) => Promise<T>): Promise<T> {
  const client = makeClient(CloudFormationClient, LIMITS.person);
  try {
    return await call(client);
  } finally {
    client.destroy();
  }
}

export async function describeStack(stackName: string): Promise<Stack> {
  const { Stacks } = await withCloudFormation(client =>
    client.send(new DescribeStacksCommand({ StackName: stackName })),
  );
  return Stacks?.[0] ?? ({} as Stack);
}

/** The names that AWS gave the resources of a type. */
export function resourcesOfType(stackName: string, type: string): Promise<string[]> {
  return withCloudFormation(async client => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListStackResourcesCommand({ StackName: stackName, NextToken }));
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (ResourceType === type && PhysicalResourceId) names.push(PhysicalResourceId);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return names;
  });
}
