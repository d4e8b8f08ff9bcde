import { SITE_CSS } from '../../functions/publish/assets/site-css.ts';
import { publishFace } from '../../functions/publish/jobs/publish-face.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>';
const STYLES = 'assets/site.css';
const ICON = 'theme/icon.png';

/** A PNG as far as its size is read. */
function icon(pixels: number): Buffer {
  const file = Buffer.alloc(64);
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1').copy(file);
  file.writeUInt32BE(pixels, 16);
  file.writeUInt32BE(pixels, 20);
  return file;
}

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory', settings: { site: { icon: ICON } } });
});
afterEach(() => desk.close());

const file = async (key: string) => (await desk.site.get(key))?.bytes;
const text = async (key: string) => Buffer.from((await file(key)) ?? []).toString();
const statusOf = async (key: string) => (await desk.record(key))?.status;

test('a style sheet stands behind that of the site, goes with its file, and is never an article', async () => {
  await desk.put('theme.css', '.masthead { border: 0 }');
  await desk.settle();
  expect(await text(STYLES)).toBe(`${SITE_CSS}\n.masthead { border: 0 }`);
  await desk.put('theme.css', '.masthead { border: 1px }');
  await desk.settle();
  expect(await text(STYLES)).toBe(`${SITE_CSS}\n.masthead { border: 1px }`);
  expect(await desk.feed()).toEqual([]);
  await desk.remove('theme.css');
  await desk.settle();
  expect(await text(STYLES)).toBe(SITE_CSS);
});

test('a bad style sheet is rejected with a sentence, and the one before stays', async () => {
  await desk.put('theme.css', '.a { color: red }');
  await desk.settle();
  await desk.put('theme.css', '@import "//other.example/a.css";');
  await desk.settle();
  expect(await text(STYLES)).toBe(`${SITE_CSS}\n.a { color: red }`);
  expect(await desk.record('theme.css')).toMatchObject({
    status: 'media',
    warnings: ['A later upload was rejected: Line 1 of the style sheet has @import, which is not allowed.'],
  });
});

test('files of the folder are public under their names, each alone, as long as they exist', async () => {
  await desk.put('theme/logo.svg', SVG);
  await desk.put('theme/text.woff2', 'wOF2 text');
  await desk.put('theme/notes.md', '# Not for the public');
  await desk.settle();
  expect(await text('assets/theme/logo.svg')).toBe(SVG);
  expect((await desk.site.get('assets/theme/logo.svg'))?.contentType).toBe('image/svg+xml');
  expect(await text('assets/theme/text.woff2')).toBe('wOF2 text');
  expect(await statusOf('theme/notes.md')).toBe('rejected');
  await desk.remove('theme/logo.svg');
  await desk.settle();
  const keys = [...(await desk.files()).keys()].filter(key => /theme|notes/.test(key));
  expect(keys).toEqual(['assets/theme/text.woff2']);
});

test('the icon takes the fixed addresses, and gives them back', async () => {
  await desk.put(ICON, icon(512));
  await desk.settle();
  expect(await file('assets/icon-512.png')).toEqual(new Uint8Array(icon(512)));
  const ico = Buffer.from((await file('favicon.ico')) ?? []);
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4), ico.readUInt32LE(14), ico.readUInt32LE(18)]).toEqual([
    1, 1, 64, 22,
  ]);
  expect(ico.subarray(22)).toEqual(icon(512));
  await desk.put(ICON, icon(64));
  await desk.settle();
  expect(await file('assets/icon-512.png')).toEqual(new Uint8Array(icon(512)));
  await desk.remove(ICON);
  await desk.settle();
  expect((await file('assets/icon-512.png'))?.length).toBeGreaterThan(64);
  expect((await file('favicon.ico'))?.subarray(22)).not.toEqual(new Uint8Array(icon(512)));
});

test('an upload that comes while the files of the whole site are written is what remains', async () => {
  await desk.put('theme.css', '.a { color: red }');
  await desk.settle();
  const get = desk.storage.get.bind(desk.storage);
  // Another upload is stored and published after this publisher has read the record, and before it writes.
  const reading = jest.spyOn(desk.storage, 'get').mockImplementation(async (key, ...options) => {
    reading.mockRestore();
    await desk.put('theme.css', '.b { color: red }');
    await desk.settle();
    return get(key, ...options);
  });
  await publishFace({
    articles: desk.articles,
    storage: desk.storage,
    siteBucket: desk.site,
    site: siteOf(DEFAULT_SETTINGS, 'https://news.example.org'),
    onBroken: () => undefined,
    now: () => desk.now,
  });
  expect(await text(STYLES)).toBe(`${SITE_CSS}\n.b { color: red }`);
});
