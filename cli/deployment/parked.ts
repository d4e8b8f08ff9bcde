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

export interface Parked {
  messageId: string;
  body: string;
  receiptHandle: string;
  /** Number of receives, including those by the command `copydesk failures`. */
  received: number;
  /** Time of the first send, RFC 3339, UTC. Empty if unknown. */
  sentAt: string;
  /** Code and message of the last error. Undefined if the function died, and for changes of the table. */
  code?: string | undefined;
  reason?: string | undefined;
}

/** Maximum number of messages in one SQS call. */
const MAX_CALL_MESSAGES = 10;

/**
 * Time for which a message is hidden while it is read or moved. If the program ends early, the message appears again.
 */
const VISIBILITY_SECONDS = 60;

/** After this number of answers without a new message, {@link take} ends as if the queue were empty. */
const MAX_REPEATED_ANSWERS = 20;

/**
 * Receives each message of a queue once, and hides it from other consumers.
 * @param hiddenSeconds time for which each message is hidden
 */
export async function* take(
  sqs: SQSClient,
  queueUrl: string,
  limit: number,
  hiddenSeconds = VISIBILITY_SECONDS,
): AsyncGenerator<Parked> {
  const seen = new Set<string>();
  let known = 0;
  while (seen.size < limit) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(MAX_CALL_MESSAGES, limit - seen.size),
        VisibilityTimeout: hiddenSeconds,
        // A long poll asks all servers of SQS, so an empty answer means an empty queue.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        MessageAttributeNames: Object.values(PARKED_ATTRIBUTES),
      }),
    );
    const fresh = Messages.map(parked).filter(({ messageId }) => !seen.has(messageId));
    // SQS delivers a message again if it was put back or its hidden time has passed.
    if (Messages.length === 0 || (fresh.length === 0 && ++known > MAX_REPEATED_ANSWERS)) return;
    for (const { messageId } of fresh) seen.add(messageId);
    yield* fresh;
  }
}

/** Makes received messages visible again at once. */
export async function putBack(sqs: SQSClient, queueUrl: string, messages: readonly Parked[]): Promise<void> {
  for (let at = 0; at < messages.length; at += MAX_CALL_MESSAGES)
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.slice(at, at + MAX_CALL_MESSAGES).map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
}

export async function discard(sqs: SQSClient, queueUrl: string, { receiptHandle }: Parked): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

export interface Redriven {
  moved: Parked[];
  /** Number of messages that stay in the queue. */
  left: number;
}

/**
 * Moves messages from one queue to another. Each message is sent before it is deleted. So an interruption loses no
 * message, but can send one twice. The second copy has no effect.
 * @param options.to target queue. Without it, the messages are deleted permanently
 * @param options.wanted tells which messages to move
 * @param options.onMoved called for each moved message
 */
export async function redrive(
  sqs: SQSClient,
  options: {
    from: string;
    to: string | undefined;
    limit: number;
    wanted: (message: Parked) => boolean;
    onMoved?: (message: Parked) => void;
  },
): Promise<Redriven> {
  const { from, to, limit, wanted, onMoved } = options;
  const moved: Parked[] = [];
  const left: Parked[] = [];
  /** Ids of sent messages. A sent message can fail again, and return to the queue before this loop ends. */
  const sent = new Set<string>();
  const batch: Parked[] = [];
  const move = async () => {
    await pMap(
      batch.splice(0),
      async message => {
        if (to !== undefined) {
          const send = new SendMessageCommand({ QueueUrl: to, MessageBody: message.body });
          sent.add((await sqs.send(send)).MessageId ?? '');
        }
        await discard(sqs, from, message);
        moved.push(message);
        onMoved?.(message);
      },
      { concurrency: MAX_CALL_MESSAGES },
    );
  };
  try {
    for await (const message of take(sqs, from, limit)) {
      if (sent.has(message.messageId) || !wanted(message)) left.push(message);
      else batch.push(message);
      if (batch.length >= MAX_CALL_MESSAGES) await move();
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
