import type { Call, Wire } from './wire.ts';

/** What went over a wire. Bytes: of bodies and items, without headers. */
export interface Tally {
  /** How many requests of each kind: `s3 PutObject`. */
  requests: Record<string, number>;
  sent: number;
  received: number;
  /** Bytes sent and received, by what they were of; numbers and ids in a key stand for all. */
  bytesOf: Record<string, number>;
}

/** A wire that counts what it carries, between two calls of `take`. */
export function countingWire(): { wire: Wire; take(): Tally } {
  let tally = empty();
  const wire: Wire = async (call, act) => {
    const kind = `${call.service} ${call.operation}`;
    tally.requests[kind] = (tally.requests[kind] ?? 0) + 1;
    tally.sent += call.sent;
    const what = `${call.service} ${call.place} ${call.operation} ${pattern(call)}`;
    const count = (bytes: number) => {
      tally.bytesOf[what] = (tally.bytesOf[what] ?? 0) + bytes;
    };
    count(call.sent);
    const { output, received } = await act();
    tally.received += received;
    count(received);
    return output;
  };
  return {
    wire,
    take() {
      const taken = tally;
      tally = empty();
      return taken;
    },
  };
}

function empty(): Tally {
  return { requests: {}, sent: 0, received: 0, bytesOf: {} };
}

function pattern({ key }: Call): string {
  return key
    .replace(/articles\/.*/, 'articles/…')
    .replace(/article#\w+/, 'article#…')
    .replace(/\d+/g, '0');
}
