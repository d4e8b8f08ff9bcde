import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { DynamoDBRecord, S3EventRecord } from 'aws-lambda';
import { runBulkHere } from '../../local/bulk-run.ts';
import { localHandlers } from '../../local/handlers.ts';
import { metricLog } from '../../shared/aws/telemetry.ts';
import type { BulkEvent } from '../../shared/model/bulk-run.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { RECORD_SK, TABLE_INDEXES } from '../../shared/table/keys.ts';
import { openClients } from './clients.ts';
import { sqsEvent } from './desk.ts';
import { FIRST_FILED } from './filed.ts';
import { mapCounts, type RequestCounts } from './request-counts.ts';

/** Files a call of ingest, and changes a call of publish, as in infra. */
const INGEST_BATCH = 5;
const PUBLISH_BATCH = 1_000;

const TICK_MS = 60_000;

/** S3 bills these as one kind, and all that only reads as another. Source: Amazon S3 pricing, "Requests". */
const WRITES = new Set(['PutObject', 'CopyObject', 'ListObjectsV2']);
const FREE = new Set(['DeleteObject']);

/** The pipeline on embedded services, which counts what AWS would bill. */
export interface CountedDesk {
  /**
   * Uploads files, then has them read and published, `together` at a time. Between two such batches passes the time of
   * `everyMs`, in which ticks write the postponed views. Afterwards nothing is postponed.
   */
  file(files: readonly { key: string; body: string }[], together: number, everyMs?: number): Promise<void>;
  /** Loses the site and all states. */
  loseSite(): Promise<void>;
  /** Publishes everything again by a bulk run. Returns what each part of the batches cost, and the steps of the run. */
  republish(): Promise<Map<'ids' | 'pages' | 'editions' | 'finish' | 'steps', RequestCounts>>;
  /** What was counted since the last call. */
  take(): RequestCounts;
  close(): Promise<void>;
}

export async function startCountedDesk(settings = DEFAULT_SETTINGS): Promise<CountedDesk> {
  const events: S3EventRecord[] = [];
  const changes: DynamoDBRecord[] = [];
  let counts = nothing();
  const waitMs = settings.feeds.collectMinutes * 60_000;
  const clients = await openClients({
    buckets: {
      intake: { versioned: true, onEvent: event => void events.push(event) },
      storage: {},
      site: {},
    },
    onRecords: records => {
      for (const record of records) counts.tableWrites += indexWrites(record);
      changes.push(...records.filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === RECORD_SK));
    },
  });
  const { s3, dynamodb, tableName } = clients;
  type Sent = (command: {
    constructor: { name: string };
    input: object;
  }) => Promise<{ ConsumedCapacity?: Units | Units[] }>;
  // Soon after the dates of 250 stories, because copy with an older date costs more.
  let clock = FIRST_FILED + 42 * 60_000;
  const now = () => new Date(clock).toISOString();
  const written = new Map<string, Date>();
  const toS3 = s3.send.bind(s3) as Sent;
  s3.send = (async command => {
    const operation = command.constructor.name.replace(/Command$/, '');
    if (WRITES.has(operation)) counts.s3Writes++;
    else if (!FREE.has(operation)) counts.s3Reads++;
    const output = await toS3(command);
    const { Bucket, Key } = command.input as { Bucket?: string; Key?: string };
    const name = `${Bucket}/${Key}`;
    if (WRITES.has(operation)) written.set(name, new Date(clock));
    return { ...output, LastModified: written.get(name) };
  }) as Sent as typeof s3.send;
  const toTable = dynamodb.send.bind(dynamodb) as Sent;
  dynamodb.send = (async command => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const output = await toTable(command);
    const units = [output.ConsumedCapacity ?? []]
      .flat()
      .reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
    // A query that finds nothing is billed too, which the embedded database leaves out.
    const { name } = command.constructor;
    const { ConsistentRead } = command.input as { ConsistentRead?: boolean };
    const least = name.startsWith('Query') ? (ConsistentRead ? 1 : 0.5) : 0;
    if (/^(Get|BatchGet|Query|Scan)/.test(name)) counts.tableReads += Math.max(units, least);
    else counts.tableWrites += units;
    return output;
  }) as Sent as typeof dynamodb.send;
  const log = metricLog({
    stack: 'Copydesk',
    now: Date.now,
    write: line => {
      counts.logBytes += Buffer.byteLength(line);
    },
  });
  const handlers = localHandlers(
    {
      s3,
      dynamodb,
      // Nothing fails here, so that nobody asks the queue.
      queue: { park: async () => undefined, send: async () => undefined },
      tableName,
      buckets: { intake: 'intake', storage: 'storage', site: 'site' },
    },
    { settings, baseUrl: 'https://news.example.org', log, now, postponing: { waitMs, now } },
  );
  const { ingest, publish, publishDeps } = handlers;
  /** The schedule's ticks. Only those that write postponed views are carried out, because every hour has the others. */
  const tickIfDue = async () => {
    const kept = counts;
    counts = nothing();
    const [oldest] = await publishDeps.articles.postponed.list(1);
    counts = kept;
    if (oldest !== undefined && Date.parse(oldest.since) + waitMs <= clock) await handlers.tick();
    return oldest !== undefined;
  };
  await handlers.tick();
  counts = nothing();
  return {
    async file(files, together, everyMs = 0) {
      for (let from = 0; from < files.length; from += together) {
        for (const { key, body } of files.slice(from, from + together))
          await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: key, Body: body }));
        while (events.length > 0) {
          const batch = events.splice(0, INGEST_BATCH);
          await ingest(sqsEvent(batch));
          counts.ingestCalls++;
          // Sent by S3, received and deleted by the event source in batches.
          counts.queueRequests += batch.length + 2;
        }
        while (changes.length > 0) {
          await publish({ Records: changes.splice(0, PUBLISH_BATCH) });
          counts.publishCalls++;
        }
        clock += everyMs;
        await tickIfDue();
      }
      while (await tickIfDue()) clock += TICK_MS;
    },
    async loseSite() {
      for await (const key of publishDeps.siteBucket.keys()) await publishDeps.siteBucket.delete(key);
      for await (const key of publishDeps.storage.keys()) await publishDeps.storage.delete(key);
    },
    async republish() {
      const parts: Awaited<ReturnType<CountedDesk['republish']>> = new Map();
      let part: Parameters<typeof parts.set>[0] = 'steps';
      const note = () => {
        const known = parts.get(part) ?? nothing();
        parts.set(
          part,
          mapCounts(known, (count, name) => count + counts[name]),
        );
        counts = nothing();
      };
      counts = nothing();
      // One batch after the other. Side by side, the machine decides how often a batch reads a page that they share.
      let last: Promise<unknown> = Promise.resolve();
      const bulk: typeof handlers.bulk = event => {
        const call = last.then(() => {
          note();
          part = partOf(event);
          return handlers.bulk(event).finally(note);
        });
        last = call.catch(() => undefined);
        return call;
      };
      await runBulkHere({ kind: 'publish' }, { ...handlers, bulk });
      return parts;
    },
    take() {
      const taken = counts;
      counts = nothing();
      return taken;
    },
    close: clients.close,
  };
}

function partOf(event: BulkEvent): 'ids' | 'pages' | 'editions' | 'finish' | 'steps' {
  if (event.copydesk !== 'bulk-work') return 'steps';
  const { ids, pages, editions } = event.batch;
  return ids ? 'ids' : pages ? 'pages' : editions ? 'editions' : 'finish';
}

interface Units {
  CapacityUnits?: number;
}

function nothing(): RequestCounts {
  return {
    s3Writes: 0,
    s3Reads: 0,
    tableWrites: 0,
    tableReads: 0,
    queueRequests: 0,
    ingestCalls: 0,
    publishCalls: 0,
    logBytes: 0,
  };
}

/**
 * Units that the indexes take of a change, which the embedded database leaves out: one for an entry that comes or goes.
 * Source: "Using global secondary indexes in DynamoDB", Amazon DynamoDB Developer Guide.
 */
function indexWrites({ dynamodb }: DynamoDBRecord): number {
  let units = 0;
  for (const { partition, sort } of Object.values(TABLE_INDEXES)) {
    const [before, after] = [dynamodb?.OldImage, dynamodb?.NewImage].map(image =>
      image?.[partition] && image[sort] ? `${image[partition]?.S} ${image[sort]?.S}` : undefined,
    );
    if (before !== after) units += (before === undefined ? 0 : 1) + (after === undefined ? 0 : 1);
  }
  return units;
}
