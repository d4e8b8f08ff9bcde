import { changeArticle } from '../../cli/deployment/change.ts';
import type { Article } from '../../shared/model/article.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { makeZip } from '../support/zip.ts';

/** What an agency cancels leaves the site, whatever the cancellation holds and whenever it comes. */

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.close());

/** Each test has a folder and words of its own: items are told apart by folder. */
let round = 0;
let wire = '';
const ID = 'tag:coast.example,2026:1';
let BASIN: Item;
beforeEach(() => {
  wire = `wire${++round}`;
  const words = `The harbour board has widened basin ${round}th by a third, the chairman said on Monday.`;
  BASIN = { id: ID, headline: `Basin ${round} widened`, words };
});

interface Item {
  id: string;
  status?: string;
  version?: number;
  headline?: string;
  words?: string;
  evolvedFrom?: string;
}

function g2({ id, status = 'usable', version = 1, headline, words, evolvedFrom }: Item): string {
  const link = evolvedFrom ? `<link rel="irel:evolvedFrom" residref="${evolvedFrom}"/>` : '';
  const content = words
    ? `<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>${words}</p></body></html></inlineXML></contentSet>`
    : '';
  return `<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${id}" version="${version}"><itemMeta><itemClass qcode="ninat:text"/><pubStatus qcode="stat:${status}"/>${link}</itemMeta><contentMeta>${headline ? `<headline>${headline}</headline>` : ''}</contentMeta>${content}</newsItem>`;
}

function nitf({ id, status = 'usable', headline, words, evolvedFrom }: Item): string {
  const about = evolvedFrom ? ` management-doc-idref="${evolvedFrom}"` : '';
  const head = headline ? `<hedline><hl1>${headline}</hl1></hedline>` : '';
  return `<nitf><head><docdata management-status="${status}"${about}><doc-id id-string="${id}"/></docdata></head><body><body.head>${head}</body.head><body.content>${words ? `<p>${words}</p>` : ''}</body.content></body></nitf>`;
}

function ninjs({ id, status = 'usable', version = 1, headline, words, evolvedFrom }: Item): string {
  return JSON.stringify({
    uri: id,
    version: String(version),
    pubstatus: status,
    ...(headline && { headline }),
    ...(words && { body_text: words }),
    ...(evolvedFrom && { evolvedfrom: evolvedFrom }),
  });
}

function anpa({ status = 'usable', headline = '', words = '' }: Item): string {
  const order = status === 'canceled' ? 'MANDATORY KILL\r\n' : '';
  return `\x16\x01a0123\x1frxbt-\r\n\x02${order}${headline ? `${headline}\r\nBy RUTH PALMER\r\n` : ''}   ${words}\r\n\x03\x04`;
}

const FORMATS = { g2, nitf, ninjs, anpa };
const IDENTIFIED = { g2, nitf, ninjs };

/** Files of one section, whatever their folder: each section has feeds of its own, which all tests would read. */
const file = (key: string, text: string) => desk.put(key, text, { section: 'wire' });
const put = (name: string, text: string) => file(`${wire}/${name}`, text);
const story = async (name = 'a') => (await desk.record(`${wire}/${name}`)) as Article;
const titles = async () => (await desk.feed()).map(({ title }) => title);
async function filesThatTell(): Promise<string[]> {
  const words = `basin ${round}th`;
  return [...(await desk.files())].flatMap(([name, text]) => (text.includes(words) ? [name] : []));
}

describe.each(Object.entries(FORMATS))('%s', (_, write) => {
  test('a cancellation without words withdraws the story of its key, which keeps its words', async () => {
    await put('a', write(BASIN));
    await desk.settle();
    const before = await story();
    expect(before.status).toBe('live');
    const cancelled = await put('a', write({ id: ID, status: 'canceled', version: 2 }));
    for (let times = 0; times < 2; times++) {
      await desk.deliver(cancelled);
      await desk.publishAll();
      expect(await story()).toMatchObject({
        status: 'withdrawn',
        withdrawnBy: 'source',
        headline: before.headline,
        bodyHtml: before.bodyHtml,
        permalink: before.permalink,
        revision: 1,
      });
      expect(await filesThatTell()).toEqual([]);
    }
    await put('a', write({ ...BASIN, version: 3 }));
    await desk.settle();
    expect(await story()).toMatchObject({ status: 'live', permalink: before.permalink, revision: 1 });
  });

  test('a cancellation before the story is kept, tells nothing, and leaves the name to the story', async () => {
    await put('a', write({ id: ID, status: 'canceled' }));
    await desk.settle();
    const cancelled = await story();
    expect(cancelled).toMatchObject({ status: 'withdrawn', revision: 0, wordCount: 0 });
    expect([...(await desk.files())].flat().join()).not.toContain(cancelled.id);
    await put('a', write({ ...BASIN, version: 2 }));
    await desk.settle();
    expect(await story()).toMatchObject({
      status: 'live',
      revision: 1,
      slug: expect.stringMatching(/basin|harbour/),
      id: cancelled.id,
    });
  });
});

test.each(['g2', 'nitf', 'ninjs'] as const)(
  '%s: what is withheld is held, with or without words',
  async format => {
    const write = IDENTIFIED[format];
    await put('a', write({ id: ID, status: 'withheld' }));
    await desk.settle();
    expect(await story()).toMatchObject({ status: 'held', revision: 0 });
    await put('a', write(BASIN));
    await desk.settle();
    expect((await story()).status).toBe('live');
    await put('a', write({ id: ID, status: 'withheld' }));
    await desk.settle();
    expect(await story()).toMatchObject({ status: 'held', headline: BASIN.headline });
    expect(await filesThatTell()).toEqual([]);
  },
);

const GONE = { status: 'withdrawn', withdrawnBy: 'cancellation' };
const KILLS: [string, Item][] = [
  ['its own id', { id: ID, status: 'canceled' }],
  ['the id that it follows', { id: 'tag:coast.example,2026:9', status: 'canceled', evolvedFrom: ID }],
];

describe.each(Object.entries(IDENTIFIED))('%s: an item of another key is cancelled', (_, write) => {
  test.each(KILLS)('by %s, in either order', async (_name, kill) => {
    const item = await put('a', write(BASIN));
    const cancelled = await put('kill', write(kill));
    desk.events.length = 0;
    await desk.deliver(cancelled);
    expect((await story('kill')).warnings.join()).toContain(`no story in the folder “${wire}” has that id`);
    await desk.deliver(item);
    // It was live at no moment.
    expect(await story()).toMatchObject({ ...GONE, version: 1 });
    expect((await story('kill')).warnings.filter(text => text.startsWith('It '))).toEqual([
      `It withdraws “${wire}/a”.`,
    ]);

    await put('later', write({ ...BASIN, id: 'urn:later', words: `${BASIN.words} It took a year.` }));
    await desk.settle();
    expect((await story('later')).status).toBe('live');
    await put(
      'kill',
      write({ ...kill, ...(kill.evolvedFrom ? { evolvedFrom: 'urn:later' } : { id: 'urn:later' }) }),
    );
    await desk.settle();
    expect(await story('later')).toMatchObject(GONE);
    expect((await story('later')).warnings.join()).toContain(`Cancelled by “${wire}/kill”`);
    expect((await story('kill')).warnings.join()).toContain(`It withdraws “${wire}/later”`);
    expect(await filesThatTell()).toEqual([]);
  });
});

test('a cancelled item stays withdrawn whatever is repeated, uploaded or deleted', async () => {
  const first = await put('a', g2(BASIN));
  const cancelled = await put('kill', g2({ id: ID, status: 'canceled' }));
  await desk.settle();
  await desk.deliver(first, cancelled, first);
  await put('a', g2({ ...BASIN, headline: 'Basin wider still' }));
  await desk.settle();
  expect(await story()).toMatchObject(GONE);
  await desk.remove(`${wire}/kill`);
  await desk.remove(`${wire}/a`);
  await desk.settle();
  await put('a', g2(BASIN));
  await desk.settle();
  expect(await story()).toMatchObject(GONE);
  expect(await filesThatTell()).toEqual([]);
});

/** Puts a story back as it was: the function that was to withdraw it died. */
async function asIfNotWithdrawn(live: Article): Promise<void> {
  const current = await story();
  await desk.articles.replace(current, { ...live, version: current.version + 1 });
}

test.each(['repeated', 'deleted'])(
  'a cancellation that was interrupted before its story went withdraws it when it is %s',
  async how => {
    await put('a', g2(BASIN));
    await desk.settle();
    const live = await story();
    const cancelled = await put('kill', g2({ id: ID, status: 'canceled' }));
    await desk.settle();
    await asIfNotWithdrawn(live);
    if (how === 'repeated') await desk.deliver(cancelled);
    else await desk.remove(`${wire}/kill`);
    await desk.settle();
    expect(await story()).toMatchObject(GONE);
    expect(await filesThatTell()).toEqual([]);
  },
);

test('an archive that was interrupted withdraws what its files cancel when it comes again', async () => {
  await put('a', g2(BASIN));
  await desk.settle();
  const live = await story();
  const kill = { name: 'kill.xml', content: g2({ id: ID, status: 'canceled' }) };
  const zip = await desk.put(`${wire}/kills.zip`, makeZip([kill]));
  await desk.settle();
  expect(await story()).toMatchObject(GONE);
  await asIfNotWithdrawn(live);
  const archive = await desk.record(`${wire}/kills.zip`);
  if (archive?.status !== 'unpacked') throw new Error('It is no archive.');
  // Its own record is written last.
  await desk.articles.replace(archive, { ...archive, parserVersion: 'none', version: archive.version + 1 });
  await desk.deliver(zip);
  await desk.settle();
  expect(await story()).toMatchObject(GONE);
});

/** All orders of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, at) => orders(things.toSpliced(at, 1)).map(rest => [first, ...rest]));
}

test('a cancelled item is withdrawn in every order of its events, each of them repeated', async () => {
  for (const [index, order] of orders([0, 1, 2]).entries()) {
    const folder = `${wire}-${index}`;
    const words = `${BASIN.words} It took ${index} years.`;
    await file(`${folder}/a`, g2({ ...BASIN, words }));
    await file(`${folder}/kill`, g2({ id: ID, status: 'canceled' }));
    await file(`${folder}/a`, g2({ ...BASIN, words, headline: 'Basin wider still' }));
    const events = desk.events.splice(0);
    for (const at of [...order, ...order]) {
      const event = events[at];
      if (event) await desk.deliver(event);
    }
    expect([order, await desk.record(`${folder}/a`)]).toEqual([order, expect.objectContaining(GONE)]);
  }
});

test('a story and its cancellation at the same moment never leave the story live', async () => {
  const names = Array.from({ length: 8 }, (_, index) => index);
  const words = (index: number) => `${BASIN.words} It took ${index} years.`;
  for (const index of names) {
    await put(`a${index}`, ninjs({ ...BASIN, id: `urn:${index}`, words: words(index) }));
    await put(`kill${index}`, ninjs({ id: `urn:${index}`, status: 'canceled' }));
  }
  expect(await desk.deliver(...desk.events.splice(0))).toEqual([]);
  await desk.publishAll();
  const found = await Promise.all(names.map(index => story(`a${index}`)));
  expect(found.map(({ status }) => status)).toEqual(names.map(() => 'withdrawn'));
  expect(await filesThatTell()).toEqual([]);
});

test('an id that is longer than records hold is found', async () => {
  const id = `urn:${'x'.repeat(600)}`;
  await put('a', g2({ ...BASIN, id }));
  await put('kill', g2({ id, status: 'canceled' }));
  await desk.settle();
  expect(await story()).toMatchObject(GONE);
});

test('who may write one folder cancels no story of another', async () => {
  await put('a', g2(BASIN));
  await desk.put('sport/kill', g2({ id: ID, status: 'canceled' }));
  await desk.settle();
  expect((await story()).status).toBe('live');
  const { warnings } = (await desk.record('sport/kill')) as Article;
  expect(warnings.join()).toContain('no story in the folder “sport” has that id');
});

test('a later version under another key is the story again, an earlier one is not', async () => {
  await put('1', g2({ ...BASIN, version: 1 }));
  await put('2', g2({ id: ID, status: 'canceled', version: 2 }));
  await put('3', g2({ ...BASIN, words: `${BASIN.words} It took a year.`, version: 3 }));
  await desk.settle();
  expect((await story('1')).status).toBe('withdrawn');
  expect((await story('3')).status).toBe('live');
});

test('an editor overrules a cancellation until the next one', async () => {
  await put('a', g2(BASIN));
  const cancelled = await put('kill', g2({ id: ID, status: 'canceled' }));
  await desk.settle();
  const { id } = await story();
  const restored = (article: Article): Article => {
    const { withdrawnBy: _, ...rest } = article;
    return { ...rest, status: 'live', restored: article.cancelledBy };
  };
  await changeArticle(desk.articles, id, restored, desk.now);
  await desk.deliver(cancelled);
  await put('a', g2({ ...BASIN, headline: 'Basin wider still' }));
  await desk.settle();
  expect((await story()).status).toBe('live');
  await put('kill', g2({ id: ID, status: 'canceled', version: 2 }));
  await desk.settle();
  expect((await story()).status).toBe('withdrawn');
});

test('a message cancels each item that it marks so, and its story is an article', async () => {
  await put('a', g2(BASIN));
  await desk.settle();
  const items = [
    g2({ id: 'urn:2', headline: 'Bridge opens', words: 'The bridge over the harbour opened this morning.' }),
    g2({ id: ID, status: 'canceled' }),
  ].map(text => text.slice(text.indexOf('<newsItem')));
  await put(
    'message',
    `<?xml version="1.0"?><newsMessage><itemSet>${items.join('')}</itemSet></newsMessage>`,
  );
  await desk.settle();
  expect(await titles()).toContain('Bridge opens');
  expect((await story()).status).toBe('withdrawn');
});
