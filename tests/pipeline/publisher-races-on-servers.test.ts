import { raceOnServers } from '../../bench/publish/race-on-servers.ts';

// As publisher-races.test.ts, but against a real table and real conditional writes, and so in real time.
test('fifty publishers leave every file right on the embedded servers', async () => {
  const { differences, files, atOnce, injected } = await raceOnServers(1, { articles: 9 });
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(50);
  // How many meet is decided by the machine.
  expect(atOnce).toBeGreaterThan(1);
  expect(injected.refused).toBeGreaterThan(0);
});
