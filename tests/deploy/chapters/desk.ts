import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openChromium } from '../../browser/chromium.ts';
import { wordDocument } from '../../support/documents.ts';
import { jpeg } from '../../support/pictures.ts';
import type { Chapter } from '../chapter.ts';
import { inFeed, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** Time limit of a step in a page, in milliseconds: a call of the emulator takes up to some seconds. */
const STEP_MS = 90_000;

const HEADLINE = 'The desk files a ferry';
const CORRECTED = 'The desk files two ferries';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const becomes = (page: Page, status: string) =>
  page.locator('.story-head .status', { hasText: status }).waitFor();

/** An editor works in the browser, on the deployed stack. */
export const deskInBrowser: Chapter = async ({ steps, checkout, account }) => {
  const { intakeBucket, ingestFunction, siteBucket } = await account.deployed();
  const isPublic = async (title: string) => (await titlesIn(account, siteBucket)).includes(title);
  const desk = checkout.serveDesk();
  const browser = await openChromium();
  try {
    const url = await until('the desk prints its address', async () => /http:\S+/.exec(desk.printed())?.[0]);
    const page = await browser.newPage();
    page.setDefaultTimeout(STEP_MS);

    await steps.do('the desk in a browser: a Word file with a picture is filed', async remark => {
      await page.goto(`${url}file`);
      remark((await page.locator('.where').textContent())?.trim() ?? '');
      const text = 'The ferry sailed from the desk on Monday, and nobody in the town had seen a finer one.';
      await page.locator('input[name=files]').setInputFiles({
        name: 'desk.docx',
        mimeType: 'application/octet-stream',
        buffer: wordDocument(HEADLINE, text, { picture: jpeg() }, 'It carried forty cars and a circus.'),
      });
      await page.getByLabel('Folder, such as').fill('world');
      await press(page, 'File');
      await page.waitForURL(/filed\?batch=/);
      await page.getByText('1 of 1 done').waitFor();
      await inFeed(account, siteBucket, HEADLINE);
      await page.getByRole('link', { name: HEADLINE }).click();
      await page.frameLocator('iframe.preview').getByRole('heading', { name: HEADLINE }).waitFor();
    });
    await steps.do('it is corrected, held and released', async () => {
      await page.locator('[name=headline]').fill(CORRECTED);
      await press(page, 'Correct');
      await page.locator('h1', { hasText: CORRECTED }).waitFor();
      await inFeed(account, siteBucket, CORRECTED);
      await page.locator('summary', { hasText: 'Hold' }).click();
      await press(page, 'Hold');
      await becomes(page, 'held');
      await until('it is off the site', async () => !(await isPublic(CORRECTED)));
      await page.locator('.box').getByRole('button', { name: 'Release' }).click();
      await press(page, 'Yes, release');
      await becomes(page, 'live');
      await inFeed(account, siteBucket, CORRECTED);
    });
    await steps.do('it is withdrawn with a reason, and restored', async () => {
      await page.locator('summary', { hasText: 'Withdraw' }).click();
      await page.getByLabel('Reason, for readers').fill('There was one ferry.');
      await press(page, 'Withdraw');
      await press(page, 'Yes, withdraw');
      await becomes(page, 'withdrawn');
      await until('it is off the site', async () => !(await isPublic(CORRECTED)));
      await page.locator('.box').getByRole('button', { name: 'Restore' }).click();
      await press(page, 'Yes, restore');
      await becomes(page, 'live');
      await inFeed(account, siteBucket, CORRECTED);
    });
    await steps.do('a file that failed is tried again', async () => {
      const denial = await account.deny(ingestFunction, intakeBucket, 'world/refused.txt');
      await page.goto(`${url}file`);
      const body = 'A refused ferry\n\nThe harbour refused a ferry on Tuesday, because its papers were wet.';
      await page
        .locator('input[name=files]')
        .setInputFiles({ name: 'refused.txt', mimeType: 'text/plain', buffer: Buffer.from(body) });
      await page.getByLabel('Folder, such as').fill('world');
      await press(page, 'File');
      await page.waitForURL(/filed\?batch=/);
      const failed = page.locator('tr', { hasText: 'failed' });
      await until('the desk shows it', async () => {
        await page.goto(url);
        return (await failed.count()) > 0;
      });
      await denial.undo();
      await press(page, 'Try again');
      await inFeed(account, siteBucket, 'A refused ferry');
    });
    assert.doesNotMatch(desk.printed(), /\bat .*\.ts:\d/, 'the desk met no fault of its own');
  } finally {
    await browser.close();
    await desk.end();
  }
};
