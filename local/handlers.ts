import { PARSER_VERSION, parseArticle } from '../functions/ingest/parse.ts';
import { type IngestHandler, ingestHandler } from '../functions/ingest/receive/handler.ts';
import { messageQueue } from '../functions/ingest/receive/message-queue.ts';
import type { PublishDeps } from '../functions/publish/jobs/publish-deps.ts';
import { siteOf } from '../functions/publish/model/site.ts';
import { type PublishHandler, publishHandler } from '../functions/publish/receive/handler.ts';
import { Bucket } from '../shared/aws/bucket.ts';
import { LOG_EVENTS, type Log } from '../shared/aws/telemetry.ts';
import { type CopydeskError, reportOf } from '../shared/errors/errors.ts';
import type { Settings } from '../shared/settings/settings.ts';
import { Articles } from '../shared/table/articles.ts';
import type { LocalServices } from './services.ts';

/** The two functions as the cloud runs them, on local services. */
export interface LocalHandlers {
  ingest: IngestHandler;
  publish: PublishHandler;
  tick(): Promise<unknown>;
  /** What the publish function works with, for tools that publish by themselves. */
  press: PublishDeps;
}

/**
 * Makes the handlers as the functions' entry files do; nothing differs but the endpoints of the clients.
 * @param options.namesIndexPages for a site whose files are opened from a disk: its links name each `index.html`
 */
export function localHandlers(
  { s3, dynamodb, sqs, queueUrl, deadLetterUrl, tableName, buckets }: LocalServices,
  options: { settings: Settings; baseUrl: string; log: Log; namesIndexPages?: boolean },
): LocalHandlers {
  const { settings, baseUrl, log, namesIndexPages } = options;
  const articles = new Articles(dynamodb, tableName);
  const storage = new Bucket(s3, buckets.storage);
  const now = () => new Date().toISOString();
  const press = {
    articles,
    storage,
    siteBucket: new Bucket(s3, buckets.site),
    site: { ...siteOf(settings, baseUrl), namesIndexPages },
    onBroken: (error: CopydeskError) =>
      log({ event: LOG_EVENTS.recordFailed, id: error.subject, ...reportOf(error) }),
  };
  // The event source mapping of the laptop shows every failed message again after a second, so that nobody waits for it.
  const queue = { ...messageQueue(sqs, { queueUrl, deadLetterUrl }), retryIn: async () => undefined };
  const ingest = ingestHandler({
    articles,
    storage,
    intake: name => new Bucket(s3, name),
    settings,
    parse: parseArticle,
    parserVersion: PARSER_VERSION,
    queue: async () => queue,
    now,
    log,
  });
  const publish = publishHandler({ ...press, duplicates: settings.duplicates, now, log });
  return { ingest, publish, press, tick: () => publish({ copydesk: 'tick' }) };
}
