import { createHash } from 'node:crypto';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { invoke } from './batch-result.ts';
import type { EventSourceMapping } from './mapping.ts';
import { Signal } from './signal.ts';

/** Pause before the first retry; doubled for each further one, up to the longest. Milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * With so many records that came while a batch was handled, a shard is in the middle of a burst: fewer are single
 * saves, which wait for nothing.
 */
const BURST_RECORDS = 10;

/** Share of a window after which a batch is gathered no longer when nothing more comes: a burst has ended then. */
const QUIET_SHARE = 1 / 16;

/**
 * A batch is gathered no longer than this, in milliseconds, however busy the shard. Four times as long as the deployed
 * one, because a laptop reads a tenth of the files in that time, and what it publishes takes the same processor.
 */
const LONGEST_WINDOW = 20_000;

/**
 * What the on-failure destination gets, in the shape of the service's record: positions, not data. Source: "Retain
 * discarded batches for a DynamoDB event source in Lambda", AWS Lambda Developer Guide.
 */
export interface StreamFailure {
  requestContext: { condition: 'RetryAttemptsExhausted'; approximateInvokeCount: number };
  timestamp: string;
  DDBStreamBatchInfo: {
    shardId: string;
    startSequenceNumber: string;
    endSequenceNumber: string;
    batchSize: number;
    streamArn: string;
  };
}

export interface StreamMappingOptions {
  handler: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse | undefined>;
  /** Most records in a batch. */
  batchSize: number;
  /** Longest time that a batch is gathered for, in milliseconds, from its first record on; longer within a burst. */
  batchingWindow: number;
  /** Retries of a record that fails by itself, before it is given up. */
  retries: number;
  /** Shards by hash of the partition key; each is handled in order, and they run side by side. Default 1. */
  parallelization?: number;
  /** Gets what was given up; `error` is the last one seen, undefined for a reported item failure. */
  onFailure?: (failure: StreamFailure, error: unknown) => void;
  /** Pause before the first retry, in milliseconds. */
  firstPause?: number;
}

/** A mapping that records are pushed into. */
export interface StreamMapping extends EventSourceMapping {
  push(records: readonly DynamoDBRecord[]): void;
  /** As `idle`, but gathers for no batch meanwhile: for when nothing more is to come. */
  drain(): Promise<void>;
  /** Records that no handler has got through yet; after `stop` those that never will be. */
  readonly undelivered: number;
}

/**
 * Passes change records to a handler as Lambda's DynamoDB event source mapping does with ReportBatchItemFailures and
 * BisectBatchOnFunctionError: in order per shard; after a partial failure it goes on from the lowest failed record;
 * a batch that fails as a whole is halved, which counts as no retry; a single record that still fails is retried,
 * then given up to `onFailure`, and the shard goes on behind it.
 */
export function startStreamMapping(options: StreamMappingOptions): StreamMapping {
  const count = options.parallelization ?? 1;
  const shards = Array.from(
    { length: count },
    (_, at) => new Shard(`shardId-${String(at).padStart(20, '0')}`, options),
  );
  return {
    push(records) {
      for (const record of records) shards[shardOf(record, count)]?.push(record);
    },
    async idle() {
      // One shard's handler may cause records for another that was idle before.
      do await Promise.all(shards.map(shard => shard.idle()));
      while (!shards.every(shard => shard.isIdle));
    },
    async drain() {
      do await Promise.all(shards.map(shard => shard.drain()));
      while (!shards.every(shard => shard.isIdle));
    },
    async stop() {
      await Promise.all(shards.map(shard => shard.stop()));
    },
    get undelivered() {
      return shards.reduce((sum, shard) => sum + shard.undelivered, 0);
    },
  };
}

class Shard {
  readonly #id: string;
  readonly #options: StreamMappingOptions;
  readonly #changed = new Signal();
  readonly #running: Promise<void>;
  #queue: DynamoDBRecord[] = [];
  #pushedAt = 0;
  /** Records of the batch under way that are neither done nor given up. */
  #underway = 0;
  /** Who waits for what there is, and for nothing more. */
  #draining = 0;
  #stopped = false;

  constructor(id: string, options: StreamMappingOptions) {
    this.#id = id;
    this.#options = options;
    this.#running = this.#run();
  }

  get undelivered(): number {
    return this.#queue.length + this.#underway;
  }

  get isIdle(): boolean {
    return this.#stopped || this.undelivered === 0;
  }

  push(record: DynamoDBRecord): void {
    this.#queue.push(record);
    this.#pushedAt = performance.now();
    this.#changed.notify();
  }

  async idle(): Promise<void> {
    while (!this.isIdle) await this.#changed.wait();
  }

  async drain(): Promise<void> {
    this.#draining++;
    this.#changed.notify();
    await this.idle();
    this.#draining--;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#changed.notify();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { batchSize, batchingWindow } = this.#options;
    let window = batchingWindow;
    while (!this.#stopped) {
      if (!this.#queue.length) {
        await this.#changed.wait();
        continue;
      }
      const end = performance.now() + window;
      const quiet = Math.max(batchingWindow, window * QUIET_SHARE);
      while (this.#queue.length < batchSize && this.#draining === 0 && !this.#stopped) {
        const last = Math.min(end, this.#pushedAt + quiet);
        const left = last - performance.now();
        if (left <= 0) break;
        await this.#changed.wait(left);
      }
      if (this.#stopped) return;
      const batch = this.#queue.splice(0, batchSize);
      this.#underway = batch.length;
      await this.#deliver(batch);
      // Each time a burst goes on the next batch is gathered for twice as long, so that thousands of files are few
      // batches.
      const busy = this.#queue.length >= BURST_RECORDS;
      window = busy ? Math.min(2 * window, LONGEST_WINDOW) : batchingWindow;
      this.#changed.notify();
    }
  }

  /** Delivers a batch; what is left of it is a stack of parts in order, so that nothing recurses. */
  async #deliver(batch: DynamoDBRecord[]): Promise<void> {
    const { handler, retries, firstPause = FIRST_PAUSE } = this.#options;
    const parts = [batch];
    let invocations = 0;
    for (let part = parts.pop(), attempt = 0; part !== undefined && !this.#stopped; ) {
      const Records: DynamoDBRecord[] = part;
      const numbers = Records.map(sequenceNumber);
      invocations++;
      const result = await invoke(() => handler({ Records }), new Set(numbers));
      const failedAt = result.all === 'some' ? numbers.findIndex(number => result.failed.has(number)) : 0;
      if (result.all === 'done') {
        this.#underway -= Records.length;
        part = parts.pop();
        attempt = 0;
      } else if (failedAt > 0) {
        this.#underway -= failedAt;
        part = Records.slice(failedAt);
        attempt = 0;
      } else if (Records.length > 1) {
        const middle = Records.length >>> 1;
        parts.push(Records.slice(middle));
        part = Records.slice(0, middle);
        attempt = 0;
      } else if (attempt < retries) {
        await this.#pause(Math.min(firstPause * 2 ** attempt, LONGEST_PAUSE));
        attempt++;
      } else {
        this.#giveUp(Records, invocations, result.all === 'failed' ? result.error : undefined);
        this.#underway -= Records.length;
        part = parts.pop();
        attempt = 0;
      }
    }
  }

  /** Waits, unless the mapping is stopped meanwhile; new records do not cut it short. */
  async #pause(ms: number): Promise<void> {
    const end = performance.now() + ms;
    for (let left = ms; left > 0 && !this.#stopped; left = end - performance.now())
      await this.#changed.wait(left);
  }

  #giveUp(records: readonly DynamoDBRecord[], invocations: number, error: unknown): void {
    const numbers = records.map(sequenceNumber);
    const failure: StreamFailure = {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: invocations },
      timestamp: new Date((records[0]?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000).toISOString(),
      DDBStreamBatchInfo: {
        shardId: this.#id,
        startSequenceNumber: numbers[0] ?? '',
        endSequenceNumber: numbers.at(-1) ?? '',
        batchSize: records.length,
        streamArn: records[0]?.eventSourceARN ?? '',
      },
    };
    this.#options.onFailure?.(failure, error);
  }
}

function sequenceNumber(record: DynamoDBRecord): string {
  return record.dynamodb?.SequenceNumber ?? '';
}

/** All changes of one item go to one shard, so that they stay in order. */
function shardOf(record: DynamoDBRecord, count: number): number {
  if (count === 1) return 0;
  const key = JSON.stringify(record.dynamodb?.Keys?.pk ?? null);
  return createHash('md5').update(key).digest().readUInt32BE(0) % count;
}
