import { raceInMemory } from './race-in-memory.ts';
import { raceOnServers } from './race-on-servers.ts';
import type { Race } from './races.ts';

/** A seed to run. */
export interface RaceTask {
  seed: number;
  on: 'memory' | 'servers';
}

/** What came of it; `error` where it did not come to an end. */
export interface RaceAnswer {
  seed: number;
  race?: Race;
  error?: string;
}

process.on('message', ({ seed, on }: RaceTask) => {
  const race = on === 'servers' ? raceOnServers(seed) : raceInMemory(seed);
  race.then(
    result => process.send?.({ seed, race: result } satisfies RaceAnswer),
    error => process.send?.({ seed, error: String(error) } satisfies RaceAnswer),
  );
});
