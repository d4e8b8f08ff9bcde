import {
  ChangeMessageVisibilityCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { guarded } from '../../../shared/aws/aws-errors.ts';
import type { ErrorReport } from '../../../shared/errors/errors.ts';
import { PARKED_ATTRIBUTES } from '../../../shared/stack/parked-attributes.ts';
import type { MediaNews } from '../model/ingest-deps.ts';
import { MEDIA_NEWS } from './s3-event.ts';

/** The operations of the queue for failed messages, and for work that another call continues. */
export interface MessageQueue {
  /** Sends the rest of the news of a media file. */
  send(news: MediaNews): Promise<void>;
  /** Makes SQS deliver the message again after the given number of seconds. */
  retryIn(message: SQSRecord, seconds: number): Promise<void>;
  /**
   * Puts a copy of the message with its reason into the dead-letter queue. The caller acknowledges the
   * original.
   */
  park(message: SQSRecord, why: ErrorReport): Promise<void>;
}

/**
 * Maximum length of a reason, in characters. A message and its attributes share 256 KB, and operators read
 * the reason in a table.
 */
const MAX_REASON_CHARS = 1_000;

/** Makes the {@link MessageQueue} of the intake queue and its dead-letter queue. */
export function messageQueue(
  sqs: SQSClient,
  { queueUrl, deadLetterUrl }: { queueUrl: string; deadLetterUrl: string },
): MessageQueue {
  return {
    async send(news) {
      const MessageBody = JSON.stringify(mediaNewsBody(news));
      const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody });
      await guarded('queue', news.key, 'The news of a media file cannot be sent', () => sqs.send(command));
    },
    async retryIn({ messageId, receiptHandle }, seconds) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await guarded('queue', messageId, 'The message cannot be delayed', () => sqs.send(command));
    },
    async park({ messageId, body, attributes }, { code, message }) {
      const command = new SendMessageCommand({
        QueueUrl: deadLetterUrl,
        MessageBody: body,
        MessageAttributes: {
          [PARKED_ATTRIBUTES.code]: text(code),
          [PARKED_ATTRIBUTES.reason]: text(message),
          [PARKED_ATTRIBUTES.sentAt]: text(new Date(Number(attributes.SentTimestamp)).toISOString()),
        },
      });
      await guarded('queue', messageId, 'The message cannot be parked', () => sqs.send(command));
    },
  };
}

/** The message with the rest of the news of a media file. */
export function mediaNewsBody(news: MediaNews): object {
  return { copydesk: MEDIA_NEWS, ...news };
}

function text(value: string): MessageAttributeValue {
  // SQS refuses empty strings and characters that XML does not allow.
  const allowed = value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  return { DataType: 'String', StringValue: [...allowed].slice(0, MAX_REASON_CHARS).join('') || '-' };
}
