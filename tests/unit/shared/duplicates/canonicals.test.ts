import { canonicalsOf } from '../../../../shared/duplicates/canonicals.ts';
import { copyOf, deleted, killed, story, useGroupTable } from '../../../support/duplicate-groups.ts';

const table = useGroupTable();
const { canonical, put } = table;

test('canonicalsOf: what is shown instead of each duplicate', async () => {
  await canonical('a');
  await canonical('x', {}, 'H');
  await put(story('a', 1), story('y', 1));
  const records = [
    copyOf('old', 'b', 2),
    copyOf('old', 'c', 3),
    story('d', 4),
    killed('e', 5),
    copyOf('x', 'f', 6, { contentHash: 'H' }),
    copyOf('y', 'g', 7, { contentHash: 'J' }),
    deleted('h'),
  ];
  const found = await canonicalsOf(table.articles, records);
  expect([...found].map(([id, { id: other }]) => [id, other])).toEqual([
    ['b', 'a'],
    ['c', 'a'],
  ]);
  expect((await canonicalsOf(table.articles, [])).size).toBe(0);
});
