import { setImmediate } from 'node:timers';

/** A clock that goes on to the next event as soon as all that the last one caused has been done. */
export interface VirtualTime {
  /** Milliseconds since it began. */
  readonly now: number;
  sleep(ms: number): Promise<void>;
  /** Until nothing is under way any more. */
  rest(): Promise<void>;
}

/** Longer than anything can be under way: nobody waits for as long but on purpose. */
const REST_MS = 3_600_000;

/**
 * Runs work in virtual time: hours of waiting take as long as what is done between them. The work may wait for nothing
 * but `sleep` and `rest`, and for what is done in memory.
 */
export async function inVirtualTime<T>(work: (time: VirtualTime) => Promise<T>): Promise<T> {
  const events: Event[] = [];
  let now = 0;
  let order = 0;
  const sleep = (ms: number) =>
    new Promise<void>(wake => {
      push(events, { at: now + ms, order: order++, wake });
    });
  let isDone = false;
  const result = work({
    get now() {
      return now;
    },
    sleep,
    rest: () => sleep(REST_MS),
  }).finally(() => {
    isDone = true;
  });
  result.catch(() => undefined);
  for (;;) {
    // A turn of the event loop: every promise that can settle by now has.
    await new Promise(resolve => setImmediate(resolve));
    if (isDone) return await result;
    const event = pop(events);
    if (event === undefined) throw new Error('The work waits for something that is not in virtual time.');
    now = event.at;
    event.wake();
  }
}

interface Event {
  at: number;
  order: number;
  wake: () => void;
}

/** Into a binary heap whose first is the earliest. */
function push(heap: Event[], event: Event): void {
  let at = heap.push(event) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Event;
    if (!isBefore(event, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = event;
}

function pop(heap: Event[]): Event | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const child = right < heap.length && isBefore(heap[right] as Event, heap[left] as Event) ? right : left;
    if (!isBefore(heap[child] as Event, last)) break;
    heap[at] = heap[child] as Event;
    at = child;
  }
  heap[at] = last;
  return first;
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
