import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { readRunning } from '../../local/state-dir.ts';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import type { FoundDeployment } from './found.ts';

/** Finds the pipeline that another process runs on a state folder. Returns undefined if none runs. */
export async function findLaptop(state: string): Promise<FoundDeployment | undefined> {
  const running = await readRunning(state);
  if (running === undefined) return undefined;
  const { endpoints, outputs } = running;
  const common = { region: REGION, credentials: LOCAL_CREDENTIALS };
  return {
    name: `the laptop (${state})`,
    isLaptop: true,
    outputs,
    clients: {
      s3: makeClient(S3Client, LIMITS.loopback, { ...common, endpoint: endpoints.s3, forcePathStyle: true }),
      dynamodb: makeClient(DynamoDBClient, LIMITS.loopback, { ...common, endpoint: endpoints.dynamodb }),
      sqs: makeClient(SQSClient, LIMITS.loopback, { ...common, endpoint: endpoints.sqs }),
      lambda: makeClient(LambdaClient, LIMITS.order, { ...common, endpoint: endpoints.lambda }),
    },
  };
}
