import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT, fault, type Wire } from '../../../bench/publish/wire.ts';
import { canonicalsOf } from '../../../shared/duplicates/canonicals.ts';
import { joinGroup, joinGroupAsArticle } from '../../../shared/duplicates/join-group.ts';
import { ANY_VERSION, coverByKill, killOf } from '../../../shared/duplicates/kills.ts';
import { finishLeaving, leave, settle, uncoverCopies } from '../../../shared/duplicates/settle.ts';
import { MAX_ATTEMPTS } from '../../../shared/errors/retry-on-conflict.ts';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { toItem } from '../../../shared/table/article-item.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { type Item, RECORD_SK } from '../../../shared/table/keys.ts';
import { article, instant, source } from '../../support/articles.ts';

/**
 * What each function of duplicate groups writes and what it leaves alone, one case at a time. That they agree in any
 * order, the properties of `duplicates.test.ts` show.
 */

const paused = jest.fn(async (_ms: number) => undefined);
const sent = jest.spyOn(DynamoDBDocumentClient.prototype, 'send');

const NOW = instant(9);
const KEYS = 'k1.k2.k3';

/** Calls of the table in one test: more are an endless loop, which would else never let the test end. */
const MAX_CALLS = 10 * MAX_ATTEMPTS;

let articles: Articles;
let client: DynamoDBDocumentClient;
/** Calls of the table, as `PutItem group#G canonical`. */
let calls: string[];
let hooks: { call: string; skip: number; act: () => unknown }[];
/** The first page of a query ends after so many items. */
let firstPage: number | undefined;

beforeEach(() => {
  calls = [];
  hooks = [];
  firstPage = undefined;
  paused.mockClear();
  sent.mockClear();
  const wire: Wire = async (request, act) => {
    const call = `${request.operation} ${request.key}`;
    calls.push(call);
    if (calls.length > MAX_CALLS) throw new Error('It asks for ever.');
    const at = hooks.findIndex(hook => hook.call === call && hook.skip-- <= 0);
    const hook = hooks[at];
    if (hook !== undefined) hooks.splice(at, 1);
    await hook?.act();
    const output = await DIRECT(request, act);
    if (firstPage === undefined || request.operation !== 'Query') return output;
    const { Items } = output as { Items: Item[] };
    const page = Items.slice(0, firstPage);
    firstPage = undefined;
    return { Items: page, LastEvaluatedKey: page.at(-1) } as never;
  };
  const table = new MemoryTable({ name: 'articles', wire });
  articles = new Articles(table.client, 'articles', { sleep: paused, random: () => 0 });
  client = DynamoDBDocumentClient.from(table.client);
});

afterEach(() => {
  const inputs = sent.mock.calls.map(([command]) => command.input as unknown as Item);
  for (const { ConsistentRead, Limit, Key, KeyConditionExpression, Item, ConditionExpression } of inputs) {
    const isRead = KeyConditionExpression || (Key && !ConditionExpression && ConsistentRead !== undefined);
    if (isRead && !Item) expect(ConsistentRead).toBe(true);
    expect(Limit).not.toBe(Number.POSITIVE_INFINITY);
  }
});

/** Lets somebody else act just before a call of the table, after as many such calls as are skipped. */
function justBefore(call: string, act: () => unknown, skip = 0): void {
  hooks.push({ call, skip, act });
}

/** A conditional write that others win every time. */
function lost(): () => Promise<boolean> {
  let times = 0;
  return async () => {
    if (++times > MAX_ATTEMPTS) throw new Error('It tries for ever.');
    return false;
  };
}

function count(call: string): number {
  return calls.filter(each => each === call).length;
}

/** An article in the group G, in it since the second that is given. */
function story(id: string, since: number, fields: Partial<Article> = {}): Article {
  return article({
    id,
    source: source({ key: `${id}.md`, uploadedAt: instant(since) }),
    groupSince: instant(since),
    contentHash: 'G',
    nearHash: KEYS,
    ...fields,
  });
}

function copyOf(canonical: string, id: string, since: number, fields: Partial<Article> = {}): Article {
  return story(id, since, { status: 'duplicate', duplicateOf: canonical, ...fields });
}

function killed(id: string, since: number, fields: Partial<Article> = {}): Article {
  return story(id, since, { status: 'withdrawn', ...fields });
}

function deleted(id: string, fields: Partial<ArticleRecord> = {}): ArticleRecord {
  const { guid, ingestedAt, version } = article({ id });
  return {
    id,
    guid,
    source: source({ key: `${id}.md` }),
    ingestedAt,
    version,
    status: 'deleted',
    ...fields,
  } as ArticleRecord;
}

async function put(...records: ArticleRecord[]): Promise<void> {
  for (const record of records) await putItem(toItem(record));
}

async function putItem(item: Item): Promise<void> {
  await client.send(new PutCommand({ TableName: 'articles', Item: JSON.parse(JSON.stringify(item)) }));
}

/** What the group G says, or another. */
function canonical(member: string, fields: Item = {}, group = 'G'): Promise<void> {
  return putItem({ pk: `group#${group}`, sk: 'canonical', member, ...fields });
}

async function waits(...members: Article[]): Promise<void> {
  for (const { id, groupSince, version } of members)
    await putItem({ pk: 'group#G', sk: `member#${groupSince}#${id}`, version });
}

async function kill(id: string, since = 1, group = 'G', fields: Item = { nearHash: KEYS }): Promise<void> {
  await putItem({ pk: `article#${id}`, sk: `kill#${group}`, since: instant(since), ...fields });
  await putItem({ pk: `group#${group}`, sk: `kill#${id}` });
}

async function indexed(id: string, since: number, version: number, keys = ['k1', 'k2', 'k3']): Promise<void> {
  for (const key of keys) await putItem({ pk: `similar#${key}`, sk: `${instant(since)}#${id}`, version });
}

/** All that the table holds, an item a line; instants as their seconds. */
async function all(): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'articles' }));
  return Items.filter(({ pk }) => pk !== 'calendar')
    .map(told)
    .sort();
}

function told({ pk, sk, ...rest }: Item): string {
  const { id, status, withdrawnBy, duplicateOf, version, left } = rest;
  const text =
    sk === RECORD_SK
      ? [id, status, withdrawnBy, duplicateOf && `of ${duplicateOf}`, `v${version}`, left && bare(left)]
      : [pk, sk, ...(Object.keys(rest).length > 0 ? [bare(rest)] : [])];
  return text
    .filter(Boolean)
    .join(' ')
    .replace(/2026-11-01T00:00:0(\d)\.000Z/g, '$1')
    .replaceAll(String(ANY_VERSION), 'ANY');
}

function bare(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', '');
}

const index = (id: string, since: number, version: number | string, keys = ['k1', 'k2', 'k3']) =>
  keys.map(key => `similar#${key} ${since}#${id} {version:${version}}`);

const said = (record: ArticleRecord) => told({ sk: RECORD_SK, ...record });

describe('joinGroup', () => {
  test('the first of a content is live and stands for it; the next is its duplicate', async () => {
    const fresh = (id: string, since: number) => ({ ...story(id, since), groupSince: undefined });
    const first = await joinGroup(articles, fresh('a', 1), undefined, NOW);
    expect(first).toMatchObject({ status: 'live', groupSince: instant(1) });
    expect(first.left).toBeUndefined();
    const second = await joinGroup(articles, fresh('b', 2), undefined, NOW);
    expect(second).toMatchObject({ status: 'duplicate', duplicateOf: 'a', groupSince: instant(2) });
    expect(await all()).toEqual(['group#G canonical {member:a}']);
  });

  test.each(['scheduled', 'held', 'withdrawn'] as const)('what is %s stands for nothing', async status => {
    const joined = await joinGroup(articles, story('a', 1, { status }), undefined, NOW);
    expect(said(joined)).toBe(`a ${status} v1`);
    expect(calls).toEqual([]);
  });

  test('what stays live in its group asks nobody, and has been in it as long as before', async () => {
    const draft = { ...story('a', 3), groupSince: instant(3) };
    const joined = await joinGroup(articles, draft, story('a', 1), NOW);
    expect(joined).toMatchObject({ status: 'live', groupSince: instant(1) });
    expect(joined.left).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test('what comes back into its group asks who stands for it', async () => {
    await canonical('b');
    const expired = story('a', 1, { status: 'withdrawn', withdrawnBy: 'expiry' });
    const joined = await joinGroup(articles, story('a', 3), expired, NOW);
    expect(joined).toMatchObject({ status: 'duplicate', duplicateOf: 'b', groupSince: instant(1) });
    expect(joined.left).toBeUndefined();
  });

  test('another content joins its own group, and leaves the one it was in', async () => {
    const draft = story('a', 3, { contentHash: 'H' });
    const joined = await joinGroup(articles, draft, story('a', 1), NOW);
    expect(said(joined)).toBe('a live v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}');
    expect(joined).toMatchObject({ groupSince: instant(3) });
    expect(await all()).toEqual(['group#H canonical {member:a}']);
  });

  test('a duplicate is looked at anew', async () => {
    const draft = copyOf('b', 'a', 1);
    expect(await joinGroup(articles, draft, copyOf('b', 'a', 1), NOW)).toEqual({
      ...story('a', 1),
      left: undefined,
    });
    const expired = { ...draft, expiresAt: NOW };
    const joined = await joinGroup(articles, expired, draft, NOW);
    expect(said(joined)).toBe('a withdrawn expiry v1 {group:G,since:1,similarityKeys:[]}');
  });

  test('a draft that an editor withdrew keeps its reason', async () => {
    const draft = story('a', 1, { status: 'withdrawn', withdrawnBy: 'cancellation' });
    expect(await joinGroup(articles, draft, undefined, NOW)).toMatchObject({ withdrawnBy: 'cancellation' });
  });

  test.each([
    ['live', story('a', 1), '{group:G,since:1,similarityKeys:[k1,k2,k3]}'],
    ['duplicate', copyOf('b', 'a', 1), '{group:G,since:1,similarityKeys:[]}'],
    ['killed', killed('a', 1), '{group:G,since:1,similarityKeys:[]}'],
  ])('what was %s leaves its group when it is deleted', async (_, current, left) => {
    expect(said(await joinGroup(articles, deleted('a'), current, NOW))).toBe(`a deleted v1 ${left}`);
    expect(calls).toEqual([]);
  });

  test.each([
    ['nothing', undefined],
    ['something deleted', deleted('a', { killed: true })],
    ['something scheduled', story('a', 1, { status: 'scheduled' })],
    ['something that expired', story('a', 1, { status: 'withdrawn', withdrawnBy: 'expiry' })],
  ])('in the place of %s nothing is left', async (_, current) => {
    expect(said(await joinGroup(articles, deleted('a'), current, NOW))).toBe('a deleted v1');
    const moved = story('a', 2, { contentHash: 'H', status: 'held' });
    expect(said(await joinGroup(articles, moved, current, NOW))).toBe('a held v1');
  });

  test('what its source withdraws leaves all keys; what an editor kills leaves those of words it lost', async () => {
    const leftOf = async (next: Article) => said(await joinGroup(articles, next, story('a', 1), NOW));
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
    expect(said(await joinGroup(articles, next, killed('a', 1), NOW))).toBe(
      'a withdrawn v1 {group:G,since:1,similarityKeys:[]}',
    );
    expect(said(await joinGroup(articles, killed('a', 1), killed('a', 1), NOW))).toBe('a withdrawn v1');
  });

  test('another reading of the same upload is still a copy of what was killed', async () => {
    await canonical('x', { killed: true });
    const draft = story('a', 2, { contentHash: 'H', nearHash: 'k7' });
    const joined = await joinGroup(articles, draft, copyOf('x', 'a', 1), NOW);
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
      articles,
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
    expect((await joinGroup(articles, draft, copyOf('x', 'a', 1), NOW)).status).toBe('live');
  });

  test('the same reading of a copy of what was killed changes nothing for the killer', async () => {
    await canonical('x', { killed: true });
    expect(said(await joinGroup(articles, story('a', 2), copyOf('x', 'a', 1), NOW))).toBe(
      'a duplicate of x v1',
    );
    expect(await all()).toEqual(['group#G canonical {member:x,killed:true}']);
  });

  test('what a kill of its own covers is live once that is undone, unless another kill covers it', async () => {
    await canonical('a', { killed: true });
    await kill('a');
    expect(said(await joinGroupAsArticle(articles, story('a', 1), killed('a', 1), NOW))).toBe('a live v1');
    await kill('b', 2);
    expect(said(await joinGroupAsArticle(articles, story('a', 1), killed('a', 1), NOW))).toBe(
      'a duplicate of b v1',
    );
  });

  test('an article that stays one leaves what another does', async () => {
    const moved = story('a', 3, { contentHash: 'H' });
    expect(said(await joinGroupAsArticle(articles, moved, story('a', 1), NOW))).toBe(
      'a live v1 {group:G,since:1,similarityKeys:[k1,k2,k3]}',
    );
  });
});

describe('leave', () => {
  const left = { group: 'G', since: instant(1), similarityKeys: ['k1', 'k2'] };

  test('what was deleted goes from its keys and its group, and the eldest copy takes its place', async () => {
    const copies = [copyOf('a', 'b', 2), copyOf('a', 'c', 3)];
    await canonical('a');
    await put(...copies);
    await waits(story('a', 1), ...copies);
    await indexed('a', 1, 1);
    await leave(articles, left, { id: 'a', version: 2 }, undefined, NOW);
    expect(await all()).toEqual(
      [
        'b live v2',
        'c duplicate of b v2',
        'group#G canonical {member:b}',
        'group#G member#3#c {version:1}',
        ...index('a', 1, 1, ['k3']),
        ...index('b', 2, 2),
      ].sort(),
    );
  });

  test('what a later version entered stays', async () => {
    await indexed('a', 1, 3);
    await waits(story('a', 1, { version: 3 }));
    await put(copyOf('b', 'a', 1, { version: 3, contentHash: 'H' }));
    await canonical('a', { killed: true });
    await leave(articles, left, { id: 'a', version: 2 }, undefined, NOW);
    expect(await all()).toEqual(
      expect.arrayContaining(['group#G member#1#a {version:3}', ...index('a', 1, 3)]),
    );
  });

  test.each([
    ['a killed article in the group', killed('a', 1), true],
    ['a deleted file that was killed', deleted('a', { killed: true }), true],
    ['a killed article of another group', killed('a', 1, { contentHash: 'H' }), false],
    ['an article that expired', killed('a', 1, { withdrawnBy: 'expiry' }), false],
    ['a deleted file', deleted('a'), false],
  ])('%s keeps its keys, or not', async (_, record, keeps) => {
    await indexed('a', 1, 1);
    await waits(story('a', 1));
    await leave(articles, left, record, record, NOW);
    expect(await all()).toEqual(index('a', 1, 1, keeps ? ['k1', 'k2', 'k3'] : ['k3']));
  });

  test.each([
    ['live', story('a', 1)],
    ['duplicate', copyOf('b', 'a', 1)],
  ])('what is %s in the group loses keys only', async (_, record) => {
    await indexed('a', 1, 1);
    await waits(record);
    await canonical('gone');
    await leave(articles, left, record, record, NOW);
    expect(await all()).toEqual([
      'group#G canonical {member:gone}',
      'group#G member#1#a {version:1}',
      ...index('a', 1, 1, ['k3']),
    ]);
  });

  test('a live article of another group leaves', async () => {
    await waits(story('a', 1));
    await canonical('a');
    const record = story('a', 1, { contentHash: 'H' });
    await leave(articles, left, record, record, NOW);
    expect(await all()).toEqual([]);
  });

  test('what a record says that it left is finished, and nothing where it says nothing', async () => {
    await indexed('a', 1, 1);
    await canonical('a');
    await finishLeaving(articles, deleted('a'), NOW);
    expect(await all()).toHaveLength(4);
    await finishLeaving(articles, deleted('a', { left }), NOW);
    expect(await all()).toEqual(index('a', 1, 1, ['k3']));
  });
});

describe('settle', () => {
  test('a record that is no article only finishes leaving', async () => {
    await canonical('a');
    const left = { group: 'G', since: instant(1), similarityKeys: [] };
    const record = deleted('a', { left, killed: true });
    expect(await settle(articles, record, NOW)).toBe(record);
    expect(await all()).toEqual([]);
  });

  test.each([
    story('a', 1, { status: 'scheduled' }),
    story('a', 1, { status: 'withdrawn', withdrawnBy: 'source' }),
  ])('what may not be public says nothing of its group', async record => {
    expect(await settle(articles, record, NOW)).toBe(record);
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
    expect(await settle(articles, record, NOW)).toBe(record);
    expect(await all()).toEqual(covered());
  });

  test.each([
    ['another file shows', 'b', {}],
    ['another kill covers', 'b', { killed: true }],
    ['it covers already', 'a', { killed: true }],
  ])('a kill leaves alone what %s', async (_, member, fields) => {
    await canonical(member, fields);
    const known = await all();
    await settle(articles, killed('a', 1), NOW);
    expect(await all()).toEqual(known);
  });

  test.each(['a', undefined])('the canonical enters the index', async member => {
    if (member) await canonical(member);
    const record = story('a', 1);
    expect(await settle(articles, record, NOW)).toBe(record);
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
    await settle(articles, story('a', 1, { version: 5 }), NOW, was);
    expect(await all()).toEqual(['group#G canonical {member:a}', ...index('a', 1, 5, keys)]);
  });

  test('a live copy is hidden', async () => {
    await canonical('a');
    await put(story('a', 1), story('b', 2));
    await indexed('b', 2, 1);
    const settled = await settle(articles, story('b', 2), NOW);
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
    expect(said(await settle(articles, story('b', 2), NOW))).toBe('b live v3');
    expect(paused.mock.calls).toEqual([[500]]);
    expect(await all()).toEqual(['b live v3', 'group#G canonical {member:b}', ...index('b', 2, 3)]);
  });

  test.each(['x', 'b'])('a live copy of what %s killed is hidden', async member => {
    await canonical(member, { killed: true });
    await put(story('b', 2));
    expect(said(await settle(articles, story('b', 2), NOW))).toBe(`b duplicate of ${member} v2`);
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
    expect(said(await settle(articles, story('b', 2), NOW))).toBe('b withdrawn expiry v2');
    expect(await all()).toEqual(['b withdrawn expiry v2', 'group#G canonical {member:a}']);
  });

  test('what somebody has deleted meanwhile is left alone', async () => {
    await canonical('a');
    const record = story('b', 2);
    expect(await settle(articles, record, NOW)).toBe(record);
    await put(deleted('b'));
    expect(said(await settle(articles, record, NOW))).toBe('b deleted v1');
    expect(await all()).toEqual(['b deleted v1', 'group#G canonical {member:a}']);
  });

  test('a duplicate waits', async () => {
    const record = copyOf('a', 'b', 2);
    await canonical('a');
    await put(story('a', 1), record);
    expect(await settle(articles, record, NOW)).toBe(record);
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
    expect(await settle(articles, record, NOW)).toBe(record);
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
    expect(said(await settle(articles, record, NOW))).toBe('b live v2');
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
    expect(said(await settle(articles, record, NOW))).toBe('b live v2');
    expect(paused).not.toHaveBeenCalled();
  });

  test('a duplicate that somebody deletes meanwhile is given back as it was', async () => {
    const record = copyOf('a', 'b', 2);
    expect(await settle(articles, record, NOW)).toBe(record);
    expect(await all()).toEqual([]);
  });

  test('a canonical that is a copy itself is shown', async () => {
    const other = copyOf('z', 'a', 1);
    await canonical('a');
    await put(other, copyOf('a', 'b', 2));
    await waits(other);
    expect(said(await settle(articles, copyOf('a', 'b', 2), NOW))).toBe('b duplicate of a v1');
    expect(await all()).toEqual([
      'a live v2',
      'b duplicate of a v1',
      'group#G canonical {member:a}',
      'group#G member#2#b {version:1}',
      ...index('a', 1, 2),
    ]);
  });
});

describe('promotion', () => {
  /** Something leaves the group, by a record that is not in it. */
  const go = () =>
    leave(
      articles,
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

  test('a canonical that comes back while it loses its place is hidden', async () => {
    await canonical('a');
    await put(copyOf('a', 'b', 2));
    await waits(copyOf('a', 'b', 2));
    justBefore('PutItem group#G canonical', () => put(story('a', 1)));
    await go();
    expect(await all()).toEqual([
      'a duplicate of b v2',
      'b live v2',
      'group#G canonical {member:b}',
      'group#G member#1#a {version:2}',
      ...index('b', 2, 2),
    ]);
  });

  test('a canonical that comes back while nobody else waits stands for its group again', async () => {
    await canonical('a');
    justBefore('DeleteItem group#G canonical', () => put(story('a', 1)));
    await go();
    expect(await all()).toEqual(['a live v1', 'group#G canonical {member:a}', ...index('a', 1, 1)]);
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
    const replace = jest.spyOn(articles.groups, 'replaceCanonical').mockImplementation(lost());
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
    const replace = jest.spyOn(articles, 'replace').mockImplementation(lost());
    await expect(go()).rejects.toMatchObject({ code: 'contention', subject: 'b' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });
});

describe('kills', () => {
  test('a kill says what it covers', () => {
    expect(killOf(story('a', 1))).toEqual({ group: 'G', since: instant(1), nearHash: KEYS });
  });

  const noted = (id: string) => [`article#${id} kill#G {since:1,nearHash:k1.k2.k3}`, `group#G kill#${id}`];
  const cover = (id = 'a') => coverByKill(articles, id, killOf(killed(id, 1)));

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
    calls = [];
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
    const replace = jest.spyOn(articles.groups, 'replaceCanonical').mockImplementation(lost());
    await canonical('b');
    await expect(cover()).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });

  const uncover = () => uncoverCopies(articles, 'a', NOW);

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
    const replace = jest.spyOn(articles.groups, 'replaceCanonical').mockImplementation(lost());
    await expect(uncover()).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });
});

test('canonicalsOf: what is shown instead of each duplicate', async () => {
  await canonical('a');
  await canonical('x', {}, 'H');
  await put(story('a', 1), story('y', 1));
  const records = [
    copyOf('old', 'b', 2),
    copyOf('old', 'c', 3),
    story('d', 4),
    killed('e', 5),
    copyOf('x', 'f', 6, { contentHash: 'H' }),
    copyOf('y', 'g', 7, { contentHash: 'J' }),
    deleted('h'),
  ];
  const found = await canonicalsOf(articles, records);
  expect([...found].map(([id, { id: other }]) => [id, other])).toEqual([
    ['b', 'a'],
    ['c', 'a'],
  ]);
  expect((await canonicalsOf(articles, [])).size).toBe(0);
});

describe('the items of groups', () => {
  test('a canonical is read as it is written', async () => {
    const { groups } = articles;
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
    expect(await articles.groups.canonical('G')).toBeUndefined();
    expect(await articles.groups.canonical('H')).toEqual({ member: 'a', killed: false });
    expect(await articles.groups.canonicals(['G', 'H', 'J', 'H'])).toEqual(
      new Map([['H', { member: 'a', killed: false }]]),
    );
  });

  test.each([
    ['nobody', undefined],
    ['another', { member: 'x', killed: false }],
    ['the same, killed', { member: 'a', killed: true }],
  ])('a canonical is not replaced where %s is expected', async (_, expected) => {
    await canonical('a');
    expect(await articles.groups.replaceCanonical('G', expected, { member: 'z', killed: false })).toBe(false);
    expect(await articles.groups.replaceCanonical('G', expected, undefined)).toBe(false);
    expect(await all()).toEqual(['group#G canonical {member:a}']);
  });

  test.each([
    ['another', { member: 'x', killed: true }],
    ['the same, not killed', { member: 'a', killed: false }],
  ])('a killer is not replaced where %s is expected', async (_, expected) => {
    await canonical('a', { killed: true });
    expect(await articles.groups.replaceCanonical('G', expected, { member: 'z', killed: false })).toBe(false);
    expect(await all()).toEqual(['group#G canonical {member:a,killed:true}']);
  });

  test('a claim succeeds where there is none, and says who is there', async () => {
    const { groups } = articles;
    const mine = { member: 'a', killed: false };
    justBefore('PutItem group#G canonical', () => canonical('x', { killed: true }));
    expect(await groups.claim('G', 'a')).toEqual({ member: 'x', killed: true });
    justBefore('GetItem group#G canonical', () =>
      groups.replaceCanonical('G', { member: 'x', killed: true }, undefined),
    );
    expect(await groups.claim('G', 'a')).toEqual(mine);
    expect(await all()).toEqual(['group#G canonical {member:a}']);
    const replace = jest.spyOn(groups, 'replaceCanonical').mockImplementation(lost());
    jest.spyOn(groups, 'canonical').mockResolvedValue(undefined);
    await expect(groups.claim('G', 'a')).rejects.toMatchObject({ code: 'contention', subject: 'G' });
    expect(replace).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  });

  test('an earlier or equal version enters nothing, and only a later one stays', async () => {
    const { groups } = articles;
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
    const ids = async (limit: number) => (await articles.groups.members('G', limit)).map(({ id }) => id);
    expect(await articles.groups.members('G', 1)).toEqual([{ id: 'c', since: instant(1), version: 2 }]);
    expect(await ids(9)).toEqual(['c', 'b', 'a', 'd']);
    calls = [];
    expect(await ids(2)).toEqual(['c', 'b']);
    expect(calls).toHaveLength(1);
    firstPage = 1;
    expect(await ids(2)).toEqual(['c', 'b']);
    firstPage = 1;
    expect(await ids(9)).toEqual(['c', 'b', 'a', 'd']);
    expect(await articles.groups.members('H', 9)).toEqual([]);
  });

  test('the groups of a kill, and two kills of a group, are read', async () => {
    await kill('a', 1);
    await kill('a', 2, 'H', {});
    await kill('b', 3);
    await kill('c', 4);
    await put(killed('a', 1));
    firstPage = 1;
    expect(await articles.groups.kills('a')).toEqual([
      { group: 'G', since: instant(1), nearHash: KEYS },
      { group: 'H', since: instant(2) },
    ]);
    expect(await articles.groups.killers('G')).toEqual(['a', 'b']);
    await articles.groups.removeKiller('G', 'a');
    expect(await articles.groups.killers('G')).toEqual(['b', 'c']);
    await articles.groups.forgetKill('a', 'G');
    expect(await articles.groups.kills('a')).toEqual([{ group: 'H', since: instant(2) }]);
  });

  test('a kill of a text without a fingerprint is noted', async () => {
    await articles.groups.noteKill('a', { group: 'G', since: instant(1) });
    expect(await all()).toEqual(['article#a kill#G {since:1}', 'group#G kill#a']);
  });

  test('a failure of the table is told', async () => {
    for (const call of ['Query group#G', 'GetItem group#G canonical', 'PutItem group#G canonical'])
      justBefore(call, () => {
        throw fault('InternalServerError', 500);
      });
    const { groups } = articles;
    const failed = { subject: expect.stringContaining('G') };
    await expect(groups.members('G', 1)).rejects.toMatchObject(failed);
    await expect(groups.canonical('G')).rejects.toMatchObject(failed);
    await expect(groups.claim('G', 'a')).rejects.toMatchObject(failed);
  });
});
