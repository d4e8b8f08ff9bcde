import { setTimeout } from 'node:timers/promises';
import { cpuTime, Deadline } from '../../../functions/ingest/model/deadline.ts';

test('a budget ends when the clock says so, and not before', () => {
  let now = 1_000;
  const deadline = new Deadline(2, () => now);
  now += 2_000;
  expect(() => deadline.check()).not.toThrow();
  now += 1;
  expect(() => deadline.check()).toThrow(expect.objectContaining({ code: 'too-slow' }));
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) deadline.tick();
  };
  expect(() => steps(4_095)).not.toThrow();
  expect(() => steps(1)).toThrow(expect.objectContaining({ code: 'too-slow' }));
});

test('what a file waits for does not count, as on a busy machine; what it computes does', async () => {
  const deadline = new Deadline(0.3);
  const started = cpuTime();
  await setTimeout(600);
  expect(cpuTime() - started).toBeLessThan(300);
  expect(() => deadline.check()).not.toThrow();
  while (cpuTime() - started <= 300);
  expect(() => deadline.check()).toThrow(expect.objectContaining({ code: 'too-slow' }));
});
