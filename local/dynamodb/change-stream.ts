import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { REGION } from '../common/region.ts';

/** An item as it travels in DynamoDB's JSON. */
export type Item = Record<string, AttributeValue>;

/** A change of one item, as read before and after it. */
export interface Change {
  keys: Item;
  before: Item | undefined;
  after: Item | undefined;
}

/** Makes stream records in the order in which it is told of changes. */
export class ChangeStream {
  readonly arn: string;
  readonly #now: () => number;
  #sequence = 0n;

  constructor(tableArn: string, now: () => number) {
    this.arn = `${tableArn}/stream/${new Date(now()).toISOString().slice(0, -1)}`;
    this.#now = now;
  }

  /**
   * The record of a change with the view NEW_AND_OLD_IMAGES; undefined where nothing changed, as the service has
   * it. Source: "StreamRecord", DynamoDB Streams API Reference. Sequence numbers have equal length and grow.
   */
  record({ keys, before, after }: Change): DynamoDBRecord | undefined {
    if (isDeepStrictEqual(before, after)) return undefined;
    const now = this.#now();
    const byClock = BigInt(now) * 1_000_000n;
    this.#sequence = byClock > this.#sequence ? byClock : this.#sequence + 1n;
    return {
      eventID: randomBytes(16).toString('hex'),
      eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: REGION,
      dynamodb: {
        // Whole seconds, as Lambda gives it.
        ApproximateCreationDateTime: Math.floor(now / 1000),
        Keys: keys,
        ...(after ? { NewImage: after } : {}),
        ...(before ? { OldImage: before } : {}),
        SequenceNumber: this.#sequence.toString().padStart(21, '1'),
        SizeBytes: sizeOf(keys) + sizeOf(after) + sizeOf(before),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: this.arn,
    };
  }
}

/** About what an image weighs: its JSON. */
function sizeOf(item: Item | undefined): number {
  return item ? Buffer.byteLength(JSON.stringify(item)) : 0;
}
