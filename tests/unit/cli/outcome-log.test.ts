import { outcomeLog } from '../../../cli/outcome-log.ts';
import { LOG_EVENTS } from '../../../shared/telemetry.ts';

test('what is released is named by headline and key, and what becomes of it is told', () => {
  const told: string[] = [];
  const log = outcomeLog({ file: () => undefined, released: message => told.push(message) }, 'UTC');
  const about = { event: LOG_EVENTS.released, id: 'abc', key: 'world/a.md', headline: 'Ferry sails' };
  log({ ...about, status: 'live' });
  log({ ...about, status: 'withdrawn' });
  expect(told).toEqual([
    '“Ferry sails” (world/a.md) is due: it is published now.',
    '“Ferry sails” (world/a.md) has expired: it is withdrawn now.',
  ]);
});
