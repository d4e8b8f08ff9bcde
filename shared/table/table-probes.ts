import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { PROBE_KEY, type ProbeCall } from '../model/probe.ts';
import { TABLE_INDEXES } from './keys.ts';
import type { Condition, TableClient } from './table-client.ts';

const KEY = { pk: PROBE_KEY, sk: PROBE_KEY };

/** No write with this condition has an effect, because there is never an item with this key. */
const NEVER: Condition = { ConditionExpression: 'attribute_exists(pk)' };

/** The smallest part of the table that a scan can name. */
const SMALLEST_SEGMENT = { number: 0, of: 1_000_000 };

async function first(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items) return;
}

/** The calls that try each action on the table, without an effect. Queries of the indexes come last. */
export function tableProbes(table: TableClient): ProbeCall[] {
  const update = new UpdateCommand({
    TableName: table.name,
    Key: KEY,
    UpdateExpression: 'SET probed = :probed',
    ConditionExpression: NEVER.ConditionExpression,
    ExpressionAttributeValues: { ':probed': true },
  });
  const calls: Record<string, () => Promise<unknown>> = {
    GetItem: () => table.get(PROBE_KEY, KEY),
    BatchGetItem: () => first(table.getMany([KEY])),
    PutItem: () => table.putIf(PROBE_KEY, KEY, NEVER),
    UpdateItem: () => table.conditional(PROBE_KEY, () => table.client.send(update)),
    DeleteItem: () => table.deleteIf(PROBE_KEY, KEY, NEVER),
    BatchWriteItem: () => table.writeMany([{ DeleteRequest: { Key: KEY } }]),
    Scan: () => table.scanPage({ attributes: ['pk'], sort: PROBE_KEY, segment: SMALLEST_SEGMENT }, undefined),
    Query: () => first(table.query(PROBE_KEY, { limit: 1 })),
  };
  const ofTable = Object.entries(calls).map(([name, call]) => ({
    ...{ action: `dynamodb:${name}`, resource: 'the table', call },
  }));
  const ofIndexes = Object.values(TABLE_INDEXES).map(index => ({
    action: 'dynamodb:Query',
    resource: `the index ${index.name} of the table`,
    call: () => first(table.query(PROBE_KEY, { index, limit: 1 })),
  }));
  return [...ofTable, ...ofIndexes];
}
