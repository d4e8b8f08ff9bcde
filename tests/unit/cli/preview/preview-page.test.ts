import { changeArticle, released } from '../../../../cli/deployment/change.ts';
import { type NearbyFiles, type Preview, previewOf } from '../../../../cli/preview/preview-page.ts';
import { type Article, isArticle, type Rejected } from '../../../../shared/model/article.ts';
import { readSettings } from '../../../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../../../support/desk.ts';
import { mailWith, wordDocument } from '../../../support/documents.ts';
import { jpeg, png } from '../../../support/pictures.ts';
import { makeZip } from '../../../support/zip.ts';

const SETTINGS = {
  site: { title: 'The Harbour Courier', accent: { light: '#0b5394' }, logo: { light: 'theme/logo.png' } },
  articles: { timeZone: 'Europe/Kyiv' },
};
const NOW = '2026-12-01T08:00:00.000Z';
const AFTER_EMBARGO = '2031-01-01T00:00:00.000Z';
const MTIME = { mtime: String(Date.parse('2026-11-30T10:00:00Z') / 1_000) };
const PROSE = 'The ferry to the outer islands sails again from Monday, the harbour master said on Friday.';

const THEME = new Map<string, Buffer>([
  ['theme/logo.png', png({ width: 8 })],
  ['theme.css', Buffer.from('.masthead { color: teal }')],
]);

/** Files that should make the same page in the preview as on the site, each with its nearby files. */
const KINDS: Record<
  string,
  { key: string; body: string | Buffer; nearby?: [string, Buffer][]; status?: string }
> = {
  'Markdown with an embargo, a picture and a recording': {
    status: 'scheduled',
    key: 'world/ferry.md',
    body: `---\ntitle: Ferry sails\nembargo: 2030-05-01T06:00:00Z\ntags: [ports]\nauthor: Ada Quill\n---\n\n${PROSE}\n\n![Quay](pictures/quay.jpg)\n\n[Listen](ferry.mp3)\n`,
    nearby: [['world/pictures/quay.jpg', jpeg({ width: 900, height: 600 })]],
  },
  'HTML with a draft mark and no date': {
    status: 'held',
    key: 'world/ferry.html',
    body: `<!doctype html><title>Ferry sails</title><meta name="status" content="draft"><nav>Home | World</nav><article><h1>Ferry sails</h1><p>${PROSE}</p><p>${PROSE}</p></article>`,
  },
  'a Word document with a picture': {
    key: 'culture/ferry.docx',
    body: wordDocument('Ferry sails', PROSE, { picture: png({ width: 40 }), alt: 'The quay' }, PROSE),
  },
  'a mail with a picture': {
    key: 'world/ferry.eml',
    body: mailWith(
      { subject: 'Ferry sails', text: `${PROSE}\r\n\r\n${PROSE}` },
      { name: 'quay.jpg', type: 'image/jpeg', content: jpeg({}) },
    ),
  },
  'text with a picture beside it': {
    key: 'ferry.txt',
    body: `Ferry sails\n\n${PROSE}\n\n${PROSE}\n`,
    nearby: [['ferry.JPG', jpeg({ shade: 3 })]],
  },
  'a page of the site': { key: 'pages/about.md', body: `# About us\n\n${PROSE}\n` },
};

function nearbyFiles(files: ReadonlyMap<string, Buffer>): NearbyFiles {
  return {
    async *keys(prefix) {
      for (const key of files.keys()) if (key.startsWith(prefix)) yield key;
    },
    get: async key => {
      const bytes = files.get(key);
      return bytes && { bytes };
    },
  };
}

function preview(
  { key, body, nearby = [] }: { key: string; body: string | Buffer; nearby?: [string, Buffer][] },
  stored?: Parameters<typeof previewOf>[2],
): Promise<Preview> {
  return previewOf(
    { key, bytes: Buffer.from(body), metadata: MTIME },
    {
      settings: readSettings(SETTINGS),
      baseUrl: 'https://news.example.org',
      nearby: nearbyFiles(new Map([...THEME, ...nearby])),
      now: () => NOW,
    },
    stored,
  );
}

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ settings: SETTINGS, database: 'memory' });
  desk.now = NOW;
  await desk.publish({ copydesk: 'tick' });
});
afterEach(() => desk.close());

/** The files of the site, after everything that is filed has been released. */
async function published(files: readonly (readonly [string, string | Buffer])[]) {
  for (const [key, body] of files) await desk.put(key, body, MTIME);
  await desk.settle();
  for (const [key] of files) {
    const record = await desk.record(key);
    if (record?.status === 'held')
      await changeArticle(desk.articles, record.id, article => released(article, NOW), NOW);
  }
  desk.now = AFTER_EMBARGO;
  await desk.publish({ copydesk: 'tick' });
  await desk.settle();
}

test.each(Object.entries(KINDS))('%s has the page and the media that are published', async (name, kind) => {
  const { key, body, nearby = [] } = kind;
  const { record, page = '', files } = await preview(kind);
  await published([...THEME, ...nearby, [key, body]]);
  const now = await desk.record(key);
  if (now === undefined || !isArticle(now)) throw new Error(`${key} is no article.`);
  expect([name, record.status]).toEqual([name, kind.status ?? 'live']);
  expect(page).toBe(now.permalink);
  const shown = [
    page,
    'assets/site.css',
    ...[...files.keys()].filter(path => /^(?:media|assets)\//.test(path)),
  ];
  const textOf = (file: { bytes: Uint8Array } | undefined) =>
    file === undefined ? 'none' : Buffer.from(file.bytes).toString('latin1');
  for (const path of shown)
    expect([path, files.has(path), textOf(files.get(path))]).toEqual([
      path,
      true,
      textOf(await desk.site.get(path)),
    ]);
});

test('a rejected file has the reason of its record, and no page', async () => {
  const { record, page, members } = await preview({ key: 'world/ferry.txt', body: ' \n' });
  await published([['world/ferry.txt', ' \n']]);
  expect([record.status, page, members]).toEqual(['rejected', undefined, []]);
  expect(record).toMatchObject({ reason: ((await desk.record('world/ferry.txt')) as Rejected).reason });
});

test('a zip has the pages of its stories', async () => {
  const body = makeZip(
    ['one', 'two'].map(name => ({ name: `${name}.txt`, content: `Ferry ${name}\n\n${PROSE} ${name}\n` })),
  );
  const { record, page, members, files } = await preview({ key: 'world/pack.zip', body });
  await published([['world/pack.zip', body]]);
  expect([record.status, page, members.length]).toEqual(['unpacked', undefined, 2]);
  for (const member of members) {
    expect(member.removals).toEqual([]);
    const bytes = files.get(member.page ?? '')?.bytes ?? [];
    expect(Buffer.from(bytes).toString()).toContain(`<h1>${(member.record as Article).headline}</h1>`);
  }
});

test('what the parser left out is told with the reason, and what was filed with the file counts', async () => {
  const body = `<title>Ferry sails</title><nav>Home World</nav><article><h1>Ferry sails</h1><p>${PROSE}</p><p>${PROSE} Again.</p></article>`;
  const deps = {
    settings: readSettings(SETTINGS),
    baseUrl: 'https://news.example.org',
    nearby: nearbyFiles(THEME),
  };
  const metadata = { ...MTIME, section: 'Sport', 'publish-at': '2030-05-01T06:00:00Z' };
  const file = { key: 'world/ferry.html', bytes: Buffer.from(body), metadata };
  const { record, removals } = await previewOf(file, deps);
  expect(record).toMatchObject({ status: 'scheduled', section: 'Sport' });
  expect(removals).toContainEqual({ step: 'boilerplate', why: 'navigation', text: 'Home World' });
});
