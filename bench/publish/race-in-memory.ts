import { MemoryS3 } from './memory-s3.ts';
import { MemoryTable } from './memory-table.ts';
import { type OpenServices, type Race, type RaceOptions, runRace, START } from './races.ts';
import { randomFrom } from './random.ts';
import { inVirtualTime, type VirtualTime } from './virtual-time.ts';

/** A race on services in memory and in virtual time: all that happens in it is decided by the seed. */
export function raceInMemory(seed: number, options: RaceOptions = {}): Promise<Race> {
  return inVirtualTime(time => runRace(randomFrom(seed), time, openAt(time), options));
}

const openAt =
  (time: VirtualTime): OpenServices =>
  (wire, onRecord) => {
    const tableName = 'articles';
    const { client: dynamodb } = new MemoryTable({ name: tableName, wire, onRecord });
    return { s3: new MemoryS3({ wire, now: () => START + time.now }).client, dynamodb, tableName };
  };
