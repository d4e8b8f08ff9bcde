import type { SQSClient } from '@aws-sdk/client-sqs';
import { countMessages } from '../../../shared/aws/queue-counts.ts';

const COUNTS = {
  ApproximateNumberOfMessages: '2',
  ApproximateNumberOfMessagesNotVisible: '3',
  ApproximateNumberOfMessagesDelayed: '4',
};
const count = (Attributes: object | undefined) =>
  countMessages({ send: async () => ({ Attributes }) } as unknown as SQSClient, 'queue');

test('all messages count', async () => {
  expect(await count(COUNTS)).toEqual({ ready: 2, inFlight: 3, delayed: 4, total: 9 });
});

test.each(Object.keys(COUNTS))('a queue without %s is not empty', async name => {
  const empty = Object.fromEntries(Object.keys(COUNTS).map(each => [each, '0']));
  expect((await count(empty)).total).toBe(0);
  expect((await count({ ...empty, [name]: undefined })).total).toBeGreaterThan(0);
});

test('a queue about which SQS says nothing is not empty', async () => {
  expect((await count(undefined)).total).toBeGreaterThan(0);
});
