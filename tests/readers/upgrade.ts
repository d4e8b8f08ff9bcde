import type { Steps } from '../deploy/steps.ts';
import { bulletins, CORRECTED_TEXT, firstFiles, plain } from './copy.ts';
import type { Paper } from './paper.ts';
import type { Reader } from './reader.ts';
import { markRead, poll, type Subscriber, subscribe } from './subscribers.ts';
import { type Difference, difference } from './verdicts.ts';

/** Stories between two polls: fewer than a feed of any version holds, so the readers see all of them. */
const BATCH = 40;

/** Days. The first stories are newer, so they are in the feeds when the site is upgraded. */
const BULLETIN_AGE = 4;

/**
 * Lets readers follow a site of one build, and then the same site of another one.
 * @param later folder of the other build
 * @returns what each reader shows otherwise. It had seen and read everything.
 */
export async function upgrade(
  paper: Paper,
  readers: readonly Reader[],
  { later, steps, work }: { later: string; steps: Steps; work: string },
): Promise<Map<Subscriber, Difference>> {
  const file = (first: number) =>
    steps.do(`${BATCH} bulletins`, () => paper.file(bulletins(first, first + BATCH - 1, BULLETIN_AGE)));
  await file(1);
  const subscribers = await steps.do('Subscriptions', () => subscribe(readers, paper.site, work));
  for (const first of [BATCH + 1, 2 * BATCH + 1]) {
    await steps.do('A poll', () => poll(subscribers));
    await file(first);
  }
  await steps.do('A poll', () => poll(subscribers));
  await steps.do('The stories of the bench', () => paper.file(firstFiles()));
  await steps.do('A poll', () => poll(subscribers));
  await steps.do('A correction and a withdrawal', async () => {
    await paper.file(plain('corrected', { text: CORRECTED_TEXT }));
    await paper.file(plain('killed', { front: 'status: withdrawn\n' }), 'withdrawn');
  });
  const before = await steps.do('A poll', () => poll(subscribers));
  await markRead(subscribers);
  await steps.do('The other build, which publishes everything again', async () => {
    await paper.continueWith(later);
    await paper.publishAll();
  });
  const after = await steps.do('A poll', () => poll(subscribers));
  return new Map(subscribers.map(it => [it, difference(before.get(it) ?? [], after.get(it) ?? [])] as const));
}
