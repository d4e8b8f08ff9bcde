import { fault } from '../../../../bench/publish/wire.ts';
import { MAX_ATTEMPTS } from '../../../../shared/errors/retry-on-conflict.ts';
import { instant } from '../../../support/articles.ts';
import { copyOf, KEYS, killed, lost, useGroupTable } from '../../../support/duplicate-groups.ts';

/** The items of the table that hold duplicate groups. */

const table = useGroupTable();
const { all, calls, canonical, justBefore, kill, put, putItem, waits } = table;

describe('the items of groups', () => {
  test('a canonical is read as it is written', async () => {
    const { groups } = table.articles;
    expect(await groups.canonical('G')).toBeUndefined();
    const each = [
      { member: 'a', killed: false },
      { member: 'b', killed: true },
      { member: 'c', killed: true, hides: 'b' },
    ];
    let known: (typeof each)[number] | undefined;
    for (const next of each) {
      expect(await groups.replaceCanonical('G', known, next)).toBe(true);
      expect(await groups.canonical('G')).toEqual(next);
      known = next;
    }
    expect(await all()).toEqual(['group#G canonical {member:c,killed:true,hides:b}']);
    expect(await groups.replaceCanonical('G', known, undefined)).toBe(true);
    expect(await all()).toEqual([]);
  });

  test('what is no canonical is none', async () => {
    await putItem({ pk: 'group#G', sk: 'canonical', member: 7, killed: true });
    await putItem({ pk: 'group#H', sk: 'canonical', member: 'a', killed: 'no', hides: 3 });
    expect(await table.articles.groups.canonical('G')).toBeUndefined();
    expect(await table.articles.groups.canonical('H')).toEqual({ member: 'a', killed: false });
    expect(await table.articles.groups.canonicals(['G', 'H', 'J', 'H'])).toEqual(
      new Map([['H', { member: 'a', killed: false }]]),
    );
  });

  test.each([
    ['nobody', undefined],
    ['another', { member: 'x', killed: false }],
    ['the same, killed', { member: 'a', killed: true }],
  ])('a canonical is not replaced where %s is expected', async (_, expected) => {
    await canonical('a');
    expect(await table.articles.groups.replaceCanonical('G', expected, { member: 'z', killed: false })).toBe(
      false,
    );
    expect(await table.articles.groups.replaceCanonical('G', expected, undefined)).toBe(false);
    expect(await all()).toEqual(['group#G canonical {member:a}']);
  });

  test.each([
    ['another', { member: 'x', killed: true }],
    ['the same, not killed', { member: 'a', killed: false }],
  ])('a killer is not replaced where %s is expected', async (_, expected) => {
    await canonical('a', { killed: true });
    expect(await table.articles.groups.replaceCanonical('G', expected, { member: 'z', killed: false })).toBe(
      false,
    );
    expect(await all()).toEqual(['group#G canonical {member:a,killed:true}']);
  });

  test('a claim succeeds where there is none, and says who is there', async () => {
    const { groups } = table.articles;
    const mine = { member: 'a', killed: false };
    justBefore('PutItem group#G canonical', () => canonical('x', { killed: true }));
    expect(await groups.claim('G', 'a')).toEqual({ member: 'x', killed: true });
    justBefore('GetItem group#G canonical', () =>
      groups.replaceCanonical('G', { member: 'x', killed: true }, undefined),
    );
    expect(await groups.claim('G', 'a')).toEqual(mine);
    expect(await all()).toEqual(['group#G canonical {member:a}']);
    const replace = jest.spyOn(groups, 'replaceCanonical').mockImplementation(lost());
    jest.spyOn(groups, 'standing').mockResolvedValue({});
    await expect(groups.claim('G', 'a')).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });

  test('an earlier or equal version enters nothing, and only a later one stays', async () => {
    const { groups } = table.articles;
    const member = (version: number) => ({ id: 'a', since: instant(1), version });
    await groups.enter('G', member(3));
    await groups.enter('G', member(2));
    expect(await all()).toEqual(['group#G member#1#a {version:3}']);
    await groups.enter('G', member(4));
    await groups.leave('G', member(3));
    expect(await all()).toEqual(['group#G member#1#a {version:4}']);
    await groups.leave('G', member(4));
    expect(await all()).toEqual([]);
  });

  test('members are read eldest first, so many', async () => {
    const copies = ['c', 'b', 'a', 'd'].map((id, at) => copyOf('x', id, at + 1, { version: at + 2 }));
    await waits(...copies.toReversed());
    await canonical('x');
    await kill('x');
    const ids = async (limit: number) =>
      (await table.articles.groups.members('G', limit)).map(({ id }) => id);
    expect(await table.articles.groups.members('G', 1)).toEqual([{ id: 'c', since: instant(1), version: 2 }]);
    expect(await ids(9)).toEqual(['c', 'b', 'a', 'd']);
    calls.length = 0;
    expect(await ids(2)).toEqual(['c', 'b']);
    expect(calls).toHaveLength(1);
    table.endFirstPageAfter(1);
    expect(await ids(2)).toEqual(['c', 'b']);
    table.endFirstPageAfter(1);
    expect(await ids(9)).toEqual(['c', 'b', 'a', 'd']);
    expect(await table.articles.groups.members('H', 9)).toEqual([]);
  });

  test('the groups of a kill, and two kills of a group, are read', async () => {
    await kill('a', 1);
    await kill('a', 2, 'H', {});
    await kill('b', 3);
    await kill('c', 4);
    await put(killed('a', 1));
    table.endFirstPageAfter(1);
    expect(await table.articles.groups.kills('a')).toEqual([
      { group: 'G', since: instant(1), nearHash: KEYS },
      { group: 'H', since: instant(2) },
    ]);
    expect(await table.articles.groups.killers('G')).toEqual(['a', 'b']);
    await table.articles.groups.removeKiller('G', 'a');
    expect(await table.articles.groups.killers('G')).toEqual(['b', 'c']);
    await table.articles.groups.forgetKill('a', 'G');
    expect(await table.articles.groups.kills('a')).toEqual([{ group: 'H', since: instant(2) }]);
  });

  test('a kill of a text without a fingerprint is noted', async () => {
    await table.articles.groups.noteKill('a', { group: 'G', since: instant(1) });
    expect(await all()).toEqual(['article#a kill#G {since:1}', 'group#G kill#a']);
  });

  test('a failure of the table is told', async () => {
    for (const call of ['Query group#G', 'GetItem group#G canonical', 'PutItem group#G canonical'])
      justBefore(call, () => {
        throw fault('InternalServerError', 500);
      });
    const { groups } = table.articles;
    const failed = { subject: expect.stringContaining('G') };
    await expect(groups.members('G', 1)).rejects.toMatchObject(failed);
    await expect(groups.canonical('G')).rejects.toMatchObject(failed);
    await expect(groups.claim('G', 'a')).rejects.toMatchObject(failed);
  });
});
