import type { S3EventRecord } from 'aws-lambda';
import { type Article, isArticle } from '../../shared/model/article.ts';
import { mediaPath } from '../../shared/model/media-address.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { jpeg } from '../support/pictures.ts';

/** A file that is moved or renamed keeps its article: id, guid, address, date and entry of the feeds. */

const OLD = 'world/ferry.md';
const NEW = 'sport/ferry-sails.md';
/** Without a date of its own, so that the date of the article is that of its first upload. */
const COPY = '---\ntitle: Ferry sails\n---\n\nThe ferry left the harbour at noon on its first trip.\n';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

async function article(key: string): Promise<Article> {
  const record = await desk.record(key);
  if (!record || !isArticle(record)) throw new Error(`${key} is no article`);
  return record;
}

async function live(): Promise<Article[]> {
  const found: Article[] = [];
  for await (const record of desk.articles.all()) if (record.status === 'live') found.push(record);
  return found;
}

async function filed(key = OLD, copy = COPY): Promise<Article> {
  await desk.put(key, copy);
  await desk.settle();
  return article(key);
}

/** The event, at a later time. S3 gives its time, and order does not depend on it. */
function later(event: S3EventRecord, hours: number): S3EventRecord {
  const at = Date.parse(event.eventTime) + hours * 3_600_000;
  return { ...event, eventTime: new Date(at).toISOString() };
}

/** The article is where it was, under the new key, and nothing else is public. */
async function expectMoved(before: Article, key = NEW): Promise<Article> {
  const [moved, ...others] = await live();
  expect(others).toEqual([]);
  const { id, guid, slug, permalink, publishedAt, publishedFrom } = before;
  expect(moved).toMatchObject({ id, guid, slug, permalink, publishedAt, publishedFrom });
  expect(moved?.source.key).toBe(key);
  expect(await desk.record(key)).toEqual(moved);
  const feed = await desk.feed();
  expect(feed.map(({ id, url, date_published }) => [id, url, date_published])).toEqual([
    [guid, `https://news.example.org/${permalink}`, publishedAt],
  ]);
  const pages = [...(await desk.files()).keys()].filter(name => name.startsWith('articles/'));
  expect(pages).toEqual([permalink]);
  return moved as Article;
}

type Order = readonly ('put' | 'remove')[];
const ORDERS: Order[] = [
  ['put', 'remove'],
  ['remove', 'put'],
];

/** Moves the file, and returns the events in the order in which they happened. */
async function moving(order: Order, from = OLD, to = NEW, copy = COPY): Promise<S3EventRecord[]> {
  const made: S3EventRecord[] = [];
  for (const each of order) made.push(await (each === 'put' ? desk.put(to, copy) : desk.remove(from)));
  desk.events.splice(0);
  return made;
}

describe.each(ORDERS)('%s before %s', (...order) => {
  test('each event published by itself: the article moves to the new section', async () => {
    const before = await filed();
    for (const event of await moving(order)) {
      await desk.deliver(event);
      await desk.publishAll();
    }
    const moved = await expectMoved(before);
    expect(moved).toMatchObject({ section: 'sport', revision: 1 });
    const files = await desk.files();
    expect(files.get('sport/feed.json')).toContain(before.guid);
    expect(files.get('world/feed.json')).not.toContain(before.guid);
    expect(files.get(before.permalink)).toContain('sport/');
  });

  test.each([
    ['as they happened', [0, 1]],
    ['the other way round', [1, 0]],
    ['twice', [0, 1, 0, 1]],
    ['twice, the other way round', [1, 0, 1, 0]],
    ['with a late copy of the first', [0, 1, 1, 0, 0]],
  ])('the events are delivered %s, also with late copies of the first upload', async (_, indexes) => {
    const first = await desk.put(OLD, COPY);
    await desk.settle();
    const before = await article(OLD);
    const events = await moving(order);
    for (const index of indexes) {
      await desk.deliver(events[index] as S3EventRecord);
      await desk.deliver(first);
    }
    await desk.publishAll();
    await expectMoved(before);
  });

  test('both events at the same instant', async () => {
    const before = await filed();
    const events = await moving(order);
    let waiting = events;
    while (waiting.length > 0) {
      const failed = await Promise.all(waiting.map(event => desk.deliver(event)));
      waiting = waiting.filter((_, index) => failed[index]?.length);
    }
    await desk.publishAll();
    await expectMoved(before);
  });

  test('later events of both keys find their own articles', async () => {
    const before = await filed();
    await desk.deliver(...(await moving(order)));
    // The old key is another article now.
    const again = await filed(OLD, COPY.replace('ferry left', 'ferry left again'));
    expect(again.id).not.toBe(before.id);
    expect(again.permalink).not.toBe(before.permalink);
    expect(again).toMatchObject({ status: 'live', revision: 1 });
    // A correction of the moved file corrects the moved article.
    const corrected = await filed(NEW, COPY.replace('noon', 'one o’clock'));
    expect(corrected).toMatchObject({ id: before.id, permalink: before.permalink, revision: 2 });
    await desk.remove(NEW);
    await desk.settle();
    expect((await live()).map(({ id }) => id)).toEqual([again.id]);
    await desk.remove(OLD);
    await desk.settle();
    expect(await live()).toEqual([]);
  });

  test('there and back, and on: the article follows', async () => {
    const before = await filed();
    const path = [OLD, NEW, OLD, 'a/b/c.md', NEW, 'last.md', OLD];
    for (const [index, from] of path.slice(0, -1).entries()) {
      const to = path[index + 1] as string;
      await desk.deliver(...(await moving(order, from, to)));
      await desk.publishAll();
      const [moved, ...others] = await live();
      expect([moved?.id, moved?.source.key, others]).toEqual([before.id, to, []]);
    }
    expect(await article(OLD)).toMatchObject({ id: before.id, permalink: before.permalink });
  });

  test('a correction with the move makes a new story, as the content is not the same', async () => {
    const before = await filed();
    await desk.deliver(...(await moving(order, OLD, NEW, COPY.replace('noon', 'one'))));
    await desk.publishAll();
    const [moved, ...others] = await live();
    expect(others).toEqual([]);
    expect(moved?.id).not.toBe(before.id);
  });

  test.each([
    ['embargo: 2030-01-01', 'scheduled'],
    ['hold: true', 'held'],
    ['withdraw: true', 'withdrawn'],
  ])('a moved file that states `%s` shows nothing', async (line, status) => {
    await filed();
    const copy = COPY.replace('title:', `${line}\ntitle:`);
    await desk.deliver(...(await moving(order, OLD, NEW, copy)));
    await desk.publishAll();
    expect(await live()).toEqual([]);
    expect(await desk.record(NEW)).toMatchObject({ status });
    expect([...(await desk.files())].filter(([, body]) => body.includes('Ferry sails'))).toEqual([]);
  });

  test('a killed story stays withdrawn where it is moved to', async () => {
    const { id } = await filed();
    await desk.edit(id, { status: 'withdrawn' });
    await desk.publishAll();
    await desk.deliver(...(await moving(order)));
    await desk.publishAll();
    await desk.deliver(...(await moving(order, NEW, 'third.md')));
    await desk.publishAll();
    expect(await live()).toEqual([]);
    expect(await desk.feed()).toEqual([]);
  });

  test('a story that was scheduled or held when it was moved is not public by the move', async () => {
    const secret = COPY.replace('title:', 'embargo: 2030-01-01\ntitle:');
    await desk.put(OLD, secret);
    await desk.settle();
    await desk.deliver(...(await moving(order, OLD, NEW, secret)));
    await desk.publishAll();
    expect(await live()).toEqual([]);
    expect(await desk.record(NEW)).toMatchObject({ status: 'scheduled' });
  });

  test('pictures beside the story move with it', async () => {
    const copy = '---\ntitle: Quay\n---\n\nThe quay at noon.\n\n![The quay](quay.jpg)\n';
    await desk.put('world/quay.jpg', jpeg({ width: 640, height: 400 }));
    const before = await filed(OLD, copy);
    await desk.deliver(...(await moving(order, OLD, NEW, copy)));
    await desk.put('sport/quay.jpg', jpeg({ width: 640, height: 400 }));
    await desk.remove('world/quay.jpg');
    await desk.settle();
    const moved = await article(NEW);
    expect(moved).toMatchObject({ id: before.id, status: 'live', warnings: [] });
    expect(moved.media).toMatchObject([{ key: 'sport/quay.jpg', file: { width: 640 } }]);
    const files = await desk.files();
    expect(files.get(before.permalink)).toContain(mediaPath('sport/quay.jpg'));
    expect(files.get(before.permalink)).not.toContain(mediaPath('world/quay.jpg'));
    expect(files.has(mediaPath('world/quay.jpg'))).toBe(false);
  });
});

test.each(ORDERS)('%s before %s: corrections by hand stay with a story that is moved', async (...order) => {
  const { id } = await filed();
  const record = await article(OLD);
  const headline = 'Corrected by hand';
  await desk.articles.replace(record, {
    ...record,
    headline,
    edited: ['headline'],
    version: record.version + 1,
  });
  await desk.deliver(...(await moving(order)));
  await desk.publishAll();
  expect(await article(NEW)).toMatchObject({ id, headline, edited: ['headline'] });
});

test.each([
  [23, true],
  [25, false],
])('the deletion of a file %d hours after it was copied is a move: %s', async (hours, isMove) => {
  const before = await filed();
  const copy = await filed(NEW);
  await desk.deliver(later(await desk.remove(OLD), hours));
  await desk.publishAll();
  expect((await live()).map(({ id }) => id)).toEqual([isMove ? before.id : copy.id]);
});

test.each([
  [23, true],
  [25, false],
])('an upload %d hours after the deletion of the same content is a move: %s', async (hours, isMove) => {
  const before = await filed();
  await desk.remove(OLD);
  await desk.settle();
  await desk.deliver(later(await desk.put(NEW, COPY), hours));
  await desk.publishAll();
  expect((await live()).map(({ id }) => id === before.id)).toEqual([isMove]);
});

test('a file that was public under its key comes back there, and takes no other address', async () => {
  const other = await filed(NEW, story('Other', 'Another story was here before.'));
  await desk.remove(NEW);
  await desk.settle();
  await filed(OLD);
  await desk.deliver(...(await moving(['remove', 'put'])));
  await desk.publishAll();
  const [shown, ...others] = await live();
  expect(others).toEqual([]);
  expect(shown).toMatchObject({ id: other.id, permalink: other.permalink });
});

/** The copy with further lines of front matter. */
const withLines = (...lines: string[]) => COPY.replace('title:', `${lines.join('\n')}\ntitle:`);

/** Time passes, and no tick comes. */
function pass(seconds: number): void {
  desk.now = new Date(Date.parse(desk.now) + seconds * 1_000).toISOString();
}

describe('a copy that expired before the move, without a tick since', () => {
  let before: Article;
  beforeEach(async () => {
    before = await filed();
    const expires = new Date(Date.parse(desk.now) + 60_000).toISOString();
    await filed('a.md', withLines(`expires: ${expires}`));
    expect(await desk.record('a.md')).toMatchObject({ status: 'duplicate' });
    pass(120);
  });

  test('is passed over: the next copy continues the story', async () => {
    await filed(NEW);
    await desk.remove(OLD);
    await desk.settle();
    await expectMoved(before);
    expect(await desk.record('a.md')).toMatchObject({ status: 'withdrawn', withdrawnBy: 'expiry' });
  });

  test('does not end the story: a later upload continues it', async () => {
    await desk.remove(OLD);
    await desk.settle();
    expect(await live()).toEqual([]);
    await filed(NEW);
    await expectMoved(before);
  });
});

test('a copy that was corrected before the move, but never public, continues the story', async () => {
  const before = await filed();
  await filed(NEW, story('Ferry', 'The ferry is late.').replace('title:', 'hold: true\ntitle:'));
  await filed(NEW);
  expect(await article(NEW)).toMatchObject({ status: 'duplicate', revision: 2 });
  await desk.remove(OLD);
  await desk.settle();
  await expectMoved(before);
});

test('a moved file with another byline is a revision, so that feeds say that it changed', async () => {
  const before = await filed();
  pass(60);
  await filed(NEW, withLines('author: Ada Quill'));
  await desk.remove(OLD);
  await desk.settle();
  const moved = await expectMoved(before);
  expect(moved).toMatchObject({ revision: 2, authors: [{ name: 'Ada Quill' }] });
  expect(moved.updatedAt > before.updatedAt).toBe(true);
});

test('a story that was restored and moved at once continues', async () => {
  const before = await filed();
  await filed(NEW);
  await desk.edit(before.id, { status: 'withdrawn' });
  await desk.publishAll();
  await desk.edit(before.id, { status: 'live' });
  await desk.remove(OLD);
  await desk.settle();
  await expectMoved(before);
});

test.each(ORDERS)(
  '%s before %s: a moved file under embargo continues the story at its end',
  async (...order) => {
    const before = await filed();
    const embargo = new Date(Date.parse(desk.now) + 60_000).toISOString();
    await desk.deliver(...(await moving(order, OLD, NEW, withLines(`embargo: ${embargo}`))));
    await desk.publishAll();
    expect(await live()).toEqual([]);
    pass(120);
    await desk.publish({ copydesk: 'tick' });
    await desk.publishAll();
    expect((await live()).map(({ id, permalink }) => [id, permalink])).toEqual([
      [before.id, before.permalink],
    ]);
  },
);

test('a file that was public under its key comes back there, also where feeds tell nothing of removals', async () => {
  await desk.close();
  desk = await startDesk({ database: 'memory', settings: { feeds: { noticeDays: 0 } } });
  const other = await filed(NEW);
  await filed(NEW, withLines('embargo: 2030-01-01'));
  await filed(OLD);
  await filed(NEW);
  expect(await desk.record(NEW)).toMatchObject({ status: 'duplicate' });
  await desk.remove(OLD);
  await desk.settle();
  expect((await live()).map(({ id }) => id)).toEqual([other.id]);
});
