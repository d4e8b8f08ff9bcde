import { openChromium } from './chromium.ts';
import { LUMINANCE, OVERFLOW, SEEN_TEXTS } from './in-page.ts';
import { openEmpty, opened, openPaper, type PaperSite } from './sites.ts';
import { keepPicture, openVisitor } from './visit.ts';

interface SeenText {
  name: string;
  text: string;
  contrast: number;
}

const WINDOWS = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
} as const;

/** WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** What a person should read there: the name of the paper and its headlines. */
const HEADLINES = ['The old quay, before and after', 'عبّارة الميناء تعود إلى العمل بعد عشر سنوات من التوقف'];

const browser = opened(openChromium, opened => opened.close());
const paper = opened(openPaper, ({ newsstand }) => newsstand.close());
const empty = opened(openEmpty, ({ newsstand }) => newsstand.close());

const windows = Object.keys(WINDOWS) as (keyof typeof WINDOWS)[];
const files = ['feed.xml', 'atom.xml', 'world/feed.xml', 'archive/0/feed.xml', 'archive/0/atom.xml'];

async function look(site: PaperSite, file: string, window: keyof typeof WINDOWS): Promise<SeenText[]> {
  const { url } = site.newsstand;
  const visitor = await openVisitor(await browser(), url, WINDOWS[window]);
  try {
    const { page, ...seen } = await visitor.visit(`${url}/${file}`);
    expect(seen).toEqual({ status: 200, errors: [], offSite: [], violations: [] });
    const name = site.pages.has('front') ? file : `empty-${file}`;
    // Of all of an XML document playwright takes none: it looks for the body.
    await keepPicture(page, `${name.replace(/\W/g, '-')}-${window}`, 'window');
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    const { background } = await page.evaluate<{ background: number }>(LUMINANCE);
    expect(background < 0.1).toBe(window === 'dark');
    const texts = await page.evaluate<SeenText[]>(SEEN_TEXTS);
    expect(texts.filter(({ contrast }) => contrast < LEAST_CONTRAST)).toEqual([]);
    // Markup shown as text, and ids, are what a browser shows without a style sheet.
    expect(texts.filter(({ text }) => /<\w|&\w+;|urn:uuid:/.test(text))).toEqual([]);
    return texts;
  } finally {
    await visitor.close();
  }
}

describe.each(files)('%s as a browser shows it', file => {
  test.each(windows)('%s: it can be read', async window => {
    const texts = (await look(await paper(), file, window)).map(({ text }) => text);
    expect(texts.some(text => text.includes('The Harbour Courier'))).toBe(true);
    const expected = file.startsWith('world/') ? HEADLINES.slice(1) : HEADLINES;
    for (const headline of expected) expect(texts).toContain(headline);
  });
});

test.each(['feed.xml', 'atom.xml'])('%s without any entry can be read too', async file => {
  const texts = (await look(await empty(), file, 'light')).map(({ text }) => text);
  expect(texts.some(text => text.includes('بريد الميناء'))).toBe(true);
});
