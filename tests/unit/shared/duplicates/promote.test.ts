import { leave, settle } from '../../../../shared/duplicates/settle.ts';
import { MAX_ATTEMPTS } from '../../../../shared/errors/retry-on-conflict.ts';
import { instant } from '../../../support/articles.ts';
import {
  copyOf,
  deleted,
  index,
  killed,
  lost,
  NOW,
  said,
  story,
  useGroupTable,
} from '../../../support/duplicate-groups.ts';

/** Which member of a duplicate group takes the place of a canonical that is gone. */

const table = useGroupTable();
const { all, calls, canonical, justBefore, put, waits } = table;

describe('promotion', () => {
  /** Something leaves the group, by a record that is not in it. */
  const go = () =>
    leave(
      table.articles,
      { group: 'G', since: instant(0), similarityKeys: [] },
      { id: 'gone', version: 9 },
      undefined,
      NOW,
    );

  test('four members are told of the new canonical; one that knows it is not written', async () => {
    const copies = ['b', 'c', 'd', 'e', 'f', 'g'].map((id, at) => copyOf('gone', id, at + 2));
    const knows = copyOf('b', 'c', 3);
    await put(...copies, knows);
    await waits(...copies);
    await go();
    expect((await all()).slice(0, 7)).toEqual([
      'b live v2',
      'c duplicate of b v1',
      'd duplicate of b v2',
      'e duplicate of b v2',
      'f duplicate of b v2',
      'g duplicate of gone v1',
      'group#G canonical {member:b}',
    ]);
    expect(calls.filter(call => call.startsWith('Query group#G'))).toHaveLength(2);
  });

  test.each([
    ['is withdrawn', { status: 'withdrawn', withdrawnBy: 'source' }],
    ['goes to another group', { contentHash: 'H' }],
    ['is live', { status: 'live' }],
  ] as const)('a member that %s meanwhile is not told', async (_, fields) => {
    const copies = [copyOf('gone', 'b', 2), copyOf('gone', 'c', 3)];
    await put(...copies);
    await waits(...copies);
    const changed = copyOf('gone', 'c', 3, { version: 2, ...fields });
    justBefore('GetItem article#c record', () => put(changed));
    await go();
    expect(await all()).toContain(said(changed));
  });

  test('members that have left are taken out, also where none is left', async () => {
    const expired = copyOf('gone', 'b', 2, { status: 'withdrawn', withdrawnBy: 'expiry' });
    const moved = copyOf('gone', 'c', 3, { contentHash: 'H' });
    const waiting = copyOf('gone', 'z', 8);
    const gone = ['d', 'e', 'f'].map((id, at) => copyOf('gone', id, at + 4));
    await put(expired, moved, waiting);
    await waits(expired, moved, ...gone, waiting);
    await go();
    expect((await all()).filter(line => line.startsWith('group'))).toEqual(['group#G canonical {member:z}']);
    await put(deleted('z'));
    await waits(expired);
    await go();
    expect((await all()).filter(line => line.startsWith('group'))).toEqual([]);
  });

  test('a member that has expired is withdrawn, and the next is shown', async () => {
    const copies = [copyOf('gone', 'b', 2, { expiresAt: NOW }), copyOf('gone', 'c', 3)];
    await put(...copies);
    await waits(...copies);
    await go();
    expect(await all()).toEqual([
      'b withdrawn expiry v2 {group:G,since:2,similarityKeys:[]}',
      'c live v2',
      'group#G canonical {member:c}',
      ...index('c', 3, 2),
    ]);
  });

  test.each([
    ['a killed article', killed('a', 1), ['{since:1,nearHash:k1.k2.k3}', ...index('a', 1, 'ANY')]],
    [
      'a killed article that has moved',
      killed('a', 1, { contentHash: 'H', left: { group: 'G', since: instant(4), similarityKeys: [] } }),
      ['{since:4}'],
    ],
    [
      'a deleted file that was killed',
      deleted('a', { killed: true, left: { group: 'G', since: instant(4), similarityKeys: [] } }),
      ['{since:4}'],
    ],
  ])('%s covers the group for which it stands', async (_, record, [noted, ...keys]) => {
    await canonical('a');
    await put(record, copyOf('a', 'b', 2));
    await waits(copyOf('a', 'b', 2));
    await go();
    expect(await all()).toEqual(
      [
        said(record),
        'b duplicate of a v1',
        `article#a kill#G ${noted}`,
        'group#G canonical {member:a,killed:true}',
        'group#G kill#a',
        'group#G member#2#b {version:1}',
        ...keys,
      ].sort(),
    );
  });

  test.each([
    ['a killed article of another group', killed('a', 1, { contentHash: 'H' })],
    [
      'a killed article that left another group',
      killed('a', 1, { contentHash: 'H', left: { group: 'J', since: instant(4), similarityKeys: [] } }),
    ],
    ['a deleted file that was killed in no group', deleted('a', { killed: true })],
    ['a deleted file', deleted('a', { left: { group: 'G', since: instant(4), similarityKeys: [] } })],
    ['an article of another group', story('a', 1, { contentHash: 'H' })],
    ['an article that waits', story('a', 1, { status: 'scheduled' })],
  ])('%s gives its place up', async (_, record) => {
    await canonical('a');
    await put(record);
    await go();
    expect(await all()).toEqual([said(record)]);
  });

  test('a canonical that is live stays, and nothing is written', async () => {
    await canonical('a');
    await put(story('a', 1), copyOf('a', 'b', 2));
    await waits(copyOf('a', 'b', 2));
    const known = await all();
    await go();
    expect(await all()).toEqual(known);
    expect(calls.at(-1)).not.toContain('PutItem');
  });

  test('a killed group promotes nobody', async () => {
    await canonical('x', { killed: true });
    await put(copyOf('x', 'b', 2));
    await waits(copyOf('x', 'b', 2));
    const known = await all();
    await go();
    expect(await all()).toEqual(known);
  });

  test('a canonical that comes back before it is doubted keeps its place', async () => {
    await canonical('a');
    await put(copyOf('a', 'b', 2));
    await waits(copyOf('a', 'b', 2));
    const back = story('a', 1);
    justBefore('PutItem group#G canonical', () => put(back));
    await go();
    await settle(table.articles, back, NOW);
    expect(await all()).toEqual([
      'a live v1',
      'b duplicate of a v1',
      'group#G canonical {member:a}',
      'group#G member#2#b {version:1}',
      ...index('a', 1, 1),
    ]);
  });

  test.each([
    ['while another member waits', 'PutItem group#G canonical', [copyOf('a', 'b', 2)]],
    ['while nobody else waits', 'DeleteItem group#G canonical', []],
  ])('a canonical that comes back after the last look, %s, keeps its place', async (_, write, copies) => {
    await canonical('a', { doubted: true });
    await put(...copies);
    await waits(...copies);
    const back = story('a', 1);
    justBefore(write, async () => {
      await put(back);
      await settle(table.articles, back, NOW);
    });
    await go();
    expect(await all()).toEqual(expect.arrayContaining(['a live v1', 'group#G canonical {member:a}']));
  });

  test.each([
    ['live in another group', story('a', 1, { contentHash: 'H' })],
    ['withdrawn', story('a', 1, { status: 'withdrawn', withdrawnBy: 'source' })],
  ])('a canonical that comes back %s is no matter', async (_, record) => {
    await canonical('a');
    justBefore('DeleteItem group#G canonical', () => put(record));
    await go();
    expect(await all()).toEqual([said(record)]);
  });

  test('who loses the race for the place accepts the winner', async () => {
    await put(copyOf('gone', 'b', 2), story('w', 5));
    await waits(copyOf('gone', 'b', 2));
    justBefore('PutItem group#G canonical', () => canonical('w'));
    await go();
    expect(await all()).toEqual([
      'b duplicate of gone v1',
      'group#G canonical {member:w}',
      'group#G member#2#b {version:1}',
      'w live v1',
    ]);
  });

  test('it gives up after so many lost races', async () => {
    await put(copyOf('gone', 'b', 2));
    await waits(copyOf('gone', 'b', 2));
    const replace = jest.spyOn(table.articles.groups, 'replaceCanonical').mockImplementation(lost());
    await expect(go()).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });

  test.each([
    ['is withdrawn', killed('b', 2, { withdrawnBy: 'source', version: 2 })],
    ['goes to another group', copyOf('a', 'b', 2, { contentHash: 'H', version: 2 })],
    ['is deleted', deleted('b', { version: 2 } as never)],
  ])('a member that %s while it is shown is not shown', async (_, record) => {
    await canonical('b');
    await put(copyOf('a', 'b', 2));
    justBefore('GetItem article#b record', () => put(record), 1);
    await go();
    expect(await all()).toEqual([said(record)]);
  });

  test('a story that is killed while a copy is shown is hidden again', async () => {
    await put(copyOf('x', 'b', 2));
    await canonical('b');
    justBefore('PutItem article#b record', () => canonical('x', { killed: true }));
    await go();
    expect(await all()).toEqual([
      'b duplicate of x v3',
      'group#G canonical {member:x,killed:true}',
      'group#G member#2#b {version:3}',
    ]);
  });

  test('a record that somebody else writes is read again', async () => {
    await canonical('b');
    await put(copyOf('x', 'b', 2));
    justBefore('PutItem article#b record', () => put(copyOf('x', 'b', 2, { version: 7 })));
    await go();
    expect(await all()).toContain('b live v8');
  });

  test('a record that others write all the time is given up', async () => {
    await canonical('b');
    await put(copyOf('x', 'b', 2));
    const replace = jest.spyOn(table.articles, 'replace').mockImplementation(lost());
    await expect(go()).rejects.toMatchObject({ code: 'contention', subject: 'b' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });
});
