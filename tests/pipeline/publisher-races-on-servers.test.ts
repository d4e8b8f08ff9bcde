import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

/** Enough publishers to meet at every file; `npm run bench -- publish --races 5` runs fifty of them, on larger sites. */
const SMALL = { publishers: 16, articles: 9 };

/** So fast that the servers are what is waited for. */
const SPEED = 40;

/** A seed that refuses writes, and in which a publisher that writes without its condition loses something. */
const SEED = 4;

// As publisher-races.test.ts, but against a real table and real conditional writes, and so in real time.
test('publishers at once leave every file right on the embedded servers', async () => {
  const { differences, files, atOnce, injected } = await raceOnServers(SEED, { ...SMALL, speed: SPEED });
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
  // How many meet is decided by the machine.
  expect(atOnce).toBeGreaterThan(1);
  expect(injected.refused).toBeGreaterThan(0);
});
