import { parseArticle } from '../../functions/ingest/parse.ts';
import { story } from '../support/copy.ts';
import { type Desk, sqsEvent, startDesk } from '../support/desk.ts';
import { mailWith } from '../support/documents.ts';
import { makeZip } from '../support/zip.ts';

/** A zip of these files. */
function packed(files: Record<string, string>): Buffer {
  return makeZip(Object.entries(files).map(([name, content]) => ({ name, content })));
}

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

const FERRY = story('Ferry sails', 'The ferry left the harbour at noon on its first trip.');
const BRIDGE = story('Bridge opens', 'The bridge is open to traffic in both directions.');
const ROOF = story('Roof mended', 'The roof of the theatre was mended before the winter.');

async function headlines(file?: string): Promise<string[]> {
  return (await desk.feed(file)).map(({ title }) => title).sort();
}

test('each file of a zip is an article, in the section of its folder', async () => {
  await desk.put('day.zip', packed({ 'sport/a.md': FERRY, 'b.md': BRIDGE, 'empty.txt': ' ' }));
  await desk.put('world/night.zip', packed({ 'sport/c.md': ROOF }));
  await desk.settle();
  expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails', 'Roof mended']);
  expect(await headlines('sport/feed.json')).toEqual(['Ferry sails']);
  expect(await headlines('world/feed.json')).toEqual(['Roof mended']);
  expect(await desk.record('day.zip')).toMatchObject({ status: 'unpacked', members: { length: 3 } });
  expect(await desk.record('day.zip/empty.txt')).toMatchObject({
    status: 'rejected',
    reason: { code: 'empty' },
  });
});

test('a new zip corrects, adds and takes away; the old one, late, changes nothing', async () => {
  const first = await desk.put('day.zip', packed({ 'a.md': FERRY, 'b.md': BRIDGE }));
  await desk.settle();
  const ids = new Map((await desk.feed()).map(({ title, id }) => [title, id]));
  await desk.put('day.zip', packed({ 'a.md': FERRY.replace('noon', 'dawn'), 'c.md': ROOF }));
  await desk.settle();
  expect(await headlines()).toEqual(['Ferry sails', 'Roof mended']);
  const corrected = (await desk.feed()).find(({ title }) => title === 'Ferry sails');
  expect(corrected).toMatchObject({
    id: ids.get('Ferry sails'),
    content_html: expect.stringContaining('dawn'),
  });
  expect(await desk.deliver(first)).toEqual([]);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Ferry sails', 'Roof mended']);
});

test('a zip that is deleted, or replaced by a file, takes its articles along', async () => {
  await desk.put('one.zip', packed({ 'a.md': FERRY }));
  await desk.put('two.zip', packed({ 'b.md': BRIDGE }));
  await desk.settle();
  await desk.remove('one.zip');
  await desk.put('two.zip', ROOF);
  await desk.settle();
  expect(await headlines()).toEqual(['Roof mended']);
});

test('a function that died half-way begins anew', async () => {
  const event = await desk.put('day.zip', packed({ 'a.md': FERRY, 'b.md': BRIDGE }));
  desk.events.length = 0;
  const replace = desk.articles.replace.bind(desk.articles);
  let calls = 0;
  const dying = jest.spyOn(desk.articles, 'replace').mockImplementation(async (...args) => {
    if (++calls === 2) throw new Error('The function died.');
    return replace(...args);
  });
  expect(await desk.deliver(event)).toEqual([0]);
  dying.mockRestore();
  expect(await desk.deliver(event)).toEqual([]);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails']);
});

test('a zip that takes longer than a call goes on with the next try where the last one ended', async () => {
  const event = await desk.put('day.zip', packed({ 'a.md': FERRY, 'b.md': BRIDGE, 'c.md': ROOF }));
  const read: string[] = [];
  let left = 0;
  const ingest = desk.ingestWith({
    parseMs: 20_000,
    parse: async (input, settings) => {
      left -= 20_000;
      read.push(input.key);
      return parseArticle(input, settings);
    },
  });
  const call = async () => {
    left = 60_000;
    const context = { awsRequestId: '', getRemainingTimeInMillis: () => left };
    return (await ingest(sqsEvent([event]), context)).batchItemFailures.length;
  };
  expect(await call()).toBe(1);
  expect(desk.log).toContainEqual(expect.objectContaining({ code: 'out-of-time' }));
  expect(await call()).toBe(0);
  expect(read).toEqual(['a.md', 'b.md', 'c.md']);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails', 'Roof mended']);
  expect(await desk.record('day.zip')).toMatchObject({ status: 'unpacked', members: { length: 3 } });
});

test('a zip that is deleted before its unpacking ended leaves no story', async () => {
  const event = await desk.put('day.zip', packed({ 'a.md': FERRY, 'b.md': BRIDGE }));
  desk.events.length = 0;
  const stumbling = desk.ingestWith({
    parse: async (input, settings) => {
      if (input.key === 'b.md') throw new TypeError('x is not a function');
      return parseArticle(input, settings);
    },
  });
  await stumbling(sqsEvent([event]));
  await desk.publishAll();
  expect(await headlines()).toEqual(['Ferry sails']);
  await desk.remove('day.zip');
  await desk.settle();
  // The message that failed is sent again from the dead-letter queue.
  expect(await desk.deliver(event)).toEqual([]);
  await desk.publishAll();
  expect(await headlines()).toEqual([]);
});

test('one file on which Copydesk stumbles does not take the others of its zip along', async () => {
  const event = await desk.put('day.zip', packed({ 'a.md': FERRY, 'b.md': BRIDGE, 'c.md': ROOF }));
  const stumbling = desk.ingestWith({
    parse: async (input, settings) => {
      if (input.key === 'b.md') throw new TypeError('x is not a function');
      return parseArticle(input, settings);
    },
  });
  expect((await stumbling(sqsEvent([event]))).batchItemFailures).toHaveLength(1);
  expect(desk.log).toContainEqual(
    expect.objectContaining({
      event: 'source.failed',
      key: 'day.zip',
      code: 'internal',
      subject: 'day.zip/b.md',
      stack: expect.stringContaining('zips.test.ts'),
    }),
  );
  await desk.publishAll();
  expect(await headlines()).toEqual(['Ferry sails', 'Roof mended']);
  await desk.settle();
  expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails', 'Roof mended']);
});

describe('a mail in a zip', () => {
  const NOTE = { subject: 'Two stories', text: 'Please find two stories attached.' };
  const attached = (name: string, content: string) => ({ name, type: 'text/markdown', content });
  const mail = (...stories: string[]) =>
    mailWith(NOTE, ...stories.map((content, at) => attached(`${at}.md`, content)));
  const zipWith = (name: string, content: string) => makeZip([{ name, content }]);

  test('with several documents is several stories, in the section of its folder', async () => {
    await desk.put('day.zip', zipWith('sport/a.eml', mail(FERRY, BRIDGE)));
    await desk.put('world/night.zip', zipWith('b.eml', mail(ROOF, FERRY.replace('noon', 'dusk'))));
    await desk.settle();
    expect(await headlines('sport/feed.json')).toEqual(['Bridge opens', 'Ferry sails']);
    expect(await headlines('world/feed.json')).toContain('Roof mended');
    expect(await desk.record('day.zip/sport/a.eml/0.md')).toMatchObject({
      status: 'live',
      source: { memberOf: 'day.zip' },
    });
    expect(desk.log).toContainEqual(
      expect.objectContaining({ key: 'day.zip/sport/a.eml/0.md', outcome: 'live' }),
    );
  });

  test('takes its stories along: with fewer documents, without the mail, and with the zip', async () => {
    await desk.put('day.zip', zipWith('a.eml', mail(FERRY, BRIDGE)));
    await desk.settle();
    await desk.put('day.zip', zipWith('a.eml', mail(FERRY)));
    await desk.settle();
    expect(await headlines()).toEqual(['Ferry sails']);
    await desk.put('day.zip', zipWith('a.eml', mail(FERRY, BRIDGE)));
    await desk.settle();
    expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails']);
    await desk.put('day.zip', packed({ 'b.md': ROOF }));
    await desk.settle();
    expect(await headlines()).toEqual(['Roof mended']);
    await desk.put('day.zip', zipWith('a.eml', mail(FERRY, BRIDGE)));
    await desk.settle();
    await desk.remove('day.zip');
    await desk.settle();
    expect(await headlines()).toEqual([]);
  });

  test('is continued if a function was interrupted between its stories', async () => {
    const event = await desk.put('day.zip', zipWith('a.eml', mail(FERRY, BRIDGE)));
    desk.events.length = 0;
    const replace = desk.articles.replace.bind(desk.articles);
    for (const at of [2, 3, 4, 5]) {
      let calls = 0;
      const dying = jest.spyOn(desk.articles, 'replace').mockImplementation(async (...args) => {
        if (++calls === at) throw new Error('The function died.');
        return replace(...args);
      });
      await desk.deliver(event);
      dying.mockRestore();
    }
    expect(await desk.deliver(event)).toEqual([]);
    await desk.publishAll();
    expect(await headlines()).toEqual(['Bridge opens', 'Ferry sails']);
  });

  test('of an embargo in the metadata of the zip waits with all its stories', async () => {
    await desk.put('day.zip', zipWith('a.eml', mail(FERRY, BRIDGE)), { embargo: '2099-01-01T06:00:00Z' });
    await desk.settle();
    expect(await headlines()).toEqual([]);
    expect(await desk.record('day.zip/a.eml/1.md')).toMatchObject({ status: 'scheduled' });
  });
});
