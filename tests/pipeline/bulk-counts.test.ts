import { type CountedDesk, startCountedDesk } from '../support/counted-desk.ts';
import { filedStories } from '../support/filed.ts';
import { MEASURED, mapCounts, type RequestCounts } from '../support/request-counts.ts';

/** What AWS bills of a run over all articles, of which docs/costs.md tells what each article adds. */

const TOLERANCE = 0.05;

/** Enough for whole batches and history documents. */
const ARTICLES = 200;

let desk: CountedDesk;
const counted: { lost?: RequestCounts; unchanged?: RequestCounts } = {};
jest.setTimeout(240_000);
beforeAll(async () => {
  desk = await startCountedDesk();
  await desk.file(filedStories(ARTICLES), ARTICLES);
  await desk.loseSite();
  counted.lost = await perArticle();
  counted.unchanged = await perArticle();
});
afterAll(() => desk.close());

/** What grows with the articles: their batches, the pages of the history, and the plan. */
async function perArticle(): Promise<RequestCounts> {
  const parts = await desk.republish();
  const sum = (name: keyof RequestCounts) =>
    (['ids', 'pages', 'steps'] as const).reduce((total, part) => total + (parts.get(part)?.[name] ?? 0), 0);
  const [first] = parts.values();
  if (first === undefined) throw new Error('Nothing was counted.');
  return mapCounts(first, (_, name) => Math.round((100 * sum(name)) / ARTICLES) / 100);
}

test.each(['lost', 'unchanged'] as const)(
  'docs/costs.md tells what an article costs in a republish of a site that is %s',
  state => {
    const [is, told] = [counted[state], MEASURED.republish[state]];
    if (is === undefined) throw new Error('Nothing was counted.');
    const wrong = Object.values(
      mapCounts(is, (count, name) => (Math.abs(count - told[name]) <= 0.02 + TOLERANCE * told[name] ? 0 : 1)),
    );
    // Where it is not as told, the numbers to be told are in the difference.
    if (wrong.includes(1)) expect(is).toEqual(told);
  },
);
