/**
 * Returns the instant, in epoch milliseconds, at which the clocks of a time zone show `wall`. When summer time begins,
 * a time in the missing hour moves one hour later. When summer time ends, a time in the repeated hour means its first
 * occurrence.
 * @param wall local time in milliseconds, encoded as if it were UTC
 * @param timeZone IANA name
 */
export function fromWallClock(wall: number, timeZone: string): number {
  const before = wall - offsetAt(wall - 86_400_000, timeZone);
  const after = wall - offsetAt(wall + 86_400_000, timeZone);
  if (before + offsetAt(before, timeZone) === wall) return before;
  return after + offsetAt(after, timeZone) === wall ? after : before;
}

function offsetAt(instant: number, timeZone: string): number {
  const values = new Map(
    clockOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => values.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1_000) * 1_000;
}

const clocksByZone = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const cached = clocksByZone.get(timeZone);
  if (cached) return cached;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', {
    ...parts,
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  });
  clocksByZone.set(timeZone, clock);
  return clock;
}
