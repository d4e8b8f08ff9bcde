import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { startServices } from '../../local/services.ts';
import { type ReadSite, readSiteBucket, startSiteServer } from '../../local/site-server.ts';
import { isArticle } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { SECURITY_HEADERS } from '../../shared/stack/response-headers.ts';

const ROOT = path.resolve(__dirname, '../..');

/** A site made by the real pipeline, served as a laptop serves it. */
export interface Newsstand {
  /** Its address without a slash at the end. */
  url: string;
  put(key: string, body: string | Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
  /** As an editor does, in the table. */
  kill(key: string): Promise<void>;
  /** Waits until all of it is published. */
  idle(): Promise<void>;
  /** Address of the page of a file's article. */
  pageOf(key: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a site without any articles, on free ports of this machine. */
export async function openNewsstand(settings: unknown = {}): Promise<Newsstand> {
  let read: ReadSite = async () => undefined;
  const troubles: string[] = [];
  const server = await startSiteServer({
    port: 0,
    read: key => read(key),
    headers: SECURITY_HEADERS,
    onError: error => troubles.push(String(error)),
  });
  let handlers: LocalHandlers | undefined;
  const services = await startServices({
    handlers: local => {
      handlers = localHandlers(local, {
        settings: readSettings(settings),
        baseUrl: server.url,
        log: () => undefined,
      });
      return handlers;
    },
    onError: (error, where) => troubles.push(`${where}: ${error}`),
  });
  const { s3, buckets } = services;
  read = readSiteBucket(s3, buckets.site);
  const publishDeps = () => {
    if (handlers === undefined) throw new Error('The services have no handlers.');
    return handlers.publishDeps;
  };
  const recordOf = async (key: string) => {
    const record = await publishDeps().articles.get(publishDeps().articles.idOf(key));
    if (record === undefined || !isArticle(record)) throw new Error(`${key} is no article.`);
    return record;
  };
  await handlers?.tick();
  return {
    url: server.url,
    async put(key, body) {
      await s3.send(new PutObjectCommand({ Bucket: buckets.intake, Key: key, Body: Buffer.from(body) }));
    },
    async remove(key) {
      await s3.send(new DeleteObjectCommand({ Bucket: buckets.intake, Key: key }));
    },
    async kill(key) {
      const record = await recordOf(key);
      const killed = { ...record, status: 'withdrawn' as const, version: record.version + 1 };
      if (!(await publishDeps().articles.replace(record, killed)))
        throw new Error(`${key} changed meanwhile.`);
    },
    async idle() {
      await services.idle();
      if (troubles.length > 0) throw new Error(troubles.join('\n'));
    },
    async pageOf(key) {
      return `${server.url}/${(await recordOf(key)).permalink}`;
    },
    async close() {
      await services.close();
      await server.close();
    },
  };
}

/** The files below a folder of the project, by their path in it. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const top = path.join(ROOT, folder);
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = entries.map(entry => path.join(entry.parentPath, entry.name)).sort();
  return new Map(names.map(name => [path.relative(top, name).split(path.sep).join('/'), readFileSync(name)]));
}
