import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../../cli/main.ts';
import { makeZip } from '../../support/zip.ts';

const PAGE = `<!doctype html><html lang="en"><head><title>Ferry stays in port</title></head><body>
<nav><a href="/">Front page</a> <a href="/sport">Sport</a></nav>
<main><h1>Ferry stays in port</h1><article>
<p>The ferry to the outer islands stayed in port on Monday, because the wind had torn the ramp from its hinges.</p>
<p>The harbour master said that a new one would come by train, and that nobody could tell how long that takes.</p>
<p>Until then the mail boat carries passengers too, twelve at a time, if they bring their own life jackets along.</p>
<p>Sign up for our newsletter</p></article></main>
<div class="promo-column">Our calendar with pictures of the coast is in the shops now.</div></body></html>`;

let folder: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'copydesk-parse-'));
  writeFileSync(path.join(folder, 'ferry.html'), PAGE);
  output = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    output += chunk;
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (...options: string[]) =>
  main(['node', 'copydesk', 'parse', ...options, path.join(folder, 'ferry.html')]);

describe('parse --explain', () => {
  it('shows what was left out under the step that did it and its reason', async () => {
    expect(await run('--explain')).toBe(0);
    const leftOut = output.slice(output.indexOf('left out'));
    expect(leftOut).toContain('boilerplate: navigation\n');
    expect(leftOut).toContain('Front page Sport\n');
    expect(leftOut).toContain('noise: wording\n');
    expect(leftOut).toContain('Sign up for our newsletter\n');
    expect(leftOut).not.toContain('harbour master');
  });

  it('tells every piece once', async () => {
    await run('--explain');
    for (const piece of ['Front page', 'newsletter', 'calendar']) expect(output.split(piece)).toHaveLength(2);
  });

  it('adds the removals to the record in JSON', async () => {
    await run('--explain', '--json');
    expect(JSON.parse(output).removals).toContainEqual({
      step: 'noise',
      why: 'wording',
      text: 'Sign up for our newsletter',
    });
  });
});

it('says nothing about removals unless it is asked', async () => {
  await run();
  expect(output).not.toContain('left out');
  output = '';
  await run('--json');
  expect(JSON.parse(output)).not.toHaveProperty('removals');
});

it('says that an upload unpacks a zip, instead of calling it no text', async () => {
  const zip = path.join(folder, 'day.zip');
  writeFileSync(zip, makeZip([{ name: 'ferry.html', content: PAGE }]));
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await main(['node', 'copydesk', 'parse', zip])).toBe(2);
  expect(told.mock.calls.join()).toContain('day.zip is a zip, which an upload unpacks');
});
