import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import { runBulkHere } from '../../local/bulk-run.ts';
import { localHandlers } from '../../local/handlers.ts';
import { openInProcess } from '../../local/in-process.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';
import type { Account } from './deployment.ts';
import { filesIn, type SiteFiles } from './site-files.ts';

/** Items in a BatchWriteItem: the maximum of DynamoDB. */
const ITEMS_PER_WRITE = 25;

const CONCURRENCY = 16;

const nothing = async () => ({ batchItemFailures: [] });

/** Prefixes of the objects that no run can make from the table: docs/operating.md, "Pages of the site". */
const KEPT = ['bodies/', 'media/'];

/**
 * Publishes a copy of a stack's table into empty buckets, by the sources and the embedded services of this process.
 * @param settings the settings with which the stack was deployed
 * @returns what a site has that was made from nothing
 */
export async function freshSite(
  account: Account,
  { table, storageBucket, site }: DeploymentOutputs,
  settings: Settings,
): Promise<SiteFiles> {
  const services = await openInProcess({
    // Nothing is published but by the run.
    handlers: () => ({ ingest: nothing, publish: nothing }),
  });
  const { s3, dynamodb, tableName, buckets } = services;
  try {
    for await (const items of account.items(table)) {
      const writes = items.map(Item => ({ PutRequest: { Item } }));
      for (let from = 0; from < writes.length; from += ITEMS_PER_WRITE) {
        const RequestItems = { [tableName]: writes.slice(from, from + ITEMS_PER_WRITE) };
        await dynamodb.send(new BatchWriteCommand({ RequestItems }));
      }
    }
    const [from, into] = [new Bucket(account.s3, storageBucket), new Bucket(s3, buckets.storage)];
    for (const prefix of KEPT) {
      const keys: string[] = [];
      for await (const key of from.keys(prefix)) keys.push(key);
      await pMap(keys, key => copy(key, from, into), { concurrency: CONCURRENCY });
    }
    const log = () => undefined;
    const handlers = localHandlers(services, { settings, baseUrl: site, log });
    await runBulkHere({ kind: 'publish' }, handlers);
    return await filesIn(s3, buckets.site);
  } finally {
    await services.close();
  }
}

async function copy(key: string, from: Bucket, into: Bucket): Promise<void> {
  const object = await from.get(key);
  if (object === undefined) return;
  const { bytes, contentType = 'application/octet-stream', metadata } = object;
  await into.put(key, bytes, { contentType, metadata });
}
