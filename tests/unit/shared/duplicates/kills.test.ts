import { fault } from '../../../../bench/publish/wire.ts';
import { ANY_VERSION, coverByKill, killOf } from '../../../../shared/duplicates/kills.ts';
import { uncoverCopies } from '../../../../shared/duplicates/settle.ts';
import { MAX_ATTEMPTS } from '../../../../shared/errors/retry-on-conflict.ts';
import { instant } from '../../../support/articles.ts';
import {
  copyOf,
  deleted,
  index,
  KEYS,
  killed,
  lost,
  NOW,
  said,
  story,
  told,
  useGroupTable,
} from '../../../support/duplicate-groups.ts';

/** What a kill hides, and what is shown again when it is undone. */

const table = useGroupTable();
const { all, calls, canonical, count, indexed, justBefore, kill, put, waits } = table;

describe('kills', () => {
  test('a kill says what it covers', () => {
    expect(killOf(story('a', 1))).toEqual({ group: 'G', since: instant(1), nearHash: KEYS });
  });

  const noted = (id: string) => [`article#${id} kill#G {since:1,nearHash:k1.k2.k3}`, `group#G kill#${id}`];
  const cover = (id = 'a') => coverByKill(table.articles, id, killOf(killed(id, 1)), instant(9));

  test('it hides the copy that is shown', async () => {
    await canonical('b');
    await put(story('b', 2));
    await indexed('b', 2, 1);
    await cover();
    expect(await all()).toEqual(
      [
        ...noted('a'),
        'b duplicate of a v2',
        'group#G canonical {member:a,killed:true}',
        'group#G member#2#b {version:2}',
        ...index('a', 1, 'ANY'),
      ].sort(),
    );
  });

  test('it says whom it hides until that is done, lest it stays public', async () => {
    await canonical('b');
    await put(story('b', 2));
    justBefore('GetItem article#b record', () => {
      throw fault('InternalServerError', 500);
    });
    await expect(cover()).rejects.toThrow('The table failed for b');
    expect(await all()).toContain('group#G canonical {member:a,killed:true,hides:b}');
    await cover();
    expect(await all()).toEqual(
      expect.arrayContaining(['b duplicate of a v2', 'group#G canonical {member:a,killed:true}']),
    );
  });

  test.each([
    ['has been killed by another', { killed: true }, 'a', ''],
    ['is being hidden by another', { killed: true, hides: 'b' }, 'a', 'b duplicate of a v2'],
  ])('a group that %s is covered twice', async (_, fields, member, hidden) => {
    await canonical('x', fields);
    if (hidden) await put(story('b', 2));
    await cover();
    const found = await all();
    expect(found).toContain(`group#G canonical {member:${member},killed:true}`);
    if (hidden) expect(found).toContain(hidden);
  });

  test('what it covers already it covers still', async () => {
    await cover();
    calls.length = 0;
    const known = await all();
    await cover();
    expect(await all()).toEqual(known);
    expect(count('PutItem group#G canonical')).toBe(0);
  });

  test('what is hidden already is left as it is', async () => {
    await canonical('b');
    await put(copyOf('a', 'b', 2, { version: 4 }));
    await cover();
    expect(await all()).toEqual(
      expect.arrayContaining(['b duplicate of a v4', 'group#G member#2#b {version:4}']),
    );
  });

  test.each([
    ['is withdrawn', killed('b', 2)],
    ['is in another group', story('b', 2, { contentHash: 'H' })],
    ['is deleted', deleted('b')],
  ])('what %s is not hidden', async (_, record) => {
    await canonical('b');
    await put(record);
    await indexed('b', 2, 1);
    await cover();
    expect(await all()).toEqual(
      [
        ...noted('a'),
        said(record),
        'group#G canonical {member:a,killed:true}',
        ...index('a', 1, 'ANY'),
        ...index('b', 2, 1),
      ].sort(),
    );
  });

  test('it is noted beside the record first', async () => {
    await cover();
    expect(calls.slice(0, 2)).toEqual(['PutItem article#a kill#G', 'PutItem group#G kill#a']);
  });

  test('a group that others change is read again, so often', async () => {
    justBefore('PutItem group#G canonical', () => canonical('b'));
    await cover();
    expect(await all()).toContain('group#G canonical {member:a,killed:true}');
    const replace = jest.spyOn(table.articles.groups, 'replaceCanonical').mockImplementation(lost());
    await canonical('b');
    await expect(cover()).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });

  const uncover = () => uncoverCopies(table.articles, 'a', NOW);

  test('the eldest copy is shown when it is undone', async () => {
    const copies = [copyOf('a', 'b', 2), copyOf('a', 'c', 3)];
    await canonical('a', { killed: true });
    await kill('a');
    await indexed('a', 1, ANY_VERSION);
    await put(killed('a', 1), ...copies);
    await waits(...copies);
    await uncover();
    expect(await all()).toEqual([
      'a withdrawn v1',
      'b live v2',
      'c duplicate of b v2',
      'group#G canonical {member:b}',
      'group#G member#3#c {version:1}',
      ...index('b', 2, 2),
    ]);
  });

  test.each([
    ['live', story('a', 1)],
    ['a copy', copyOf('x', 'a', 1)],
  ])('the article itself is shown where it is %s again', async (_, record) => {
    await canonical('a', { killed: true });
    await kill('a');
    await put(record, copyOf('a', 'b', 0));
    await waits(copyOf('a', 'b', 0));
    await uncover();
    const found = await all();
    expect(found).toContain('group#G canonical {member:a}');
    expect(found).toContain('b duplicate of a v1');
    expect(found.find(line => line.startsWith('a '))).toMatch(/^a live/);
  });

  test('another kill covers the group still', async () => {
    await canonical('a', { killed: true });
    await kill('a');
    await kill('c');
    await put(story('a', 1), copyOf('a', 'b', 2));
    await waits(copyOf('a', 'b', 2));
    await uncover();
    expect(await all()).toEqual(
      [
        ...noted('c'),
        'a live v1',
        'b duplicate of a v1',
        'group#G canonical {member:c,killed:true}',
        'group#G member#2#b {version:1}',
      ].sort(),
    );
  });

  test.each([
    ['another killed', { killed: true }],
    ['another shows', {}],
  ])('a group that %s keeps its canonical', async (_, fields) => {
    await canonical('c', fields);
    await put(story('c', 1));
    await kill('a');
    await uncover();
    expect(await all()).toEqual([
      'c live v1',
      told({ pk: 'group#G', sk: 'canonical', member: 'c', ...fields }),
    ]);
  });

  test('a group that the article shows keeps it', async () => {
    await canonical('a');
    await put(story('a', 1));
    await kill('a');
    await kill('c');
    await uncover();
    expect(await all()).toContain('group#G canonical {member:a}');
  });

  test('a group where nobody waits has no canonical; every group of the kill is undone', async () => {
    await canonical('a', { killed: true });
    await canonical('a', { killed: true }, 'H');
    await kill('a');
    await kill('a', 2, 'H', {});
    await put(killed('a', 1));
    await uncover();
    expect(await all()).toEqual(['a withdrawn v1']);
  });

  test('a canonical of a kill of nobody is gone', async () => {
    await canonical('a', { killed: true });
    await kill('a');
    await uncover();
    expect(await all()).toEqual([]);
  });

  test('whom the kill still hides is hidden first, and then may be shown', async () => {
    await canonical('a', { killed: true, hides: 'b' });
    await kill('a');
    await put(story('b', 2), copyOf('a', 'c', 1));
    await waits(copyOf('a', 'c', 1));
    await uncover();
    expect(await all()).toEqual([
      'b duplicate of c v3',
      'c live v2',
      'group#G canonical {member:c}',
      'group#G member#2#b {version:2}',
      ...index('c', 1, 2),
    ]);
  });

  test('a group that others change meanwhile is read again, so often', async () => {
    await canonical('a', { killed: true });
    await kill('a');
    await put(story('c', 3));
    justBefore('DeleteItem group#G canonical', () => canonical('c'));
    await uncover();
    expect(await all()).toEqual(['c live v1', 'group#G canonical {member:c}']);
    await canonical('a', { killed: true });
    await kill('a');
    const replace = jest.spyOn(table.articles.groups, 'replaceCanonical').mockImplementation(lost());
    await expect(uncover()).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });
});
