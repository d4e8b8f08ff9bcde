import fc from 'fast-check';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import type { Pacing } from '../../../shared/errors/retry-on-conflict.ts';
import { Articles } from '../../../shared/table/articles.ts';
import {
  type Action,
  CONTENTS,
  DuplicatesWorld,
  type Faults,
  KEYS,
  TERMS,
} from '../../support/duplicates-world.ts';

/**
 * For each content exactly one file is live, where at least one may be public and no editor has killed the story: in
 * any order of what happens, by many functions at once, and where functions die between two calls of the table.
 */

/** Runs of each test. `DUPLICATES_RUNS=100000` on a quiet night. */
const RUNS = Number(process.env.DUPLICATES_RUNS ?? 30);

/** `{"seed":…,"path":"…"}`, as fast-check prints them of what failed. */
const REPLAY: { seed?: number; path?: string } = JSON.parse(process.env.DUPLICATES_REPLAY ?? '{}');

jest.setTimeout(60_000 + RUNS * 1_000);

/** What waits for a slow function waits for the others to take some steps. */
const STEPWISE: Pacing = {
  async sleep() {
    for (let step = 0; step < 50; step++) await new Promise(setImmediate);
  },
  random: () => 0,
};

const key = fc.constantFrom(...KEYS);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      key,
      content: fc.constantFrom(...CONTENTS),
      terms: fc.oneof({ weight: 2, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...TERMS)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill' as const), key, inConsole: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('restore' as const), key, inConsole: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), key, index: fc.nat(10) }) },
);

function startWorld(): DuplicatesWorld {
  return new DuplicatesWorld(
    (wire, onRecord) =>
      new Articles(new MemoryTable({ name: 'articles', wire, onRecord }).client, 'articles', {
        namespace: 'copydesk',
        pacing: STEPWISE,
      }),
  );
}

test('a file that moved within an instant stays in the similarity index when its deletion is settled last', async () => {
  const world = startWorld();
  await world.act({ kind: 'file', key: 'a.md', content: 'Ferry', terms: 'none' });
  await world.settleChanges();
  await world.act({ kind: 'delete', key: 'a.md' });
  await world.act({ kind: 'file', key: 'b.md', content: 'Ferry', terms: 'none' });
  await world.settleChanges();
  await world.check();
});

test('a key that left two records keeps its file, though one of them takes part in a later move', async () => {
  const world = startWorld();
  const file = (key: 'a.md' | 'b.md' | 'c.md', content: 'Ferry' | 'Bridge'): Action => {
    return { kind: 'file', key, content, terms: 'none' };
  };
  await world.act(file('b.md', 'Ferry'));
  await world.act(file('c.md', 'Bridge'));
  await world.act({ kind: 'delete', key: 'b.md' });
  await world.act(file('a.md', 'Bridge'));
  await world.act({ kind: 'delete', key: 'c.md' });
  await world.act(file('c.md', 'Ferry'));
  await world.act(file('b.md', 'Bridge'));
  await world.act({ kind: 'delete', key: 'a.md' });
  await world.check();
});

test('one after the other', async () => {
  const step = fc.oneof(
    { weight: 10, arbitrary: action },
    { weight: 1, arbitrary: fc.constant('wait' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async steps => {
      const world = startWorld();
      for (const each of steps) {
        world.now = new Date(Date.parse(world.now) + 1_000).toISOString();
        if (each === 'wait') await world.tick(180);
        else if (world.can(each, true)) await world.act(each);
        await world.settleChanges();
      }
      await world.check();
    }),
    { numRuns: RUNS, ...REPLAY },
  );
});

test('many at once, of which some die', async () => {
  // Of one file one thing happens at a time: what is right would else depend on which is first.
  const round = fc.uniqueArray(action, { selector: ({ key }) => key, minLength: 1, maxLength: KEYS.length });
  const seed = fc.infiniteStream(fc.nat(99));
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 12, size: 'max' }), seed, async (rounds, chance) => {
      const world = startWorld();
      const next = () => chance.next().value ?? 99;
      const faults: Faults = {
        dies: () => (['before', 'after'] as const)[next()],
        async pause() {
          for (let turns = next() % 4; turns > 0; turns--) await new Promise(setImmediate);
        },
      };
      for (const actions of rounds) {
        world.now = new Date(Date.parse(world.now) + 1_000).toISOString();
        const doable = actions.filter(each => world.can(each, false));
        world.faults = faults;
        await Promise.all([...doable.map(each => world.act(each)), world.tick()]);
        await world.settleChanges();
        world.faults = undefined;
        if (next() < 30) await world.tick(180);
        if (next() < 30) await world.check();
      }
      await world.check();
    }),
    { numRuns: RUNS, ...REPLAY },
  );
});
