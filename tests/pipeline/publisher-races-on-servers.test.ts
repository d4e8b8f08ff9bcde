import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

// As publisher-races.test.ts, but against a real table and real conditional writes, and so in real time.
test('fifty publishers leave every file right on the embedded servers', async () => {
  const { differences, files } = await raceOnServers(1, { articles: 5 });
  expect(differences).toEqual([]);
  // How many there are at rest is decided by the clock: an article may have expired.
  expect(files).toBeGreaterThan(20);
}, 60_000);
