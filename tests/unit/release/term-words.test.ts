import { isShouted } from '../../../functions/ingest/release/term-words.ts';

test('a line shouts in capitals only, four of them at least', () => {
  for (const line of ['HOLD', 'H O L D', 'KILL 5', 'ЕМБАРГО'])
    expect([line, isShouted(line)]).toEqual([line, true]);
  for (const line of ['', 'KIL', 'Kill', 'KILLs', '解禁', 'embargo'])
    expect([line, isShouted(line)]).toEqual([line, false]);
});
