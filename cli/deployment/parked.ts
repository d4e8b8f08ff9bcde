import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import pMap from 'p-map';
import { PARKED_ATTRIBUTES } from '../../shared/stack/parked-attributes.ts';

/** A message that waits for a person. */
export interface Parked {
  messageId: string;
  body: string;
  receiptHandle: string;
  /** How often it was received in all, looks at it included. */
  received: number;
  /** When it was first sent: RFC 3339, UTC. Empty where the queue does not say. */
  sentAt: string;
  /** Code and message of the last error; absent where the function died with the message, and of changes of the table. */
  code?: string | undefined;
  reason?: string | undefined;
}

/** SQS gives and takes ten messages at a time. */
const BATCH = 10;

/**
 * Seconds that a message is hidden while it is looked at or moved. Whatever ends this program, the messages are seen
 * again after it.
 */
const HIDDEN = 60;

/** Answers without anything new after which a queue counts as read. */
const MOST_KNOWN = 20;

/**
 * Takes messages from a queue, each once, hidden for a while from everybody else.
 * @param hidden seconds
 */
export async function* take(
  sqs: SQSClient,
  queueUrl: string,
  limit: number,
  hidden = HIDDEN,
): AsyncGenerator<Parked> {
  const seen = new Set<string>();
  let known = 0;
  while (seen.size < limit) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(BATCH, limit - seen.size),
        VisibilityTimeout: hidden,
        // A long poll asks all servers of SQS, so that an empty answer means an empty queue.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        MessageAttributeNames: Object.values(PARKED_ATTRIBUTES),
      }),
    );
    const fresh = Messages.map(parked).filter(({ messageId }) => !seen.has(messageId));
    // What was put back, or hidden for too short a time, comes around again.
    if (Messages.length === 0 || (fresh.length === 0 && ++known > MOST_KNOWN)) return;
    for (const { messageId } of fresh) seen.add(messageId);
    yield* fresh;
  }
}

/** Lets others see taken messages again at once. */
export async function putBack(sqs: SQSClient, queueUrl: string, messages: readonly Parked[]): Promise<void> {
  for (let at = 0; at < messages.length; at += BATCH)
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.slice(at, at + BATCH).map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
}

/** Deletes a taken message. */
export async function discard(sqs: SQSClient, queueUrl: string, { receiptHandle }: Parked): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

/** What {@link redrive} did. */
export interface Redriven {
  moved: Parked[];
  /** Taken, and left where they were. */
  left: number;
}

/**
 * Moves messages from one queue to another. Each is sent before it is deleted: interrupted at any point, none is lost,
 * and one may come twice, which Copydesk takes as once.
 * @param options.to undefined: they are deleted for good
 * @param options.wanted which ones to move
 * @param options.onMoved told of each
 */
export async function redrive(
  sqs: SQSClient,
  {
    from,
    to,
    limit,
    wanted,
    onMoved,
  }: {
    from: string;
    to: string | undefined;
    limit: number;
    wanted: (message: Parked) => boolean;
    onMoved?: (message: Parked) => void;
  },
): Promise<Redriven> {
  const moved: Parked[] = [];
  const left: Parked[] = [];
  /** What was sent may fail anew and come back meanwhile, as another message of another body. */
  const sent = new Set<string>();
  const batch: Parked[] = [];
  const move = async () => {
    await pMap(
      batch.splice(0),
      async message => {
        if (to !== undefined) {
          const { MessageId = '' } = await sqs.send(
            new SendMessageCommand({ QueueUrl: to, MessageBody: message.body }),
          );
          sent.add(MessageId);
        }
        await discard(sqs, from, message);
        moved.push(message);
        onMoved?.(message);
      },
      { concurrency: BATCH },
    );
  };
  try {
    for await (const message of take(sqs, from, limit)) {
      if (sent.has(message.messageId) || !wanted(message)) left.push(message);
      else batch.push(message);
      if (batch.length >= BATCH) await move();
    }
    await move();
  } finally {
    await putBack(sqs, from, left);
  }
  return { moved, left: left.length };
}

function parked({
  MessageId = '',
  Body = '',
  ReceiptHandle = '',
  Attributes = {},
  MessageAttributes: said = {},
}: Message): Parked {
  const sent = Number(Attributes.SentTimestamp);
  return {
    messageId: MessageId,
    body: Body,
    receiptHandle: ReceiptHandle,
    received: Number(Attributes.ApproximateReceiveCount ?? 0),
    sentAt:
      said[PARKED_ATTRIBUTES.sentAt]?.StringValue ??
      (Number.isFinite(sent) ? new Date(sent).toISOString() : ''),
    code: said[PARKED_ATTRIBUTES.code]?.StringValue,
    reason: said[PARKED_ATTRIBUTES.reason]?.StringValue,
  };
}
