import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { lineOf } from '../../cli/bulk/exported.ts';
import { localHandlers } from '../../local/handlers.ts';
import { isArticle } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { openClients } from '../support/clients.ts';
import { sqsEvent } from '../support/desk.ts';
import { filedStories } from '../support/filed.ts';

/** Small stories: the test is of many records, not of long ones. */
const STORY_BYTES = 600;

/** One story in so many is filed a second time under another key, and one in so many is withdrawn. */
const DUPLICATE_EVERY = 100;
const WITHDRAWN_EVERY = 50;

const FILES_PER_CALL = 10;

/**
 * Makes an archive: files so many stories to the embedded services of this process.
 * @param settings those of the deployment that takes it in
 * @returns its records as lines of an export
 */
export async function exportedArchive(stories: number, settings: Settings): Promise<string[]> {
  const events: S3EventRecord[] = [];
  const clients = await openClients({
    buckets: {
      intake: { versioned: true, onEvent: event => void events.push(event) },
      storage: {},
      site: {},
    },
  });
  const { s3, dynamodb, tableName } = clients;
  const unused = async () => undefined;
  const { ingest, publishDeps } = localHandlers(
    {
      ...{ s3, dynamodb, tableName, queue: { park: unused, send: unused } },
      buckets: { intake: 'intake', storage: 'storage', site: 'site' },
    },
    { settings, baseUrl: 'https://archive.example.org', log: () => undefined },
  );
  const { articles, storage } = publishDeps;
  const file = async (stories: readonly { key: string; body: string }[]) => {
    for (const { key, body } of stories)
      await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: key, Body: body }));
    while (events.length > 0) await ingest(sqsEvent(events.splice(0, FILES_PER_CALL)));
  };
  try {
    const filed = filedStories(stories, 0, STORY_BYTES);
    await file(filed);
    const again = filed.filter((_, number) => number % DUPLICATE_EVERY === 0);
    await file(again.map(({ key, body }) => ({ key: `again/${key}`, body })));
    for (const { key } of filed.filter((_, number) => number % WITHDRAWN_EVERY === 1)) {
      const record = await articles.get(articles.idOf(key));
      if (record !== undefined && isArticle(record))
        await articles.replace(record, { ...record, status: 'withdrawn', version: record.version + 1 });
    }
    const lines: string[] = [];
    for await (const record of articles.all()) lines.push(await lineOf(record, articles, storage));
    return lines;
  } finally {
    await clients.close();
  }
}
