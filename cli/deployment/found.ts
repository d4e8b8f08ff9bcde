import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';

/** The AWS clients of a deployment. */
interface DeploymentClients {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  lambda: LambdaClient;
}

/** What was found: names, and clients that reach them. */
export interface Found {
  /** For a person: `the stack Copydesk in eu-west-1`. */
  name: string;
  isLaptop: boolean;
  /** Name of the stack; absent of a laptop. */
  stackName?: string;
  outputs: DeploymentOutputs;
  clients: DeploymentClients;
}
