import type { BrowserContextOptions, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { FOCUS_OUTLINE, LINKS, LUMINANCE, OVERFLOW, SEEN_TEXTS } from './in-page.ts';
import { openEmpty, opened, openPaper, type PaperSite } from './sites.ts';
import { axeViolations, keepPicture, openVisitor } from './visit.ts';

interface SeenText {
  name: string;
  text: string;
  contrast: number;
}

interface SeenLink {
  name: string;
  height: number;
}

const WINDOWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true, hasTouch: true },
} as const;

/** WCAG 2.2, 1.4.3 and 2.5.8. */
const LEAST_CONTRAST = 4.5;
const LEAST_TARGET = 24;

/** What a person should read there: the name of the paper and its headlines. */
const HEADLINES = ['The old quay, before and after', 'عبّارة الميناء تعود إلى العمل بعد عشر سنوات من التوقف'];

const browser = opened(openChromium, opened => opened.close());
const paper = opened(openPaper, ({ newsstand }) => newsstand.close());
const empty = opened(openEmpty, ({ newsstand }) => newsstand.close());

const windows = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];
const files = ['feed.xml', 'atom.xml', 'world/feed.xml', 'archive/0/feed.xml', 'archive/0/atom.xml'];

/** Opens a feed as the site serves it, and looks at what stands there. */
async function open<T>(
  { newsstand: { url } }: PaperSite,
  file: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const visitor = await openVisitor(await browser(), url, options);
  try {
    const { page, ...seen } = await visitor.visit(`${url}/${file}`);
    expect(seen).toEqual({ status: 200, errors: [], offSite: [], violations: [] });
    return await look(page);
  } finally {
    await visitor.close();
  }
}

function readTexts(site: PaperSite, file: string, window: keyof typeof WINDOWS): Promise<SeenText[]> {
  return open(site, file, WINDOWS[window], async page => {
    const name = site.pages.has('front') ? file : `empty-${file}`;
    // Of all of an XML document playwright takes none: it looks for the body.
    await keepPicture(page, `${name.replace(/\W/g, '-')}-${window}`, 'window');
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    // Without a viewport of its own, a phone shows a page of 980 pixels.
    expect(await page.evaluate('innerWidth')).toBe(WINDOWS[window].viewport.width);
    const { background } = await page.evaluate<{ background: number }>(LUMINANCE);
    expect(background < 0.1).toBe(window === 'dark');
    const texts = await page.evaluate<SeenText[]>(SEEN_TEXTS);
    expect(texts.filter(({ contrast }) => contrast < LEAST_CONTRAST)).toEqual([]);
    // Markup shown as text, and ids, are what a browser shows without a style sheet.
    expect(texts.filter(({ text }) => /<\w|&\w+;|urn:uuid:/.test(text))).toEqual([]);
    const links = await page.evaluate<SeenLink[]>(LINKS);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter(({ name, height }) => name === '' || height < LEAST_TARGET)).toEqual([]);
    return texts;
  });
}

describe.each(files)('%s as a browser shows it', file => {
  test.each(windows)('%s: it can be read', async window => {
    const texts = (await readTexts(await paper(), file, window)).map(({ text }) => text);
    expect(texts.some(text => text.includes('The Harbour Courier'))).toBe(true);
    const expected = file.startsWith('world/') ? HEADLINES.slice(1) : HEADLINES;
    for (const headline of expected) expect(texts.filter(text => text === headline)).toEqual([headline]);
  });

  test.each([true, false])('a headline leads to its story (scripts: %s)', async javaScriptEnabled => {
    const [headline = ''] = HEADLINES.slice(-1);
    const site = await paper();
    await open(site, file, { ...WINDOWS.light, javaScriptEnabled }, async page => {
      await page.locator('a', { hasText: headline }).click();
      await page.waitForURL(site.pages.get('article-arabic') ?? '');
      expect(await page.locator('h1').innerText()).toBe(headline);
    });
  });
});

test('a person who has opened a feed comes to its explanation and its page by keyboard, and sees where', async () => {
  const site = await paper();
  for (const target of ['world/subscribe.html', 'world/'])
    await open(site, 'world/atom.xml', WINDOWS.light, async page => {
      expect(await page.title()).toBe('The Harbour Courier: world');
      await page.keyboard.press('Tab');
      if (target === 'world/') await page.keyboard.press('Tab');
      expect(await page.evaluate<number>(FOCUS_OUTLINE)).toBeGreaterThanOrEqual(2);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site.newsstand.url}/${target}`);
    });
});

test.each(['feed.xml', 'atom.xml'])('%s without any entry can be read too', async file => {
  const texts = (await readTexts(await empty(), file, 'light')).map(({ text }) => text);
  expect(texts.some(text => text.includes('بريد الميناء'))).toBe(true);
});

/** Opens another version of a feed at an address of the site. */
async function openChanged<T>(
  file: string,
  window: keyof typeof WINDOWS,
  change: (feed: string) => string,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const site = await paper();
  const { url } = site.newsstand;
  const body = change(await (await fetch(`${url}/${file}`)).text());
  return open(site, 'subscribe.html', WINDOWS[window], async page => {
    await page.route('**/changed.xml', route => route.fulfill({ contentType: 'application/xml', body }));
    await page.goto(`${url}/changed.xml`);
    return look(page);
  });
}

/** A feed whose XHTML has no prefix, because axe-core does not know elements by their namespace. */
const withoutPrefix = (feed: string) =>
  feed
    .replace(/<xhtml:(?:head|main)\b/g, '$& xmlns="http://www.w3.org/1999/xhtml"')
    .replace(/(<\/?)xhtml:/g, '$1');

test.each(windows)('%s: axe-core finds nothing', async window => {
  await openChanged('feed.xml', window, withoutPrefix, async page => {
    expect(await page.evaluate('document.querySelector("main a").tagName')).toBe('a');
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('assistive technology is told of links, headings and lists', async () => {
  await open(await paper(), 'world/feed.xml', WINDOWS.light, async page => {
    const devtools = await page.context().newCDPSession(page);
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    const seen = nodes.map(({ role, name }) => `${role?.value}: ${name?.value ?? ''}`.trim());
    expect(seen).toEqual(
      expect.arrayContaining([
        'main:',
        'complementary:',
        'heading: The Harbour Courier: world',
        'link: How to subscribe',
        'link: Read on the site',
        'list:',
        ...HEADLINES.slice(1).map(headline => `link: ${headline}`),
      ]),
    );
  });
});

test.each(['feed.xml', 'atom.xml'])('%s of an earlier version can still be read', async file => {
  const before = (feed: string) =>
    feed.replace(/(<(?:atom:)?link rel="related"[^>]*)>.*?<\/(?:atom:)?link>/s, '$1/>');
  await openChanged(file, 'light', before, async page => {
    await keepPicture(page, `old-${file.replace(/\W/g, '-')}`, 'window');
    expect(await page.locator('main').count()).toBe(0);
    const texts = (await page.evaluate<SeenText[]>(SEEN_TEXTS)).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['The Harbour Courier', ...HEADLINES]));
    expect(texts.filter(text => /<\w|&\w+;|urn:uuid:/.test(text))).toEqual([]);
  });
});
