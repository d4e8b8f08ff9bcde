import { bringIn, roundOf } from '../../cli/bulk/bring-in.ts';
import { lineOf, readLine } from '../../cli/bulk/exported.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { type Desk, type DeskOptions, startDesk } from '../support/desk.ts';
import { article, story } from '../support/illustrated.ts';
import { jpeg } from '../support/pictures.ts';

const KEY = 'world/ferry.md';

const desks: Desk[] = [];
afterEach(async () => {
  await Promise.all(desks.splice(0).map(desk => desk.close()));
});

async function open(options: DeskOptions): Promise<Desk> {
  const desk = await startDesk(options);
  desks.push(desk);
  return desk;
}

async function filed(desk: Desk): Promise<void> {
  await desk.put('world/ferry.jpg', jpeg({ width: 30, height: 20 }));
  await desk.put(KEY, story());
  await desk.settle();
}

test('the same key is the same article in every bucket, with the same picture', async () => {
  const [laptop, stack] = [await open({}), await open({ bucket: 'copydesk-intakebucket-1a2b3c' })];
  for (const desk of [laptop, stack]) await filed(desk);
  const [one, other] = [await article(laptop, KEY), await article(stack, KEY)];
  expect(other.source.bucket).not.toBe(one.source.bucket);
  const { id, guid, slug, permalink, media } = one;
  expect(media).toHaveLength(1);
  expect(other).toMatchObject({ id, guid, slug, permalink, media });
  expect([...(await stack.files()).keys()]).toEqual([...(await laptop.files()).keys()]);
});

test('another namespace makes other articles', async () => {
  const desk = await open({ settings: { articles: { namespace: 'the-bugle' } } });
  await filed(desk);
  const { id, guid, media } = await article(desk, KEY);
  expect(id).not.toBe('');
  const usual = await open({});
  await filed(usual);
  const other = await article(usual, KEY);
  expect([other.id, other.guid]).not.toContain(id);
  expect(other.guid).not.toBe(guid);
  // The picture is found under the id of its own namespace.
  expect(media?.[0]?.file).toEqual(other.media?.[0]?.file);
});

test('files that are copied to the bucket of an imported archive change nothing', async () => {
  const [old, next] = [await open({}), await open({ bucket: 'next' })];
  await filed(old);
  for await (const key of old.storage.keys()) {
    const { bytes, contentType = '' } = (await old.storage.get(key)) ?? { bytes: '' };
    if (key.startsWith('media/')) await next.storage.put(key, bytes, { contentType });
  }
  const records: ArticleRecord[] = [];
  for await (const record of old.articles.all()) records.push(record);
  for (const record of records.sort((a, b) => roundOf(a) - roundOf(b))) {
    const exported = readLine(await lineOf(record, old.articles, old.storage));
    if ('problem' in exported) throw new Error(exported.problem);
    expect(await bringIn(exported, { ...next, now: () => next.now })).toBe('imported');
  }
  await next.publishAll();
  const imported = await article(next, KEY);
  const before = await next.files();
  await filed(next);
  const { bucket } = (await article(next, KEY)).source;
  expect(bucket).toBe('next');
  const { revision, updatedAt } = imported;
  expect(await article(next, KEY)).toMatchObject({ revision, updatedAt, status: 'live' });
  expect(await next.files()).toEqual(before);
});

test('the deletion of the same key in another bucket takes nothing off the site', async () => {
  const desk = await open({});
  await filed(desk);
  const event = await desk.remove(KEY);
  desk.events.length = 0;
  event.s3.bucket.name = 'another';
  expect(await desk.deliver(event)).toEqual([0]);
  expect(desk.log.at(-1)).toMatchObject({ code: 'other-bucket', key: KEY });
  expect(await article(desk, KEY)).toMatchObject({ status: 'live' });
});
