import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

/** Few articles, so that publishers meet at every file. `npm run bench -- publish --races 5` runs larger sites. */
const SMALL = { articles: 9 };

/** Waits are so short that the race waits for the services. */
const SPEED = 40;

/** A seed that refuses writes, and in which a publisher that writes without its condition loses something. */
const SEED = 4;

// Like publisher-races.test.ts, but with the conditional writes of the embedded services, and so in real time.
test('fifty publishers at once leave every file right on the embedded services', async () => {
  const { differences, files, atOnce, injected } = await raceOnServers(SEED, { ...SMALL, speed: SPEED });
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
  // How many meet is decided by the machine.
  expect(atOnce).toBeGreaterThan(1);
  expect(injected.refused).toBeGreaterThan(0);
});
