import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { NOTE_VIOLATIONS, VIOLATIONS } from './in-page.ts';

const SCREENSHOTS = path.resolve(__dirname, '../../screenshots');

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What went wrong while a page was loaded. */
interface Visit {
  page: Page;
  status: number;
  /** Errors in the console, but for the one by which the browser notes the status of a missing page. */
  errors: string[];
  /** Addresses asked for that are none of the site's. */
  offSite: string[];
  violations: string[];
}

/** A browser with one window a way of looking: its size, its scheme, with or without scripts. */
export interface Visitor {
  visit(url: string): Promise<Visit>;
  close(): Promise<void>;
}

/** Opens a window; whatever it asks another host for is noted and refused. */
export async function openVisitor(
  browser: Browser,
  site: string,
  options: BrowserContextOptions,
): Promise<Visitor> {
  const context: BrowserContext = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...options,
  });
  const scripts = options.javaScriptEnabled !== false;
  if (scripts) await context.addInitScript(NOTE_VIOLATIONS);
  const page = await context.newPage();
  let current: Omit<Visit, 'page' | 'status' | 'violations'> = { errors: [], offSite: [] };
  await page.route(/.*/, route => {
    const url = route.request().url();
    if (url.startsWith(`${site}/`)) return route.continue();
    current.offSite.push(url);
    return route.abort();
  });
  page.on('console', message => {
    const isOwnStatus =
      message.location().url === page.url() && message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isOwnStatus) current.errors.push(message.text());
  });
  page.on('pageerror', error => current.errors.push(String(error)));
  return {
    async visit(url) {
      current = { errors: [], offSite: [] };
      const response = await page.goto(url, { waitUntil: 'load' });
      const violations = scripts ? await page.evaluate<string[]>(VIOLATIONS) : [];
      return { ...current, page, status: response?.status() ?? 0, violations };
    },
    close: () => context.close(),
  };
}

/** What axe-core finds wrong with the page, a line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<
    string[]
  >(`axe.run(document).then(({ violations, passes }) => passes.length === 0 ? ['Nothing was looked at.'] :
    violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + help + '\\n' + html.slice(0, 200) + '\\n' + failureSummary)))`);
}

/** Keeps a picture of the page: of all of it, or of what stands in the window. */
export async function keepPicture(page: Page, name: string, part: 'all' | 'window' = 'all'): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: part === 'all' });
}
