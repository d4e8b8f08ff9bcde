import * as z from 'zod/mini';
import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { DIRECT } from '../../../bench/publish/wire.ts';
import { load, putState, revise, type StateOf } from '../../../functions/publish/states/state.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';

const Names = z.strictObject({ names: z.array(z.strictObject({ name: z.string() })) });
type Names = z.infer<typeof Names>;

const NAMES: StateOf<Names> = { key: 'names.json', schema: Names, initial: { names: [] } };

/** A storage bucket with a text at the key of {@link NAMES}, and the keys that were reported as broken. */
async function stored(text: string) {
  const storage = new Bucket(new MemoryS3({ wire: DIRECT }).client, 'storage');
  const broken: string[] = [];
  await putState(storage, NAMES, text, undefined);
  return { storage, broken, onBroken: (error: { subject: string }) => broken.push(error.subject) };
}

test('a stored state is frozen, because the next call gets the same one', async () => {
  const store = await stored('{"names":[{"name":"Ann"}]}');
  const { state } = await load(store, NAMES);
  expect(() => state.names.push({ name: 'Bo' })).toThrow(TypeError);
  expect(() => Object.assign(state.names[0] ?? {}, { name: 'Bo' })).toThrow(TypeError);
  expect((await load(store, NAMES)).state).toBe(state);
});

test('a state is read as it is stored, also after it was changed and changed back', async () => {
  const store = await stored('{"names":[]}');
  const read: number[] = [];
  for (const names of [[{ name: 'Ann' }], [{ name: 'Ann' }, { name: 'Bo' }], [{ name: 'Ann' }]]) {
    await revise(store, NAMES, () => ({ names }));
    read.push((await load(store, NAMES)).state.names.length);
  }
  expect(read).toEqual([1, 2, 1]);
});

test('a broken state is reported each time', async () => {
  const store = await stored('{"names":[{"name":1}]}');
  for (const _ of [1, 2]) expect((await load(store, NAMES)).state).toEqual({ names: [] });
  expect(store.broken).toEqual([NAMES.key, NAMES.key]);
});

test('the same text is read by each schema', async () => {
  const store = await stored('{"names":[]}');
  await load(store, NAMES);
  const other = {
    ...NAMES,
    schema: z.strictObject({ others: z.array(z.string()) }),
    initial: { others: [] },
  };
  expect((await load(store, other)).isStored).toBe(false);
  expect(store.broken).toEqual([NAMES.key]);
});
