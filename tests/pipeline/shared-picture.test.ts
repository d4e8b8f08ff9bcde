import type { SQSEvent } from 'aws-lambda';
import type { MediaNews } from '../../functions/ingest/model/ingest-deps.ts';
import { MEDIA_NEWS } from '../../functions/ingest/receive/s3-event.ts';
import { type Desk, sqsEvent, startDesk } from '../support/desk.ts';
import { article, mediaFiles, story } from '../support/illustrated.ts';
import { jpeg } from '../support/pictures.ts';

/** A picture that very many stories show: every call has a bound, and what is left is continued. */

/** More than one call tells. */
const REFERENCES = 1_100;

const KEY = 'world/portrait.jpg';

let desk: Desk;
/** What ingest has sent to itself. */
let sent: MediaNews[];
beforeEach(async () => {
  desk = await startDesk();
  sent = [];
});
afterEach(() => desk.close());

const ingest = (event: SQSEvent) =>
  desk.ingestWith({
    queue: async () => ({
      send: async news => {
        sent.push(news);
      },
      retryIn: async () => undefined,
      park: async () => undefined,
    }),
  })(event);

const upload = async () => {
  const event = await desk.put(KEY, jpeg());
  desk.events.length = 0;
  return ingest(sqsEvent([event]));
};

const deliver = (news: MediaNews) => {
  const [record] = sqsEvent([{} as never]).Records;
  if (record === undefined) throw new Error('There is no message.');
  return ingest({ Records: [{ ...record, body: JSON.stringify({ copydesk: MEDIA_NEWS, ...news }) }] });
};

/** References of articles that have no record, so that a real one comes after them. */
async function seedReferences(): Promise<void> {
  const media = [desk.articles.idOf(KEY)];
  const ids = Array.from({ length: REFERENCES }, (_, at) => String(at).padStart(16, '2'));
  await Promise.all(ids.map(id => desk.articles.media.refer(media, id, '0')));
}

const knowsPicture = async (key: string) => (await article(desk, key)).media?.[0]?.file !== undefined;

test('the last of its stories is told by a later call, and every call reads a bounded number of them', async () => {
  await seedReferences();
  await desk.put('world/last.md', story('', '![](portrait.jpg)'));
  await desk.settle();
  const reads = jest.spyOn(desk.articles, 'getMany');
  expect(await upload()).toEqual({ batchItemFailures: [] });
  const read = () => reads.mock.calls.reduce((total, [ids]) => total + [...ids].length, 0);
  expect(await knowsPicture('world/last.md')).toBe(false);
  for (let calls = 1; sent.length > 0; calls++) {
    expect(calls).toBeLessThan(10);
    expect(read()).toBeLessThan(700);
    reads.mockClear();
    const news = sent.splice(0);
    expect(news).toHaveLength(1);
    for (const each of news) expect(await deliver(each)).toEqual({ batchItemFailures: [] });
  }
  expect(await knowsPicture('world/last.md')).toBe(true);
  await desk.publishAll();
  expect(await mediaFiles(desk)).toHaveLength(1);
});

test('news that a newer upload has overtaken ends, because the newer one tells all stories', async () => {
  await seedReferences();
  await upload();
  const [old] = sent.splice(0);
  await upload();
  expect(sent).toHaveLength(1);
  sent.length = 0;
  await deliver(old as MediaNews);
  expect(sent).toEqual([]);
});

test('one live story among very many that left keeps the file, and without one it goes', async () => {
  await desk.put(KEY, jpeg());
  for (const name of ['live', 'killed'])
    await desk.put(`world/${name}.md`, story('', `${name} ![](portrait.jpg)`));
  await desk.settle();
  await seedReferences();
  const file = await mediaFiles(desk);
  const live = jest.spyOn(desk.articles.lists, 'live');
  const whole = jest.spyOn(desk.articles, 'getMany');
  const kill = async (name: string) => {
    live.mockClear();
    await desk.edit(desk.articles.idOf(`world/${name}.md`), { status: 'withdrawn' });
    await desk.publishAll();
  };
  await kill('killed');
  expect(await mediaFiles(desk)).toEqual(file);
  await kill('live');
  expect(await mediaFiles(desk)).toEqual([]);
  // Whole records, with their bodies, are read of the first references only.
  expect(live.mock.calls.length).toBeGreaterThan(1);
  expect(Math.max(...whole.mock.calls.map(([ids]) => [...ids].length))).toBeLessThanOrEqual(25);
});
