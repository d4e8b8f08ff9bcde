import { outcomeLine } from '../../../cli/output/terminal.ts';
import { outcomeLog } from '../../../cli/pipeline/outcome-log.ts';
import { LOG_EVENTS } from '../../../shared/aws/telemetry.ts';

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

test('a story that waits is told with what it waits for, once, on the clock of the newsroom', () => {
  const told: string[] = [];
  const log = outcomeLog({ file: outcome => told.push(outcomeLine(outcome)) }, 'Europe/Kyiv');
  const about = { event: LOG_EVENTS.ingested, id: 'abc', key: 'world/a.md', headline: 'Ferry sails' };
  const hold = '“draft: true” holds the story.';
  log({ ...about, outcome: 'held', hold, warnings: [hold, 'A picture is missing.'] });
  log({ ...about, outcome: 'scheduled', due: '2026-12-01T06:00:30.000Z' });
  expect(told.map(line => line.split('\n').map(each => each.trim()))).toEqual([
    ['held       world/a.md  Ferry sails', `held: ${hold}`, 'note A picture is missing.'],
    ['scheduled  world/a.md  Ferry sails', 'scheduled: due 2026-12-01 08:00:30 (Europe/Kyiv)'],
  ]);
});
