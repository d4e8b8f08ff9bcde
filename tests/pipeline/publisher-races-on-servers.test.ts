import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

// As publisher-races.test.ts, but against a real table and real conditional writes, and so in real time.
test('fifty publishers leave every file right on the embedded servers', async () => {
  const { differences, files } = await raceOnServers(1, { articles: 6 });
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
}, 60_000);
