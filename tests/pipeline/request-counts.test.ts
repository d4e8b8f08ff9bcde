import { type CountedDesk, startCountedDesk } from '../support/counted-desk.ts';
import { filedStories } from '../support/filed.ts';
import { countsOf, MEASURED, mapCounts, type RequestCounts } from '../support/request-counts.ts';

/** What is counted depends a little on which of a batch of files is stored first. */
const TOLERANCE = 0.03;

/**
 * Stories before those that count, so that every edition is there: of all sections, tags and authors. With those that are
 * published one by one they fill whole documents of the history, and what comes then begins and ends whole ones.
 */
const BEFORE = 50;
const ONE_BY_ONE = 50;

/** Milliseconds between stories that are published one by one: 30,000 a month. */
const PACE_MS = 86_400;

/** Two batches, of which a straight line is told: a call with so many, and one with twice as many. */
const FEW = 50;
const MANY = 100;

let desk: CountedDesk;
jest.setTimeout(240_000);
beforeAll(async () => {
  desk = await startCountedDesk();
  await desk.file(filedStories(BEFORE), BEFORE);
  desk.take();
});
afterAll(() => desk.close());

const rounded = (counts: RequestCounts) => mapCounts(counts, count => Math.round(count * 100) / 100);

const isAsTold = (counted: RequestCounts, told: RequestCounts) => {
  const wrong = mapCounts(counted, (count, name) =>
    Math.abs(count - told[name]) <= TOLERANCE * told[name] ? 0 : 1,
  );
  return Object.values(wrong).every(count => count === 0);
};

test('docs/costs.md tells what AWS bills of an article that is published by itself', async () => {
  await desk.file(filedStories(ONE_BY_ONE, BEFORE), 1, PACE_MS);
  const counted = mapCounts(desk.take(), count => count / ONE_BY_ONE);
  // Where it is not as told, the numbers to be told are in the difference.
  if (!isAsTold(counted, MEASURED.one)) expect(rounded(counted)).toEqual(MEASURED.one);
});

test('it tells what AWS bills of a call that publishes many, and of each of them', async () => {
  const from = BEFORE + ONE_BY_ONE;
  await desk.file(filedStories(FEW, from), FEW);
  const few = desk.take();
  await desk.file(filedStories(MANY, from + FEW), MANY);
  const many = desk.take();
  expect([few.publishCalls, many.publishCalls]).toEqual([1, 1]);
  if (isAsTold(few, countsOf(MEASURED.bulk, FEW)) && isAsTold(many, countsOf(MEASURED.bulk, MANY))) return;
  const article = mapCounts(many, (count, name) => (count - few[name]) / (MANY - FEW));
  const call = mapCounts(few, (count, name) => count - FEW * article[name]);
  expect({ call: rounded(call), article: rounded(article) }).toEqual(MEASURED.bulk);
});
