import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT, type Wire } from '../../../bench/publish/wire.ts';
import { TABLE_INDEXES } from '../../../shared/table/keys.ts';
import { TableClient } from '../../../shared/table/table-client.ts';

let table: TableClient;
let queries: number;

beforeEach(async () => {
  queries = 0;
  const wire: Wire = (call, act) => {
    if (call.operation === 'Query') queries++;
    return DIRECT(call, act);
  };
  table = new TableClient(new MemoryTable({ name: 'articles', wire }).client, 'articles');
  for (const sk of ['a1', 'a2', 'b1', 'b2', 'c1'])
    await table.put('x', { pk: 'p', sk, [TABLE_INDEXES.due.partition]: 'due', [TABLE_INDEXES.due.sort]: sk });
  await table.put('x', { pk: 'q', sk: 'a1' });
});

async function found(...args: Parameters<TableClient['query']>): Promise<string> {
  const keys: unknown[] = [];
  for await (const { sk } of table.query(...args)) keys.push(sk);
  return keys.join(' ');
}

describe('a query', () => {
  test.each<[string, Parameters<TableClient['query']>[1], string]>([
    ['of a whole partition', {}, 'a1 a2 b1 b2 c1'],
    ['from the highest sort key', { descending: true }, 'c1 b2 b1 a2 a1'],
    ['of sort keys that begin so', { sort: { begins: 'b' } }, 'b1 b2'],
    ['of sort keys up to one', { sort: { until: 'b1' } }, 'a1 a2 b1'],
    ['of sort keys from one to another', { sort: { from: 'a2', until: 'b2' } }, 'a2 b1 b2'],
    ['in small pages', { pageSize: 2 }, 'a1 a2 b1 b2 c1'],
    ['of some items', { limit: 3 }, 'a1 a2 b1'],
    ['of some items in small pages', { limit: 3, pageSize: 2 }, 'a1 a2 b1'],
    ['of no items', { limit: 0 }, ''],
  ])('%s', async (_, options, keys) => {
    expect(await found('p', options)).toBe(keys);
  });

  test('of an index', async () => {
    expect(await found('due', { index: TABLE_INDEXES.due, sort: { until: 'b1' } })).toBe('a1 a2 b1');
  });

  test('asks for no page more than it needs', async () => {
    await found('p', { limit: 2 });
    await found('p', { limit: 0 });
    expect(queries).toBe(1);
    await found('p', { pageSize: 2 });
    expect(queries).toBe(4);
  });
});

describe('writes in any order', () => {
  const key = { pk: 'p', sk: 'x' };
  const version = async () => (await table.get('x', key))?.version;

  test('the newest stays', async () => {
    const put = (number: number) => table.putIfNewer('x', { ...key, version: number }, 'version');
    expect([await put(2), await put(1), await put(2), await put(3)]).toEqual([true, false, false, true]);
    expect(await version()).toBe(3);
  });

  test('what is newer is not deleted', async () => {
    await table.put('x', { ...key, version: 2 });
    const remove = (number: number) => table.deleteUnlessNewer('x', key, 'version', number);
    expect(await remove(1)).toBe(false);
    expect(await version()).toBe(2);
    expect(await remove(2)).toBe(true);
    expect(await version()).toBeUndefined();
    expect(await remove(2)).toBe(true);
  });
});
