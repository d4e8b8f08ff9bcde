import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { ArticleChange, joinChanges } from '../../../functions/publish/model/change.ts';
import { editionId } from '../../../functions/publish/model/edition-of.ts';
import { readChange as read } from '../../../functions/publish/receive/read-change.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { mediaPath } from '../../../shared/model/media-address.ts';
import { article } from '../../support/articles.ts';

/** A value as the stream has it. */
function attribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return { M: image(value as object) };
}

const ARTICLES = { idOf: (key: string) => articleId('copydesk', key) };
const readChange = (stream: DynamoDBRecord) => read(stream, ARTICLES);

function image(fields: object): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, attribute(value)]),
  );
}

const ID = 'abcdefghij234567';
function record(
  before: object | undefined,
  after: object | undefined,
  keys = { pk: `article#${ID}`, sk: 'record' },
) {
  return {
    dynamodb: {
      Keys: image(keys),
      ...(before && { OldImage: image(before) }),
      ...(after && { NewImage: image(after) }),
    },
  } satisfies DynamoDBRecord;
}

/** The value once for each of its parts, without that part. */
function withoutEachPart(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const others = Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
    const put = (changed: unknown) =>
      Array.isArray(value)
        ? value.map((each, at) => (String(at) === name ? changed : each))
        : { ...value, [name]: changed };
    return [Array.isArray(value) ? value.slice(1) : others, ...withoutEachPart(part).map(put)];
  });
}

const idsOf = (change: ArticleChange | undefined) =>
  change?.editions.map(of => editionId(of, { language: 'en' })).sort();
const editionsFor = (fields: { section: string; tags?: string[]; authors?: string[] }) =>
  idsOf(
    readChange(
      record(undefined, {
        status: 'live',
        section: fields.section,
        tags: fields.tags ?? [],
        authors: (fields.authors ?? []).map(name => ({ name })),
      }),
    ),
  );

describe('a change record', () => {
  const live = article({ section: 'world', tags: ['Ports'], authors: [{ name: 'Ada Quill' }] });

  test('names the article, and every edition and page that it stood or stands in', () => {
    const moved = { ...live, section: 'sport', tags: ['Boats'], authors: [{ name: 'Ben Quire' }] };
    const change = readChange(record(live, moved));
    expect(change).toMatchObject({ id: ID, permalinks: [live.permalink] });
    const before = editionsFor({ section: 'world', tags: ['Ports'], authors: ['Ada Quill'] }) ?? [];
    const after = editionsFor({ section: 'sport', tags: ['Boats'], authors: ['Ben Quire'] }) ?? [];
    expect(before).toHaveLength(4);
    expect(idsOf(change)).toEqual([...before, ...after].sort());
    expect(change?.file).toBeUndefined();
  });

  test('of a new article has no page before it, and one of a removed article no other', () => {
    expect(readChange(record(undefined, live))?.permalinks).toEqual([]);
    const removed = readChange(record(live, undefined));
    expect(removed?.permalinks).toEqual([live.permalink]);
    expect(idsOf(removed)).toHaveLength(4);
  });

  test('tells whether the article became live, and not of several changes if one of them found it live', () => {
    const held = { ...live, status: 'held' };
    const isNew = (before: object | undefined, after: object | undefined) =>
      readChange(record(before, after))?.isNew;
    expect([isNew(undefined, live), isNew(held, live)]).toEqual([true, true]);
    expect([isNew(live, live), isNew(live, held), isNew(undefined, held)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const [came, corrected] = [readChange(record(undefined, live)), readChange(record(live, live))];
    if (came === undefined || corrected === undefined) throw new Error('no change');
    expect(joinChanges(came, came).isNew).toBe(true);
    expect('isNew' in joinChanges(came, corrected) || 'isNew' in joinChanges(corrected, came)).toBe(false);
  });

  test.each(['scheduled', 'held', 'withdrawn', 'duplicate', 'rejected', 'deleted'])(
    'of an article that was and is %s names no edition',
    status => {
      const hidden = { ...live, status, media: [{ key: 'world/a.jpg', as: 'picture' }] };
      const change = readChange(record(hidden, hidden));
      expect(change).toEqual({ id: ID, editions: [], permalinks: [live.permalink] });
      expect(idsOf(readChange(record(hidden, live)))).toHaveLength(4);
      expect(idsOf(readChange(record(live, hidden)))).toHaveLength(4);
    },
  );

  test('names the media that the article showed and shows', () => {
    const media = (...keys: string[]) => keys.map(key => ({ key, as: 'picture' }));
    const change = readChange(
      record(
        { ...live, media: media('world/a.jpg', 'world/b.jpg') },
        { ...live, media: media('world/c.jpg') },
      ),
    );
    expect(change?.media).toEqual(
      ['world/a.jpg', 'world/b.jpg', 'world/c.jpg'].map(key => articleId('copydesk', key)),
    );
    expect(readChange(record(live, live))?.media).toEqual([]);
  });

  test('of media names itself, and the file that it had', () => {
    const picture = { status: 'media', source: { bucket: 'intake', key: 'world/a b.jpg' } };
    const alone = { id: ID, editions: [], permalinks: [], media: [ID] };
    expect(readChange(record(picture, undefined))).toEqual({ ...alone, file: mediaPath('world/a b.jpg') });
    expect(readChange(record(undefined, picture))).toEqual(alone);
    expect(readChange(record({ status: 'media' }, undefined))).toEqual(alone);
  });

  test('that lacks fields still names what it has', () => {
    expect(readChange(record(undefined, { status: 'live' }))).toEqual({
      id: ID,
      isNew: true,
      editions: [],
      permalinks: [],
      media: [],
    });
    expect(readChange({ dynamodb: { Keys: image({ pk: `article#${ID}`, sk: 'record' }) } })).toEqual({
      id: ID,
      editions: [],
      permalinks: [],
    });
    const nameless = { status: 'live', section: 'world', tags: [3], authors: ['Ada', {}] };
    expect(idsOf(readChange(record(undefined, nameless)))).toEqual(editionsFor({ section: 'world' }));
    const odd = readChange(record(undefined, { status: 'live', media: ['x', {}] }));
    expect(odd?.media).toEqual([articleId('copydesk', ''), articleId('copydesk', '')]);
  });

  test('names the date under which the article stood in its editions, and only while it was live', () => {
    expect(readChange(record(live, { ...live, publishedAt: '2027-01-01T00:00:00.000Z' }))?.dates).toEqual([
      live.publishedAt,
    ]);
    expect(readChange(record({ ...live, status: 'held' }, live))).not.toHaveProperty('dates');
    expect(readChange(record({ ...live, publishedAt: undefined }, live))).not.toHaveProperty('dates');
    expect(readChange(record(undefined, live))).not.toHaveProperty('dates');
  });

  test('of which any part is missing or of another type still names the article', () => {
    const media = [{ key: 'world/a.jpg', as: 'picture' }];
    for (const status of ['live', 'media']) {
      const whole = record({ ...live, status, media }, { ...live, status, media });
      for (const without of withoutEachPart(whole.dynamodb.OldImage ?? {})) {
        const OldImage = without as Record<string, AttributeValue>;
        expect(readChange({ dynamodb: { ...whole.dynamodb, OldImage } })?.id).toBe(ID);
      }
    }
    expect(readChange({ dynamodb: { Keys: { pk: { S: `article#${ID}` } } } })).toBeUndefined();
    expect(readChange({ dynamodb: { Keys: { sk: { S: 'record' } } } })).toBeUndefined();
  });

  test.each([
    ['another item of the article', { pk: `article#${ID}`, sk: 'place' }],
    ['a group of duplicates', { pk: 'content#hash', sk: 'record' }],
    ['nothing', {}],
  ])('of %s is no change of an article', (_, keys) => {
    expect(readChange(record(undefined, live, keys as { pk: string; sk: string }))).toBeUndefined();
  });

  test('without anything in it is no change', () => {
    expect(readChange({})).toBeUndefined();
    expect(readChange({ dynamodb: {} })).toBeUndefined();
  });
});

describe('two changes of one article', () => {
  const change = (fields: Partial<ArticleChange> = {}): ArticleChange => ({
    id: ID,
    editions:
      readChange(record(undefined, { status: 'live', section: 'world', tags: [], authors: [] }))?.editions ??
      [],
    permalinks: ['articles/a.html'],
    media: ['m1'],
    ...fields,
  });

  test('name together what each names, once', () => {
    const other = change({
      editions:
        readChange(record(undefined, { status: 'live', section: 'sport', tags: [], authors: [] }))
          ?.editions ?? [],
      permalinks: ['articles/a.html', 'articles/b.html'],
      media: ['m1', 'm2'],
    });
    const both = joinChanges(change(), other);
    expect(both).toMatchObject({
      id: ID,
      permalinks: ['articles/a.html', 'articles/b.html'],
      media: ['m1', 'm2'],
    });
    expect(idsOf(both)).toEqual(
      [
        ...new Set([
          ...(editionsFor({ section: 'world' }) ?? []),
          ...(editionsFor({ section: 'sport' }) ?? []),
        ]),
      ].sort(),
    );
    expect(both).not.toHaveProperty('file');
  });

  test('know all dates under which the article stood, once, or none', () => {
    expect(joinChanges(change({ dates: ['a', 'b'] }), change({ dates: ['b', 'c'] })).dates).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(joinChanges(change(), change({ dates: ['c'] })).dates).toEqual(['c']);
    expect(joinChanges(change({ dates: ['a'] }), change()).dates).toEqual(['a']);
    expect(joinChanges(change(), change())).not.toHaveProperty('dates');
  });

  test('as they are noted are read back as they were, and what is none is refused', () => {
    const whole = change({ dates: ['a'], file: 'media/a.jpg' });
    expect(ArticleChange.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    const { media: _, ...least } = change();
    expect(ArticleChange.parse(least)).toEqual(least);
    for (const name of ['id', 'editions', 'permalinks'])
      expect(ArticleChange.safeParse({ ...whole, [name]: undefined }).success).toBe(false);
    for (const name of ['dates', 'media', 'file'])
      expect(ArticleChange.safeParse({ ...whole, [name]: 3 }).success).toBe(false);
  });

  test('that are one are what it was', () => {
    const one = change({ file: 'media/a.jpg' });
    expect(joinChanges(one, one)).toEqual(one);
  });

  test('keep the file of either, and do without media', () => {
    expect(joinChanges(change({ file: 'a' }), change())).toMatchObject({ file: 'a' });
    expect(joinChanges(change(), change({ file: 'b' }))).toMatchObject({ file: 'b' });
    expect(joinChanges(change({ file: 'a' }), change({ file: 'b' }))).toMatchObject({ file: 'a' });
    const { media: _, ...without } = change();
    expect(joinChanges(without, without).media).toEqual([]);
    expect(joinChanges(without, change()).media).toEqual(['m1']);
  });
});
