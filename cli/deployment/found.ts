import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';

interface DeploymentClients {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  lambda: LambdaClient;
}

/** A deployment that was found: the names of its resources, and clients that reach them. */
export interface FoundDeployment {
  /** Name for people: `the stack Copydesk in eu-west-1`. */
  name: string;
  isLaptop: boolean;
  /** Name of the stack. Undefined for the local pipeline. */
  stackName?: string;
  outputs: DeploymentOutputs;
  clients: DeploymentClients;
}
