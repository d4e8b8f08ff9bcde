import { finishLeaving, leave } from '../../../../shared/duplicates/settle.ts';
import { instant } from '../../../support/articles.ts';
import {
  copyOf,
  deleted,
  index,
  killed,
  NOW,
  story,
  useGroupTable,
} from '../../../support/duplicate-groups.ts';

/** What leaving a duplicate group takes out of it. */

const table = useGroupTable();
const { all, canonical, indexed, put, waits } = table;

describe('leave', () => {
  const left = { group: 'G', since: instant(1), similarityKeys: ['k1', 'k2'] };

  test('what was deleted goes from its keys and its group, and the eldest copy takes its place', async () => {
    const copies = [copyOf('a', 'b', 2), copyOf('a', 'c', 3)];
    await canonical('a');
    await put(...copies);
    await waits(story('a', 1), ...copies);
    await indexed('a', 1, 1);
    await leave(table.articles, left, { id: 'a', version: 2 }, undefined, NOW);
    expect(await all()).toEqual(
      [
        'b live v2',
        'c duplicate of b v2',
        'group#G canonical {member:b}',
        'group#G member#3#c {version:1}',
        ...index('a', 1, 1, ['k3']),
        ...index('b', 2, 2),
      ].sort(),
    );
  });

  test('what a later version entered stays', async () => {
    await indexed('a', 1, 3);
    await waits(story('a', 1, { version: 3 }));
    await put(copyOf('b', 'a', 1, { version: 3, contentHash: 'H' }));
    await canonical('a', { killed: true });
    await leave(table.articles, left, { id: 'a', version: 2 }, undefined, NOW);
    expect(await all()).toEqual(
      expect.arrayContaining(['group#G member#1#a {version:3}', ...index('a', 1, 3)]),
    );
  });

  test.each([
    ['a killed article in the group', killed('a', 1), true],
    ['a deleted file that was killed', deleted('a', { killed: true }), true],
    ['a killed article of another group', killed('a', 1, { contentHash: 'H' }), false],
    ['an article that expired', killed('a', 1, { withdrawnBy: 'expiry' }), false],
    ['a deleted file', deleted('a'), false],
  ])('%s keeps its keys, or not', async (_, record, keeps) => {
    await indexed('a', 1, 1);
    await waits(story('a', 1));
    await leave(table.articles, left, record, record, NOW);
    expect(await all()).toEqual(index('a', 1, 1, keeps ? ['k1', 'k2', 'k3'] : ['k3']));
  });

  test.each([
    ['live', story('a', 1)],
    ['duplicate', copyOf('b', 'a', 1)],
  ])('what is %s in the group loses keys only', async (_, record) => {
    await indexed('a', 1, 1);
    await waits(record);
    await canonical('gone');
    await leave(table.articles, left, record, record, NOW);
    expect(await all()).toEqual([
      'group#G canonical {member:gone}',
      'group#G member#1#a {version:1}',
      ...index('a', 1, 1, ['k3']),
    ]);
  });

  test('a live article of another group leaves', async () => {
    await waits(story('a', 1));
    await canonical('a');
    const record = story('a', 1, { contentHash: 'H' });
    await leave(table.articles, left, record, record, NOW);
    expect(await all()).toEqual([]);
  });

  test('what a record says that it left is finished, and nothing where it says nothing', async () => {
    await indexed('a', 1, 1);
    await canonical('a');
    await finishLeaving(table.articles, deleted('a'), NOW);
    expect(await all()).toHaveLength(4);
    await finishLeaving(table.articles, deleted('a', { left }), NOW);
    expect(await all()).toEqual(index('a', 1, 1, ['k3']));
  });
});
