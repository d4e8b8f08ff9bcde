import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import type { DynamoItem } from './change-stream.ts';
import type { Engine } from './engine.ts';

/**
 * Makes the indexes agree with the items again. The engine writes the index entries before the item, in separate
 * writes. A process that was killed between these writes leaves entries without an item, or items without their
 * entries. An embargoed story without its entry would never be released.
 */
export async function mendIndexes(engine: Engine, TableName: string): Promise<void> {
  for (const index of Object.values(TABLE_INDEXES))
    for await (const entry of scan(engine, { TableName, IndexName: index.name })) {
      const Key = keyOf(entry);
      const item = await read(engine, TableName, Key);
      if (item && [index.partition, index.sort].every(name => item[name]?.S === entry[name]?.S)) continue;
      // The engine removes an entry when it replaces or deletes the entry's item. So this item is written first.
      await engine.call('PutItem', { TableName, Item: { ...item, ...entry } });
      if (!item) await engine.call('DeleteItem', { TableName, Key });
      else await engine.call('PutItem', { TableName, Item: item });
    }
  for await (const Item of scan(engine, { TableName }))
    if (Object.values(TABLE_INDEXES).some(({ partition }) => Item[partition] !== undefined))
      await engine.call('PutItem', { TableName, Item });
}

async function* scan(engine: Engine, input: object): AsyncGenerator<DynamoItem> {
  let ExclusiveStartKey: unknown;
  do {
    const page = await engine.call('Scan', { ...input, ExclusiveStartKey });
    yield* (page.Items ?? []) as DynamoItem[];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

async function read(engine: Engine, TableName: string, Key: DynamoItem): Promise<DynamoItem | undefined> {
  const found = await engine.call('GetItem', { TableName, Key, ConsistentRead: true });
  return found.Item as DynamoItem | undefined;
}

function keyOf({ [TABLE_KEY.partition]: pk, [TABLE_KEY.sort]: sk }: DynamoItem): DynamoItem {
  return { pk, sk } as DynamoItem;
}
