import { openChromium } from './chromium.ts';
import {
  BROKEN_IMAGES,
  COLUMNS,
  HEADLINES_IN_VIEW,
  LUMINANCE,
  OVERFLOW,
  STICKING_OUT,
  STRETCHED,
  TOO_TALL,
  TORN_WORDS,
} from './in-page.ts';
import { openEmpty, opened, openPaper } from './sites.ts';
import { axeViolations, keepPicture, openVisitor, type Visitor } from './visit.ts';

/** A desk, a phone (of the narrow ones in use), a sheet of A4 at 96 dots an inch. */
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SHEET = { width: 794, height: 1123 };

/** Widths of windows from the narrowest that WCAG 2.2 asks for (1.4.10) to a desk, in pixels. */
const NARROWEST = 320;
const WIDTHS = [NARROWEST, 390, 640, 768, 834, 960, 1_024, 1_100, 1_280];

const LOOKS = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  phone: { viewport: PHONE, colorScheme: 'light', isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  sheet: { viewport: SHEET, colorScheme: 'light' },
  scriptless: { viewport: DESK, colorScheme: 'light', javaScriptEnabled: false },
} as const;

type Look = keyof typeof LOOKS;

const STATUS: Readonly<Record<string, number>> = { 'not-found': 404, 'empty-not-found': 404, withdrawn: 410 };

describe.each([
  [
    'a paper of many kinds of story',
    openPaper,
    [
      'front',
      'section',
      'tag',
      'author',
      'archive',
      'sections',
      'authors',
      'month',
      'subscribe',
      'section-subscribe',
      'article',
      'article-arabic',
      'article-hebrew',
      'article-ukrainian',
      'article-table-and-code',
      'article-long-word',
      'article-pictures',
      'article-corrected',
      'withdrawn',
      'not-found',
    ],
  ],
  ['a site without any article', openEmpty, ['empty-front', 'empty-subscribe', 'empty-not-found']],
] as const)('%s', (_, open, names) => {
  const looking = opened(
    async () => {
      const [browser, site] = await Promise.all([openChromium(), open()]);
      const visitors = new Map<Look, Visitor>();
      for (const look of Object.keys(LOOKS) as Look[])
        visitors.set(look, await openVisitor(browser, site.newsstand.url, LOOKS[look]));
      return { browser, site, visitors };
    },
    async ({ browser, site }) => {
      await browser.close();
      await site.newsstand.close();
    },
  );

  async function visit(name: string, look: Look) {
    const { site, visitors } = await looking();
    const visitor = visitors.get(look);
    const url = site.pages.get(name);
    if (visitor === undefined || url === undefined) throw new Error(`There is no page ${name}.`);
    const seen = await visitor.visit(url);
    const { status, errors, offSite, violations } = seen;
    expect({ status, errors, offSite, violations }).toEqual({
      status: STATUS[name] ?? 200,
      errors: [],
      offSite: [],
      violations: [],
    });
    return seen.page;
  }

  test.each(names)('%s loads, is accessible, and shows all its pictures', async name => {
    const page = await visit(name, 'light');
    await keepPicture(page, `${name}-desktop`);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0);
    expect(await page.evaluate(BROKEN_IMAGES)).toEqual([]);
    expect(await page.evaluate(STRETCHED)).toEqual([]);
    expect(await page.evaluate(TOO_TALL)).toEqual([]);
    // Where a story runs the other way, too.
    for (const starts of await page.evaluate<number[]>(COLUMNS)) expect(starts).toBeLessThanOrEqual(1);
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each(names)('%s is dark where that is wanted, and accessible', async name => {
    const page = await visit(name, 'dark');
    await keepPicture(page, `${name}-dark`);
    const { background, text } = await page.evaluate<{ background: number; text: number }>(LUMINANCE);
    expect(background).toBeLessThan(0.1);
    expect(text).toBeGreaterThan(0.5);
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each(names)('%s fits a phone', async name => {
    const page = await visit(name, 'phone');
    await keepPicture(page, `${name}-phone`);
    if (name === 'front') expect(await page.evaluate(HEADLINES_IN_VIEW)).toBeGreaterThanOrEqual(2);
    for (const width of [NARROWEST, PHONE.width]) {
      await page.setViewportSize({ ...PHONE, width });
      const wide = await page.evaluate<number>(OVERFLOW);
      expect({ width, wide, by: wide > 0 ? await page.evaluate(STICKING_OUT) : [] }).toEqual({
        width,
        wide: 0,
        by: [],
      });
    }
  });

  test.each(names)('%s tears no word of usual length, on windows of all widths', async name => {
    const page = await visit(name, 'light');
    const torn: Record<number, string[]> = {};
    for (const width of WIDTHS) {
      await page.setViewportSize({ ...DESK, width });
      torn[width] = await page.evaluate<string[]>(TORN_WORDS);
    }
    await page.setViewportSize(DESK);
    expect(torn).toEqual(Object.fromEntries(WIDTHS.map(width => [width, []])));
  });

  test.each(names)('%s prints on white, without what is there to be pressed', async name => {
    const page = await visit(name, 'sheet');
    await page.emulateMedia({ media: 'print' });
    await keepPicture(page, `${name}-print`);
    const { background, text } = await page.evaluate<{ background: number; text: number }>(LUMINANCE);
    expect(background).toBeGreaterThan(0.95);
    expect(text).toBeLessThan(0.1);
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole('main').isVisible()).toBe(true);
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    await page.emulateMedia({ media: 'screen' });
  });

  test.each(names)('%s is the same without scripts', async name => {
    const look = async (which: Look) => {
      const body = (await visit(name, which)).locator('body');
      return { text: await body.innerText(), box: await body.boundingBox() };
    };
    expect(await look('scriptless')).toEqual(await look('light'));
  });
});
