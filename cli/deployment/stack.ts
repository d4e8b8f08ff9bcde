import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { type DeploymentOutputs, NEEDED_OUTPUTS, OUTPUTS } from '../../shared/stack/stack-outputs.ts';
import { UsageError } from '../output/usage-error.ts';
import { awsTrouble, errorName } from './aws-trouble.ts';
import type { FoundDeployment } from './found.ts';

/** Name of a stack, and its account. Defaults are those of the AWS configuration. */
export interface StackOptions {
  stackName: string;
  region?: string | undefined;
  profile?: string | undefined;
}

/**
 * Finds a deployed stack by its outputs.
 * @throws UsageError if credentials, region, stack or network are missing
 */
export async function findDeployed({ stackName, region, profile }: StackOptions): Promise<FoundDeployment> {
  // Every client reads these variables, so no client can be forgotten.
  if (region !== undefined) process.env.AWS_REGION = region;
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const cloudFormation = makeClient(CloudFormationClient, LIMITS.person);
  try {
    const where = await regionOf(cloudFormation);
    const outputs = await outputsOf(cloudFormation, stackName, where);
    return {
      name: `the stack ${stackName} in ${where}`,
      isLaptop: false,
      stackName,
      outputs,
      clients: {
        s3: makeClient(S3Client, LIMITS.person, process.env.AWS_ENDPOINT_URL ? { forcePathStyle: true } : {}),
        dynamodb: makeClient(DynamoDBClient, LIMITS.person),
        sqs: makeClient(SQSClient, LIMITS.person, { useQueueUrlAsEndpoint: false }),
        lambda: makeClient(LambdaClient, LIMITS.order),
      },
    };
  } finally {
    cloudFormation.destroy();
  }
}

/**
 * Returns the region of a client.
 * @throws UsageError if no region is set, or if the region is not valid
 */
export function regionOf({ config }: CloudFormationClient): Promise<string> {
  return config.region().catch((cause: unknown) => {
    const given = process.env.AWS_REGION;
    const message = given
      ? `"${given}" is no AWS region.`
      : 'No AWS region is set: name one with --region, or set AWS_REGION; on a laptop, start the pipeline with "npm start".';
    throw new UsageError(message, cause);
  });
}

async function outputsOf(
  client: CloudFormationClient,
  stackName: string,
  region: string,
): Promise<DeploymentOutputs> {
  const { Stacks } = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((cause: unknown) => {
      // CloudFormation answers ValidationError if the stack does not exist.
      if (errorName(cause) === 'ValidationError')
        throw new UsageError(
          `There is no stack ${stackName} in ${region}: deploy it with "npx cdk deploy", or name another with --stack and --region.`,
          cause,
        );
      throw awsTrouble(cause) ?? cause;
    });
  const given = new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const outputs: Record<string, string> = {};
  for (const name of NEEDED_OUTPUTS) {
    const value = given.get(OUTPUTS[name]);
    if (value === undefined)
      throw new UsageError(
        `The stack ${stackName} in ${region} has no output ${OUTPUTS[name]}: it is no Copydesk, or an older one that must be deployed anew.`,
      );
    outputs[name] = value;
  }
  const noticeDays = given.get(OUTPUTS.noticeDays);
  return { ...(outputs as DeploymentOutputs), ...(noticeDays !== undefined && { noticeDays }) };
}
