import { changeArticle, released } from '../../../../cli/deployment/change.ts';
import type { Preview } from '../../../../cli/preview/preview-page.ts';
import { storedPreview } from '../../../../cli/preview/stored-story.ts';
import { type Article, isArticle } from '../../../../shared/model/article.ts';
import { readSettings } from '../../../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../../../support/desk.ts';
import { jpeg } from '../../../support/pictures.ts';
import { makeZip } from '../../../support/zip.ts';

const SETTINGS = { articles: { namespace: 'courier' } };
const NOW = '2026-12-01T08:00:00.000Z';
const PROSE = 'The ferry to the outer islands sails again from Monday, the harbour master said on Friday.';

const story = (front: string, body = PROSE) =>
  `---\ntitle: Ferry sails\ndate: 2026-11-20T10:00:00Z\n${front}\n---\n\n${body}\n`;

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ settings: SETTINGS, database: 'memory' });
  desk.now = NOW;
});
afterEach(() => desk.close());

async function file(...files: [key: string, body: string | Uint8Array][]): Promise<void> {
  for (const [key, body] of files) await desk.put(key, body);
  await desk.settle();
}

async function articleAt(key: string): Promise<Article> {
  const record = await desk.record(key);
  if (record === undefined || !isArticle(record)) throw new Error(`${key} is no article.`);
  return record;
}

/** The preview of the record of a key, by the settings of a working directory that belongs to no deployment. */
async function look(key: string): Promise<Preview> {
  const record = await desk.record(key);
  if (record === undefined) throw new Error(`There is no record of ${key}.`);
  const outputs = { site: 'https://news.example.org', namespace: 'courier' } as never;
  const { intake, storage } = desk;
  const preview = await storedPreview({ intake, storage, outputs }, record, readSettings({}), () => desk.now);
  expect(preview.record).toEqual(record);
  expect([desk.events, desk.changes]).toEqual([[], []]);
  return preview;
}

const textOf = ({ page = '', files }: Preview) => Buffer.from(files.get(page)?.bytes ?? []).toString();

/** Releases a story, and expects that its page is that of the preview. */
async function expectReleased(key: string, preview: Preview): Promise<void> {
  const { id } = await articleAt(key);
  await changeArticle(desk.articles, id, article => released(article, NOW), NOW);
  await desk.settle();
  const { status, permalink } = await articleAt(key);
  expect([status, preview.page]).toEqual(['live', permalink]);
  const site = await desk.files();
  expect(textOf(preview)).toBe(site.get(permalink));
  for (const path of preview.files.keys()) if (path.startsWith('media/')) expect(site.has(path)).toBe(true);
}

test('a held story has the page that its release makes, with its pictures and what was corrected by hand', async () => {
  await file(
    ['world/ferry.md', story('draft: true', `${PROSE}\n\n![Quay](quay.jpg)`)],
    ['world/quay.jpg', jpeg({ width: 900, height: 600 })],
  );
  const held = await articleAt('world/ferry.md');
  expect(held.status).toBe('held');
  await changeArticle(
    desk.articles,
    held.id,
    article => ({ ...article, headline: 'Corrected by hand', edited: ['headline'] }),
    NOW,
  );
  await desk.settle();
  const preview = await look('world/ferry.md');
  expect(textOf(preview)).toContain('Corrected by hand');
  expect(textOf(preview)).toContain('../media/');
  await expectReleased('world/ferry.md', preview);
});

test('the page of a live story is the one on the site, also after its file was moved', async () => {
  await file(['world/ferry.md', story('')]);
  const { id } = await articleAt('world/ferry.md');
  const removed = await desk.remove('world/ferry.md');
  const put = await desk.put('culture/ferry.md', story(''));
  desk.events.length = 0;
  await desk.deliver(removed, put);
  await desk.settle();
  const moved = await articleAt('culture/ferry.md');
  expect([moved.id, moved.status]).toEqual([id, 'live']);
  const preview = await look('culture/ferry.md');
  expect(textOf(preview)).toBe((await desk.files()).get(moved.permalink));
});

test('a withdrawn story has the page that its return makes, and its status', async () => {
  await file(['world/ferry.md', story('')]);
  const { id, permalink } = await articleAt('world/ferry.md');
  const change = async (status: Article['status']) => {
    await changeArticle(desk.articles, id, article => ({ ...article, status }), NOW);
    await desk.settle();
  };
  await change('withdrawn');
  const preview = await look('world/ferry.md');
  await change('live');
  expect(preview.record.status).toBe('withdrawn');
  expect(textOf(preview)).toBe((await desk.files()).get(permalink));
});

test('a member of a zip is shown', async () => {
  await file(['world/pack.zip', makeZip([{ name: 'ferry.md', content: story('draft: true') }])]);
  const preview = await look('world/pack.zip/ferry.md');
  expect(textOf(preview)).toContain('Ferry sails');
  expect(preview.members).toEqual([]);
});

test('a rejected file has its reason, and no page', async () => {
  await file(['world/empty.txt', ' ']);
  const { record, page } = await look('world/empty.txt');
  expect([record.status, page]).toEqual(['rejected', undefined]);
});

test('a story whose file is gone from the bucket, or whose body is in the storage bucket, is shown', async () => {
  await file(['world/ferry.md', story('draft: true')]);
  const { source, bodyHtml = '', ...rest } = await articleAt('world/ferry.md');
  await desk.removeVersion('world/ferry.md', source.versionId);
  desk.events.length = 0;
  await desk.storage.put('bodies/large.html', bodyHtml, { contentType: 'text/html' });
  const record = { ...rest, source, bodyKey: 'bodies/large.html' };
  const outputs = { site: 'https://news.example.org', namespace: 'courier' } as never;
  const { intake, storage } = desk;
  const preview = await storedPreview({ intake, storage, outputs }, record, readSettings({}), () => desk.now);
  expect(textOf(preview)).toContain(PROSE);
});
