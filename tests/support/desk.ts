import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord, S3EventRecord, SQSEvent } from 'aws-lambda';
import type { IngestDeps } from '../../functions/ingest/model/ingest-deps.ts';
import { PARSER_VERSION, parseArticle } from '../../functions/ingest/parse.ts';
import {
  type IngestHandler,
  type IngestHandlerDeps,
  ingestHandler,
} from '../../functions/ingest/receive/handler.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { type PublishHandler, publishHandler } from '../../functions/publish/receive/handler.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { recordKey } from '../../shared/table/article-item.ts';
import { Articles } from '../../shared/table/articles.ts';
import { openClients, type TestClients, type TestDatabase } from './clients.ts';

/** An entry of a JSON feed, as far as the tests look at it. */
interface FeedItem {
  id: string;
  url: string;
  title: string;
  content_html: string;
  date_published: string;
  date_modified: string;
  image?: string;
  attachments?: unknown[];
  /** Present in a notice that the article is gone. */
  _gone?: { at: string };
}

/**
 * The real handlers on embedded services, with every event in the test's hands: it decides when one is
 * delivered, in which order and how often.
 */
export interface Desk {
  clients: Pick<TestClients, 's3' | 'dynamodb'>;
  articles: Articles;
  intake: Bucket;
  storage: Bucket;
  site: Bucket;
  log: LogLine[];
  ingest: IngestHandler;
  publish: PublishHandler;
  /** The ingest handler with other parts in the place of its own. */
  ingestWith(parts: Partial<IngestHandlerDeps>): IngestHandler;
  /** Events of the intake bucket that nobody has taken yet, in the order in which they happened. */
  events: S3EventRecord[];
  /** Change records that nobody has taken yet. */
  changes: DynamoDBRecord[];
  put(key: string, body: string | Uint8Array, metadata?: Record<string, string>): Promise<S3EventRecord>;
  remove(key: string): Promise<S3EventRecord>;
  /** Deletes one version for good: an older one, the newest, or a delete marker. */
  removeVersion(key: string, versionId: string | undefined): Promise<S3EventRecord>;
  /** Hands events to ingest, one message each. Returns the indexes of those that failed. */
  deliver(...events: S3EventRecord[]): Promise<number[]>;
  /** Hands every waiting change record to publish. */
  publishAll(): Promise<void>;
  /** Delivers and publishes all that waits. */
  settle(): Promise<void>;
  /** Sets attributes of a record as a person with the console would: nothing else is counted up or kept right. */
  edit(id: string, attributes: Record<string, string | number>): Promise<void>;
  /** Deletes a record from the table, as only a person with the console would. */
  removeItem(id: string): Promise<void>;
  record(key: string): Promise<ArticleRecord | undefined>;
  /** The articles of a feed. */
  feed(file?: string): Promise<FeedItem[]>;
  /** The entries of a feed: its articles, and its notices that an article is gone. */
  entries(file?: string): Promise<FeedItem[]>;
  /** The files of the site by key, as text. */
  files(): Promise<Map<string, string>>;
  now: string;
  close(): Promise<void>;
}

export interface DeskOptions {
  settings?: unknown;
  /** Name of the intake bucket. */
  bucket?: string;
  parse?: IngestDeps['parse'];
  parserVersion?: string;
  /** Default: `embedded`. */
  database?: TestDatabase;
}

/** Starts the services on free ports, in a folder of their own. */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const { bucket = 'intake' } = options;
  const events: S3EventRecord[] = [];
  const changes: DynamoDBRecord[] = [];
  const clients = await openClients({
    buckets: {
      [bucket]: { versioned: true, onEvent: event => void events.push(event) },
      storage: {},
      site: {},
    },
    onRecords: records => void changes.push(...records),
    database: options.database,
  });
  const { s3, dynamodb, tableName } = clients;
  const storage = new Bucket(s3, 'storage');
  const site = new Bucket(s3, 'site');
  const intake = new Bucket(s3, bucket);
  const settings = readSettings(options.settings ?? {});
  const articles = new Articles(dynamodb, tableName, {
    namespace: settings.articles.namespace,
    noticeDays: settings.feeds.noticeDays,
  });
  const log: LogLine[] = [];
  const writeLog = (line: LogLine) => {
    log.push(line);
  };
  const deps = { articles, storage, settings, log: writeLog };
  const ingestDeps: IngestHandlerDeps = {
    ...deps,
    intake,
    parse: options.parse ?? parseArticle,
    parserVersion: options.parserVersion ?? PARSER_VERSION,
    now: () => desk.now,
  };
  const ingest = ingestHandler(ingestDeps);
  const publish = publishHandler({
    ...deps,
    siteBucket: site,
    duplicates: settings.duplicates,
    site: siteOf(settings, 'https://news.example.org'),
    now: () => desk.now,
  });

  const lastEvent = (): S3EventRecord => {
    const event = events.at(-1);
    if (event === undefined) throw new Error('S3 sent no event.');
    return event;
  };
  const textOf = async (key: string) => {
    const object = await site.get(key);
    return object && Buffer.from(object.bytes).toString();
  };
  const desk: Desk = {
    clients,
    articles,
    intake,
    storage,
    site,
    log,
    ingest,
    publish,
    ingestWith: parts => ingestHandler({ ...ingestDeps, ...parts }),
    events,
    changes,
    now: new Date().toISOString(),
    async put(key, body, metadata) {
      // As bytes: of an empty string the SDK says that it cannot tell the length.
      const Body = Buffer.from(body);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, Metadata: metadata }));
      return lastEvent();
    },
    async remove(key) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      return lastEvent();
    },
    async removeVersion(key, VersionId) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId }));
      return lastEvent();
    },
    async deliver(...records) {
      const { batchItemFailures } = await ingest(sqsEvent(records));
      return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
    },
    async publishAll() {
      while (changes.length > 0) await publish({ Records: changes.splice(0) });
    },
    async settle() {
      const failed = await desk.deliver(...events.splice(0));
      if (failed.length > 0) throw new Error(`Events failed: ${JSON.stringify(log.slice(-3))}`);
      await desk.publishAll();
    },
    async edit(id, attributes) {
      const names = Object.keys(attributes);
      await dynamodb.send(
        new UpdateCommand({
          TableName: tableName,
          Key: recordKey(id),
          UpdateExpression: `SET ${names.map(name => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(names.map(name => [`:${name}`, attributes[name]])),
        }),
      );
    },
    async removeItem(id) {
      await dynamodb.send(new DeleteCommand({ TableName: tableName, Key: recordKey(id) }));
    },
    record: async key => (await articles.find(key)).record,
    async feed(file) {
      return (await desk.entries(file)).filter(({ _gone }) => _gone === undefined);
    },
    async entries(file = 'feed.json') {
      const text = await textOf(file);
      return text === undefined ? [] : (JSON.parse(text) as { items: FeedItem[] }).items;
    },
    async files() {
      const files = new Map<string, string>();
      for await (const key of site.keys()) files.set(key, (await textOf(key)) ?? '');
      return files;
    },
    close: clients.close,
  };
  return desk;
}

/** An intake bucket that cannot be read. */
export function failingIntake(error: Error): Bucket {
  const fail = () => Promise.reject(error);
  return { name: 'intake', get: fail, head: fail } as unknown as Bucket;
}

/** Messages of the intake queue, one for each event. */
export function sqsEvent(records: readonly S3EventRecord[]): SQSEvent {
  return {
    Records: records.map((record, index) => ({
      messageId: String(index),
      receiptHandle: '',
      body: JSON.stringify({ Records: [record] }),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:local:000000000000:intake',
      awsRegion: 'local',
    })),
  };
}
