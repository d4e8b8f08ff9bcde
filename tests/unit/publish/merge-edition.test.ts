import fc from 'fast-check';
import { type Edition, emptyEdition } from '../../../functions/publish/states/edition-state.ts';
import { merge } from '../../../functions/publish/views/merge-edition.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { article, instant } from '../../support/articles.ts';

/** Dates far apart, because an edition keeps all entries of a day. */
const dated = (number: number) => instant(number * 2 * 86_400);

const RULES = { kept: 4, shown: 3, language: 'en' };
const LARGE = { kept: 100, shown: 100, language: 'en' };

function numbered(number: number, fields: Partial<Article> = {}): Article {
  return article({ id: `id-${number}`, publishedAt: dated(number), ...fields });
}

function records(...list: ArticleRecord[]): Map<string, ArticleRecord> {
  return new Map(list.map(record => [record.id, record]));
}

function ids(edition: Edition): string[] {
  return edition.entries.map(({ id }) => id);
}

test('keeps the newest entries, newest first', () => {
  const edition = merge(
    emptyEdition({ kind: 'all' }),
    records(...[3, 1, 5, 2, 4].map(n => numbered(n))),
    RULES,
  );
  expect(ids(edition)).toEqual(['id-5', 'id-4', 'id-3', 'id-2']);
  expect(edition.end).toEqual({ publishedAt: dated(2), id: 'id-2' });
  expect(edition.unfilled).toBeUndefined();
});

test('an older version never overwrites or removes a newer entry', () => {
  const edition = merge(
    emptyEdition({ kind: 'all' }),
    records(numbered(1, { version: 3, headline: 'New' })),
    RULES,
  );
  const stale = merge(edition, records(numbered(1, { version: 2, headline: 'Old' })), RULES);
  const staleKill = merge(edition, records(numbered(1, { version: 2, status: 'withdrawn' })), RULES);
  expect(stale).toEqual(edition);
  expect(staleKill).toEqual(edition);
});

test.each(['withdrawn', 'scheduled', 'duplicate'] as const)('takes out what is %s', status => {
  const edition = merge(emptyEdition({ kind: 'all' }), records(numbered(1), numbered(2)), RULES);
  expect(ids(merge(edition, records(numbered(2, { version: 2, status })), RULES))).toEqual(['id-1']);
});

test('takes out what is no longer in the table at all', () => {
  const edition = merge(emptyEdition({ kind: 'all' }), records(numbered(1)), RULES);
  expect(ids(merge(edition, new Map([['id-1', undefined]]), RULES))).toEqual([]);
});

test('an article that moves to another section leaves the edition of the first', () => {
  const world = merge(emptyEdition({ kind: 'section', name: 'world' }), records(numbered(1)), RULES);
  expect(ids(world)).toEqual(['id-1']);
  expect(ids(merge(world, records(numbered(1, { version: 2, section: 'Sport' })), RULES))).toEqual([]);
});

test('sections and tags are the same however they are spelled', () => {
  const tagged = numbered(1, { section: 'World News', tags: ['Café'] });
  expect(ids(merge(emptyEdition({ kind: 'section', name: 'world-news' }), records(tagged), RULES))).toEqual([
    'id-1',
  ]);
  expect(ids(merge(emptyEdition({ kind: 'tag', name: 'cafe' }), records(tagged), RULES))).toEqual(['id-1']);
});

test('an old article does not enter a window beyond whose end others may come first', () => {
  const full = merge(emptyEdition({ kind: 'all' }), records(...[2, 3, 4, 5, 6].map(n => numbered(n))), RULES);
  const shrunk = merge(full, records(numbered(6, { version: 2, status: 'withdrawn' })), RULES);
  expect(ids(merge(shrunk, records(numbered(1)), RULES))).toEqual(ids(shrunk));
});

test('merging is the same in any order, and again', () => {
  const change = fc.record({
    number: fc.integer({ min: 1, max: 6 }),
    version: fc.integer({ min: 1, max: 5 }),
    status: fc.constantFrom('live' as const, 'live' as const, 'withdrawn' as const),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.func(fc.integer()), (changes, shuffle) => {
      // One version of a record is one state.
      const states = new Map(changes.map(({ number, version, status }) => [`${number}/${version}`, status]));
      const latest = new Map<number, Article>();
      const merged = [...changes]
        .sort((a, b) => shuffle(a) - shuffle(b))
        .reduce(
          (edition, { number, version }) => {
            const status = states.get(`${number}/${version}`) ?? 'live';
            const record = numbered(number, { version, status });
            const known = latest.get(number);
            if (!known || known.version < version) latest.set(number, record);
            // The press reads the record again after it has written, and so always ends with the latest.
            return merge(
              merge(edition, records(record), LARGE),
              records(latest.get(number) ?? record),
              LARGE,
            );
          },
          emptyEdition({ kind: 'all' }),
        );
      const expected = [...latest.values()].filter(({ status }) => status === 'live').map(({ id }) => id);
      expect(ids(merged).sort()).toEqual(expected.sort());
      expect(merge(merged, latest.size ? records(...latest.values()) : new Map(), LARGE)).toEqual(merged);
    }),
  );
});

test('remembers what is pinned, however old, newest first and without bodies', () => {
  const window = merge(
    emptyEdition({ kind: 'all' }),
    records(...[4, 5, 6, 7, 8].map(n => numbered(n))),
    RULES,
  );
  const leads = (edition: Edition) => edition.pins.map(({ id }) => id);
  const old = numbered(1, { pinned: true });
  const pinned = merge(window, records(old, numbered(6, { version: 2, pinned: true })), RULES);
  expect(leads(pinned)).toEqual(['id-6', 'id-1']);
  expect(ids(pinned)).toEqual(ids(window));
  expect(pinned.pins[0]).not.toHaveProperty('bodyHtml');
  const unpinned = merge(pinned, records(numbered(6, { version: 3 })), RULES);
  expect(leads(unpinned)).toEqual(['id-1']);
  expect(leads(merge(unpinned, records({ ...old, version: 2, status: 'withdrawn' }), RULES))).toEqual([]);
  expect(leads(merge(unpinned, records(numbered(6, { version: 2, pinned: true })), RULES))).toEqual([
    'id-6',
    'id-1',
  ]);
});

test('what is pinned leads the editions that it stands in, and no others', () => {
  const pinned = numbered(1, { pinned: true, section: 'sport', authors: [{ name: 'Ada Quill' }] });
  const lead = (of: Edition['of']) => merge(emptyEdition(of), records(pinned), RULES).pins[0]?.id;
  expect(lead({ kind: 'section', name: 'Sport' })).toBe('id-1');
  expect(lead({ kind: 'author', name: 'ada quill' })).toBe('id-1');
  expect(lead({ kind: 'section', name: 'world' })).toBeUndefined();
  // A tag that is spelled as the section is another edition.
  expect(lead({ kind: 'tag', name: 'sport' })).toBeUndefined();
});

test('what is pinned to its section leads the page of that section only', () => {
  const pinned = numbered(1, {
    pinned: 'section',
    section: 'sport',
    tags: ['sport'],
    authors: [{ name: 'Ada Quill' }],
  });
  const lead = (of: Edition['of']) => merge(emptyEdition(of), records(pinned), RULES).pins[0]?.id;
  expect(lead({ kind: 'section', name: 'Sport' })).toBe('id-1');
  for (const of of [
    { kind: 'all' },
    { kind: 'section', name: 'world' },
    { kind: 'tag', name: 'sport' },
    { kind: 'author', name: 'Ada Quill' },
  ] as const)
    expect(lead(of)).toBeUndefined();
});
