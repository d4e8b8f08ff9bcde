import { setImmediate } from 'node:timers/promises';
import { inTurn } from '../../../functions/ingest/receive/in-turn.ts';

/** The work of one processor: text before pictures. */

test('jobs run one after the other, also after one that fails', async () => {
  const turns = inTurn();
  const seen: string[] = [];
  const job = (name: string) => async () => {
    seen.push(`${name} begins`);
    await setImmediate();
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('a fault');
  };
  const [first] = await Promise.allSettled([turns(job('a')), turns(job('b'))]);
  expect(first.status).toBe('rejected');
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('it is idle at once without a job, and else after the last one, also one that came while it was awaited', async () => {
  const turns = inTurn();
  await turns.idle();
  const seen: string[] = [];
  const first = turns(async () => {
    await setImmediate();
    seen.push('first');
    void turns(async () => void seen.push('second'));
  });
  await turns.idle();
  expect(seen).toEqual(['first', 'second']);
  await first;
});
