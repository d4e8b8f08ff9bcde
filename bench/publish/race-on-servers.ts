import { setTimeout } from 'node:timers/promises';
import { openClients, type TestClients } from '../../tests/support/clients.ts';
import { type OpenServices, RACE_BUCKETS, type Race, type RaceOptions, runRace } from './races.ts';
import { randomFrom } from './random.ts';
import type { Call, Wire } from './wire.ts';

/** How much faster than in virtual time, by default. */
const SPEED = 10;

/** Between two requests of one publisher at most, but for a busy machine: the race looks whether any has begun. */
const REST_MS = 2_000;

/**
 * A race on the embedded S3 and DynamoDB, in real time. The seed decides what is written; when, and which
 * request comes first, is decided by the machine.
 * @param options.speed how much faster than in virtual time all waiting is; default {@link SPEED}
 */
export async function raceOnServers(
  seed: number,
  { speed = SPEED, ...options }: RaceOptions & { speed?: number } = {},
): Promise<Race> {
  const began = performance.now();
  const time = {
    get now() {
      return (performance.now() - began) * speed;
    },
    sleep: (ms: number) => setTimeout(ms / speed),
    rest: () => setTimeout(REST_MS),
  };
  return runRace(randomFrom(seed), time, open, options);
}

const open: OpenServices = async (wire, onRecord) => {
  const clients = await openClients({
    buckets: Object.fromEntries(RACE_BUCKETS.map(name => [name, {}])),
    onRecords: records => {
      for (const record of records) onRecord(record);
    },
  });
  addWire(clients.s3, 's3', wire);
  addWire(clients.dynamodb, 'table', wire);
  return clients;
};

/** Puts a wire between a client and its service. */
function addWire(client: TestClients['s3' | 'dynamodb'], service: Call['service'], wire: Wire): void {
  type Send = (command: { constructor: { name: string }; input: Record<string, unknown> }) => Promise<object>;
  const send = client.send.bind(client) as unknown as Send;
  (client as unknown as { send: Send }).send = command => {
    const { input } = command;
    const call = {
      service,
      operation: command.constructor.name.replace(/Command$/, ''),
      place: String(input.Bucket ?? input.TableName),
      key: String(input.Key),
      sent: 0,
      conditional: ['IfMatch', 'IfNoneMatch', 'ConditionExpression'].some(name => input[name] !== undefined),
    };
    return wire(call, async () => ({ output: await send(command), received: 0 }));
  };
}
