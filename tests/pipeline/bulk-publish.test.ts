import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { changedSettings } from '../../cli/deployment/settings-changed.ts';
import { FIRST, plan } from '../../functions/publish/bulk/plan.ts';
import { rebuild } from '../../functions/publish/check/rebuild.ts';
import { runBulk, runBulkHere } from '../../local/bulk-run.ts';
import { type HandlerServices, type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { type InProcessServices, openInProcess } from '../../local/in-process.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { bulkNotes, readBulkRun } from '../../shared/aws/stored-bulk-run.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import {
  BulkBatch,
  type BulkEvent,
  type BulkOrder,
  bulkRunName,
  paceOf,
} from '../../shared/model/bulk-run.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { jpeg } from '../support/pictures.ts';

/** From an empty site bucket and without any state, a bulk run makes every file as publishing one by one made it. */

const STORIES = 60;

let services: InProcessServices;
let handlers: LocalHandlers;

jest.setTimeout(120_000);

beforeAll(async () => {
  services = await openInProcess({
    // One change a batch: the site is published one by one.
    stream: { batchSize: 1 },
    handlers: local => {
      handlers = handlersOf(local);
      return handlers;
    },
  });
  await handlers.tick();
  for (let number = 0; number < STORIES; number++) await file(number);
  await services.idle();
  await edit();
  await services.idle();
});
afterAll(() => services.close());

/** Handlers with small feeds, so that most stories are in the history only. */
function handlersOf(
  local: HandlerServices,
  { site = {}, feeds = {} }: Record<string, object> = {},
): LocalHandlers {
  const settings = readSettings({ site, feeds: { entries: 10, ...feeds } });
  return localHandlers(local, { settings, baseUrl: 'https://news.example.org', log: () => undefined });
}

async function put(key: string, body: string | Uint8Array): Promise<void> {
  await services.s3.send(
    new PutObjectCommand({ Bucket: services.buckets.intake, Key: key, Body: Buffer.from(body) }),
  );
}

const keyOf = (number: number) => `${['world', 'sport', 'arts'][number % 3]}/story-${number}.md`;

async function file(number: number, fields = ''): Promise<void> {
  const day = String(1 + (number % 20)).padStart(2, '0');
  const month = number % 2 === 0 ? '10' : '09';
  const spelling = number % 4 === 0 ? 'PORTS' : 'Ports';
  const lines = [
    `title: Headline of story number ${number}`,
    `date: 2026-${month}-${day}T0${number % 10}:00:00Z`,
    `tags: [${spelling}, Tag ${number % 7}${number === 33 ? ', Lonely' : ''}]`,
    `authors: [Writer ${number % 5}]`,
    ...(fields === '' ? [] : [fields]),
  ];
  const text = `Sentence ${number} of a story that tells of quay ${number * 7} and of ship ${number * 13}. `;
  const picture = number % 10 === 0 ? '\n\n![A ship](ship.jpg)\n' : '';
  const related = number % 9 === 8 ? `\n\nRelated: Headline of story number ${number - 3}\n` : '';
  await put(keyOf(number), `---\n${lines.join('\n')}\n---\n\n${text.repeat(4)}${picture}${related}\n`);
}

async function recordOf(key: string): Promise<ArticleRecord> {
  const { articles } = handlers.publishDeps;
  const record = await articles.get(articles.idOf(key));
  if (record === undefined) throw new Error(`There is no record of ${key}.`);
  return record;
}

async function change(key: string, fields: Partial<Article>): Promise<void> {
  const record = (await recordOf(key)) as Article;
  const next = { ...record, ...fields, version: record.version + 1 } as Article;
  expect(await handlers.publishDeps.articles.replace(record, next)).toBe(true);
}

/** What happens to stories in the life of a site. */
async function edit(): Promise<void> {
  await put('world/ship.jpg', jpeg());
  await put('arts/never-shown.jpg', jpeg());
  // Corrections, one of them of the date and one of the tags.
  await file(3, 'summary: A corrected story.');
  await change(keyOf(4), { publishedAt: '2026-08-01T10:00:00.000Z' });
  await change(keyOf(5), { tags: ['Retagged'], section: 'Quays' });
  // Kills of a new story, an old one, the only one of a tag, and one that was never public.
  await services.idle();
  for (const number of [59, 6, 33]) await change(keyOf(number), { status: 'withdrawn' } as never);
  await put('world/embargoed.md', story('embargo: 2099-01-01T00:00:00Z', 'Embargoed'));
  await put('world/draft.md', story('draft: true', 'Draft'));
  await services.idle();
  await change('world/embargoed.md', { status: 'withdrawn' } as never);
  // A story that was public and waits now, a duplicate, a pinned story, and a deleted one.
  await file(9, 'embargo: 2099-01-01T00:00:00Z');
  await put('world/copy.md', story('', 'Copied'));
  await services.idle();
  await put('sport/copy.md', story('', 'Copied'));
  await change(keyOf(12), { pinned: true });
  await services.s3.send(new DeleteObjectCommand({ Bucket: services.buckets.intake, Key: keyOf(15) }));
  await services.idle();
  await change(keyOf(5), { tags: ['Other'] });
}

function story(field: string, title: string): string {
  return `---\ntitle: ${title} story\n${field}\n---\n\nThe ${title} story says nothing about any of the others, at length.\n`;
}

/** All files of the site, with the metadata that readers see. */
async function site(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const key of handlers.publishDeps.siteBucket.keys()) {
    const object = await handlers.publishDeps.siteBucket.get(key);
    const { sha256: _, ...metadata } = object?.metadata ?? {};
    const text = Buffer.from(object?.bytes ?? []).toString('latin1');
    files.set(key, `${object?.contentType} ${JSON.stringify(metadata)}\n${text}`);
  }
  return files;
}

/** Deletes the site and every state. Bodies, media and the lists of runs stay. */
async function loseAll(): Promise<void> {
  const { siteBucket, storage } = handlers.publishDeps;
  for await (const key of siteBucket.keys()) await siteBucket.delete(key);
  for await (const key of storage.keys()) if (!/^(media|bodies|work)\//.test(key)) await storage.delete(key);
}

const order = (fields: Partial<BulkOrder> = {}): BulkOrder => ({ kind: 'publish', ...fields });

/** Differences as short lines, because a difference of two sites fills screens. */
async function expectSite(before: Map<string, string>): Promise<void> {
  const after = await site();
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differences = keys.flatMap(key => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was === is) return [];
    if (was === undefined || is === undefined) return `${is === undefined ? 'missing' : 'new'} ${key}`;
    const at = [...was].findIndex((char, index) => char !== is[index]);
    return `${key}: ${JSON.stringify(was.slice(at - 30, at + 60))} -> ${JSON.stringify(is.slice(at - 30, at + 60))}`;
  });
  expect(differences).toEqual([]);
}

test('a site that was lost comes back byte for byte', async () => {
  const before = await site();
  for (const file of [
    'tags/lonely/feed.xml',
    'archive/1/feed.xml',
    'sitemap.xml',
    'archive/2026/08/01/index.html',
  ])
    expect([...before.keys()]).toContain(file);
  const gone = await recordOf(keyOf(6));
  expect(before.get('permalink' in gone ? (gone.permalink ?? '') : '')).toContain('410');
  await loseAll();
  const { failed, done } = await runBulkHere(order(), handlers);
  expect(failed).toBe(0);
  expect(done).toBeGreaterThan(STORIES);
  await expectSite(before);
});

/** Keys of the site that a run writes. */
async function writtenBy(run: () => Promise<unknown>): Promise<string[]> {
  const { siteBucket } = handlers.publishDeps;
  const before = await versions(siteBucket);
  await run();
  const after = await versions(siteBucket);
  return [...after].flatMap(([key, version]) => (before.get(key) === version ? [] : key)).sort();
}

async function versions(bucket: Bucket): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const key of bucket.keys()) found.set(key, (await bucket.get(key))?.lastModified.getTime() ?? 0);
  return found;
}

test('a second run writes nothing', async () => {
  expect(await writtenBy(() => runBulkHere(order(), handlers))).toEqual([]);
});

/** Names of the settings that changed since the whole site was published. */
const changed = async () => (await changedSettings(handlers.publishDeps))?.changed;

test('tags and authors that are switched off take their files with them, and come back when they are switched on', async () => {
  const before = await site();
  const { storage } = handlers.publishDeps;
  const isOfSwitched = (key: string) => /(^|\/)(tags|authors)\//.test(key);
  expect([...before.keys()].filter(isOfSwitched).length).toBeGreaterThan(60);
  // It has entries, but the table does not name it.
  const stray = 'editions/tags/stray.json';
  await storage.put(stray, JSON.stringify({ of: { kind: 'tag', name: 'Stray' }, entries: [], pins: [] }), {
    contentType: 'application/json',
  });
  const without = handlersOf(services, { feeds: { tags: false, authors: false } });
  await without.tick();
  expect(await changed()).toEqual(['feeds.authors', 'feeds.tags']);
  await runBulkHere(order(), without);
  const after = await site();
  expect([...after.keys()].filter(isOfSwitched)).toEqual([]);
  const states: string[] = [];
  for await (const key of storage.keys('editions/')) states.push(key);
  expect(states.filter(isOfSwitched)).toEqual([]);
  expect(states.length).toBeGreaterThan(3);
  for (const text of after.values())
    expect(text).not.toMatch(/news\.example\.org\/(tags|authors)\/|href="[^"]*(tags|authors)\//);
  expect(await changed()).toBeUndefined();

  await runBulkHere(order(), handlers);
  await expectSite(before);
  expect(await changed()).toBeUndefined();
});

test('a change of settings is told until a whole run that began after it has succeeded', async () => {
  const renamed = () => handlersOf(services, { site: { title: 'The Courier' } });
  await handlers.tick();
  await renamed().tick();
  expect(await changed()).toEqual(['site.title']);
  await rebuild(renamed().publishDeps);
  for (const part of [{ dryRun: true }, { section: 'World' }, { since: '2026-10-15T00:00:00.000Z' }]) {
    await runBulkHere(order(part), renamed());
    expect(await changed()).toEqual(['site.title']);
  }
  // A run that began with the earlier settings.
  const { bulk, publishDeps } = renamed();
  const next = handlersOf(services, { site: { title: 'The Courier' }, feeds: { entries: 9 } });
  let isFirst = true;
  await runBulk({
    ...{ run: 'older', order: order(), storage: publishDeps.storage },
    functions: {
      publish: async event => {
        const answer = await bulk(event);
        // Another deployment comes while the run works.
        if (isFirst) await next.tick();
        isFirst = false;
        return answer;
      },
      reprocess: () => Promise.reject(new Error('Nothing is parsed here.')),
    },
  });
  expect(await changed()).toEqual(['feeds.entries', 'site.title']);
  await runBulkHere(order(), handlers);
  expect(await changed()).toBeUndefined();
});

test('a section, or what is newer than an instant, is published alone', async () => {
  const before = await site();
  const pages = [...before.keys()].filter(key => key.startsWith('articles/'));
  for (const key of pages) await handlers.publishDeps.siteBucket.delete(key);
  const back = async (fields: Partial<BulkOrder>) => {
    await runBulkHere(order(fields), handlers);
    const there = [...(await site()).keys()].filter(key => key.startsWith('articles/'));
    return there.map(key => Number(/number-(\d+)/.exec(key)?.[1])).sort((a, b) => a - b);
  };
  const isSport = (number: number) => number % 3 === 1 && number !== 4 && !Number.isNaN(number);
  const sport = await back({ section: 'SPORT' });
  expect(sport.length).toBeGreaterThan(15);
  expect(sport.filter(number => !isSport(number) && number !== 4)).toEqual([]);
  const since = await back({ since: '2026-10-15T00:00:00.000Z' });
  expect(since).toEqual(expect.arrayContaining([14, 16, 18, 34, 36, 38, 54, 56, 58]));
  expect(since.filter(number => number % 2 === 1 && number % 3 === 0)).toEqual([]);
  await runBulkHere(order(), handlers);
  await expectSite(before);
});

/** Calls of the functions of a run. `before` can stop or break one. */
function functions(before: (event: BulkEvent) => void) {
  const { bulk, reprocess } = handlers;
  const publish = async (event: BulkEvent) => {
    before(event);
    return bulk(event);
  };
  return { publish, reprocess };
}

test('a run that was stopped is continued, with the list that was under way', async () => {
  const before = await site();
  await loseAll();
  const { storage } = handlers.publishDeps;
  const stop = new AbortController();
  const run = bulkRunName(order(), new Date(0));
  const lists: string[] = [];
  const stopping = functions(event => {
    if (event.copydesk === 'bulk-work' && event.batch.editions) stop.abort();
  });
  expect(await runBulk({ run, order: order(), storage, functions: stopping, signal: stop.signal })).toBe(
    false,
  );
  const stopped = await readBulkRun(storage);
  expect(stopped).toMatchObject({ phase: 'work', failed: 0 });
  expect(stopped?.next).toBeGreaterThan(0);
  const watching = functions(event => {
    if (event.copydesk === 'bulk-work') lists.push(Object.keys(event.batch).join());
  });
  expect(await runBulk({ run, storage, functions: watching })).toBe(true);
  expect(lists[0]).toBe('editions');
  expect(await readBulkRun(storage)).toMatchObject({ phase: 'end', failed: 0 });
  await expectSite(before);
});

test('what fails is named and keeps nothing else from being published, and the same run tries it again', async () => {
  const before = await site();
  await loseAll();
  const { storage } = handlers.publishDeps;
  const bad = await recordOf(keyOf(20));
  const permalink = 'permalink' in bad ? bad.permalink : undefined;
  const { putIfChanged } = Bucket.prototype;
  const broken = jest.spyOn(Bucket.prototype, 'putIfChanged').mockImplementation(function (
    this: Bucket,
    ...args
  ) {
    if (args[0] === permalink) throw new Error('It cannot be written.');
    return putIfChanged.apply(this, args);
  });
  await expect(runBulkHere(order(), handlers)).rejects.toThrow('1 could not be published.');
  broken.mockRestore();
  const run = (await readBulkRun(storage))?.name ?? '';
  const noted = async () => {
    const failures = [];
    for await (const note of bulkNotes(storage, run)) failures.push(...note.failures);
    return failures;
  };
  expect(await noted()).toEqual([{ subject: bad.id, message: 'It cannot be written.' }]);
  expect((await site()).size).toBe(before.size - 1);
  expect(await runBulk({ run, storage, functions: functions(() => undefined) })).toBe(true);
  expect(await noted()).toEqual([]);
  expect(await readBulkRun(storage)).toMatchObject({ phase: 'end', failed: 0 });
  await expectSite(before);
});

test('a batch whose function dies is named as a whole', async () => {
  const { storage } = handlers.publishDeps;
  const run = bulkRunName(order(), new Date(1_000));
  const dying = functions(event => {
    if (event.copydesk === 'bulk-work' && event.batch.finish) throw new Error('It ran out of memory.');
  });
  await runBulk({ run, order: order(), storage, functions: dying });
  const notes = [];
  for await (const note of bulkNotes(storage, run)) notes.push(note);
  expect(notes).toMatchObject([
    { batch: { finish: true }, failures: [{ subject: 'site', message: 'Error: It ran out of memory.' }] },
  ]);
  expect(await readBulkRun(storage)).toMatchObject({ phase: 'end', failed: 1 });
});

test('another run replaces one that was stopped, whose steps are then refused', async () => {
  await expect(
    handlers.bulk({ copydesk: 'bulk-step', run: bulkRunName(order(), new Date(0)) }),
  ).rejects.toMatchObject({ code: 'no-bulk-run' });
});

test('a plan is the same, however many calls make it', async () => {
  const { storage } = handlers.publishDeps;
  const planned = async (run: string, hasTime: () => boolean) => {
    const batches: BulkBatch[] = [];
    let cursor: typeof FIRST | undefined = FIRST;
    let calls = 0;
    for (; cursor !== undefined; calls++) {
      const part: Awaited<ReturnType<typeof plan>> = await plan(
        ...([run, order(), cursor, handlers.publishDeps, hasTime] as const),
      );
      cursor = part.cursor;
      for (const { key } of part.lists) {
        const text = Buffer.from((await storage.get(key))?.bytes ?? []).toString();
        batches.push(
          ...text
            .trimEnd()
            .split('\n')
            .map(line => BulkBatch.parse(JSON.parse(line))),
        );
      }
    }
    const all = (name: 'ids' | 'pages' | 'editions') =>
      batches.flatMap((batch): unknown[] => batch[name] ?? []).sort();
    return { calls, ids: all('ids'), pages: all('pages'), editions: all('editions') };
  };
  const once = await planned('once', () => true);
  const often = await planned('often', () => false);
  expect(once.calls).toBe(1);
  expect(often.calls).toBeGreaterThan(8);
  expect({ ...often, calls: 1 }).toEqual(once);
  expect(new Set(once.ids).size).toBe(once.ids.length);
});

test.each([
  ['publish', undefined, 40, 0],
  ['publish', 100, 10, 10],
  ['publish', 1, 1, 100],
  ['reprocess', 50, 25, 10],
] as const)(
  '%s at a rate of %s works on %i batches at once, each for at least %i s',
  (kind, rate, concurrency, pause) => {
    expect(paceOf({ kind, rate })).toEqual({ concurrency, pause });
  },
);
