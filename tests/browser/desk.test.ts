import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startDesk } from '../../cli/desk/desk-server.ts';
import type { Article } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { wordDocument } from '../support/documents.ts';
import { openLaptop } from '../support/laptop.ts';
import { jpeg } from '../support/pictures.ts';
import { openChromium } from './chromium.ts';
import { OVERFLOW } from './in-page.ts';
import { opened } from './sites.ts';
import { axeViolations, keepPicture } from './visit.ts';

const WINDOWS = {
  light: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true },
  scriptless: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
} as const satisfies Record<string, BrowserContextOptions>;

/** Time limit of a step in a page, in milliseconds. */
const STEP_MS = 20_000;

type Look = keyof typeof WINDOWS;

const desk = opened(
  async () => {
    const [browser, laptop] = await Promise.all([openChromium(), openLaptop()]);
    const { deployment } = laptop;
    const server = await startDesk(
      { deployment, options: { local: true }, settings: DEFAULT_SETTINGS },
      { port: 0, onError: error => problems.push(String(error)) },
    );
    return { browser, laptop, server, pages: await openPages(browser) };
  },
  async ({ browser, laptop, server }) => {
    await browser.close();
    await server.close();
    await laptop.end();
  },
);

/** What went wrong in the desk or in a page, besides the refusals that a test expects. */
const problems: string[] = [];

async function openPages(browser: Browser): Promise<Record<Look, Page>> {
  const open = async (options: BrowserContextOptions) => {
    const page = await (
      await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
    ).newPage();
    page.setDefaultTimeout(STEP_MS);
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', error => problems.push(String(error)));
    return page;
  };
  return {
    light: await open(WINDOWS.light),
    dark: await open(WINDOWS.dark),
    phone: await open(WINDOWS.phone),
    scriptless: await open(WINDOWS.scriptless),
  };
}

afterEach(() => {
  expect(problems.splice(0)).toEqual([]);
});

async function visit(where: string, look: Look = 'light'): Promise<Page> {
  const { server, pages } = await desk();
  await pages[look].goto(server.url + where);
  return pages[look];
}

/** Looks at a page in every window. */
async function inspect(where: string, name: string): Promise<void> {
  for (const look of ['light', 'dark', 'phone'] as const) {
    const page = await visit(where, look);
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    await keepPicture(page, `desk-${name}-${look}`);
  }
}

const record = async (key: string) => (await (await desk()).laptop.record(key)) as Article;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('an empty desk says what to do', async () => {
  const page = await visit('');
  expect(await page.locator('.empty').textContent()).toContain('No stories yet: drop a file here');
  await inspect('', 'empty');
});

test('files a Word document and a file without words, and tells the outcome of each', async () => {
  await inspect('file', 'file');
  const page = await visit('file');
  const document = wordDocument(
    'Ferry sails again',
    'The ferry to the Outer Isles sailed again on Monday after nine weeks in the dock.',
    { picture: jpeg(), alt: 'The ferry at the quay' },
    'It carried forty cars and a circus.',
  );
  await page.locator('input[name=files]').setInputFiles([
    { name: 'ferry.docx', mimeType: 'application/octet-stream', buffer: document },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
  ]);
  await page.getByLabel('Folder, such as').fill('world');
  await press(page, 'File');
  await page.waitForURL(/filed\?batch=/);
  await page.getByText('2 of 2 done').waitFor();
  const outcomes = (await page.locator('.filed li').allTextContents()).sort();
  expect(outcomes).toEqual([
    expect.stringMatching(/^live Ferry sails again.*world\/ferry\.docx/),
    expect.stringMatching(/^rejected world\/empty\.txt.*empty/),
  ]);
  await inspect(new URL(page.url()).href.split('/').pop() ?? '', 'filed');
  await page.getByRole('link', { name: 'Ferry sails again' }).click();
  const frame = page.frameLocator('iframe.preview');
  await frame.getByRole('heading', { name: 'Ferry sails again' }).waitFor();
  const inFrame = page.frames().find(each => each.url().includes('/look/'));
  expect(await inFrame?.evaluate('[...document.images].map(image => image.naturalWidth > 0)')).toEqual([
    true,
  ]);
});

test('dropped files wait for the button, because an embargo may be missing', async () => {
  const { laptop } = await desk();
  for (const where of ['file', '']) {
    const page = await visit(where);
    const key = `drop/dropped-${where || 'list'}.txt`;
    await page.evaluate(name => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(['Dropped\n\nA gull dropped a fish on the quay of Port Ellis.'], name));
      const event = new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true });
      document.querySelector('main')?.dispatchEvent(event);
    }, key.split('/')[1] ?? '');
    await page.getByText('Dropped: dropped-').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('File');
    await page.getByLabel('Folder, such as').fill('drop');
    await page.getByLabel('Not public before').fill('1 December 2098 18:00');
    expect(await laptop.record(key)).toBeUndefined();
    await press(page, 'File');
    await page.waitForURL(/filed\?batch=/);
    await page.locator('.status.scheduled').waitFor();
    expect((await record(key)).status).toBe('scheduled');
  }
});

test('corrects, holds, releases, withdraws with a reason and restores', async () => {
  const { id } = await record('world/ferry.docx');
  const page = await visit(`story?id=${id}`);
  await page.locator('[name=headline]').fill('Ferry sails once more');
  await press(page, 'Correct');
  await page.getByText('npx copydesk correct world/ferry.docx').waitFor();
  expect(await page.locator('h1').textContent()).toBe('Ferry sails once more');
  await page.locator('summary', { hasText: 'Hold' }).press('Enter');
  await page.getByLabel('Reason, for other editors').fill('Was it a circus?');
  await press(page, 'Hold');
  await page.getByText('held world/ferry.docx').waitFor();
  expect(await page.locator('.story-head .reason').textContent()).toContain('Was it a circus?');
  await inspect(`story?id=${id}`, 'held');

  await page.locator('.box').getByRole('button', { name: 'Release' }).click();
  await page.getByText('Are you sure?').first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, 'desk-release-light');
  expect((await record('world/ferry.docx')).status).toBe('held');
  await press(page, 'Yes, release');
  await page.getByText('released world/ferry.docx').waitFor();
  await page.locator('.story-head .status', { hasText: 'live' }).waitFor();

  await page.locator('summary', { hasText: 'Withdraw' }).click();
  await page.getByLabel('Reason, for readers').fill('There was no circus.');
  await press(page, 'Withdraw');
  await press(page, 'Yes, withdraw');
  await page.locator('.story-head .status', { hasText: 'withdrawn' }).waitFor();
  expect((await record('world/ferry.docx')).notice).toEqual({ reason: 'There was no circus.' });
  await page.locator('.box').getByRole('button', { name: 'Restore' }).click();
  await press(page, 'Yes, restore');
  await page.locator('.story-head .status', { hasText: 'live' }).waitFor();
  await inspect(`story?id=${id}`, 'live');
});

test('new outcomes appear by themselves, and the list filters', async () => {
  const { laptop } = await desk();
  const page = await visit('');
  await laptop.write({ 'tide.md': '---\ntitle: The tide\ndraft: true\n---\n\nThe tide comes in at noon.\n' });
  await laptop.run('put', 'tide.md', '--prefix', 'world');
  await page.getByText('The tide', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'rejected' }).click();
  expect(await page.locator('tbody tr').count()).toBe(1);
  expect(await page.locator('tbody .reason').textContent()).toContain('empty');
  await inspect('', 'stories');
});

test('tries a failed message again', async () => {
  const { laptop } = await desk();
  const { clients, outputs } = laptop.deployment;
  const body = JSON.stringify({
    Records: [
      {
        eventName: 'ObjectCreated:Put',
        eventTime: '2026-12-01T08:00:00.000Z',
        s3: {
          bucket: { name: outputs.intakeBucket },
          object: { key: 'world/tide.md', size: 1, eTag: 'x', sequencer: '00' },
        },
      },
    ],
  });
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: outputs.deadLetterQueue, MessageBody: body }));
  const page = await visit('');
  await page.locator('tr', { hasText: 'failed' }).waitFor();
  await press(page, 'Try again');
  await page.getByText('1 dead letter sent to the intake again.').waitFor();
});

test('shows what changed between two versions', async () => {
  const { laptop } = await desk();
  await laptop.write({
    'tide.md': '---\ntitle: The high tide\ndraft: true\n---\n\nThe tide comes in at six.\n',
  });
  await laptop.run('put', 'tide.md', '--prefix', 'world', '--wait');
  const page = await visit(`story?id=${(await record('world/tide.md')).id}`);
  await page.getByRole('link', { name: 'what changed' }).click();
  expect(await page.locator('ins').allTextContents()).toEqual(expect.arrayContaining(['high ', 'six']));
  await inspect(new URL(page.url()).href.split('/').pop() ?? '', 'changes');
});

test('without scripts, files are filed and stories changed too', async () => {
  const { laptop } = await desk();
  const page = await visit('file', 'scriptless');
  await page
    .locator('textarea[name=text]')
    .fill('A gull at the bridge\n\nA gull held up the traffic for an hour.');
  await press(page, 'File');
  await laptop.becomes(async () => (await record('a-gull-at-the-bridge.md'))?.status === 'live');
  await page.getByRole('link', { name: 'Look again' }).click();
  const { id } = await record('a-gull-at-the-bridge.md');
  await visit(`story?id=${id}`, 'scriptless');
  await page.locator('summary', { hasText: 'Hold' }).click();
  await press(page, 'Hold');
  await page.getByText('held a-gull-at-the-bridge.md').waitFor();
  await press(page, 'Undo');
  await press(page, 'Yes, release');
  await page.locator('.story-head .status', { hasText: 'live' }).waitFor();
});

test('the keyboard reaches the stories and what can be done, and the focus is seen', async () => {
  const page = await visit('');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ferry sails once more' }).focus();
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  await page.keyboard.press('Enter');
  await page.waitForURL(/story\?id=/);
});

test('another origin can do nothing, even if it knows the address, and a wrong token sees nothing', async () => {
  const { browser, server } = await desk();
  const { id } = await record('world/ferry.docx');
  const foreign = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<form method="post" action="${server.url}do"><input name="action" value="withdraw">
      <input name="article" value="${id}"><input name="confirmed" value="yes"><button>Win a prize</button></form>
      <iframe src="${server.url}"></iframe>`);
  });
  await new Promise<void>(resolve => foreign.listen(0, '127.0.0.1', resolve));
  const page = await (await browser.newContext()).newPage();
  try {
    await page.goto(`http://localhost:${(foreign.address() as AddressInfo).port}/`);
    const read = `fetch(${JSON.stringify(server.url)}).then(answer => answer.text(), () => 'refused')`;
    expect(await page.evaluate(read)).toBe('refused');
    const sends = `fetch(${JSON.stringify(`${server.url}do`)}, { method: 'POST', mode: 'no-cors', body: new URLSearchParams(
      { action: 'withdraw', article: ${JSON.stringify(id)}, confirmed: 'yes' }) }).then(answer => answer.type, () => 'refused')`;
    expect(['opaque', 'refused']).toContain(await page.evaluate(sends));
    await page.getByRole('button', { name: 'Win a prize' }).click();
    await page.getByText('This server answers no page of another origin.').waitFor();
    expect((await record('world/ferry.docx')).status).toBe('live');
    const wrong = await page.goto(server.url.replace(/\/[^/]+\/$/, '/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'));
    expect(wrong?.status()).toBe(404);
    expect(await page.locator('body').textContent()).not.toContain('Ferry');
  } finally {
    await page.context().close();
    foreign.close();
  }
});
