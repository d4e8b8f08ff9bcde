import { setImmediate } from 'node:timers/promises';
import { DynamoDBClient, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { documentClient } from '../../shared/table/table-client.ts';
import { LOCAL_ACCESS } from '../common/region.ts';
import { decodeItem, encodeItem } from './attribute-values.ts';
import type { DynamoDb } from './database.ts';
import { DOCUMENT_OPERATIONS } from './document-operations.ts';
import { DynamoDbError } from './engine.ts';

/** Members of inputs and outputs that are items, keys or values. */
const ITEMS = new Set([
  'Attributes',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'Item',
  'Key',
  'LastEvaluatedKey',
]);
const LISTS_OF_ITEMS = new Set(['Items', 'Keys']);

/**
 * Makes a document client of a database in this process. Calls take no serialisation, signature or connection, which
 * cost ten times as much as the database.
 */
export function inProcessTable(database: Pick<DynamoDb, 'call'>): DynamoDBDocumentClient {
  const client = documentClient(makeClient(DynamoDBClient, LIMITS.loopback, LOCAL_ACCESS));
  client.send = (async (command: { constructor: unknown; input: object }) => {
    const operation = DOCUMENT_OPERATIONS.get(command.constructor);
    if (operation === undefined) throw new Error('The table in this process has no such operation.');
    const input = converted(command.input, encodeItem);
    // This lets other work run, as a request would.
    await setImmediate();
    try {
      const output = await database.call(operation, input);
      return { ...converted(output, decodeItem), $metadata: metadata(200) };
    } catch (error) {
      if (!(error instanceof DynamoDbError)) throw error;
      const { name, message, status } = error;
      throw new DynamoDBServiceException({
        name,
        message,
        $fault: status < 500 ? 'client' : 'server',
        $metadata: metadata(status),
      });
    }
  }) as DynamoDBDocumentClient['send'];
  return client;
}

function metadata(httpStatusCode: number) {
  return { httpStatusCode, attempts: 1, totalRetryDelay: 0 };
}

/** Converts the items in an input or an output. */
function converted(document: object, convert: (item: object) => object): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(document)) {
    if (value === undefined) continue;
    if (ITEMS.has(name)) result[name] = convert(value as object);
    else if (LISTS_OF_ITEMS.has(name)) result[name] = (value as object[]).map(convert);
    else if (name === 'Responses') result[name] = byTable(value, items => (items as object[]).map(convert));
    else if (name === 'RequestItems' || name.startsWith('Unprocessed'))
      result[name] = byTable(value, requests => batch(requests, convert));
    else result[name] = value;
  }
  return result;
}

function byTable(tables: object, convert: (value: object) => object): object {
  return Object.fromEntries(
    Object.entries(tables).map(([table, value]) => [table, convert(value as object)]),
  );
}

/** Converts the keys of a BatchGetItem, or the writes of a BatchWriteItem. */
function batch(requests: object, convert: (item: object) => object): object {
  if (!Array.isArray(requests)) return converted(requests, convert);
  return requests.map((request: object) =>
    Object.fromEntries(Object.entries(request).map(([kind, write]) => [kind, converted(write, convert)])),
  );
}
