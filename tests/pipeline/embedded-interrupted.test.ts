import type { Media } from '../../shared/model/article.ts';
import { storedKeys } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { type MailPart, mailWith, wordDocument } from '../support/documents.ts';
import { mediaFiles } from '../support/illustrated.ts';
import { jpeg } from '../support/pictures.ts';
import { makeZip } from '../support/zip.ts';

/** A function that stops at any of its writes: the next delivery of its event completes the work. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

const LEDE =
  'The harbour wall at Eastmere was rebuilt in eleven weeks, and boats use the quay again from Saturday.';
const MORE = 'Divers found the crack in March. Engineers closed the quay, and forty boats moved to Saltby.';
const OTHER =
  'The ferry sails at night from July, the operator said. It leaves at eleven, and bicycles travel free.';
const quay = jpeg({ width: 240, height: 180, shade: 1 });
const piles = jpeg({ width: 240, height: 180, shade: 2 });
const boats = jpeg({ width: 240, height: 180, shade: 3 });

const report = (...pictures: Uint8Array[]) =>
  wordDocument('Harbour wall holds', LEDE, ...pictures.map(picture => ({ picture })), MORE);
const part = (name: string, content: Uint8Array): MailPart => ({
  name,
  type: 'application/octet-stream',
  content,
});
const note = { subject: 'Release', text: 'Find attached our release.' };

const WRITES = /^(?:Put|Update|Delete|TransactWrite|BatchWrite|PutObject|DeleteObject)/;

/** Calls `work`, and lets the write of this number fail. Returns whether it failed. */
async function failingAt(number: number, work: () => Promise<unknown>): Promise<boolean> {
  let count = 0;
  const clients = [desk.clients.s3, desk.clients.dynamodb] as { send(command: object): Promise<unknown> }[];
  const sends = clients.map(client => client.send);
  for (const [at, client] of clients.entries())
    client.send = command => {
      if (WRITES.test(command.constructor.name) && ++count === number)
        return Promise.reject(new Error('interrupted'));
      return (sends[at] as typeof client.send).call(client, command);
    };
  try {
    await work();
  } finally {
    for (const [at, client] of clients.entries()) client.send = sends[at] as typeof client.send;
  }
  return count >= number;
}

/** Keys of the bytes of media in the storage bucket. */
async function storedMedia(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.storage.keys('media/')) keys.push(key);
  return keys;
}

test.each([
  ['a document', 'docx', report(quay, piles), report(piles, boats), 2, 2],
  [
    'a document in a zip',
    'zip',
    makeZip([{ name: 'a.docx', content: report(quay, piles) }]),
    makeZip([{ name: 'a.docx', content: report(piles, boats) }]),
    2,
    4,
  ],
  [
    'a document in a mail',
    'eml',
    mailWith(note, part('a.docx', report(quay)), part('p.jpg', piles)),
    mailWith(note, part('a.docx', report(boats))),
    1,
    6,
  ],
] as const)('%s', async (_, ending, first, second, pictures, start) => {
  // Every sixth write of each of them takes a sixth of the time. Between them, the three try every second write.
  let number = start;
  for (let failed = true; failed && number < 60; number += 6) {
    const key = `world/wall.${ending}`;
    await desk.put(key, first);
    await desk.settle();
    await desk.put(key, second);
    const events = desk.events.splice(0);
    failed = await failingAt(number, () => desk.deliver(...events));
    await desk.deliver(...events);
    await desk.settle();
    expect([number, (await desk.feed()).length, (await mediaFiles(desk)).length]).toEqual([
      number,
      1,
      pictures,
    ]);
    const [shown = ''] =
      (
        (await desk.record(ending === 'zip' ? `${key}/a.docx` : key)) as { media?: { key: string }[] }
      ).media?.map(use => use.key) ?? [];
    await desk.put('world/other.md', `# Ferry at night\n\n${OTHER}\n\n![Wall](/${shown})\n`);
    await desk.settle();
    await desk.remove(key);
    const removal = desk.events.splice(0);
    await failingAt(number, () => desk.deliver(...removal));
    await desk.deliver(...removal);
    await desk.settle();
    expect([number, (await desk.feed()).length, await mediaFiles(desk)]).toEqual([number, 1, []]);
    expect([number, await storedMedia()]).toEqual([number, []]);
    await desk.remove('world/other.md');
    await desk.settle();
  }
  expect(number).toBeGreaterThan(12);
});

describe('the bytes of a picture whose deletion fails', () => {
  const KEY = 'world/quay.jpg';
  const failing = async (work: () => Promise<unknown>) => {
    const deletion = jest.spyOn(desk.storage, 'delete').mockRejectedValue(new Error('interrupted'));
    await work();
    deletion.mockRestore();
  };

  test.each<[string, () => Promise<unknown>]>([
    ['deleted', () => desk.remove(KEY)],
    ['replaced by a story', () => desk.put(KEY, `Ferry at night\n\n${OTHER}\n`)],
  ])('go with the next delivery: %s', async (_, change) => {
    await desk.put(KEY, quay);
    await desk.settle();
    await change();
    const events = desk.events.splice(0);
    await failing(async () => expect(await desk.deliver(...events)).toEqual([0]));
    expect(await storedMedia()).not.toEqual([]);
    expect(await desk.deliver(...events)).toEqual([]);
    expect(await storedMedia()).toEqual([]);
  });

  test('go with the next version if the event is lost', async () => {
    await desk.put(KEY, quay);
    await desk.settle();
    await desk.put(KEY, piles);
    await failing(() => desk.deliver(...desk.events.splice(0)));
    await desk.put(KEY, boats);
    await desk.settle();
    const { file } = (await desk.record(KEY)) as Media;
    expect(new Set(await storedMedia())).toEqual(new Set(storedKeys(file)));
  });
});

describe('the pictures of a first version that was interrupted and overtaken', () => {
  const KEY = 'world/wall.docx';
  const interrupted = async () => {
    const first = await desk.put(KEY, report(quay, piles));
    desk.events.splice(0);
    const real = desk.articles.replace.bind(desk.articles);
    const dying = jest.spyOn(desk.articles, 'replace').mockImplementation(async (current, next) => {
      if (next.status !== 'media') throw new Error('interrupted');
      return real(current, next);
    });
    expect(await desk.deliver(first)).toEqual([0]);
    dying.mockRestore();
    expect(await storedMedia()).not.toEqual([]);
    return first;
  };

  test.each<[string, () => Promise<unknown>, number]>([
    ['by a document with one of them', () => desk.put(KEY, report(piles)), 1],
    ['by a document without pictures', () => desk.put(KEY, report()), 0],
    ['by its deletion', () => desk.remove(KEY), 0],
  ])('go with its next delivery: %s', async (_, overtake, pictures) => {
    const first = await interrupted();
    await overtake();
    await desk.settle();
    expect(await desk.deliver(first)).toEqual([]);
    await desk.publishAll();
    expect(await mediaFiles(desk)).toHaveLength(pictures);
    expect((await storedMedia()).length > 0).toBe(pictures > 0);
    let left = 0;
    for await (const { status } of desk.articles.all()) if (status === 'media') left++;
    expect(left).toBe(pictures);
  });
});
