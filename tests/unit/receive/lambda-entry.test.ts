import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { DEFAULT_FUNCTION_SETTINGS } from '../../../shared/settings/function-defaults.ts';
import { ENV, INGEST_ENV } from '../../../shared/stack/environment.ts';
import { PARKED_ATTRIBUTES } from '../../../shared/stack/parked-attributes.ts';
import { sqsEvent } from '../../support/desk.ts';

const sqs = mockClient(SQSClient);
const before = { ...process.env };
beforeAll(() => {
  for (const name of INGEST_ENV) process.env[name] = 'https://sqs.example/1/any';
  Object.assign(process.env, {
    [ENV.settings]: JSON.stringify(DEFAULT_FUNCTION_SETTINGS),
    [ENV.rejectedPercent]: '50',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
  });
});
afterAll(() => {
  process.env = before;
});

test('the deployed function parks an event of the future before it asks any service', async () => {
  const { handler } = await import('../../../functions/ingest/lambda.ts');
  sqs.on(SendMessageCommand).resolves({});
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const object = { key: 'world/a.md', size: 1, eTag: 'e', sequencer: 'F'.repeat(18) };
  const record = {
    eventName: 'ObjectCreated:Put',
    eventTime: '2026-11-01T10:00:00Z',
    s3: { bucket: { name: process.env[ENV.intakeBucket] }, object },
  };
  const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 };
  const answer = await handler(sqsEvent([record as never]), context);
  write.mockRestore();
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(
    sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input.MessageAttributes),
  ).toEqual([
    expect.objectContaining({
      [PARKED_ATTRIBUTES.code]: { DataType: 'String', StringValue: 'future-event' },
    }),
  ]);
});
