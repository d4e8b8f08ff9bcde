import type { Preview } from '../../../../cli/preview/preview-page.ts';
import { type PreviewServer, startPreviewServer } from '../../../../cli/preview/preview-server.ts';
import type { Article, ArticleRecord, Rejected } from '../../../../shared/model/article.ts';
import { article } from '../../../support/articles.ts';

const HELD = article({ headline: 'Ferry <b>sails</b>', status: 'held', hold: 'It is a draft.' }) as Article;

let server: PreviewServer;
afterEach(() => server.close());

function made(record: ArticleRecord, parts: Partial<Preview> = {}): Preview {
  return { record, members: [], files: new Map(), removals: [], ...parts };
}

function withPage(record: Article, html: string, parts: Partial<Preview> = {}): Preview {
  const files = new Map([[record.permalink, { bytes: Buffer.from(html), contentType: 'text/html' }]]);
  return made(record, { page: record.permalink, files, ...parts });
}

async function start(makers: readonly (() => Preview)[], origin: 'file' | 'stored' = 'file') {
  server = await startPreviewServer({
    port: 0,
    entries: makers.map((make, index) => ({ name: `file${index + 1}.md`, make: async () => make() })),
    ...{ origin, timeZone: 'Europe/Kyiv' },
  });
}

const get = (path: string) => fetch(server.url + path);
const textOf = async (path: string) => (await get(path)).text();

test('one file is shown at once, with its status, warnings and what was left out', async () => {
  const warned = { ...HELD, warnings: ['It is a draft.', 'The date is a guess.'] };
  const removals = [{ step: 'boilerplate', why: 'navigation', text: 'Home <i>World</i>' }];
  await start([() => withPage(warned, '<h1>Page</h1>', { removals })]);
  const response = await get('');
  expect(response.url).toBe(`${server.url}1/`);
  const page = await response.text();
  expect(page).toContain(`<iframe title="The page as it would be published" sandbox="allow-same-origin"`);
  expect(page).toContain(`src="site/${HELD.permalink}"`);
  expect(page).toContain('<span class="status held">held</span> It is a draft.');
  expect(page).toContain('1 warning</h2>');
  expect(page).toContain('Ferry &lt;b>sails&lt;/b>');
  expect(page).toContain('Home &lt;i>World&lt;/i>');
});

test('the page has its published bytes and the policy of the site, in a sandbox', async () => {
  await start([() => withPage(HELD, '<script>alert(1)</script>')]);
  const response = await get(`1/site/${HELD.permalink}`);
  expect(await response.text()).toBe('<script>alert(1)</script>');
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox allow-same-origin');
  expect(policy).not.toContain('script-src');
});

test.each(['2/', '0/', '01/', 'x/', '1', '1/other', '1/site', '1/site/nothing.html'])(
  'there is nothing at %s',
  async path => {
    await start([() => withPage(HELD, 'page')]);
    expect((await get(path)).status).toBe(404);
  },
);

test('nothing can be sent to it', async () => {
  await start([() => withPage(HELD, 'page')]);
  expect((await fetch(`${server.url}1/`, { method: 'POST' })).status).toBe(404);
});

test('a rejected file has its reason and no page', async () => {
  const { id, guid, source } = HELD;
  const rejected = {
    ...{ id, guid, source, status: 'rejected', version: 1, ingestedAt: HELD.ingestedAt },
    ...{ warnings: [], parserVersion: '1', reason: { code: 'empty', message: 'It has no text.' } },
  } as Rejected;
  await start([() => made(rejected)]);
  const page = await textOf('1/');
  expect(page).toContain('<span class="status rejected">rejected</span> It has no text.');
  expect(page).not.toContain('<iframe');
});

test('a file that cannot be read says why', async () => {
  await start([
    () => {
      throw new Error('The file ferry.md does not exist.');
    },
  ]);
  expect(await textOf('1/')).toContain('The file ferry.md does not exist.');
});

test('several files are in a list, which tells what those that were looked at became', async () => {
  await start([
    () => withPage(HELD, 'one'),
    () => withPage(article({ headline: 'Second' }) as Article, 'two'),
  ]);
  expect(await textOf('')).toContain('href="2/">file2.md');
  await server.look(1);
  expect(await textOf('')).toContain('href="2/">Second');
});

test('the stories in a zip are listed, and each is shown', async () => {
  const member = { record: HELD, page: HELD.permalink, removals: [] };
  const zip = {
    ...HELD,
    id: 'a'.repeat(16),
    status: 'unpacked',
    members: [HELD.id],
  } as unknown as ArticleRecord;
  await start([() => made(zip, { members: [member], files: withPage(HELD, 'member').files })]);
  expect(await textOf('1/')).toContain(`href="./?story=${HELD.id}"`);
  expect(await textOf(`1/?story=${HELD.id}`)).toContain(`src="site/${HELD.permalink}"`);
});

test('an open page hears of a change, and shows it', async () => {
  let headline = 'First';
  await start([() => withPage({ ...HELD, headline }, headline)]);
  expect(await textOf('1/')).toContain('data-version="0"');
  const changes = (await get('1/changes')).body?.getReader();
  const next = async () => Buffer.from((await changes?.read())?.value ?? []).toString();
  expect(await next()).toBe('data: 0\n\n');
  headline = 'Second';
  await server.changed(0);
  expect(await next()).toBe('data: 1\n\n');
  const page = await textOf('1/');
  expect(page).toContain('data-version="1"');
  expect(page).toContain('Second');
  await changes?.cancel();
});

test('a stored story is read again at each look', async () => {
  let reads = 0;
  await start([() => withPage({ ...HELD, headline: `Read ${++reads}` }, 'page')], 'stored');
  await textOf('1/');
  expect(await textOf('1/')).toContain('Read 2');
});

test('only some previews are kept, because each holds a site', async () => {
  let made = 0;
  await start(
    Array.from({ length: 12 }, () => () => {
      made++;
      return withPage(HELD, 'page');
    }),
  );
  for (let index = 0; index < 12; index++) await server.look(index);
  await server.look(11);
  expect(made).toBe(12);
  await server.look(0);
  expect(made).toBe(13);
});
