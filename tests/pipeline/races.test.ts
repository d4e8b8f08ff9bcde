import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { HISTORY } from '../../functions/publish/states/history-states.ts';
import type { Article } from '../../shared/model/article.ts';
import { article, instant } from '../support/articles.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** Two at once, made to meet at the worst moment: one is held between two of its steps while the other goes through. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

/** A promise, and what fulfils it. */
function signal(): { given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>(resolve => {
    give = resolve;
  });
  return { given, give };
}

async function headlines(): Promise<string[]> {
  return (await desk.feed()).map(({ title }) => title);
}

async function store(number: number, fields: Partial<Article> = {}): Promise<Article> {
  const id = `id${number}`;
  const record = article({
    id,
    guid: `urn:test:${id}`,
    headline: `Story ${number}`,
    publishedAt: instant(number),
    permalink: `articles/${id}.html`,
    ...fields,
  });
  await desk.articles.replace(undefined, record);
  return record;
}

test('an article killed while it is published is gone when both are done', async () => {
  const live = await store(1);
  const stale = desk.changes.splice(0);
  const getMany = desk.articles.getMany.bind(desk.articles);
  jest.spyOn(desk.articles, 'getMany').mockImplementationOnce(async ids => {
    const read = await getMany(ids);
    await desk.articles.replace(live, { ...live, status: 'withdrawn', version: 2 });
    await desk.publishAll();
    return read;
  });
  await desk.publish({ Records: stale });
  expect(await headlines()).toEqual([]);
  for (const [key, body] of await desk.files()) expect([key, body.includes('Story 1')]).toEqual([key, false]);
});

test('the notice of an article stays, though a publisher of the kill began before the article was public', async () => {
  const live = await store(1);
  const creation = desk.changes.splice(0);
  let publishedKill = Promise.resolve<unknown>(undefined);
  const held = signal();
  const begun = signal();
  const { positions } = desk.articles;
  const readPositions = positions.read.bind(positions);
  const getMany = desk.articles.getMany.bind(desk.articles);
  jest.spyOn(desk.articles, 'getMany').mockImplementationOnce(async ids => {
    const read = await getMany(ids);
    const killed = { ...live, status: 'withdrawn', version: 2 } as const;
    await desk.articles.replace(live, desk.articles.withNews(killed, live, desk.now));
    jest.spyOn(positions, 'read').mockImplementationOnce(async given => {
      const none = await readPositions(given);
      begun.give();
      await held.given;
      return none;
    });
    publishedKill = desk.publish({ Records: desk.changes.splice(0) });
    await begun.given;
    return read;
  });
  await desk.publish({ Records: creation });
  expect((await desk.entries()).map(({ _gone }) => _gone)).toEqual([expect.anything()]);
  held.give();
  await publishedKill;
  expect((await desk.entries()).map(({ _gone }) => _gone)).toEqual([expect.anything()]);
});

test('the notice of an article stays, though a daily check publishes the article before the kill has left the history', async () => {
  const live = await store(1);
  await store(2);
  await desk.publishAll();
  let publishedKill = Promise.resolve<unknown>(undefined);
  const [held, begun] = [signal(), signal()];
  let isHeld = false;
  const newest = desk.articles.newest.bind(desk.articles);
  jest.spyOn(desk.articles, 'newest').mockImplementationOnce(async count => {
    const ids = await newest(count);
    const killed = { ...live, status: 'withdrawn', version: 2 } as const;
    await desk.articles.replace(live, desk.articles.withNews(killed, live, desk.now));
    const { s3 } = desk.clients;
    const send = s3.send.bind(s3);
    jest.spyOn(s3, 'send').mockImplementation((async (command: PutObjectCommand) => {
      const isHistory = command instanceof PutObjectCommand && command.input.Key?.startsWith(HISTORY);
      if (isHistory && !isHeld) {
        isHeld = true;
        begun.give();
        await held.given;
      }
      return send(command);
    }) as typeof send);
    publishedKill = desk.publish({ Records: desk.changes.splice(0) });
    await begun.given;
    return ids;
  });
  await desk.publish({ copydesk: 'rebuild' });
  held.give();
  await publishedKill;
  expect(isHeld).toBe(true);
  const notices = (await desk.entries()).filter(({ _gone }) => _gone);
  expect(notices).toMatchObject([{ _gone: { at: desk.now } }]);
});

test.each([false, true])(
  'an article killed while its page is written for the story that it lists stays gone (the publisher dies: %s)',
  async dies => {
    const [corrected, listing] = [await store(1), await store(2)];
    await store(3);
    await desk.publishAll();
    await desk.articles.replace(corrected, { ...corrected, headline: 'Story 1, corrected', version: 2 });
    const correction = desk.changes.splice(0);
    let [isKilled, isDead] = [false, false];
    let deaths = 0;
    const { s3 } = desk.clients;
    const send = s3.send.bind(s3);
    jest.spyOn(s3, 'send').mockImplementation((async (command: PutObjectCommand) => {
      const isPut = command instanceof PutObjectCommand && command.input.Bucket === desk.site.name;
      if (isPut && command.input.Key === listing.permalink && !isKilled) {
        isKilled = true;
        await desk.articles.replace(listing, { ...listing, status: 'withdrawn', version: 2 });
        await desk.publishAll();
        isDead = dies;
      } else if (isPut && command.input.Key === 'feed.json' && isDead) {
        isDead = false;
        deaths++;
        throw new Error('The function died.');
      }
      return send(command);
    }) as typeof send);
    await desk.publish({ Records: correction });
    await desk.publish({ copydesk: 'retry' });
    expect([isKilled, deaths]).toEqual([true, dies ? 1 : 0]);
    const pages = await desk.files();
    expect(pages.get(listing.permalink)).toContain('Article withdrawn');
    expect(pages.get('articles/id3.html')).toContain('Story 1, corrected');
    for (const [key, body] of pages) expect([key, body.includes('Story 2')]).toEqual([key, false]);
  },
);

test('an article that moves to another section while its page is written for the story that it listed shows the stories of the new section', async () => {
  const alone = { authors: [] };
  const corrected = await store(1, alone);
  const moving = await store(2, alone);
  await store(3, { ...alone, section: 'science' });
  await desk.publishAll();
  await desk.articles.replace(corrected, { ...corrected, headline: 'Story 1, corrected', version: 2 });
  const correction = desk.changes.splice(0);
  let isMoved = false;
  const { s3 } = desk.clients;
  const send = s3.send.bind(s3);
  jest.spyOn(s3, 'send').mockImplementation((async (command: HeadObjectCommand) => {
    const { Bucket, Key } = command.input;
    const isPage = Bucket === desk.site.name && Key === moving.permalink;
    if (isPage && command instanceof HeadObjectCommand && !isMoved) {
      isMoved = true;
      await desk.articles.replace(moving, { ...moving, section: 'science', version: 2 });
      await desk.publishAll();
    }
    return send(command);
  }) as typeof send);
  await desk.publish({ Records: correction });
  expect(isMoved).toBe(true);
  const page = (await desk.files()).get(moving.permalink);
  expect(page).toContain('Story 3');
  expect(page).not.toContain('Story 1');
});

test('files that were overtaken while they were rendered are rendered again', async () => {
  await store(1);
  const first = desk.changes.splice(0);
  const putIfChanged = desk.site.putIfChanged.bind(desk.site);
  let overtaken = false;
  jest.spyOn(desk.site, 'putIfChanged').mockImplementation(async (key, body, options) => {
    if (key === 'feed.json' && !overtaken) {
      overtaken = true;
      await store(2);
      await desk.publishAll();
    }
    return putIfChanged(key, body, options);
  });
  await desk.publish({ Records: first });
  expect(overtaken).toBe(true);
  expect(await headlines()).toEqual(['Story 2', 'Story 1']);
});

test('of two files with the same content, one slow and one that took its place, one is shown', async () => {
  const slow = await desk.put('world/slow.md', story('Ferry sails'));
  const quick = await desk.put('world/quick.md', story('Ferry sails'));
  desk.events.length = 0;
  const replace = desk.articles.replace.bind(desk.articles);
  jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
    // The slow one has claimed the content but is not written yet.
    expect(await desk.deliver(quick)).toEqual([]);
    expect(await desk.record('world/quick.md')).toMatchObject({ status: 'live' });
    return replace(current, next);
  });
  expect(await desk.deliver(slow)).toEqual([]);
  await desk.publishAll();
  const records = [await desk.record('world/slow.md'), await desk.record('world/quick.md')];
  expect(records.map(record => record?.status)).toEqual(['duplicate', 'live']);
  expect(await headlines()).toEqual(['Ferry sails']);
});

test('a function that died between writing a correction and handing its old content over is made good by the retry', async () => {
  await desk.put('world/a.md', story('Ferry sails'));
  await desk.settle();
  await desk.put('world/b.md', story('Ferry sails'));
  await desk.settle();
  const correction = await desk.put(
    'world/a.md',
    story('Ferry sails', 'A text that has nothing to do with the first.'),
  );
  desk.events.length = 0;
  jest.spyOn(desk.articles.groups, 'leave').mockRejectedValueOnce(new Error('The function died.'));
  expect(await desk.deliver(correction)).toEqual([0]);
  expect(await desk.record('world/b.md')).toMatchObject({ status: 'duplicate' });
  expect(await desk.deliver(correction)).toEqual([]);
  expect(await desk.record('world/b.md')).toMatchObject({ status: 'live' });
});

test('a page moves with an address edited by hand, and goes with its record', async () => {
  const record = await store(1);
  await desk.publishAll();
  await desk.articles.replace(record, { ...record, permalink: 'articles/moved.html', version: 2 });
  await desk.publishAll();
  const moved = await desk.files();
  expect(moved.has('articles/id1.html')).toBe(false);
  expect(moved.get('articles/moved.html')).toContain('Story 1');

  await desk.removeItem('id1');
  await desk.publishAll();
  expect((await desk.files()).has('articles/moved.html')).toBe(false);
  expect(await headlines()).toEqual([]);
});

test('an article killed while a window is filled up does not come back by it', async () => {
  await desk.close();
  desk = await startDesk({ settings: { feeds: { entries: 1 } } });
  const stories = [];
  // A feed holds all entries of a day, so each story has a day of its own.
  const dated = (number: number) => ({ publishedAt: instant(number * 2 * 86_400) });
  for (let number = 0; number < 30; number++) stories.push(await store(number, dated(number)));
  await desk.publishAll();
  for (const killed of stories.slice(9))
    await desk.articles.replace(killed, { ...killed, status: 'withdrawn', version: 2 });
  const kills = desk.changes.splice(0);
  const [last] = stories.slice(8);
  if (last === undefined) throw new Error('no story');
  const { members } = desk.articles;
  const newest = members.newest.bind(members);
  const getMany = desk.articles.getMany.bind(desk.articles);
  let isFilled = false;
  jest.spyOn(members, 'newest').mockImplementationOnce(async function* (...args) {
    isFilled = true;
    jest.spyOn(desk.articles, 'getMany').mockImplementationOnce(async (...given) => {
      const read = await getMany(...given);
      await desk.articles.replace(last, { ...last, status: 'withdrawn', version: 2 });
      await desk.publishAll();
      return read;
    });
    yield* newest(...args);
  });
  await desk.publish({ Records: kills });
  expect(isFilled).toBe(true);
  await desk.publishAll();
  expect(await headlines()).toEqual(['Story 7']);
});

test('a publisher that is overtaken twice forgets none of the places where it has put the article', async () => {
  const first = await store(1, { section: 'A' });
  const stale = desk.changes.splice(0);
  const second = { ...first, section: 'C', version: 2 };
  await desk.articles.replace(first, second);
  desk.changes.length = 0;
  const getMany = desk.articles.getMany.bind(desk.articles);
  const between = jest.spyOn(desk.articles, 'getMany');
  between.mockImplementationOnce(async (...args) => {
    const read = await getMany(...args);
    between.mockImplementationOnce(async (...again) => {
      // Between the first round's writing and its second look.
      await desk.articles.replace(second, { ...second, status: 'withdrawn', version: 3 });
      desk.changes.length = 0;
      return getMany(...again);
    });
    return read;
  });
  await desk.publish({ Records: stale });
  expect(await desk.feed('c/feed.json')).toEqual([]);
  expect(await headlines()).toEqual([]);
});

test('a publisher that dies between listing a section and writing what lists it is made good by the retry', async () => {
  // A change that fails alone is remembered instead, so there are two.
  for (const number of [1, 2]) await store(number);
  const changes = desk.changes.splice(0);
  const putIfChanged = desk.site.putIfChanged.bind(desk.site);
  const dying = jest.spyOn(desk.site, 'putIfChanged').mockImplementation(async (key, body, options) => {
    if (key === 'opml.xml') throw new Error('The function died.');
    return putIfChanged(key, body, options);
  });
  await expect(desk.publish({ Records: changes })).rejects.toThrow('died');
  dying.mockRestore();
  await desk.publish({ Records: changes });
  const files = await desk.files();
  expect(files.get('opml.xml')).toContain('world/feed.xml');
  expect(files.get('sitemap.xml')).toContain('sitemaps/000.xml');
});
