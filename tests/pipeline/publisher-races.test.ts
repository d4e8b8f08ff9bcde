import { raceInMemory } from '../../bench/publish/race-in-memory.ts';

/**
 * Fifty publishers on one site while its articles are written, with requests that take their time, are refused or
 * fail; at rest every file is what one publisher alone would have written. `npm run bench -- publish --races 1000`
 * runs more seeds, of larger sites.
 */

/** Enough to turn pages of the archive, few enough for two seconds of CPU a seed. */
const SMALL = { articles: 9 };

/** In each of these a publisher that writes without its condition loses something. */
const SEEDS = [2, 3];

const races = new Map<number, ReturnType<typeof raceInMemory>>();

/** The race of a seed, which is run once. */
function raceOf(seed: number): ReturnType<typeof raceInMemory> {
  const race = races.get(seed) ?? raceInMemory(seed, SMALL);
  races.set(seed, race);
  return race;
}

test.each(SEEDS)('fifty publishers leave every file right: seed %i', async seed => {
  const { differences, files, atOnce } = await raceOf(seed);
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
  expect(atOnce).toBeGreaterThan(10);
});

test('a race can be had again: its seed decides everything', async () => {
  const [seed = 0] = SEEDS;
  const [once, again] = [await raceOf(seed), await raceInMemory(seed, SMALL)];
  expect(again).toEqual(once);
});

test('refused, doubted and failed requests are among what is survived', async () => {
  const sums = { refused: 0, doubted: 0, failed: 0, failures: 0 };
  for (const seed of SEEDS) {
    const { injected, failures } = await raceOf(seed);
    sums.refused += injected.refused;
    sums.doubted += injected.doubted;
    sums.failed += injected.failed;
    sums.failures += failures;
  }
  for (const count of Object.values(sums)) expect(count).toBeGreaterThan(0);
});
