import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { story } from '../support/copy.ts';
import { beginLaptop, type StartedLaptop } from '../support/laptop.ts';

let laptop: StartedLaptop;
beforeAll(async () => {
  laptop = await beginLaptop();
});
afterAll(() => laptop.end());

const stories = (from: number, to: number, folder: string) =>
  Object.fromEntries(
    Array.from({ length: to - from }, (_, index) => [
      `${folder}/world/${from + index}.md`,
      story(`Ferry ${folder} ${from + index}`, `It sailed for the ${from + index}th time from ${folder}.`),
    ]),
  );

/** Files without words, which are rejected at a glance: for what is about uploading only. */
const blank = (count: number, folder: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/${index}.md`, '']));

describe('put', () => {
  test('uploads a folder once, goes on where it was, and waits until all is published', async () => {
    await laptop.write(stories(0, 10, 'first'));
    const first = await laptop.run('put', 'first', '--wait');
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(
      /^10 files uploaded to the laptop.*\n10 live, 0 duplicate, 0 rejected, 0 failed\n$/,
    );
    // It waits for the pages; the feed that lists them all is written after.
    await laptop.becomes(async () => (await laptop.feed()).length === 10);
    expect((await laptop.feed()).map(({ title }) => title)).toContain('Ferry first 9');

    await laptop.write(stories(10, 15, 'first'));
    const again = await laptop.run('put', 'first', '--wait');
    expect(again.stdout).toMatch(/^5 files uploaded to .*, 10 there already\n15 live, /);
    for (const number of [0, 9, 14])
      expect(await laptop.record(`world/${number}.md`)).toMatchObject({ revision: 1, version: 1 });
  });

  test('says of copy what its options say, in any script, and uploads anew what is said anew', async () => {
    await laptop.write({
      'budget.txt': 'The council has agreed on a budget for the next year, after long talks.\n',
    });
    const said = [
      '--prefix',
      '/town/hall',
      '--headline',
      'Бюджет 100%25 прийнято',
      '--byline',
      'Zoë Ångström',
    ];
    const put = (...options: string[]) => laptop.run('put', 'budget.txt', ...said, ...options);
    expect(await put('--tags', 'money, city', '--wait')).toMatchObject({ code: 0 });
    expect(await laptop.record('town/hall/budget.txt')).toMatchObject({
      headline: 'Бюджет 100%25 прийнято',
      authors: [{ name: 'Zoë Ångström' }],
      tags: ['money', 'city'],
      status: 'live',
    });
    expect((await put('--tags', 'money, city')).stdout).toMatch(/^0 files uploaded .*, 1 there already/);
    const held = await put('--section', 'politics', '--publish-at', '2099-01-01T08:00+02:00', '--wait');
    expect(held.stdout).toMatch(/0 live, 0 duplicate, 0 rejected, 0 failed, 1 scheduled\n$/);
    expect(held.stderr).toContain('scheduled: due 2099-01-01 06:00 (UTC)\n');
    expect(await laptop.record('town/hall/budget.txt')).toMatchObject({
      section: 'politics',
      status: 'scheduled',
      embargoUntil: '2099-01-01T06:00:00.000Z',
    });
  });

  test('says what was rejected, also of a story that is shown as it was', async () => {
    await laptop.write({ 'mixed/a.md': story('Mixed one', 'A story that is good.'), 'mixed/b.md': '' });
    const first = await laptop.run('put', 'mixed', '--wait');
    expect(first).toMatchObject({ code: 1 });
    expect(first.stdout).toMatch(/1 live, 0 duplicate, 1 rejected, 0 failed\n$/);
    expect(first.stderr).toMatch(/^rejected +b\.md +\S/m);

    await writeFile(path.join(laptop.dir, 'mixed/a.md'), '');
    const second = await laptop.run('put', 'mixed', '--wait');
    expect(second).toMatchObject({ code: 1 });
    expect(second.stdout).toMatch(
      /1 file uploaded .*, 1 there already\n0 live, 0 duplicate, 2 rejected, 0 failed\n$/,
    );
    expect(await laptop.record('a.md')).toMatchObject({ headline: 'Mixed one', status: 'live' });
  });

  test('shows a correction as published only once its page says it', async () => {
    await laptop.write({ 'fix.md': story('Harbour', 'The old words of the harbour.') });
    await laptop.run('put', 'fix.md', '--wait');
    await laptop.write({ 'fix.md': story('Harbour', 'The new words of the harbour.') });
    const { stderr } = await laptop.run('put', 'fix.md', '--correction', 'The words were old.', '--wait');
    expect(stderr).toMatch(/^live +fix\.md/m);
    const record = await laptop.record('fix.md');
    expect(record).toMatchObject({ revision: 2 });
    const page = await fetch(new URL((record as { permalink: string }).permalink, laptop.site));
    expect(await page.text()).toContain('The new words of the harbour.');
  });

  test('interrupted it says how far it came, and run again it uploads the rest', async () => {
    await laptop.write(blank(150, 'many'));
    const running = laptop.begin('put', 'many', '--prefix', 'many', '--concurrency', '1');
    await laptop.uploaded(/^many\//);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    const [, there = ''] = stderr.match(/Interrupted: (\d+) of 150 files are there/) ?? [];
    expect(Number(there)).toBeGreaterThan(0);
    expect(Number(there)).toBeLessThan(150);
    const second = await laptop.run('put', 'many', '--prefix', 'many');
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toMatch(
      `${150 - Number(there)} files uploaded to the laptop (.copydesk), ${there} there already`,
    );
  });

  test.each<[string[], string | RegExp]>([
    [['nowhere.md'], 'The file nowhere.md does not exist.'],
    [['empty'], 'There is no file in empty.'],
    [
      ['one.md', '--prefix', '../world'],
      'A bucket has no folder ../world: name it from the top, without "." and "..".',
    ],
    [
      ['one.md', 'other/one.md'],
      'one.md and other/one.md would have the same key, one.md: put them one by one.',
    ],
    [['one.md', 'other/two.md', '--headline', 'Both'], '--headline is for one file; these are 2.'],
    [
      ['one.md', '--summary', 'long '.repeat(600)],
      /^What the options say of the copy has \d+ bytes; S3 takes 2048/,
    ],
    [['one.md', '--state', 'none', '--local'], 'No Copydesk is running on none: start one with "npm start".'],
  ])('%.60j is one sentence and exit code 2', async (args, sentence) => {
    await laptop.write({
      'one.md': story('One'),
      'other/one.md': story('Two'),
      'other/two.md': story('Three'),
    });
    await laptop.folder('empty');
    const { code, stderr } = await laptop.run('put', ...args);
    expect(code).toBe(2);
    expect(stderr.replace(/^copydesk: /, '').trimEnd()).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  test.each(['--publish-at', '--embargo', '--expires', '--date'])(
    'a date that cannot be read is refused by %s in one sentence',
    async option => {
      for (const at of ['when it is ready', '2026-13-01T06:00Z', '']) {
        const { code, stderr } = await laptop.run('put', 'one.md', option, at);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^error: option '[^\n]*It must be a date, such as[^\n]*\n/);
      }
    },
  );

  test.each([
    ['1 December 2098 6 pm', '2098-12-01T18:00:00.000Z'],
    ['2098-12-01 06:00', '2098-12-01T06:00:00.000Z'],
    ['1 грудня 2098 08:00', '2098-12-01T08:00:00.000Z'],
    ['2098-12-01T06:00-05:00', '2098-12-01T11:00:00.000Z'],
    ['December 1, 2098, 6 a.m. EST', '2098-12-01T11:00:00.000Z'],
  ])('--publish-at takes %s, as front matter does', async (at, embargoUntil) => {
    await laptop.write({ 'dated.md': story('Dated', `A story that waits for ${at}.`) });
    expect(await laptop.run('put', 'dated.md', '--publish-at', at, '--wait')).toMatchObject({ code: 0 });
    expect(await laptop.record('dated.md')).toMatchObject({ status: 'scheduled', embargoUntil });
  });

  test('what cannot be reached any more stops it with one sentence, and what is there stays', async () => {
    await laptop.write(blank(150, 'gone'));
    const running = laptop.begin('put', 'gone', '--prefix', 'gone', '--concurrency', '1');
    await laptop.uploaded(/^gone\//);
    await laptop.kill();
    const { code, stderr } = await running.ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /Stopped: \d+ of 150 files are there\. The same command again uploads the others\.\ncopydesk: 127\.0\.0\.1 cannot be reached: is there a network\?\n$/,
    );
  });
});
