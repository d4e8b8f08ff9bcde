import { MemoryS3 } from './memory-s3.ts';
import { MemoryTable } from './memory-table.ts';
import { type OpenServices, type Race, type RaceOptions, runRace } from './races.ts';
import { randomFrom } from './random.ts';
import { inVirtualTime } from './virtual-time.ts';

/** A race on services in memory and in virtual time: all that happens in it is decided by the seed. */
export function raceInMemory(seed: number, options: RaceOptions = {}): Promise<Race> {
  return inVirtualTime(time => runRace(randomFrom(seed), time, open, options));
}

const open: OpenServices = (wire, onRecord) => {
  const tableName = 'articles';
  const { client: dynamodb } = new MemoryTable({ name: tableName, wire, onRecord });
  return { s3: new MemoryS3({ wire }).client, dynamodb, tableName };
};
