/**
 * The instant at which the clocks of a zone show `wall` (as if it were UTC). Where summer time begins, the
 * hour that does not exist is read as the one after it; where it ends, the first of the two is meant.
 * @param wall milliseconds
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

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', {
    ...parts,
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  });
  clocks.set(timeZone, clock);
  return clock;
}
