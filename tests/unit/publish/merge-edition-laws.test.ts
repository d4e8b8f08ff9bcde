import { type EditionOf, editionId, editionsOf } from '../../../functions/publish/model/edition-of.ts';
import { byNewest } from '../../../functions/publish/model/entry.ts';
import { EDITIONS, editionOf, emptyEdition } from '../../../functions/publish/states/edition-state.ts';
import {
  belongs,
  editionRules,
  filled,
  isWithin,
  merge,
} from '../../../functions/publish/views/merge-edition.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { article, instant } from '../../support/articles.ts';

const ALL = { kind: 'all' } as const;
/** Editions keep more entries than their feeds show. */
/** Dates far apart, because an edition keeps all entries of a day. */
const dated = (number: number) => instant(number * 2 * 86_400);

const RULES = { kept: 4, shown: 3, language: 'en' };
const numbered = (number: number, fields: Partial<Article> = {}) =>
  article({ id: `id-${number}`, publishedAt: dated(number), ...fields });
const records = (...list: ArticleRecord[]) => new Map(list.map(record => [record.id, record]));
const idsOf = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

describe('the editions of an article', () => {
  const story = article({
    section: 'World',
    tags: ['Ports', 'Café'],
    authors: [{ name: 'Ada Quill' }, { name: ' ' }],
  });
  const all = editionsOf(story);

  test('are everything, its section, and each of its tags and named authors', () => {
    expect(all).toEqual([
      { kind: 'all' },
      { kind: 'section', name: 'World' },
      { kind: 'tag', name: 'Ports' },
      { kind: 'tag', name: 'Café' },
      { kind: 'author', name: 'Ada Quill' },
    ]);
  });

  test('have names of their own, the same for every spelling', () => {
    expect(all.map(of => editionId(of, RULES))).toEqual([
      'all',
      'sections/world',
      'tags/ports',
      'tags/cafe',
      'authors/ada-quill',
    ]);
    expect(editionId({ kind: 'author', name: 'ADA  QUILL' }, RULES)).toBe('authors/ada-quill');
  });

  test('are known again by the keys of their states', () => {
    for (const of of all) {
      const again = editionOf(`${EDITIONS}${editionId(of, RULES)}.json`);
      expect(again.kind).toBe(of.kind);
      expect(editionId(again, RULES)).toBe(editionId(of, RULES));
    }
  });

  test('keep twenty entries more than their feeds show', () => {
    expect(editionRules({ feedEntries: 50, language: 'en' })).toMatchObject({ kept: 70, shown: 50 });
  });

  test('are those that it belongs to, while it is live', () => {
    for (const of of all) {
      expect(belongs(story, of, RULES)).toBe(true);
      for (const status of ['scheduled', 'held', 'withdrawn', 'duplicate'] as const)
        expect(belongs({ ...story, status }, of, RULES)).toBe(false);
    }
    const others: EditionOf[] = [
      { kind: 'section', name: 'Ports' },
      { kind: 'tag', name: 'World' },
      { kind: 'author', name: 'Ports' },
    ];
    for (const of of others) expect(belongs(story, of, RULES)).toBe(false);
  });
});

describe('merging', () => {
  const four = merge(emptyEdition(ALL), records(...[10, 20, 30, 40].map(n => numbered(n))), RULES);
  const gone = (n: number) => records(numbered(n, { version: 2, status: 'withdrawn' }));
  const endAt = (n: number) => ({ id: `id-${n}`, publishedAt: dated(n) });

  test('knows that all is there while the window is exactly full', () => {
    expect(idsOf(four.entries)).toEqual(['id-40', 'id-30', 'id-20', 'id-10']);
    expect(four.end).toBeUndefined();
    expect(merge(four, records(numbered(50)), RULES).end).toEqual(endAt(20));
    // Without an end nothing is missing, however short it is.
    expect(merge(four, gone(40), { ...RULES, kept: 9, shown: 9 })).not.toHaveProperty('unfilled');
  });

  test('enters nothing that is older than the end of the window', () => {
    const cut = { ...four, end: endAt(10) };
    expect(idsOf(merge(cut, records(numbered(5)), RULES).entries)).toEqual(idsOf(four.entries));
    expect(idsOf(merge(four, records(numbered(5)), { ...RULES, kept: 9 }).entries)).toContain('id-5');
    expect(idsOf(merge(cut, records(numbered(15)), { ...RULES, kept: 9 }).entries)).toContain('id-15');
    // What stands in it leaves it when its date goes beyond the end.
    const moved = merge(cut, records(numbered(40, { version: 2, publishedAt: dated(1) })), RULES);
    expect(idsOf(moved.entries)).toEqual(['id-30', 'id-20', 'id-10']);
    // An article at the very end is within it.
    expect(isWithin(endAt(10), endAt(10))).toBe(true);
    expect(isWithin(endAt(9), endAt(10))).toBe(false);
    expect(isWithin({ id: 'id-11', publishedAt: dated(10) }, endAt(10))).toBe(
      byNewest({ id: 'id-11', publishedAt: dated(10) }, endAt(10)) < 0,
    );
    expect(isWithin(endAt(1), undefined)).toBe(true);
  });

  test('says that the window is to be filled up when it has fewer entries than feeds show, and counts until it is', () => {
    const cut = { ...four, end: endAt(10) };
    const three = merge(cut, gone(40), RULES);
    expect(three).not.toHaveProperty('unfilled');
    const two = merge(three, gone(30), RULES);
    expect(two).toMatchObject({ unfilled: 1, end: endAt(10) });
    expect(merge(two, new Map(), RULES)).toMatchObject({ unfilled: 2 });
    // A merge that brings enough does not say that it is full: whoever fills it up does.
    expect(merge(two, records(numbered(60), numbered(70)), RULES)).toMatchObject({ unfilled: 2 });
  });

  test('is filled up from all articles down to an end, or from all that there are', () => {
    const short = merge({ ...four, end: endAt(10) }, new Map([...gone(40), ...gone(30)]), RULES);
    const older = records(numbered(20), numbered(10), numbered(5), numbered(4));
    const full = filled(short, { records: older, end: endAt(4) }, RULES);
    expect(idsOf(full.entries)).toEqual(['id-20', 'id-10', 'id-5', 'id-4']);
    expect(full).toMatchObject({ end: endAt(4) });
    expect(full).not.toHaveProperty('unfilled');
    const whole = filled(short, { records: records(numbered(5)) }, RULES);
    expect(whole).not.toHaveProperty('end');
    expect(idsOf(whole.entries)).toEqual(['id-20', 'id-10', 'id-5']);
  });

  test('takes an equal version as it is read', () => {
    const again = merge(four, records(numbered(40, { headline: 'Repaired' })), RULES);
    expect(again.entries[0]?.headline).toBe('Repaired');
  });
});

describe('pinned articles', () => {
  const SECTION = { kind: 'section', name: 'world' } as const;
  const pins = (of: EditionOf, ...list: ArticleRecord[]) =>
    idsOf(merge(emptyEdition(of), records(...list), RULES).pins);

  test('are remembered however old, the newest twenty, newest first and without their bodies', () => {
    const many = Array.from({ length: 23 }, (_, at) => numbered(at, { pinned: true }));
    const edition = merge(emptyEdition(ALL), records(...many), RULES);
    expect(idsOf(edition.pins)).toEqual(Array.from({ length: 20 }, (_, at) => `id-${22 - at}`));
    expect(edition.entries).toHaveLength(RULES.kept);
    for (const pin of edition.pins) expect(pin).not.toHaveProperty('bodyHtml');
    expect(edition.entries[0]).toHaveProperty('bodyHtml');
  });

  test('lead everything, or their section alone', () => {
    expect(pins(ALL, numbered(1, { pinned: true }), numbered(2, { pinned: 'section' }), numbered(3))).toEqual(
      ['id-1'],
    );
    expect(
      pins(SECTION, numbered(1, { pinned: true }), numbered(2, { pinned: 'section' }), numbered(3)),
    ).toEqual(['id-2', 'id-1']);
    expect(pins({ kind: 'tag', name: 'Ports' }, numbered(2, { pinned: 'section' }))).toEqual([]);
    expect(pins({ kind: 'section', name: 'sport' }, numbered(1, { pinned: true }))).toEqual([]);
  });

  test('are forgotten when they are unpinned or gone', () => {
    const edition = merge(emptyEdition(ALL), records(numbered(1, { pinned: true })), RULES);
    expect(merge(edition, records(numbered(1, { version: 2 })), RULES).pins).toEqual([]);
    expect(
      merge(edition, records(numbered(1, { version: 2, pinned: true, status: 'held' })), RULES).pins,
    ).toEqual([]);
    expect(merge(edition, new Map([['id-1', undefined]]), RULES).pins).toEqual([]);
  });
});
