import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { build } from '../../cli/commands/build.ts';
import { localHandlers } from '../../local/handlers.ts';
import { LOCAL_CREDENTIALS, REGION } from '../../local/region.ts';
import { startS3 } from '../../local/s3/server.ts';
import { Bucket } from '../../shared/objects.ts';
import { begin as beginCommand, type Running, run } from '../support/command.ts';
import { story } from '../support/copy.ts';

// Each test starts node with everything in it, some more than once.
jest.setTimeout(60_000);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-cli-'));
});
afterEach(async () => {
  // What a failed test has left running would keep jest waiting.
  for (const { child, ended } of begun.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(dir, { recursive: true, force: true });
});

const begun: Running[] = [];
function begin(...args: Parameters<typeof beginCommand>): Running {
  const running = beginCommand(...args);
  begun.push(running);
  return running;
}

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
  const files = names.filter(
    entry => (entry.isFile() && !entry.name.endsWith('.json')) || entry.name === 'feed.json',
  );
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

  describe('into a folder that is there', () => {
    const all = async (folder: string) => (await readdir(path.join(dir, folder), { recursive: true })).sort();
    const refusal = /^copydesk: The folder mine holds [^\n]*, which no build wrote[^\n]*\.\n$/;

    test.each([
      ['somebody else’s files', { 'mine/thesis.txt': 'years of work' }],
      ['a report of another program', { 'mine/report.json': '[]', 'mine/notes/thesis.txt': 'years of work' }],
      [
        'a list that names files outside',
        { 'mine/.copydesk-build.json': '{"files":["../a"]}', 'mine/a': 'x' },
      ],
      ['a list that is none', { 'mine/.copydesk-build.json': 'null', 'mine/a': 'years of work' }],
    ])('with %s, nothing is deleted', async (_, files) => {
      await write({ 'in/a.md': story('Ferry sails'), a: 'outside', ...(files as Record<string, string>) });
      const before = await all('mine');
      const { code, stderr } = await run(dir, 'build', 'in', '--out', 'mine');
      expect(code).toBe(2);
      expect(stderr).toMatch(refusal);
      expect(await all('mine')).toEqual(before);
    });

    test('with an earlier build, only what that build wrote is replaced', async () => {
      await write({ 'in/world/a.md': story('Ferry sails') });
      await run(dir, 'build', 'in', '--out', 'mine');
      const built = await all('mine');
      expect(built).toContain('world');
      await write({ 'mine/world/thesis.txt': 'years of work' });
      expect((await run(dir, 'build', 'in', '--out', 'mine')).stderr).toMatch(refusal);
      expect(await all('mine')).toEqual([...built, 'world/thesis.txt'].sort());

      await rm(path.join(dir, 'mine/world/thesis.txt'));
      // A link is no file of a build, whatever it is called.
      await rm(path.join(dir, 'mine/feed.xml'));
      await symlink('../in/world/a.md', path.join(dir, 'mine/feed.xml'));
      expect((await run(dir, 'build', 'in', '--out', 'mine')).stderr).toMatch(refusal);

      await rm(path.join(dir, 'mine/feed.xml'));
      await rm(path.join(dir, 'in/world/a.md'));
      await write({ 'in/sport/b.md': story('Oars sold') });
      expect((await run(dir, 'build', 'in', '--out', 'mine')).code).toBe(0);
      const rebuilt = await all('mine');
      expect(rebuilt).toContain('sport');
      expect(rebuilt).not.toContain('world');
    });

    test.each(['in', '.', './in/'])('out %s, which holds the copy, is refused', async out => {
      await write({ 'in/a.md': story('Ferry sails') });
      const { code, stderr } = await run(dir, 'build', 'in', '--out', out);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^copydesk: The folder \S+ holds the copy itself[^\n]*\.\n$/);
      expect(await all('in')).toEqual(['a.md']);
    });

    test('below the copy, by whatever way, is no copy', async () => {
      await write({ 'in/a.md': story('Ferry sails') });
      await symlink('in', path.join(dir, 'link'));
      for (const [from, out] of [
        ['in', 'in/public'],
        ['./in/', 'link/public'],
        ['link', 'in/public'],
      ] as const) {
        const { code, stdout } = await run(dir, 'build', from, '--out', out);
        expect([code, stdout]).toEqual([0, '1 live, 0 duplicate, 0 rejected, 0 failed\n']);
      }
    });

    test('a file in its place is one sentence', async () => {
      await write({ 'in/a.md': story('Ferry sails'), mine: 'a file' });
      const { code, stderr } = await run(dir, 'build', 'in', '--out', 'mine');
      expect([code, stderr]).toEqual([2, 'copydesk: The folder mine is not a folder.\n']);
    });
  });

  test('says once what could not be published, and ends with 1', async () => {
    await write({ 'in/a.md': story('Ferry sails') });
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const summary = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const code = await build(path.join(dir, 'in'), { out: path.join(dir, 'out') }, (...args) => ({
        ...localHandlers(...args),
        publish: async () => {
          throw new Error('The press is broken.');
        },
      }));
      expect(code).toBe(1);
      const lines = said.mock.calls.map(([text]) => String(text));
      expect(lines.filter(line => line.includes('The press is broken.'))).toEqual([
        expect.stringContaining('A change could not be published: The press is broken.'),
      ]);
      expect(summary.mock.calls.flat()).toContain('1 live, 0 duplicate, 0 rejected, 0 failed\n');
    } finally {
      said.mockRestore();
      summary.mockRestore();
    }
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
  const clientOf = (endpoint: string) =>
    new S3Client({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS, forcePathStyle: true });
  const isPage = (key: string) => key.startsWith('articles/');

  /** The keys of the site as a process has left them. */
  async function siteAtRest(): Promise<string[]> {
    const server = await startS3({ dir: path.join(dir, '.copydesk/s3'), port: 0, buckets: { site: {} } });
    const s3 = clientOf(server.url);
    const keys: string[] = [];
    for await (const key of new Bucket(s3, 'site').keys()) keys.push(key);
    s3.destroy();
    await server.close();
    return keys;
  }

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

  test.each([
    ['stored and not read', undefined],
    ['read and not published', /live +world\//],
  ])('finds again what a killed process left %s', async (_, heard) => {
    const keys = Array.from({ length: 20 }, (_value, number) => `world/${number}.md`);
    const first = begin(dir, 'start', ...ports, '--no-samples');
    const [, endpoint = ''] = await first.says(/S3 +(\S+)/);
    await first.says(/Ready/);
    const s3 = clientOf(endpoint);
    const put = (Key: string) =>
      s3.send(
        new PutObjectCommand({ Bucket: 'intake', Key, Body: story(`Ferry ${Key}`, `It sailed as ${Key}.`) }),
      );
    await Promise.all(keys.map(put));
    if (heard) await first.says(heard);
    first.child.kill('SIGKILL');
    await first.ended;
    s3.destroy();
    const left = await siteAtRest();
    expect(left.filter(isPage).length).toBeLessThan(keys.length);

    const second = begin(dir, 'start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/Ready/);
    const feed = await (await fetch(new URL('feed.json', site))).json();
    const pages = feed.items.map(({ url }: { url: string }) => url);
    expect(new Set(pages).size).toBe(keys.length);
    for (const page of pages) expect((await fetch(page)).status).toBe(200);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  test('finds files that were uploaded but never handled', async () => {
    const state = path.join(dir, '.copydesk/s3');
    const server = await startS3({ dir: state, port: 0, buckets: { intake: { versioned: true } } });
    const s3 = clientOf(server.url);
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

  test.each([
    ['--state', 'file', 'The state folder file is not a folder.'],
    ['--state', 'file/below', 'The state folder file/below is not a folder.'],
    ['--inbox', 'file', 'The inbox file is not a folder.'],
    ['--inbox', 'file/below', 'The inbox file/below is not a folder.'],
  ])('%s %s is one sentence and exit code 2', async (option, folder, sentence) => {
    await write({ file: 'no folder' });
    const { code, stderr } = await run(dir, 'start', ...ports, option, folder);
    expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
  });

  test('a state folder in which something is amiss is one sentence and exit code 2', async () => {
    await write({ '.copydesk/s3': 'no folder' });
    const { code, stderr } = await run(dir, 'start', ...ports);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^copydesk: The state folder \.copydesk cannot be used: [^\n]*\.\n$/);
  });
});
