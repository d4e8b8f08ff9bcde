import { randomBytes } from 'node:crypto';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { REGION } from '../common/region.ts';

/** An item in DynamoDB's JSON encoding. */
export type DynamoItem = Record<string, AttributeValue>;

/** A write of one item: the item before the write and after it. */
export interface ItemChange {
  keys: DynamoItem;
  before: DynamoItem | undefined;
  after: DynamoItem | undefined;
}

export class ChangeStream {
  readonly arn: string;
  readonly #now: () => number;
  #sequence = 0n;

  constructor(tableArn: string, now: () => number) {
    this.arn = `${tableArn}/stream/${new Date(now()).toISOString().slice(0, -1)}`;
    this.#now = now;
  }

  /**
   * Makes the stream record of a change, with the view NEW_AND_OLD_IMAGES. Like the service, it returns undefined if
   * the item did not change. Sequence numbers have equal length and increase.
   * Source: "StreamRecord", DynamoDB Streams API Reference.
   */
  record({ keys, before, after }: ItemChange): DynamoDBRecord | undefined {
    if (isSame(before, after)) return undefined;
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
        // In whole seconds, as in Lambda's events.
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

/** Tells whether two values are equal. The prototypes of objects, which the engine varies, do not count. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && isSame(value, right.get(name)))
  );
}

/** Approximate size of an image: the bytes of its JSON. */
function sizeOf(item: DynamoItem | undefined): number {
  return item ? Buffer.byteLength(JSON.stringify(item)) : 0;
}
