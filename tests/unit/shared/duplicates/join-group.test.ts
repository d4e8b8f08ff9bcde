import { joinGroup, joinGroupAsArticle } from '../../../../shared/duplicates/join-group.ts';
import type { Article } from '../../../../shared/model/article.ts';
import { instant } from '../../../support/articles.ts';
import {
  copyOf,
  deleted,
  killed,
  NOW,
  said,
  story,
  useGroupTable,
} from '../../../support/duplicate-groups.ts';

/** What joining a duplicate group makes of a draft, and what it writes. */

const table = useGroupTable();
const { all, calls, canonical, kill } = table;

describe('joinGroup', () => {
  test('the first of a content is live and stands for it; the next is its duplicate', async () => {
    const fresh = (id: string, since: number) => ({ ...story(id, since), groupSince: undefined });
    const first = await joinGroup(table.articles, fresh('a', 1), undefined, NOW);
    expect(first).toMatchObject({ status: 'live', groupSince: instant(1) });
    expect(first.left).toBeUndefined();
    const second = await joinGroup(table.articles, fresh('b', 2), undefined, NOW);
    expect(second).toMatchObject({ status: 'duplicate', duplicateOf: 'a', groupSince: instant(2) });
    expect(await all()).toEqual(['group#G canonical {member:a}']);
  });

  test.each(['scheduled', 'held', 'withdrawn'] as const)('what is %s stands for nothing', async status => {
    const joined = await joinGroup(table.articles, story('a', 1, { status }), undefined, NOW);
    expect(said(joined)).toBe(`a ${status} v1`);
    expect(calls).toEqual([]);
  });

  test('what stays live in its group asks nobody, and has been in it as long as before', async () => {
    const draft = { ...story('a', 3), groupSince: instant(3) };
    const joined = await joinGroup(table.articles, draft, story('a', 1), NOW);
    expect(joined).toMatchObject({ status: 'live', groupSince: instant(1) });
    expect(joined.left).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test('what comes back into its group asks who stands for it', async () => {
    await canonical('b');
    const expired = story('a', 1, { status: 'withdrawn', withdrawnBy: 'expiry' });
    const joined = await joinGroup(table.articles, story('a', 3), expired, NOW);
    expect(joined).toMatchObject({ status: 'duplicate', duplicateOf: 'b', groupSince: instant(1) });
    expect(joined.left).toBeUndefined();
  });

  test('another content joins its own group, and leaves the one it was in', async () => {
    const draft = story('a', 3, { contentHash: 'H' });
    const joined = await joinGroup(table.articles, draft, story('a', 1), NOW);
    expect(said(joined)).toBe('a live v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}');
    expect(joined).toMatchObject({ groupSince: instant(3) });
    expect(await all()).toEqual(['group#H canonical {member:a}']);
  });

  test('a duplicate is looked at anew', async () => {
    const draft = copyOf('b', 'a', 1);
    expect(await joinGroup(table.articles, draft, copyOf('b', 'a', 1), NOW)).toEqual({
      ...story('a', 1),
      left: undefined,
    });
    const expired = { ...draft, expiresAt: NOW };
    const joined = await joinGroup(table.articles, expired, draft, NOW);
    expect(said(joined)).toBe('a withdrawn expiry v1 {group:G,since:1,similarityKeys:[]}');
  });

  test('a draft that an editor withdrew keeps its reason', async () => {
    const draft = story('a', 1, { status: 'withdrawn', withdrawnBy: 'cancellation' });
    expect(await joinGroup(table.articles, draft, undefined, NOW)).toMatchObject({
      withdrawnBy: 'cancellation',
    });
  });

  test.each([
    ['live', story('a', 1), '{group:G,since:1,similarityKeys:[k1,k2,k3]}'],
    ['duplicate', copyOf('b', 'a', 1), '{group:G,since:1,similarityKeys:[]}'],
    ['killed', killed('a', 1), '{group:G,since:1,similarityKeys:[]}'],
  ])('what was %s leaves its group when it is deleted', async (_, current, left) => {
    expect(said(await joinGroup(table.articles, deleted('a'), current, NOW))).toBe(`a deleted v1 ${left}`);
    expect(calls).toEqual([]);
  });

  test.each([
    ['nothing', undefined],
    ['something deleted', deleted('a', { killed: true })],
    ['something scheduled', story('a', 1, { status: 'scheduled' })],
    ['something that expired', story('a', 1, { status: 'withdrawn', withdrawnBy: 'expiry' })],
  ])('in the place of %s nothing is left', async (_, current) => {
    expect(said(await joinGroup(table.articles, deleted('a'), current, NOW))).toBe('a deleted v1');
    const moved = story('a', 2, { contentHash: 'H', status: 'held' });
    expect(said(await joinGroup(table.articles, moved, current, NOW))).toBe('a held v1');
  });

  test('what its source withdraws leaves all keys; what an editor kills leaves those of words it lost', async () => {
    const leftOf = async (next: Article) => said(await joinGroup(table.articles, next, story('a', 1), NOW));
    expect(await leftOf(killed('a', 1, { withdrawnBy: 'source' }))).toBe(
      'a withdrawn source v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}',
    );
    expect(await leftOf(killed('a', 1))).toBe('a withdrawn v1');
    expect(await leftOf(killed('a', 1, { nearHash: 'k1.k9' }))).toBe(
      'a withdrawn v1 {group:G,since:1,similarityKeys:[k2,k3]}',
    );
    expect(await leftOf(story('a', 1, { nearHash: 'k3' }))).toBe(
      'a live v1 {group:G,since:1,similarityKeys:[k1,k2]}',
    );
    expect(await leftOf(killed('a', 1, { contentHash: 'H' }))).toBe(
      'a withdrawn v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}',
    );
  });

  test('a killed text that becomes another leaves its group', async () => {
    const next = killed('a', 2, { contentHash: 'H' });
    expect(said(await joinGroup(table.articles, next, killed('a', 1), NOW))).toBe(
      'a withdrawn v1 {group:G,since:1,similarityKeys:[]}',
    );
    expect(said(await joinGroup(table.articles, killed('a', 1), killed('a', 1), NOW))).toBe('a withdrawn v1');
  });

  test('another reading of the same upload is still a copy of what was killed', async () => {
    await canonical('x', { killed: true });
    const draft = story('a', 2, { contentHash: 'H', nearHash: 'k7' });
    const joined = await joinGroup(table.articles, draft, copyOf('x', 'a', 1), NOW);
    expect(said(joined)).toBe('a duplicate of x v1 {group:G,since:1,similarityKeys:[]}');
    expect(await all()).toEqual([
      'article#x kill#H {since:2,nearHash:k7}',
      'group#G canonical {member:x,killed:true}',
      'group#H canonical {member:x,killed:true}',
      'group#H kill#x',
      'similar#k7 2#x {version:ANY}',
    ]);
  });

  test.each([
    ['of a group that is not killed', {}, copyOf('x', 'a', 1), {}],
    ['of a later upload', { killed: true }, copyOf('x', 'a', 1), { sequencer: '02' }],
    ['that was no copy', { killed: true }, story('a', 1, { status: 'scheduled' }), {}],
    ['of nothing', { killed: true }, undefined, {}],
  ])('another text %s is no copy of it', async (_, fields, current, upload) => {
    await canonical('x', fields);
    const draft = story('a', 2, { contentHash: 'H' });
    const joined = await joinGroup(
      table.articles,
      { ...draft, source: { ...draft.source, ...upload } },
      current,
      NOW,
    );
    expect(joined.status).toBe('live');
    expect(await all()).toContain('group#H canonical {member:a}');
    expect(await all()).toHaveLength(2);
  });

  test('a copy whose group has no canonical any more is read anew', async () => {
    const draft = story('a', 2, { contentHash: 'H' });
    expect((await joinGroup(table.articles, draft, copyOf('x', 'a', 1), NOW)).status).toBe('live');
  });

  test('the same reading of a copy of what was killed changes nothing for the killer', async () => {
    await canonical('x', { killed: true });
    expect(said(await joinGroup(table.articles, story('a', 2), copyOf('x', 'a', 1), NOW))).toBe(
      'a duplicate of x v1',
    );
    expect(await all()).toEqual(['group#G canonical {member:x,killed:true}']);
  });

  test('what a kill of its own covers is live once that is undone, unless another kill covers it', async () => {
    await canonical('a', { killed: true });
    await kill('a');
    expect(said(await joinGroupAsArticle(table.articles, story('a', 1), killed('a', 1), NOW))).toBe(
      'a live v1',
    );
    await kill('b', 2);
    expect(said(await joinGroupAsArticle(table.articles, story('a', 1), killed('a', 1), NOW))).toBe(
      'a duplicate of b v1',
    );
  });

  test('an article that stays one leaves what another does', async () => {
    const moved = story('a', 3, { contentHash: 'H' });
    expect(said(await joinGroupAsArticle(table.articles, moved, story('a', 1), NOW))).toBe(
      'a live v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}',
    );
  });
});
