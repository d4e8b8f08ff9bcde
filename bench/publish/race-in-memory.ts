import { MemoryS3 } from './memory-s3.ts';
import { MemoryTable } from './memory-table.ts';
import { loadPublisher, type OpenServices, type Race, type RaceOptions, runRace, START } from './races.ts';
import { randomFrom } from './random.ts';
import { inVirtualTime, type VirtualTime } from './virtual-time.ts';

/** A race on services in memory and in virtual time: all that happens in it is decided by the seed. */
export async function raceInMemory(seed: number, options: RaceOptions = {}): Promise<Race> {
  loading ??= loadPublisher(openAt(REAL_TIME));
  await loading;
  return inVirtualTime(time => runRace(randomFrom(seed), time, openAt(time), options));
}

let loading: Promise<void> | undefined;

/** A clock that stands still, for what is no race. */
const REAL_TIME: VirtualTime = { now: 0, sleep: async () => undefined, rest: async () => undefined };

const openAt =
  (time: VirtualTime): OpenServices =>
  (wire, onRecord) => {
    const tableName = 'articles';
    const { client: dynamodb } = new MemoryTable({ name: tableName, wire, onRecord });
    return { s3: new MemoryS3({ wire, now: () => START + time.now }).client, dynamodb, tableName };
  };
