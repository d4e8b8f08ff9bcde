import { PutObjectCommand } from '@aws-sdk/client-s3';
import { lineOf } from '../../cli/bulk/exported.ts';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { openInProcess } from '../../local/in-process.ts';
import { isArticle } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { filedStories } from '../support/filed.ts';

/** Small stories: the test is of many records, not of long ones. */
const STORY_BYTES = 600;

/** One story in so many is filed a second time under another key, and one in so many is withdrawn. */
const DUPLICATE_EVERY = 100;
const WITHDRAWN_EVERY = 50;

/**
 * Makes an archive: files so many stories to the embedded services of this process.
 * @param settings those of the deployment that takes it in
 * @returns its records as lines of an export
 */
export async function exportedArchive(stories: number, settings: Settings): Promise<string[]> {
  let handlers: LocalHandlers | undefined;
  const services = await openInProcess({
    handlers(local) {
      handlers = localHandlers(local, {
        settings,
        baseUrl: 'https://archive.example.org',
        log: () => undefined,
      });
      // The records are wanted, not the site.
      return { ...handlers, publish: async () => ({ batchItemFailures: [] }) };
    },
  });
  try {
    if (handlers === undefined) throw new Error('The services have no handlers.');
    const { articles, storage } = handlers.publishDeps;
    const file = async (copy: readonly { key: string; body: string }[]) => {
      for (const { key, body } of copy)
        await services.s3.send(
          new PutObjectCommand({ Bucket: services.buckets.intake, Key: key, Body: body }),
        );
      await services.idle();
    };
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
    await services.close();
  }
}
