import { ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Parked, putBack, redrive, take } from '../../../cli/deployment/parked.ts';
import { openSqs, type SqsQueues } from '../../../local/sqs.ts';

let server: SqsQueues;
let sqs: SQSClient;
beforeEach(async () => {
  server = await openSqs({
    queue: { name: 'q', deadLetter: { name: 'dead', maxReceiveCount: 5 }, visibilitySeconds: 30 },
    failures: 'failures',
  });
  sqs = server.sqs;
});
afterEach(async () => {
  await server.close();
});

async function park(count: number): Promise<string[]> {
  const bodies = Array.from({ length: count }, (_, index) => `message ${index}`);
  for (const MessageBody of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: server.deadLetterUrl, MessageBody }));
  return bodies;
}

async function bodiesIn(queue: string): Promise<string[]> {
  const taken = [];
  for await (const message of take(sqs, queue, 1_000)) taken.push(message);
  await putBack(sqs, queue, taken);
  return taken.map(({ body }) => body).sort();
}

const from = () => ({ from: server.deadLetterUrl, to: server.queueUrl, limit: 1_000 });

test('what is looked at stays, and can be seen by others at once', async () => {
  const bodies = await park(23);
  for (let look = 0; look < 2; look++) expect(await bodiesIn(server.deadLetterUrl)).toEqual(bodies.sort());
});

test('all that is wanted moves, once, and the rest is left', async () => {
  const bodies = await park(24);
  const { moved, left } = await redrive(sqs, { ...from(), wanted: ({ body }) => !body.endsWith('3') });
  expect(moved).toHaveLength(21);
  expect(left).toBe(3);
  expect(await bodiesIn(server.deadLetterUrl)).toEqual(['message 13', 'message 3', 'message 23'].sort());
  expect(await bodiesIn(server.queueUrl)).toEqual(bodies.filter(body => !body.endsWith('3')).sort());
});

test.each(['SendMessageCommand', 'DeleteMessageCommand'])('a failing %s loses no message', async failing => {
  const bodies = await park(15);
  let calls = 0;
  const taken: Parked[] = [];
  const broken = new Proxy(sqs, {
    get: (target, name) =>
      name === 'send'
        ? async (command: object) => {
            if (command.constructor.name === failing && ++calls > 4) throw new Error('cut off');
            const answer = await target.send(command as ReceiveMessageCommand);
            if (command instanceof ReceiveMessageCommand)
              for (const { MessageId = '', Body = '', ReceiptHandle = '' } of answer.Messages ?? [])
                taken.push({
                  messageId: MessageId,
                  body: Body,
                  receiptHandle: ReceiptHandle,
                  received: 1,
                  sentAt: '',
                });
            return answer;
          }
        : Reflect.get(target, name),
  });
  await expect(redrive(broken, { ...from(), wanted: () => true })).rejects.toThrow('cut off');
  // What was taken and not deleted is seen again after a while: here, at once.
  await putBack(sqs, server.deadLetterUrl, taken);
  const parked = await bodiesIn(server.deadLetterUrl);
  const there = await bodiesIn(server.queueUrl);
  // Nobody knows which of the two queues a message is in, but each is in one of them.
  expect([...new Set([...parked, ...there])].sort()).toEqual(bodies.sort());
});

test('messages that fail anew while others are moved are not moved again', async () => {
  await park(12);
  const { moved } = await redrive(sqs, { ...from(), to: server.deadLetterUrl, wanted: () => true });
  expect(moved).toHaveLength(12);
});
