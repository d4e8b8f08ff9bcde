import { settle } from '../../../../shared/duplicates/settle.ts';
import { instant } from '../../../support/articles.ts';
import {
  copyOf,
  deleted,
  index,
  killed,
  NOW,
  said,
  story,
  useGroupTable,
} from '../../../support/duplicate-groups.ts';

/** What settling a record that was stored writes for its duplicate group. */

const table = useGroupTable();
const { all, calls, canonical, count, indexed, paused, put, waits } = table;

describe('settle', () => {
  test('a record that is no article only finishes leaving', async () => {
    await canonical('a');
    const left = { group: 'G', since: instant(1), similarityKeys: [] };
    const record = deleted('a', { left, killed: true });
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(await all()).toEqual([]);
  });

  test.each([
    story('a', 1, { status: 'scheduled' }),
    story('a', 1, { status: 'withdrawn', withdrawnBy: 'source' }),
  ])('what may not be public says nothing of its group', async record => {
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(calls).toEqual([]);
  });

  const covered = (hides = '') => [
    'article#a kill#G {since:1,nearHash:k1.k2.k3}',
    `group#G canonical {member:a,killed:true${hides}}`,
    'group#G kill#a',
    ...index('a', 1, 'ANY'),
  ];

  test.each([
    ['nobody', undefined],
    ['the article itself', 'a'],
  ])('a kill covers the text that %s shows', async (_, member) => {
    if (member) await canonical(member);
    const record = killed('a', 1);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(await all()).toEqual(covered());
  });

  test.each([
    ['another file shows', 'b', {}],
    ['another kill covers', 'b', { killed: true }],
    ['it covers already', 'a', { killed: true }],
  ])('a kill leaves alone what %s', async (_, member, fields) => {
    await canonical(member, fields);
    const known = await all();
    await settle(table.articles, killed('a', 1), NOW);
    expect(await all()).toEqual(known);
  });

  test.each(['a', undefined])('the canonical enters the index', async member => {
    if (member) await canonical(member);
    const record = story('a', 1);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(await all()).toEqual(['group#G canonical {member:a}', ...index('a', 1, 1)]);
  });

  test.each([
    ['the same live text', story('a', 1), []],
    ['a text of the group with other keys', story('a', 1, { nearHash: 'k1.k9' }), ['k2', 'k3']],
    ['a text without keys', story('a', 1, { nearHash: undefined }), ['k1', 'k2', 'k3']],
    ['a copy', copyOf('b', 'a', 1), ['k1', 'k2', 'k3']],
    ['another group', story('a', 1, { contentHash: 'H' }), ['k1', 'k2', 'k3']],
    ['an earlier time', story('a', 0), ['k1', 'k2', 'k3']],
    ['a deletion', deleted('a'), ['k1', 'k2', 'k3']],
  ])('after %s it enters the keys that are new', async (_, was, keys) => {
    await canonical('a');
    await settle(table.articles, story('a', 1, { version: 5 }), NOW, was);
    expect(await all()).toEqual(['group#G canonical {member:a}', ...index('a', 1, 5, keys)]);
  });

  test('a live copy is hidden', async () => {
    await canonical('a');
    await put(story('a', 1), story('b', 2));
    await indexed('b', 2, 1);
    const settled = await settle(table.articles, story('b', 2), NOW);
    expect(said(settled)).toBe('b duplicate of a v2');
    expect(await all()).toEqual([
      'a live v1',
      'b duplicate of a v2',
      'group#G canonical {member:a}',
      'group#G member#2#b {version:2}',
    ]);
    expect(paused).not.toHaveBeenCalled();
  });

  test('a live copy whose canonical does not come is live again', async () => {
    await canonical('gone');
    await put(story('b', 2));
    expect(said(await settle(table.articles, story('b', 2), NOW))).toBe('b live v3');
    expect(paused.mock.calls).toEqual([[500]]);
    expect(await all()).toEqual(['b live v3', 'group#G canonical {member:b}', ...index('b', 2, 3)]);
  });

  test.each(['x', 'b'])('a live copy of what %s killed is hidden', async member => {
    await canonical(member, { killed: true });
    await put(story('b', 2));
    expect(said(await settle(table.articles, story('b', 2), NOW))).toBe(`b duplicate of ${member} v2`);
    expect(await all()).toEqual([
      `b duplicate of ${member} v2`,
      `group#G canonical {member:${member},killed:true}`,
      'group#G member#2#b {version:2}',
    ]);
    // The member is entered once: a killed group has nobody to promote.
    expect(count(`PutItem group#G member#${instant(2)}#b`)).toBe(1);
  });

  test('what somebody has changed meanwhile is left alone', async () => {
    await canonical('a');
    await put(story('b', 2, { status: 'withdrawn', withdrawnBy: 'expiry', version: 2 }));
    expect(said(await settle(table.articles, story('b', 2), NOW))).toBe('b withdrawn expiry v2');
    expect(await all()).toEqual(['b withdrawn expiry v2', 'group#G canonical {member:a}']);
  });

  test('what somebody has deleted meanwhile is left alone', async () => {
    await canonical('a');
    const record = story('b', 2);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    await put(deleted('b'));
    expect(said(await settle(table.articles, record, NOW))).toBe('b deleted v1');
    expect(await all()).toEqual(['b deleted v1', 'group#G canonical {member:a}']);
  });

  test('a duplicate waits', async () => {
    const record = copyOf('a', 'b', 2);
    await canonical('a');
    await put(story('a', 1), record);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(paused).not.toHaveBeenCalled();
    expect(await all()).toEqual([
      'a live v1',
      'b duplicate of a v1',
      'group#G canonical {member:a}',
      'group#G member#2#b {version:1}',
    ]);
    expect(count('GetItem group#G canonical')).toBe(1);
  });

  test('a duplicate of what a kill covers waits, even where it is named itself', async () => {
    const record = copyOf('x', 'b', 2);
    await canonical('b', { killed: true });
    await put(record);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(calls.slice(-2)).toEqual([`PutItem group#G member#${instant(2)}#b`, 'GetItem group#G canonical']);
  });

  test.each([
    ['is not there', undefined],
    ['has expired', story('a', 1, { status: 'withdrawn', withdrawnBy: 'expiry' })],
    ['is live in another group', story('a', 1, { contentHash: 'H' })],
    ['is a copy of another group', copyOf('z', 'a', 1, { contentHash: 'H' })],
  ])('a duplicate takes the place of a canonical that %s, after a time', async (_, other) => {
    const record = copyOf('a', 'b', 2);
    await canonical('a');
    await put(record, ...(other ? [other] : []));
    expect(said(await settle(table.articles, record, NOW))).toBe('b live v2');
    expect(paused.mock.calls).toEqual([[500]]);
    expect(await all()).toEqual(
      [
        ...(other ? [said(other)] : []),
        'b live v2',
        'group#G canonical {member:b}',
        ...index('b', 2, 2),
      ].sort(),
    );
  });

  test.each([
    ['is named', 'b'],
    ['nobody is named', undefined],
  ])('a duplicate that waits while it %s is shown at once', async (_, member) => {
    const record = copyOf('a', 'b', 2);
    if (member) await canonical(member);
    await put(record);
    expect(said(await settle(table.articles, record, NOW))).toBe('b live v2');
    expect(paused).not.toHaveBeenCalled();
  });

  test('a duplicate that somebody deletes meanwhile is given back as it was', async () => {
    const record = copyOf('a', 'b', 2);
    expect(await settle(table.articles, record, NOW)).toBe(record);
    expect(await all()).toEqual([]);
  });

  test('a canonical that is a copy itself is shown', async () => {
    const other = copyOf('z', 'a', 1);
    await canonical('a');
    await put(other, copyOf('a', 'b', 2));
    await waits(other);
    expect(said(await settle(table.articles, copyOf('a', 'b', 2), NOW))).toBe('b duplicate of a v1');
    expect(await all()).toEqual([
      'a live v2',
      'b duplicate of a v1',
      'group#G canonical {member:a}',
      'group#G member#2#b {version:1}',
      ...index('a', 1, 2),
    ]);
  });
});
