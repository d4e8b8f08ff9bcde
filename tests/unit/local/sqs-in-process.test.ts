import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { LOCAL_ACCESS } from '../../../local/common/region.ts';
import { openSqs, startSqs } from '../../../local/sqs.ts';
import { sameOnBoth } from '../../support/same-on-both.ts';

test('SQS: messages, batches, counts and errors', async () => {
  const queue = { name: 'intake', deadLetter: { name: 'dead', maxReceiveCount: 2 }, visibilitySeconds: 60 };
  const QueueUrl = 'http://127.0.0.1/000000000000/intake';
  const open = async (isInProcess: boolean) => {
    if (isInProcess) {
      const queues = await openSqs({ queue, failures: 'failures' });
      return { client: queues.sqs, close: queues.close };
    }
    const server = await startSqs({ port: 0, queue, failures: 'failures' });
    const client = new SQSClient({ ...LOCAL_ACCESS, endpoint: server.url, maxAttempts: 1 });
    const close = async () => {
      client.destroy();
      await server.close();
    };
    return { client, close };
  };
  await sameOnBoth(open, async call => {
    await call(new SendMessageCommand({ QueueUrl, MessageBody: 'ü 日本' }));
    const Entries = ['a', 'b'].map(Id => ({ Id, MessageBody: Id }));
    await call(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const AttributeNames = ['ApproximateNumberOfMessages'] as const;
    await call(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
    const received = (await call(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))) as {
      Messages: { ReceiptHandle: string }[];
    };
    const deleted = received.Messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
    await call(new DeleteMessageBatchCommand({ QueueUrl, Entries: deleted }));
    await call(new ReceiveMessageCommand({ QueueUrl }));
    await call(new SendMessageCommand({ QueueUrl: QueueUrl.replace('intake', 'none'), MessageBody: 'a' }));
  });
});
