import {
  type DynamoDBDocumentClient,
  PutCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT, fault, type Wire } from '../../../bench/publish/wire.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { lookupKeys, minhash, resemblance } from '../../../shared/model/minhash.ts';
import { toItem } from '../../../shared/table/article-item.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article, instant, source } from '../../support/articles.ts';

/** What each function of near duplicates says and writes, one case at a time. */

let articles: Articles;
let client: DynamoDBDocumentClient;
let sent: jest.SpiedFunction<DynamoDBDocumentClient['send']>;
let broken: string | undefined;

beforeEach(() => {
  broken = undefined;
  const wire: Wire = async (call, act) => {
    if (`${call.operation} ${call.key}` === broken) throw fault('InternalServerError', 500);
    return DIRECT(call, act);
  };
  const table = new MemoryTable({ name: 'articles', wire });
  articles = new Articles(table.client, 'articles', { namespace: 'copydesk' });
  client = table.client;
  sent = jest.spyOn(client, 'send');
});

async function putItem(item: Record<string, unknown>): Promise<void> {
  await client.send(new PutCommand({ TableName: 'articles', Item: JSON.parse(JSON.stringify(item)) }));
}

/** A fingerprint of ten hashes that has the first so many in common with that of `a`. */
function print(shared: number, mark: string): string {
  const own = Array.from({ length: 10 - shared }, (_, at) => `y${mark}${at}`);
  return [...'0123456789']
    .slice(0, shared)
    .map(digit => `x${digit}`)
    .concat(own)
    .join('.');
}

const SAME = print(10, '');

function story(id: string, fields: Partial<Article> = {}): Article {
  return article({
    id,
    headline: `Story ${id}`,
    source: source({ key: `${id}.md`, uploadedAt: instant(1) }),
    contentHash: `hash-${id}`,
    nearHash: SAME,
    ...fields,
  });
}

/** Writes records, and enters each under the keys of its fingerprint, or of another. */
async function put(...records: (ArticleRecord | [ArticleRecord, string])[]): Promise<void> {
  for (const each of records) {
    const [record, nearHash] = Array.isArray(each) ? each : [each, (each as Article).nearHash];
    await putItem(toItem(record));
    await articles.similarity.enter(lookupKeys(nearHash), { id: record.id, since: instant(1), version: 1 });
  }
}

/** The kill of an article covers a text. */
async function kill(id: string, fields: Record<string, unknown>): Promise<void> {
  await putItem({ pk: `article#${id}`, sk: `kill#${fields.group}`, since: instant(1), ...fields });
}

const note = (given: Article, similarity = 0.8) =>
  recognizeSimilar(articles, given, undefined, { near: 'note', similarity });
const hide = (given: Article, current?: ArticleRecord, similarity = 0.8) =>
  recognizeSimilar(articles, given, current, { near: 'hide', similarity });

const said = ({ warnings, nearDuplicateOf, contentGroup }: Article) => ({
  ...(warnings.length > 0 ? { warnings } : {}),
  ...(nearDuplicateOf === undefined ? {} : { nearDuplicateOf }),
  ...(contentGroup === undefined ? {} : { contentGroup }),
});
const like = (id: string) => ({
  warnings: [`Nearly the same as “Story ${id}” (${id}.md).`],
  nearDuplicateOf: id,
});

describe('near duplicates that are noted', () => {
  test('an article without a like is as it was given', async () => {
    const given = story('a', { warnings: ['Mind the gap.'] });
    expect(await note(given)).toEqual(given);
  });

  test('an article with a like names it, and keeps its other warnings', async () => {
    await put(story('b'));
    const given = story('a', { warnings: ['Mind the gap.'] });
    expect(await note(given)).toEqual({
      ...given,
      warnings: ['Mind the gap.', 'Nearly the same as “Story b” (b.md).'],
      nearDuplicateOf: 'b',
    });
  });

  test('what was noted before is forgotten', async () => {
    const noted = {
      ...story('a'),
      contentGroup: 'G',
      ...like('b'),
      warnings: ['Nearly the same as X.', 'Mind the gap.'],
    };
    expect(said(await note(noted))).toEqual({ warnings: ['Mind the gap.'] });
    await put(story('c'));
    expect(said(await note({ ...story('a'), ...like('b') }))).toEqual(like('c'));
  });

  test('a text without a fingerprint is like none, and nothing is asked', async () => {
    await put(story('b'));
    sent.mockClear();
    const { nearHash: _, ...given } = story('a', like('b'));
    const made = await note(given as Article);
    expect(said(made)).toEqual({});
    expect(made).not.toHaveProperty('nearHash');
    expect(sent).not.toHaveBeenCalled();
  });

  test('switched off, articles have no fingerprint, and nothing is asked', async () => {
    await put(story('b'));
    sent.mockClear();
    const made = await recognizeSimilar(articles, story('a', like('b')), undefined, {
      near: 'off',
      similarity: 0.8,
    });
    expect(said(made)).toEqual({});
    expect(made).not.toHaveProperty('nearHash');
    expect(sent).not.toHaveBeenCalled();
  });

  test('as similar as the setting says is similar, and less is not', async () => {
    await put(story('b', { nearHash: print(8, 'b') }));
    // The ten smallest of twelve: eight in common.
    expect(said(await note(story('a'), 0.8))).toEqual(like('b'));
    expect(said(await note(story('a'), 0.81))).toEqual({});
  });

  test.each<[string, ArticleRecord]>([
    ['the article itself', story('a')],
    ['the article itself, with its former words', story('a', { contentHash: 'old' })],
    ['of the same content', story('b', { contentHash: 'hash-a' })],
    ['scheduled', story('b', { status: 'scheduled' })],
    ['held', story('b', { status: 'held' })],
    ['a duplicate', story('b', { status: 'duplicate', duplicateOf: 'c' })],
    ['withdrawn by its source', story('b', { status: 'withdrawn', withdrawnBy: 'source' })],
    ['expired', story('b', { status: 'withdrawn', withdrawnBy: 'expiry' })],
    ['without a fingerprint by now', { ...story('b'), nearHash: undefined } as unknown as Article],
    ['of other words by now', story('b', { nearHash: print(3, 'b') })],
  ])('a record that is %s is no like', async (_, record) => {
    await put([record, SAME]);
    expect(said(await note(story('a')))).toEqual({});
  });

  test('the most similar is named, then the eldest, then the one with the first id', async () => {
    const aged = (id: string, seconds: number, shared = 9) =>
      story(id, { nearHash: print(shared, id), groupSince: instant(seconds) });
    await put(aged('e', 1, 8), aged('d', 5), aged('c', 3), aged('f', 3), aged('b', 4));
    expect(said(await note(story('a')))).toEqual(like('c'));
    await put(aged('z', 9, 10));
    expect(said(await note(story('a')))).toEqual(like('z'));
  });

  test('the one of two that came later bears the note', async () => {
    await put(story('b', { nearDuplicateOf: 'a' }));
    expect(said(await note(story('a')))).toEqual({});
    await put(story('c', { nearDuplicateOf: 'b' }));
    expect(said(await note(story('a')))).toEqual(like('c'));
  });
});

describe('what an editor has withdrawn', () => {
  const covered = (name: string) => ({
    warnings: [`Nearly the same as ${name}, which an editor has withdrawn.`],
    nearDuplicateOf: 'b',
  });
  const killed = story('b', { status: 'withdrawn', nearHash: print(0, 'b') });
  const tombstone = {
    ...killed,
    headline: undefined,
    status: 'deleted',
    killed: true,
  } as unknown as ArticleRecord;

  test('is like by the text that the kill covers, whatever its file says now', async () => {
    await put([killed, SAME]);
    expect(said(await note(story('a')))).toEqual({});
    await kill('b', { group: 'G', nearHash: SAME });
    expect(said(await note(story('a')))).toEqual(covered('“Story b” (b.md)'));
  });

  test('is called by its file where that is deleted', async () => {
    await put([tombstone, SAME]);
    await kill('b', { group: 'G', nearHash: SAME });
    expect(said(await note(story('a')))).toEqual(covered('b.md'));
  });

  test('has no like where the kill covers the same content, or a text without a fingerprint', async () => {
    await put([killed, SAME]);
    await kill('b', { group: 'hash-a', nearHash: SAME });
    await kill('b', { group: 'H' });
    expect(said(await note(story('a')))).toEqual({});
  });

  test('a kill of an article that is deleted without being killed covers nothing', async () => {
    await put([{ ...tombstone, killed: undefined } as unknown as ArticleRecord, SAME]);
    await kill('b', { group: 'G', nearHash: SAME });
    expect(said(await note(story('a')))).toEqual({});
  });
});

describe('near duplicates that are hidden', () => {
  test('an article joins the group of its like', async () => {
    await put(story('b'));
    expect(said(await hide(story('a')))).toEqual({ ...like('b'), contentGroup: 'hash-b' });
    await put(story('b', { contentGroup: 'G' }));
    expect(said(await hide(story('a')))).toEqual({ ...like('b'), contentGroup: 'G' });
  });

  test('the later one joins, also where the other bears a note', async () => {
    await put(story('b', { nearDuplicateOf: 'a' }));
    expect(said(await hide(story('a')))).toEqual({ ...like('b'), contentGroup: 'hash-b' });
  });

  test('what an editor has withdrawn counts before what is more similar', async () => {
    await put(story('c'), [story('b', { status: 'withdrawn' }), SAME]);
    await kill('b', { group: 'G', nearHash: print(8, 'k') });
    expect(said(await hide(story('a')))).toEqual({
      warnings: ['Nearly the same as “Story b” (b.md), which an editor has withdrawn.'],
      nearDuplicateOf: 'b',
      contentGroup: 'G',
    });
  });

  test('the same content counts before a like, and needs no note', async () => {
    await put(story('b'), story('c', { contentHash: 'hash-a', contentGroup: 'G' }));
    expect(said(await hide(story('a')))).toEqual({ ...like('b'), contentGroup: 'G' });
    await put(story('b', { status: 'held' }));
    expect(said(await hide(story('a')))).toEqual({ contentGroup: 'G' });
  });

  test('the group of the own content is not stated', async () => {
    await put(story('c', { contentHash: 'hash-a' }));
    expect(said(await hide(story('a')))).toEqual({});
    await put(story('b', { contentGroup: 'hash-a' }));
    expect(await hide(story('a', { contentHash: 'hash-a' }))).not.toHaveProperty('contentGroup');
  });

  test.each(['scheduled', 'held', 'withdrawn'] as const)(
    'an article that is %s joins no group',
    async status => {
      await put(story('b'));
      expect(said(await hide(story('a', { status }), story('a', { contentGroup: 'G' })))).toEqual(like('b'));
    },
  );

  describe('where nothing is like it', () => {
    const corrected = (current: Partial<Article>, similarity = 0.8) =>
      hide(story('a', { contentHash: 'new' }), story('a', current), similarity);

    test('a live story that is corrected a little stays in its group', async () => {
      expect(said(await corrected({ contentGroup: 'G' }))).toEqual({ contentGroup: 'G' });
      expect(said(await corrected({}))).toEqual({ contentGroup: 'hash-a' });
      expect(said(await corrected({ nearHash: print(8, 'k') }))).toEqual({ contentGroup: 'hash-a' });
    });

    test('a story that is told anew leaves it, and so does one that was not live', async () => {
      expect(said(await corrected({ nearHash: print(8, 'k') }, 0.81))).toEqual({});
      expect(said(await corrected({ status: 'withdrawn', contentGroup: 'G' }))).toEqual({});
      expect(said(await corrected({ nearHash: undefined }))).toEqual({});
      expect(said(await hide(story('a')))).toEqual({});
    });
  });
});

describe('the index', () => {
  const entry = (version: number, id = 'a', seconds = 1) => ({ id, since: instant(seconds), version });

  async function all(): Promise<unknown[]> {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'articles' }));
    return Items.map(({ pk, sk, version }) => `${pk} ${sk} ${version}`).sort();
  }

  test('has an item for each key, and no more when it is entered again', async () => {
    const items = (version: number) => ['k1', 'k2'].map(key => `similar#${key} ${instant(1)}#a ${version}`);
    await articles.similarity.enter(['k1', 'k2'], entry(2));
    expect(await all()).toEqual(items(2));
    await articles.similarity.enter(['k1', 'k2'], entry(2));
    await articles.similarity.enter(['k1', 'k2'], entry(1));
    expect(await all()).toEqual(items(2));
    await articles.similarity.enter(['k1', 'k2'], entry(3));
    expect(await all()).toEqual(items(3));
  });

  test('loses what leaves, unless a later version has entered', async () => {
    await articles.similarity.enter(['k1', 'k2'], entry(2));
    await articles.similarity.leave(['k1', 'k2'], entry(1));
    expect(await all()).toHaveLength(2);
    await articles.similarity.leave(['k1'], entry(2));
    expect(await all()).toEqual([`similar#k2 ${instant(1)}#a 2`]);
    await articles.similarity.leave(['k2', 'k3'], entry(3));
    expect(await all()).toEqual([]);
  });

  test('finds each article once, in order, by what was just written', async () => {
    await articles.similarity.enter(['k1'], entry(1, 'c', 3));
    await articles.similarity.enter(['k1', 'k2'], entry(1, 'b', 4));
    await articles.similarity.enter(['k2'], entry(1, 'a', 5));
    await articles.similarity.enter(['k3'], entry(1, 'd', 6));
    sent.mockClear();
    expect(await articles.similarity.find(['k2', 'k1', 'k9'])).toEqual(['a', 'b', 'c']);
    for (const [{ input }] of sent.mock.calls)
      expect(input as QueryCommandInput).toMatchObject({ TableName: 'articles', ConsistentRead: true });
    expect(await articles.similarity.find([])).toEqual([]);
  });

  test('finds the newest fifty under a key', async () => {
    const id = (at: number) => `a${String(at).padStart(2, '0')}`;
    for (let at = 0; at < 51; at++) await articles.similarity.enter(['k1'], entry(1, id(at), at));
    expect(await articles.similarity.find(['k1'])).toEqual([...Array(50).keys()].map(at => id(at + 1)));
  });

  test('tells a failure of the table', async () => {
    broken = 'Query similar#k1';
    await expect(articles.similarity.find(['k1'])).rejects.toMatchObject({
      code: 'table-busy',
      subject: 'k1',
    });
    broken = `PutItem similar#k1 ${instant(1)}#a`;
    await expect(articles.similarity.enter(['k1'], entry(1))).rejects.toMatchObject({ subject: 'a' });
    broken = `DeleteItem similar#k1 ${instant(1)}#a`;
    await expect(articles.similarity.leave(['k1'], entry(1))).rejects.toMatchObject({ subject: 'a' });
  });
});

describe('a fingerprint', () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');
  const characters = (count: number) =>
    Array.from({ length: count }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join('');

  // Records keep fingerprints: another program computed these from the definition.
  test('is the same for ever', () => {
    expect(minhash(words(24))).toBe(
      '084bf6a9.1a039c1b.21b5b477.334df758.352b901e.51ffd6b1.5e7bdccf.6540d201.6f55594d.7e90899d.8ec75721.8fe2b4aa.9c4f9f35.a64655c2.c93fa2aa.f1aaf83e.f2b4d7c6.fa959bcf.fe2228b1.ff435414',
    );
    expect(minhash(characters(27))).toBe(
      '008a9f49.09513023.0ceab935.0ef4268b.0fc3f794.168ce68a.2d4e474b.2e6d5d29.3b35f760.3b6ec56f.3d4c6194.431bb461.66769adb.820bf7aa.946ab028.95718497.999d9859.9c398685.b0a0f8db.de386802',
    );
  });

  test('has the 64 smallest hashes', () => {
    const parts = minhash(words(100))?.split('.') ?? [];
    expect(parts).toHaveLength(64);
    expect([parts[0], parts.at(-1)]).toEqual(['03b14e18', '9be5c3be']);
  });

  test('is made of twenty different shingles at least', () => {
    expect(minhash(words(23))).toBeUndefined();
    expect(minhash(characters(26))).toBeUndefined();
    expect(minhash('word '.repeat(100))).toBeUndefined();
    expect(minhash('')).toBeUndefined();
    expect(minhash('!?')).toBeUndefined();
  });

  test('does not depend on case, marks and white space', () => {
    expect(minhash(`“${words(24).toUpperCase().replaceAll(' ', ' –\n ')}.”`)).toBe(minhash(words(24)));
    expect(minhash([...characters(27)].join('，'))).toBe(minhash(characters(27)));
  });

  test('is one of characters where a script without spaces is among the first 2,000', () => {
    const long = Array.from({ length: 20 }, (_, at) => `${at}`.padEnd(99, 'a')).join(' ');
    expect(long).toHaveLength(1_999);
    expect(minhash(`${long}港`)).toBeDefined();
    expect(minhash(`${long} 港`)).toBeUndefined();
  });

  test('is looked up under its first three parts', () => {
    expect(lookupKeys('a.b.c.d')).toEqual(['a', 'b', 'c']);
    expect(lookupKeys('a')).toEqual(['a']);
    expect(lookupKeys(undefined)).toEqual([]);
  });

  test.each([
    ['a.b.c', 'a.b.c', 1],
    ['a.b.c', 'a.b.d', 2 / 3],
    ['a.b.c.d', 'a.b', 1 / 2],
    ['a.b', 'a.b.c.d', 1 / 2],
    ['a.d', 'b.d', 0],
    ['c.d', 'a.c', 1 / 2],
    ['a.b', 'c.d', 0],
  ])('resemblance of %s and %s', (a, b, likeness) => expect(resemblance(a, b)).toBe(likeness));
});
