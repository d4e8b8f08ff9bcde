import type { Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { OVERFLOW } from './in-page.ts';
import { type Newsstand, openNewsstand } from './opened-site.ts';
import { opened } from './sites.ts';
import { axeViolations, keepPicture, openVisitor } from './visit.ts';

/** A paper of four scripts. Its feeds are short, so that older stories are found in the index only. */
const OPENING_MS = 240_000;

const STORIES: Readonly<Record<string, { headline: string; body: string }>> = {
  'world/uk.md': {
    headline: 'Уряд відкрив порт після зими',
    body: 'П’ятеро капітанів подякували громадам за терпіння та допомогу в довгі місяці.',
  },
  'world/ar.md': {
    headline: 'الحكومة تفتح الميناء بعد الشتاء',
    body: 'قال خمسة قباطنة إن المدارس والمستشفيات ستستفيد من عودة السفن إلى الساحل.',
  },
  'world/ja.md': {
    headline: '冬の後に港が再開した',
    body: '五人の船長が、長い冬を支えた市民に感謝を述べた。',
  },
  'world/killed.md': {
    headline: 'A secret tunnel below the harbour',
    body: 'Nobody may read this zeppelin.',
  },
  ...Object.fromEntries(
    Array.from({ length: 24 }, (_, at) => [
      `town/story-${at}.md`,
      { headline: `Council meeting number ${at + 1}`, body: 'The lighthouse stays open in the evening.' },
    ]),
  ),
};

function copyOf(key: string, at: number): string {
  const { headline = '', body = '' } = STORIES[key] ?? {};
  const date = new Date(Date.UTC(2026, 5, 1 + at)).toISOString();
  return `---\ntitle: "${headline}"\ndate: ${date}\nsummary: ""\n---\n\n${body}\n\n${body.slice(0, 20)} (${at}).\n`;
}

async function openStand(): Promise<Newsstand> {
  const stand = await openNewsstand({ site: { title: 'The Harbour Courier' }, feeds: { entries: 5 } });
  for (const [at, key] of Object.keys(STORIES).entries()) await stand.put(key, copyOf(key, at));
  await stand.idle();
  return stand;
}

const looking = opened(
  async () => {
    const [browser, stand] = await Promise.all([openChromium(), openStand()]);
    const desk = { viewport: { width: 1280, height: 900 } };
    return {
      browser,
      stand,
      desk: await openVisitor(browser, stand.url, desk),
      phone: await openVisitor(browser, stand.url, { viewport: { width: 320, height: 640 }, isMobile: true }),
      scriptless: await openVisitor(browser, stand.url, { ...desk, javaScriptEnabled: false }),
    };
  },
  async ({ browser, stand }) => {
    await browser.close();
    await stand.close();
  },
);

type Look = 'desk' | 'phone' | 'scriptless';

async function search(words: string, look: Look = 'desk'): Promise<Page> {
  const site = await looking();
  const seen = await site[look].visit(`${site.stand.url}/search/?q=${encodeURIComponent(words)}`);
  const { status, errors, offSite, violations } = seen;
  expect({ status, errors, offSite, violations }).toEqual({
    status: 200,
    errors: [],
    offSite: [],
    violations: [],
  });
  if (look !== 'scriptless') await ended(seen.page);
  return seen.page;
}

/** Waits for the numbers of a step. */
async function ended(page: Page): Promise<void> {
  await page.locator('#search-status').filter({ hasText: /\d/ }).waitFor();
}

const headlines = (page: Page) => page.locator('#search-results h2').allTextContents();

test.each([
  ['Ukrainian', 'уряду', 'world/uk.md'],
  ['Ukrainian, a word of the body with another apostrophe', "п'ятеро", 'world/uk.md'],
  ['Arabic, without the article', 'حكومة', 'world/ar.md'],
  ['Arabic, a word of the body', 'مستشفيات', 'world/ar.md'],
  ['Japanese', '港が再開', 'world/ja.md'],
  ['Japanese, words of the body', '船長 感謝', 'world/ja.md'],
])(
  '%s: %s',
  async (_, words, key) => {
    const page = await search(words);
    expect(await headlines(page)).toEqual([STORIES[key]?.headline]);
    await page.locator('#search-results a').click();
    await page.waitForURL(/\/articles\//);
    expect(await page.locator('h1').textContent()).toBe(STORIES[key]?.headline);
  },
  OPENING_MS,
);

test(
  'a killed story is not found any more, and a new one is found before the index has it',
  async () => {
    const { stand } = await looking();
    expect(await headlines(await search('zeppelin'))).toEqual([STORIES['world/killed.md']?.headline]);
    await stand.kill('world/killed.md');
    await stand.put('world/new.md', '---\ntitle: A comet over the bay\n---\n\nSeen from every lighthouse.\n');
    await stand.idle();
    const gone = await search('zeppelin');
    expect(await headlines(gone)).toEqual([]);
    expect(await gone.locator('#search-status').textContent()).toMatch(/^No results for “zeppelin”\. · /);
    expect(await headlines(await search('comet lighthouse'))).toEqual(['A comet over the bay']);
  },
  OPENING_MS,
);

test(
  'by keyboard: type, press enter, and step to the results',
  async () => {
    const page = await search('nothing-of-this');
    await page.goto((await looking()).stand.url);
    await page.locator('footer a', { hasText: 'Search' }).press('Enter');
    await page.waitForURL(/\/search\/$/);
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.type('council 2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=council\+2/);
    await ended(page);
    expect(await headlines(page)).toEqual(['Council meeting number 2']);
    await page.locator('#q').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Council meeting number 2');
    await page.goBack();
    await page.waitForURL(/\/search\/$/);
  },
  OPENING_MS,
);

test(
  'the page is accessible, and fits on a small phone',
  async () => {
    for (const look of ['desk', 'phone'] as const) {
      const page = await search('council', look);
      expect((await headlines(page)).length).toBe(24);
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(OVERFLOW)).toBe(0);
      await keepPicture(page, `search-${look}`);
    }
  },
  OPENING_MS,
);

test(
  'without scripts, the page leads to the archive',
  async () => {
    const page = await search('council', 'scriptless');
    expect(await page.locator('noscript, main p').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('JavaScript')]),
    );
    await page.locator('main a', { hasText: 'Archive' }).click();
    await page.waitForURL(/\/archive\//);
  },
  OPENING_MS,
);

test(
  'only the page of the search may run a script',
  async () => {
    const { stand } = await looking();
    const policy = async (path: string) =>
      (await fetch(stand.url + path)).headers.get('content-security-policy') ?? '';
    expect(await policy('/search/?q=x')).toContain("script-src 'self'");
    for (const path of ['/', '/archive/', '/searching/', '/town/'])
      expect(await policy(path)).not.toContain('script');
  },
  OPENING_MS,
);
