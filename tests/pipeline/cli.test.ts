import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/region.ts';
import { startS3 } from '../../local/s3/server.ts';
import { begin, run } from '../support/command.ts';
import { story } from '../support/copy.ts';

// Each test starts node with everything in it, some more than once.
jest.setTimeout(60_000);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-cli-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, body] of Object.entries(files)) {
    const file = path.join(dir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, body);
    await utimes(file, 1_793_000_000, 1_793_000_000);
  }
}

async function siteFiles(folder: string): Promise<Map<string, string>> {
  const names = await readdir(path.join(dir, folder), { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile() && entry.name !== 'report.json');
  const bodies = files.map(async entry => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(path.join(dir, folder), file), await readFile(file, 'latin1')] as const;
  });
  return new Map(await Promise.all(bodies));
}

describe('build', () => {
  test('publishes a folder, says what became of each file, and gives the same bytes again', async () => {
    await write({
      'in/world/a.md': story('Ferry sails'),
      'in/sport/copy.md': story('Ferry sails'),
      'in/world/undated.txt':
        'Bridge opens to traffic\n\nThe bridge was opened to traffic in both directions, the town said.\n',
      'in/world/empty.txt': ' ',
      'in/.DS_Store': 'no copy',
    });
    const first = await run(dir, 'build', 'in', '--out', 'out', '--base-url', 'https://news.example.org/');
    expect(first).toMatchObject({ code: 1, stdout: '2 live, 1 duplicate, 1 rejected, 0 failed\n' });
    const report = JSON.parse(await readFile(path.join(dir, 'out/report.json'), 'utf8'));
    expect(report.map(({ key, status }: { key: string; status: string }) => [key, status]).sort()).toEqual([
      ['sport/copy.md', expect.stringMatching(/^(live|duplicate)$/)],
      ['world/a.md', expect.stringMatching(/^(live|duplicate)$/)],
      ['world/empty.txt', 'rejected'],
      ['world/undated.txt', 'live'],
    ]);
    for (const row of report)
      expect(row).toMatchObject({
        id: expect.any(String),
        warnings: expect.any(Array),
        ms: expect.any(Number),
      });
    const undated = report.find(({ key }: { key: string }) => key === 'world/undated.txt');
    const page = undated.url.replace('https://news.example.org/', '');
    const files = await siteFiles('out');
    expect(files.get(page)).toContain('Bridge opens to traffic');
    expect(files.get('feed.xml')).toContain(undated.url);

    await rm(path.join(dir, 'in/sport'), { recursive: true });
    await run(dir, 'build', 'in', '--out', 'again', '--base-url', 'https://news.example.org');
    const second = await run(dir, 'build', 'in', '--out', 'out', '--base-url', 'https://news.example.org');
    expect(second.stdout).toBe('2 live, 0 duplicate, 1 rejected, 0 failed\n');
    expect(await siteFiles('out')).toEqual(await siteFiles('again'));
  });

  test('never empties a folder that is not its own', async () => {
    await write({ 'in/a.md': story('Ferry sails'), 'mine/thesis.txt': 'years of work' });
    const { code, stderr } = await run(dir, 'build', 'in', '--out', 'mine');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^copydesk: The folder mine is not empty[^\n]*\.\n$/);
    expect(await readdir(path.join(dir, 'mine'))).toEqual(['thesis.txt']);
  });
});

describe('parse', () => {
  test('prints one record in JSON a line, with the body as text, and stores nothing', async () => {
    await write({ 'world/a.md': story('Ferry sails'), 'b.txt': ' ' });
    const { code, stdout } = await run(dir, 'parse', '--json', 'world/a.md', 'b.txt');
    expect(code).toBe(1);
    const [article, rejected] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(article).toMatchObject({
      headline: 'Ferry sails',
      headlineFrom: 'front-matter',
      section: 'world',
      status: 'live',
      revision: 1,
      language: 'en',
      bodyText: 'The ferry left the harbour at noon on its first trip.',
      source: { bucket: 'intake', key: 'world/a.md', format: 'markdown', charset: 'utf-8' },
    });
    expect(rejected).toMatchObject({ status: 'rejected', reason: { code: 'empty' } });
    expect((await readdir(dir)).sort()).toEqual(['b.txt', 'world']);
  });
});

test.each([
  [['bild'], /unknown command 'bild'/],
  [['build', 'nowhere', '--out', 'out'], /^copydesk: The folder nowhere does not exist\.\n$/],
  [['parse', 'nothing.txt'], /^copydesk: The file nothing\.txt does not exist\.\n$/],
  [['parse', 'a.txt', '--config', 'bad.json'], /^copydesk: The setting "site\.titel" does not exist\.\n$/],
  [['start', '--port', 'http'], /must be a number/],
])('%j is one sentence and exit code 2', async (args, sentence) => {
  await write({ 'bad.json': '{"site":{"titel":"x"}}', 'a.txt': 'Some words.' });
  const { code, stderr } = await run(dir, ...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});

describe('start', () => {
  const ports = ['--port', '0', '--s3-port', '0'];

  test('takes what the inbox gets, stops at Ctrl-C and keeps every article over a restart', async () => {
    const first = begin(dir, 'start', ...ports, '--no-samples');
    await first.says(/Ready/);
    await write({ 'inbox/world/a.md': story('Ferry sails') });
    await first.says(/live +world\/a\.md/);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    const second = begin(dir, 'start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/Ready/);
    const feed = await (await fetch(new URL('feed.json', site))).json();
    expect(feed).toMatchObject({ items: [{ title: 'Ferry sails' }] });
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(second.printed()).not.toMatch(/stop cleanly|world\/a\.md/);
  });

  test('finds again what a killed process left unfinished', async () => {
    const first = begin(dir, 'start', ...ports, '--no-samples');
    await first.says(/Ready/);
    await write({ 'inbox/world/a.md': story('Ferry sails') });
    await first.says(/live +world\/a\.md/);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = begin(dir, 'start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/Ready/);
    const feed = await (await fetch(new URL('feed.json', site))).json();
    expect(feed).toMatchObject({ items: [{ title: 'Ferry sails' }] });
    second.child.kill('SIGINT');
    await second.ended;
  });

  test('finds files that were uploaded but never handled', async () => {
    const state = path.join(dir, '.copydesk/s3');
    const server = await startS3({ dir: state, port: 0, buckets: { intake: { versioned: true } } });
    const s3 = new S3Client({
      endpoint: server.url,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
      forcePathStyle: true,
    });
    const Body = Buffer.from(story('Ferry sails'));
    await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: 'world/a b+c.md', Body }));
    s3.destroy();
    await server.close();

    const second = begin(dir, 'start', ...ports);
    await second.says(/did not stop cleanly/);
    await second.says(/live +world\/a b\+c\.md/);
    await second.says(/Ready/);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  test('a port in use is one sentence and exit code 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    for (const option of ['--port', '--s3-port']) {
      const { code, stderr } = await run(dir, 'start', ...ports, option, String(port));
      expect(code).toBe(2);
      expect(stderr).toBe(
        `copydesk: Port ${port} is in use by another program; choose another with ${option}.\n`,
      );
    }
    server.close();
  });
});
