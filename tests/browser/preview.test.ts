import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { filesNear, readPreviewed } from '../../cli/preview/disk-files.ts';
import { followFiles } from '../../cli/preview/follow-files.ts';
import { previewOf } from '../../cli/preview/preview-page.ts';
import { type PreviewServer, startPreviewServer } from '../../cli/preview/preview-server.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { jpeg } from '../support/pictures.ts';
import { openChromium } from './chromium.ts';
import { OVERFLOW, TRY_ALL } from './in-page.ts';
import { axeViolations, keepPicture, openVisitor } from './visit.ts';

const PROSE = 'The ferry to the outer islands sails again from Monday, the harbour master said on Friday.';
const ADVERT = 'Sign up for our newsletter to get the news every morning.';

const story = (headline: string) =>
  `<!doctype html><html lang="en"><head><title>${headline}</title><meta name="embargo" content="2030-05-01T06:00:00Z"></head><body><nav>Home World Sport</nav><article><h1>${headline}</h1><img src="quay.jpg" alt="The quay"><p>${PROSE}</p><p>${PROSE}</p><div class="newsletter">${ADVERT}</div></article></body></html>`;

let dir: string;
let browser: Browser;
let server: PreviewServer;
let elsewhere: Server;
let unfollow: () => Promise<void>;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-preview-'));
  const files = [
    { name: 'ferry.html', text: story('Ferry sails') },
    { name: 'empty.txt', text: ' ' },
  ].map(({ name, text }) => ({ file: path.join(dir, name), key: `world/${name}`, text }));
  for (const { file, text } of files) await writeFile(file, text);
  await writeFile(path.join(dir, 'quay.jpg'), jpeg({ width: 900, height: 600 }));
  server = await startPreviewServer({
    ...{ port: 0, origin: 'file', timeZone: 'Europe/Kyiv' },
    entries: files.map(each => ({
      name: each.key,
      make: async () =>
        previewOf(await readPreviewed(each, {}), {
          ...{ settings: DEFAULT_SETTINGS, baseUrl: 'https://news.example.org' },
          nearby: filesNear(each, { lookFolder: undefined, maxBytes: 1_000_000 }),
        }),
    })),
  });
  unfollow = await followFiles(
    files.map(({ file }) => file),
    saved => void server.changed(files.findIndex(({ file }) => file === saved)),
    {
      quietMs: 100,
      onError: error => {
        throw error;
      },
    },
  );
  elsewhere = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title>');
  });
  await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve));
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await unfollow?.();
  await server?.close();
  await new Promise(resolve => elsewhere.close(resolve));
  await rm(dir, { recursive: true });
});

const LOOKS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true, hasTouch: true },
  scriptless: { viewport: { width: 1280, height: 900 }, colorScheme: 'light', javaScriptEnabled: false },
} as const;

/** The frame with the page, after it is loaded. */
async function framed(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('iframe');
  const frame = await element.contentFrame();
  if (frame === null) throw new Error('The frame is empty.');
  await frame.waitForSelector('h1');
  return frame;
}

/** Waits until an expression is true. The policy of the pages forbids what Playwright does for this. */
async function until(frame: Frame, expression: string): Promise<void> {
  while (!(await frame.evaluate<boolean>(expression))) await setTimeout(20);
}

test.each(Object.entries(LOOKS))('the preview is clear to everybody: %s', async (look, options) => {
  const visitor = await openVisitor(browser, new URL(server.url).origin, options);
  for (const at of ['', '1/', '1/?width=phone', '2/']) {
    const { page, errors, offSite, violations, status } = await visitor.visit(server.url + at);
    expect([at, status, errors, offSite, violations]).toEqual([at, 200, [], [], []]);
    await keepPicture(page, `preview-${look}-${at.replace(/\W/g, '') || 'list'}`, 'window');
    expect(await page.evaluate<number>(OVERFLOW)).toBe(0);
    if (look !== 'scriptless') expect([at, await axeViolations(page)]).toEqual([at, []]);
    if (!at.startsWith('1')) continue;
    const frame = await framed(page);
    expect(await frame.textContent('h1')).toBe('Ferry sails');
    expect(await page.textContent('.publication')).toContain('Public from 2030-05-01 09:00 (Europe/Kyiv)');
    expect(await page.textContent('.left-out')).toContain(ADVERT);
    await until(frame, 'document.querySelector("article img").naturalWidth > 0');
  }
  await visitor.close();
});

test('the page follows the file, and stays where it was read', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 300 } });
  await page.goto(`${server.url}1/`);
  const before = await framed(page);
  await before.evaluate('scrollTo(0, 120)');
  await writeFile(path.join(dir, 'ferry.html'), story('Ferry stays away'));
  await page.locator('h1', { hasText: 'Ferry stays away' }).waitFor();
  const after = await framed(page);
  expect(await after.textContent('h1')).toBe('Ferry stays away');
  await until(after, 'scrollY === 120');
  await writeFile(path.join(dir, 'ferry.html'), story('Ferry sails'));
  await page.locator('h1', { hasText: 'Ferry sails' }).waitFor();
  await page.close();
});

test('people with a keyboard reach the links, the page and the facts in this order', async () => {
  const page = await browser.newPage(LOOKS.light);
  await page.goto(`${server.url}1/`);
  await framed(page);
  const seen: string[] = [];
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab');
    seen.push(
      await page.evaluate<string>('document.activeElement.textContent || document.activeElement.tagName'),
    );
  }
  expect(seen).toEqual([
    'To the facts of the story',
    'All files',
    'As on a phone',
    'Only the page',
    'Reload',
    'IFRAME',
  ]);
  await page.close();
});

test('a page of another origin reads nothing and shows nothing, even with the address', async () => {
  const page = await browser.newPage();
  const { port } = elsewhere.address() as AddressInfo;
  const { pathname, origin } = new URL(server.url);
  for (const target of [origin, origin.replace('127.0.0.1', 'localhost')]) {
    await page.goto(`http://127.0.0.1:${port}/`);
    const attempts = [pathname, `${pathname}1/`, `${pathname}1/changes`, `${pathname}preview.js`].map(at => ({
      ...{ path: at, method: 'GET', headers: {} },
    }));
    const tried = `(${TRY_ALL})(${JSON.stringify({ target, attempts })})`;
    expect([target, await page.evaluate<string[]>(tried)]).toEqual([target, []]);
    await page.setContent(`<iframe src="${target}${pathname}1/"></iframe>`);
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
    await page.waitForLoadState('networkidle');
    expect(await frame?.content()).not.toContain('Ferry');
  }
  await page.close();
});
