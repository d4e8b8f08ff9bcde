import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

// As publisher-races.test.ts, but against a real table and real conditional writes, and so in real time.
test('fifty publishers leave every file right on the embedded servers', async () => {
  // How many articles are live at rest is decided by the clock: of so many never too few.
  const { differences, files, atOnce, injected } = await raceOnServers(1, { articles: 9 });
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
  expect(atOnce).toBeGreaterThan(10);
  expect(injected.refused).toBeGreaterThan(0);
}, 180_000);
