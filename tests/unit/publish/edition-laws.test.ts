import { belongs, editionId, editionsOf, emptyEdition, merge } from '../../../functions/publish/edition.ts';
import type { EditionOf } from '../../../functions/publish/site.ts';
import type { Article, ArticleRecord } from '../../../shared/article.ts';
import { article, instant } from '../../support/articles.ts';

const ALL = { kind: 'all' } as const;
const SIZE = 4;
const numbered = (number: number, fields: Partial<Article> = {}) =>
  article({ id: `id-${number}`, publishedAt: instant(number), ...fields });
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
    expect(all.map(editionId)).toEqual([
      'all',
      'sections/world',
      'tags/ports',
      'tags/cafe',
      'authors/ada-quill',
    ]);
    expect(editionId({ kind: 'author', name: 'ADA  QUILL' })).toBe('authors/ada-quill');
  });

  test('are those that it belongs to, while it is live', () => {
    for (const of of all) {
      expect(belongs(story, of)).toBe(true);
      for (const status of ['scheduled', 'held', 'withdrawn', 'duplicate'] as const)
        expect(belongs({ ...story, status }, of)).toBe(false);
    }
    const others: EditionOf[] = [
      { kind: 'section', name: 'Ports' },
      { kind: 'tag', name: 'World' },
      { kind: 'author', name: 'Ports' },
    ];
    for (const of of others) expect(belongs(story, of)).toBe(false);
  });
});

describe('merging', () => {
  const four = merge(emptyEdition(ALL), records(...[1, 2, 3, 4].map(n => numbered(n * 10))), SIZE);

  test('knows that all is there while the window is exactly full', () => {
    expect(idsOf(four.entries)).toEqual(['id-40', 'id-30', 'id-20', 'id-10']);
    expect(four.truncated).toBe(false);
    expect(merge(four, records(numbered(50)), SIZE)).toMatchObject({ truncated: true });
  });

  test('enters what is older than the window only if the window holds everything', () => {
    const short = merge(four, records(numbered(20, { version: 2, status: 'withdrawn' })), SIZE);
    expect(idsOf(merge(short, records(numbered(5)), SIZE).entries)).toContain('id-5');
    const cut = { ...short, truncated: true };
    expect(idsOf(merge(cut, records(numbered(5)), SIZE).entries)).not.toContain('id-5');
    expect(idsOf(merge(cut, records(numbered(15)), SIZE).entries)).toContain('id-15');
    expect(idsOf(merge(cut, records(numbered(50)), SIZE).entries)).toContain('id-50');
    // What stands in it already is changed, also where it becomes the oldest.
    const moved = merge(cut, records(numbered(40, { version: 2, publishedAt: instant(1) })), SIZE);
    expect(idsOf(moved.entries)).toEqual(['id-30', 'id-10', 'id-40']);
    // An empty window that is cut has no end.
    expect(
      idsOf(merge({ ...emptyEdition(ALL), truncated: true }, records(numbered(1)), SIZE).entries),
    ).toEqual(['id-1']);
  });

  test('takes an equal version as it is read', () => {
    const again = merge(four, records(numbered(40, { headline: 'Repaired' })), SIZE);
    expect(again.entries[0]?.headline).toBe('Repaired');
  });
});

describe('pinned articles', () => {
  const SECTION = { kind: 'section', name: 'world' } as const;
  const pins = (of: EditionOf, ...list: ArticleRecord[]) =>
    idsOf(merge(emptyEdition(of), records(...list), SIZE).pins);

  test('are remembered however old, the newest five, newest first and without their bodies', () => {
    const many = Array.from({ length: 8 }, (_, at) => numbered(at, { pinned: true }));
    const edition = merge(emptyEdition(ALL), records(...many), SIZE);
    expect(idsOf(edition.pins)).toEqual(['id-7', 'id-6', 'id-5', 'id-4', 'id-3']);
    expect(edition.entries).toHaveLength(SIZE);
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
    const edition = merge(emptyEdition(ALL), records(numbered(1, { pinned: true })), SIZE);
    expect(merge(edition, records(numbered(1, { version: 2 })), SIZE).pins).toEqual([]);
    expect(
      merge(edition, records(numbered(1, { version: 2, pinned: true, status: 'held' })), SIZE).pins,
    ).toEqual([]);
    expect(merge(edition, new Map([['id-1', undefined]]), SIZE).pins).toEqual([]);
  });
});
