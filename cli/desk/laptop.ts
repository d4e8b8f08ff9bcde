import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_CREDENTIALS, REGION } from '../../local/region.ts';
import { readRunning } from '../../local/state-dir.ts';
import type { Found } from './desk.ts';

/** The pipeline that another process runs on a state folder; undefined where none does. */
export async function findLaptop(state: string): Promise<Found | undefined> {
  const running = await readRunning(state);
  if (running === undefined) return undefined;
  const { endpoints, outputs } = running;
  const common = { region: REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 3 };
  return {
    name: `the laptop (${state})`,
    isLaptop: true,
    outputs,
    clients: {
      s3: new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true }),
      dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }),
      sqs: new SQSClient({ ...common, endpoint: endpoints.sqs }),
      lambda: new LambdaClient({ ...common, endpoint: endpoints.lambda }),
    },
  };
}
