import { runCrashes } from '../../bench/crash/run-crashes.ts';

// It starts node three times; `npm run bench -- crash` does the same with 2,000 files and ten kills.

test('a laptop that is killed at random keeps every upload, correction and deletion, also those while it recovers', async () => {
  const result = await runCrashes({ files: 50, kills: 2, seed: 3, killToMs: 1_500 });
  expect(result).toMatchObject({ wrong: [], kills: 2 });
  expect(result.live + result.deleted).toBeGreaterThan(40);
  expect(Object.keys(result.whileRecovering)).toContain('corrections');
});
