import { createHash } from 'node:crypto';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { invoke } from './batch-result.ts';
import type { EventSourceMapping } from './mapping.ts';
import { Signal } from './signal.ts';

/** Pause before the first retry. Each further pause is twice as long, up to {@link MAX_RETRY_PAUSE_MS}. */
const FIRST_RETRY_PAUSE_MS = 100;
const MAX_RETRY_PAUSE_MS = 5_000;

/**
 * Minimum number of records that arrive during one batch and make a burst. Fewer records come from single saves, which
 * are published at once.
 */
const MIN_BURST_RECORDS = 10;

/** Share of the batching window. A burst ends if no record arrives for this time. */
const QUIET_WINDOW_SHARE = 1 / 16;

/**
 * Maximum batching window of a busy shard. It is four times the window of the deployed mapping, because a laptop reads
 * fewer files in that time, and publishing shares its processor.
 */
const MAX_WINDOW_MS = 20_000;

/**
 * The record that the on-failure destination receives. It has the shape of the service's record: stream positions, no
 * data. Source: "Retain discarded batches for a DynamoDB event source in Lambda", AWS Lambda Developer Guide.
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
  /** Maximum number of records in a batch. */
  batchSize: number;
  /**
   * Maximum time to fill a batch, from its first record on. It grows within a burst. Default: a batch waits until it is
   * full, or until {@link StreamMapping.drain} is called.
   */
  batchingWindowMs?: number;
  /** Number of retries of a single record before it is given up. */
  retries: number;
  /** Number of shards. Each shard is handled in order, and shards run in parallel. Default: 1. */
  parallelization?: number;
  /** Called for records that are given up. `error` is the last error, or undefined for a reported item failure. */
  onFailure?: (failure: StreamFailure, error: unknown) => void;
  firstPauseMs?: number;
}

/** A mapping whose records are pushed into it. */
export interface StreamMapping extends EventSourceMapping {
  push(records: readonly DynamoDBRecord[]): void;
  /** Like `idle`, but batches do not wait to be filled. */
  drain(): Promise<void>;
  /** Number of records that are neither handled nor given up. */
  readonly undelivered: number;
}

/**
 * Passes change records to a handler, as Lambda's DynamoDB event source mapping does with ReportBatchItemFailures and
 * BisectBatchOnFunctionError. Records of a shard are handled in order. After a partial failure, handling continues at
 * the first failed record. A batch that fails as a whole is halved, and this is not counted as a retry. A single
 * record that fails is retried, then given up to `onFailure`; the shard continues with the next record.
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
      // The handler of one shard can cause records for a shard that was already idle.
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
  /** Records of the current batch that are neither done nor given up. */
  #underway = 0;
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
    const { batchSize, batchingWindowMs = Number.POSITIVE_INFINITY } = this.#options;
    let window = batchingWindowMs;
    while (!this.#stopped) {
      if (!this.#queue.length) {
        await this.#changed.wait();
        continue;
      }
      const end = performance.now() + window;
      const quiet = Math.max(batchingWindowMs, window * QUIET_WINDOW_SHARE);
      while (this.#queue.length < batchSize && this.#draining === 0 && !this.#stopped) {
        const last = Math.min(end, this.#pushedAt + quiet);
        const left = last - performance.now();
        if (left <= 0) break;
        await this.#changed.wait(Number.isFinite(left) ? left : undefined);
      }
      if (this.#stopped) return;
      const batch = this.#queue.splice(0, batchSize);
      this.#underway = batch.length;
      await this.#deliver(batch);
      // In a burst each window is twice as long as the one before, so that thousands of files make few batches.
      const busy = this.#queue.length >= MIN_BURST_RECORDS;
      window = busy ? Math.max(batchingWindowMs, Math.min(2 * window, MAX_WINDOW_MS)) : batchingWindowMs;
      this.#changed.notify();
    }
  }

  /** Delivers a batch. The remaining parts of the batch are on a stack, in order. */
  async #deliver(batch: DynamoDBRecord[]): Promise<void> {
    const { handler, retries, firstPauseMs = FIRST_RETRY_PAUSE_MS } = this.#options;
    const parts = [batch];
    let invocations = 0;
    for (let part = parts.pop(), attempt = 0; part !== undefined && !this.#stopped; ) {
      const Records: DynamoDBRecord[] = part;
      const numbers = Records.map(sequenceNumber);
      invocations++;
      const result = await invoke(() => handler({ Records }), new Set(numbers));
      const failedAt = result.kind === 'partial' ? numbers.findIndex(number => result.failed.has(number)) : 0;
      if (result.kind === 'done') {
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
        await this.#pause(Math.min(firstPauseMs * 2 ** attempt, MAX_RETRY_PAUSE_MS));
        attempt++;
      } else {
        this.#giveUp(Records, invocations, result.kind === 'failed' ? result.error : undefined);
        this.#underway -= Records.length;
        part = parts.pop();
        attempt = 0;
      }
    }
  }

  /** Waits for `ms`, or until the mapping is stopped. New records do not end the wait. */
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

/** Chooses the shard of a record by its partition key, so that the changes of one item stay in order. */
function shardOf(record: DynamoDBRecord, count: number): number {
  if (count === 1) return 0;
  const key = JSON.stringify(record.dynamodb?.Keys?.pk ?? null);
  return createHash('md5').update(key).digest().readUInt32BE(0) % count;
}
