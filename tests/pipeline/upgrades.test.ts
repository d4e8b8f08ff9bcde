import { publishChanges } from '../../functions/publish/jobs/publish-changes.ts';
import { publishSite } from '../../functions/publish/jobs/site-files.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import type { PublishDeps } from '../../functions/publish/views/view.ts';
import type { Bucket } from '../../shared/aws/bucket.ts';
import type { Article } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { store } from '../support/stories.ts';

/** What changes under a site that stands: its settings, the version that made it, another publisher. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

function deps(settings: object = {}): PublishDeps {
  return {
    articles: desk.articles,
    storage: desk.storage,
    siteBucket: desk.site,
    site: siteOf(readSettings(settings), 'https://news.example.org'),
    onBroken: () => undefined,
    now: () => desk.now,
  };
}

async function filesWith(text: string): Promise<string[]> {
  return [...(await desk.files())].filter(([, file]) => file.includes(text)).map(([key]) => key);
}

test('a kill reaches the feeds of tags and authors that were switched off since', async () => {
  const story = await store(desk, 1, { tags: ['Ports'], authors: [{ name: 'Ada Quill' }] });
  await desk.publishAll();
  expect(await filesWith('Story 1')).toEqual(
    expect.arrayContaining(['tags/ports/feed.xml', 'authors/ada-quill/feed.xml']),
  );
  const killed: Article = { ...story, status: 'withdrawn', version: story.version + 1 };
  expect(await desk.articles.replace(story, killed)).toBe(true);
  const editions = [
    { kind: 'tag' as const, name: 'Ports' },
    { kind: 'author' as const, name: 'Ada Quill' },
  ];
  await publishChanges(
    [{ id: story.id, editions, permalinks: [story.permalink] }],
    deps({ feeds: { tags: false, authors: false } }),
  );
  const feeds = (await filesWith('Story 1')).filter(key => /^(tags|authors)\//.test(key));
  expect(feeds).toEqual([]);
});

test('states that lack what this version adds are read, and kills go on', async () => {
  await store(desk, 1);
  await desk.publishAll();
  const strip = async (key: string, fields: string[]) => {
    const object = await desk.storage.get(key);
    const state = JSON.parse(Buffer.from(object?.bytes ?? []).toString());
    for (const field of fields) delete state[field];
    await desk.storage.put(key, JSON.stringify(state), { contentType: 'application/json' });
  };
  await strip('editions/all.json', ['pins']);
  await strip('directory.json', ['authors', 'pages', 'linkedPages']);
  await store(desk, 2);
  await desk.publishAll();
  expect(await filesWith('Story 2')).toContain('feed.xml');
});

test('who writes the site over what another wrote meanwhile notices, and writes it again', async () => {
  await store(desk, 1, { section: 'world' });
  await desk.publishAll();
  let met = false;
  const slow: Bucket = Object.create(desk.site, {
    putIfChanged: {
      value: async (...args: Parameters<Bucket['putIfChanged']>) => {
        if (!met && args[0] === 'opml.xml') {
          met = true;
          await store(desk, 2, { section: 'sport' });
          await desk.publishAll();
        }
        return desk.site.putIfChanged(...args);
      },
    },
  });
  for (const method of ['head', 'get', 'delete', 'put', 'putIf', 'keys'] as const)
    Object.defineProperty(slow, method, { value: desk.site[method].bind(desk.site) });
  await publishSite({ ...deps(), siteBucket: slow });
  expect(met).toBe(true);
  const files = await desk.files();
  expect(files.get('opml.xml')).toContain('sport/feed.xml');
  expect(files.get('404.html')).toContain('sport');
});
