import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDeployment } from '../../cli/deployment/deployment.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { story } from '../support/copy.ts';
import { beginLaptop, type Laptop, openLaptop, type StartedLaptop } from '../support/laptop.ts';

let from: Laptop;
let into: StartedLaptop;
jest.setTimeout(90_000);
beforeAll(async () => {
  [from, into] = await Promise.all([openLaptop(), beginLaptop()]);
  const long = Array.from({ length: 9_000 }, (_, index) => `Line ${index} of a very long report. `).join(
    '\n\n',
  );
  await from.write({
    'copy/world/a.md': story('Ferry', 'The ferry has sailed to the island.'),
    'copy/world/long.md': story('Report', long),
    'copy/empty.md': '',
  });
  await from.run('put', 'copy', '--wait');
  await from.write({ 'again/world/copy.md': story('Ferry', 'The ferry has sailed to the island.') });
  await from.run('put', 'again', '--wait');
});
afterAll(() => Promise.all([from.end(), into.end()]));

async function records(laptop: Laptop): Promise<Map<string, ArticleRecord>> {
  const found = new Map<string, ArticleRecord>();
  for await (const record of laptop.deployment.articles.all()) found.set(record.source.key, record);
  return found;
}

/** What an import keeps: all but the count of writes. */
const kept = (all: Map<string, ArticleRecord>) =>
  new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { version: _, ...rest }]) => [key, rest]));

const importing = (...args: string[]) =>
  into.run('import', path.join(from.dir, 'all.jsonl'), '--yes', ...args);

test('records go into a deployment that has none, are published there, and nothing is done twice', async () => {
  const exported = await from.run('export', '--out', 'all.jsonl');
  expect(exported).toMatchObject({ code: 0, stdout: '' });
  const toStdout = await from.run('export');
  const text = await readFile(path.join(from.dir, 'all.jsonl'), 'utf8');
  expect(toStdout.stdout).toBe(text);
  const lines = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines.map(({ source }) => source.key).sort()).toEqual([
    'empty.md',
    'world/a.md',
    'world/copy.md',
    'world/long.md',
  ]);
  expect(lines.find(({ source }) => source.key === 'world/long.md').bodyHtml).toContain('Line 8999 of');

  const first = await importing();
  expect([first.code, first.stdout]).toEqual([
    0,
    '4 imported, 0 there already, 0 newer there, 0 without their file, 0 not read\n',
  ]);
  expect(kept(await records(into))).toEqual(kept(await records(from)));
  const second = await importing();
  expect(second.stdout).toBe(
    '0 imported, 4 there already, 0 newer there, 0 without their file, 0 not read\n',
  );
  const report = (await into.record('world/long.md')) as Article;
  expect((await into.deployment.storage.head(report.bodyKey ?? ''))?.etag).toBeDefined();
  await into.becomes(async () => (await into.feed()).length === 2);
  expect((await into.feed()).map(({ id }) => id).sort()).toEqual(
    (await from.feed()).map(({ id }) => id).sort(),
  );
});

test('what is newer there stays, what is older is brought up to date', async () => {
  await into.write({ 'world/a.md': story('Ferry late', 'The ferry will sail tomorrow.') });
  await into.run('put', 'world/a.md', '--prefix', 'world', '--wait');
  const newer = await into.record('world/a.md');
  const report = (await into.record('world/long.md')) as Article;
  await into.deployment.articles.replace(report, { ...report, dek: 'spoiled', version: report.version });
  const sequencer = '0';
  await into.deployment.articles.replace(report, {
    ...report,
    dek: 'older',
    source: { ...report.source, sequencer },
  });
  // The copy has taken the place of the story that changed: it is newer too.
  expect((await importing()).stdout).toMatch(/^1 imported, 1 there already, 2 newer there,/);
  expect(await into.record('world/a.md')).toEqual(newer);
  expect(await into.record('world/long.md')).not.toHaveProperty('dek');
});

test('lines that are none are told of, and the others brought in', async () => {
  const line = (await readFile(path.join(from.dir, 'all.jsonl'), 'utf8'))
    .split('\n')
    .find(text => text.includes('"empty.md"'));
  const found = JSON.parse(line ?? '');
  const source = { ...found.source, key: 'other.md' };
  const other = { ...found, id: articleId('copydesk', 'other.md'), source };
  const older = { ...other, id: articleId('intake', 'other.md') };
  const broken = { ...other, status: 'unheard' };
  await writeFile(
    path.join(into.dir, 'bad.jsonl'),
    `no json\n${JSON.stringify(broken)}\n\n${JSON.stringify(other)}\n${JSON.stringify(older)}\n`,
  );
  const { code, stdout, stderr } = await into.run('import', 'bad.jsonl', '--yes');
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^1 imported, 0 there already, .* 3 not read\n$/),
  ]);
  expect(stderr).toMatch(/^line 1 {2}It is not JSON\.\nline 2 {2}It is no record: status: /);
  expect(stderr).toContain('line 5  It has another namespace: ');
  expect(stderr).toContain('Set articles.namespace to "intake", and deploy.');
});

test.each([
  [['import', 'none.jsonl', '--yes'], 'The file none.jsonl does not exist.'],
  [['import', '.', '--yes'], 'The file . is a folder.'],
  [
    ['export', '--out', 'none/all.jsonl'],
    'The file none/all.jsonl cannot be written: its folder does not exist.',
  ],
  [['export', '--table', 'nosuch'], 'There is no table nosuch beside the laptop (.copydesk).'],
  [['import', '/dev/null', '--yes'], '/dev/null is no file on a disk: save the export first.'],
])('%j is one sentence and exit code 2', async (args, sentence) => {
  const { code, stderr } = await into.run(...args);
  expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
});

test('nobody is there to be asked: it says what --yes would do', async () => {
  const { code, stderr } = await into.run('import', path.join(from.dir, 'all.jsonl'));
  expect(code).toBe(2);
  expect(stderr).toMatch(/^copydesk: The records of .* will be written into the laptop .*--yes/);
});

// Last, for the laptop is gone after it.
test('what was imported outlives a laptop that stops uncleanly, though its files are not here', async () => {
  await into.kill();
  const again = into.begin('start', '--port', '0', '--s3-port', '0', '--no-samples');
  await again.says(/Ready/);
  const deployment = await openDeployment({ local: true, state: path.join(into.dir, '.copydesk') });
  const report = await deployment.articles.get(deployment.articles.idOf('world/long.md'));
  deployment.close();
  again.child.kill('SIGKILL');
  await again.ended;
  expect(report?.status).toBe('live');
});
