import type { RequestCounts } from '../../cli/costs/counts.ts';
import { PER_ARTICLE } from '../../cli/costs/measured-requests.ts';
import { type CountedDesk, startCountedDesk } from '../support/counted-desk.ts';
import { filedStories } from '../support/filed.ts';

/** What is counted depends a little on which of a batch of files is stored first. */
const TOLERANCE = 0.03;

/** Stories before those that count, so that every edition is there: of all sections, tags and authors. */
const BEFORE = 30;

let desk: CountedDesk;
jest.setTimeout(240_000);
beforeAll(async () => {
  desk = await startCountedDesk();
  await desk.file(filedStories(BEFORE), BEFORE);
  desk.take();
});
afterAll(() => desk.close());

const perArticle = (counts: RequestCounts, articles: number) =>
  Object.entries(counts).map(([name, count]) => [name, Math.round((count / articles) * 100) / 100]);

test.each([
  ['one', 4, BEFORE],
  ['hundred', 100, BEFORE + 4],
] as const)(
  'docs/costs.md and "copydesk estimate" tell what AWS bills of an article that is published with its %s',
  async (name, articles, from) => {
    await desk.file(filedStories(articles, from), PER_ARTICLE[name].together);
    const counted = perArticle(desk.take(), articles);
    const told = Object.entries(PER_ARTICLE[name].counts);
    const isAsTold = counted.every(([kind, count], index) => {
      const [toldKind, toldCount] = told[index] ?? [];
      return (
        kind === toldKind && Math.abs(Number(count) - Number(toldCount)) <= TOLERANCE * Number(toldCount)
      );
    });
    // Where it is not, the numbers to be told are in the difference.
    if (!isAsTold) expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(told));
  },
);
