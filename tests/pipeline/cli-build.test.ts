import { cp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { build } from '../../cli/commands/build.ts';
import { localHandlers } from '../../local/handlers.ts';
import { startServices } from '../../local/services.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { story } from '../support/copy.ts';
import { useWorkplace } from '../support/workplace.ts';
import { makeZip } from '../support/zip.ts';

/** Fixtures of each kind that are built over HTTP, which takes 30 ms a file. */
const CASES_OF_A_KIND = 2;

const at = useWorkplace();

async function siteFiles(folder: string): Promise<Map<string, string>> {
  const names = await readdir(path.join(at.dir, folder), { recursive: true, withFileTypes: true });
  const files = names.filter(
    entry => (entry.isFile() && !entry.name.endsWith('.json')) || entry.name === 'feed.json',
  );
  const bodies = files.map(async entry => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(path.join(at.dir, folder), file), await readFile(file, 'latin1')] as const;
  });
  return new Map(await Promise.all(bodies));
}

/** Of equal files the first is published. So each upload waits for the one before. */
function uploadInTurn(s3: S3Client): void {
  const send = s3.send.bind(s3) as (command: object) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  s3.send = ((command: object) => {
    if (!(command instanceof PutObjectCommand) || command.input.Bucket !== 'intake') return send(command);
    last = last.then(() => send(command));
    return last;
  }) as typeof s3.send;
}

describe('build', () => {
  test('publishes a folder, says what became of each file, and gives the same bytes again', async () => {
    await at.write({
      'in/world/a.md': story('Ferry sails'),
      'in/sport/copy.md': story('Ferry sails'),
      'in/world/undated.txt':
        'Bridge opens to traffic\n\nThe bridge was opened to traffic in both directions, the town said.\n',
      'in/world/empty.txt': ' ',
      'in/world/draft.md': story('Not yet', 'It is not to be read yet.').replace('---', '---\ndraft: true'),
      'in/world/later.md': story('Later on', 'It comes later.').replace('---', '---\nembargo: 2098-12-01'),
      'in/.DS_Store': 'no copy',
    });
    const first = await at.run(
      'build',
      'in',
      '--out',
      'out',
      '--base-url',
      'https://news.example.org/',
      '--report',
      'desk/report.json',
    );
    expect(first).toMatchObject({ code: 1, stdout: '2 live, 1 duplicate, 1 rejected, 0 failed\n' });
    const report = JSON.parse(await readFile(path.join(at.dir, 'desk/report.json'), 'utf8'));
    expect(report.map(({ key, status }: { key: string; status: string }) => [key, status]).sort()).toEqual([
      ['sport/copy.md', expect.stringMatching(/^(live|duplicate)$/)],
      ['world/a.md', expect.stringMatching(/^(live|duplicate)$/)],
      ['world/draft.md', 'held'],
      ['world/empty.txt', 'rejected'],
      ['world/later.md', 'scheduled'],
      ['world/undated.txt', 'live'],
    ]);
    const held = report.find(({ status }: { status: string }) => status === 'held');
    expect(held.reason).toBe(`held: ${held.warnings[0]}`);
    expect(first.stderr).toMatch(/^ +held: .*“draft: true”.*npx copydesk release/m);
    expect(first.stderr).toMatch(/^ +scheduled: due 2098-12-01 00:00 \(UTC\)$/m);
    expect(first.stderr).toMatch(/^Not public: 1 held, 1 scheduled$/m);
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

    await rm(path.join(at.dir, 'in/sport'), { recursive: true });
    await at.runHere('build', 'in', '--out', 'again', '--base-url', 'https://news.example.org');
    const second = await at.runHere('build', 'in', '--out', 'out', '--base-url', 'https://news.example.org');
    expect(second.stdout).toBe('2 live, 0 duplicate, 1 rejected, 0 failed\n');
    expect(await siteFiles('out')).toEqual(await siteFiles('again'));
  });

  test('gives the bytes that the servers of a laptop give, for copy of every kind', async () => {
    const fixtures = path.resolve(__dirname, '../fixtures');
    for (const kind of await readdir(fixtures))
      for (const example of (await readdir(path.join(fixtures, kind))).slice(0, CASES_OF_A_KIND))
        for (const file of await readdir(path.join(fixtures, kind, example))) {
          const [name, extension] = file.split('.');
          if (kind !== 'browser' && name !== 'source') continue;
          const key = kind === 'browser' ? file : `${example}.${extension}`;
          await cp(path.join(fixtures, kind, example, file), path.join(at.dir, 'in', kind, key));
        }
    const picture = await readFile(path.join(fixtures, 'browser/pictures/quay.png'));
    const withField = (headline: string, line: string) =>
      story(headline, `It is the ${headline}.`).replace('---\n\n', `${line}\n---\n\n`);
    const wire = (line: string) => withField(`Wire ${line}`, `wireId: urn:newsml:agency.example:1\n${line}`);
    await at.write({
      'in/world/a.md': story('Ferry sails'),
      'in/sport/same.md': story('Ferry sails'),
      'in/world/held.md': withField('Not yet', 'draft: true'),
      'in/world/later.md': withField('Later on', 'embargo: 2098-12-01'),
      'in/world/item.md': wire('section: World'),
      'in/world/withdrawn.md': withField('Gone again', 'withdraw: true'),
      'in/world/with-picture.md': story('Quay', '![The quay](quay.png)\n\nThe quay is open again.'),
      'in/world/quay.png': picture,
      'in/world/pack.zip': makeZip([
        { name: 'one.md', content: story('One of two', 'The first.') },
        { name: 'same.md', content: story('Ferry sails') },
        { name: 'empty.txt', content: ' ' },
      ]),
    });
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const summary = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const built = async (out: string, open?: Parameters<typeof build>[3]) => {
      await build(path.join(at.dir, 'in'), { out: path.join(at.dir, out) }, undefined, open);
      return siteFiles(out);
    };
    try {
      const expected = await built('served', async options => {
        const services = await startServices({
          ...options,
          // As in a build: one file after the other, and all changes together.
          queue: { batchSize: 1, batchingWindowMs: 0, concurrency: 1 },
          stream: { batchSize: 1_000, batchingWindowMs: undefined },
        });
        uploadInTurn(services.s3);
        return services;
      });
      const found = await built('out');
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [name, text] of found) expect([name, text]).toEqual([name, expected.get(name)]);
      const [first, second] = summary.mock.calls.flat();
      expect(second).toBe(first);
      expect(first).toMatch(/^\d{2} live, \d duplicate, \d rejected, 0 failed$/m);
    } finally {
      said.mockRestore();
      summary.mockRestore();
    }
  });

  describe('into a folder that is there', () => {
    const all = async (folder: string) =>
      (await readdir(path.join(at.dir, folder), { recursive: true })).sort();
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
      await at.write({ 'in/a.md': story('Ferry sails'), a: 'outside', ...(files as Record<string, string>) });
      const before = await all('mine');
      const { code, stderr } = await at.runHere('build', 'in', '--out', 'mine');
      expect(code).toBe(2);
      expect(stderr).toMatch(refusal);
      expect(await all('mine')).toEqual(before);
    });

    test('with an earlier build, only what that build wrote is replaced', async () => {
      await at.write({ 'in/world/a.md': story('Ferry sails') });
      await at.runHere('build', 'in', '--out', 'mine');
      const built = await all('mine');
      expect(built).toContain('world');
      await at.write({ 'mine/world/thesis.txt': 'years of work' });
      expect((await at.runHere('build', 'in', '--out', 'mine')).stderr).toMatch(refusal);
      expect(await all('mine')).toEqual([...built, 'world/thesis.txt'].sort());

      await rm(path.join(at.dir, 'mine/world/thesis.txt'));
      // A link is no file of a build, whatever it is called.
      await rm(path.join(at.dir, 'mine/feed.xml'));
      await symlink('../in/world/a.md', path.join(at.dir, 'mine/feed.xml'));
      expect((await at.runHere('build', 'in', '--out', 'mine')).stderr).toMatch(refusal);

      await rm(path.join(at.dir, 'mine/feed.xml'));
      await rm(path.join(at.dir, 'in/world/a.md'));
      await at.write({ 'in/sport/b.md': story('Oars sold') });
      expect((await at.runHere('build', 'in', '--out', 'mine')).code).toBe(0);
      const rebuilt = await all('mine');
      expect(rebuilt).toContain('sport');
      expect(rebuilt).not.toContain('world');
    });

    test.each(['in', '.', './in/'])('out %s, which holds the copy, is refused', async out => {
      await at.write({ 'in/a.md': story('Ferry sails') });
      const { code, stderr } = await at.runHere('build', 'in', '--out', out);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^copydesk: The folder \S+ holds the copy itself[^\n]*\.\n$/);
      expect(await all('in')).toEqual(['a.md']);
    });

    test('below the copy, by whatever way, is no copy', async () => {
      await at.write({ 'in/a.md': story('Ferry sails') });
      await symlink('in', path.join(at.dir, 'link'));
      for (const [from, out] of [
        ['in', 'in/public'],
        ['./in/', 'link/public'],
        ['link', 'in/public'],
      ] as const) {
        const { code, stdout } = await at.runHere('build', from, '--out', out);
        expect([code, stdout]).toEqual([0, '1 live, 0 duplicate, 0 rejected, 0 failed\n']);
      }
    });

    test('a file in its place is one sentence', async () => {
      await at.write({ 'in/a.md': story('Ferry sails'), mine: 'a file' });
      const { code, stderr } = await at.runHere('build', 'in', '--out', 'mine');
      expect([code, stderr]).toEqual([2, 'copydesk: The folder mine is not a folder.\n']);
    });
  });

  describe('its report', () => {
    const waiting = (headline: string, line: string) =>
      story(headline).replace('---\n\n', `${line}\n---\n\n`);
    const report = async (file: string) => JSON.parse(await readFile(path.join(at.dir, file), 'utf8'));

    test('tells what became of each file, and nothing of it is in the site', async () => {
      await at.write({
        'in/world/live.md': story('Ferry sails'),
        'in/world/held.md': waiting('Secret merger', 'draft: true'),
        'in/world/due.md': waiting('Secret budget', 'embargo: 2099-01-01 06:00'),
        'in/world/broken.docx': 'PK\u0003\u0004',
      });
      const { code } = await at.runHere('build', 'in', '--out', 'out', '--report', 'in/report.json');
      expect(code).toBe(1);
      const rows = await report('in/report.json');
      expect(rows.map(({ key, status }: Record<string, string>) => [key, status])).toEqual([
        ['world/broken.docx', 'rejected'],
        ['world/due.md', 'scheduled'],
        ['world/held.md', 'held'],
        ['world/live.md', 'live'],
      ]);
      const [broken, due, held, live] = rows;
      expect(live).toEqual({
        key: 'world/live.md',
        status: 'live',
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        url: expect.stringMatching(/^http:.*\/articles\/ferry-sails-[a-z2-7]{16}\.html$/),
        warnings: [],
        ms: expect.any(Number),
      });
      for (const row of [broken, due, held]) {
        expect(row).toEqual(expect.objectContaining({ reason: expect.any(String) }));
        expect(row).not.toHaveProperty('url');
      }
      const { files } = await report('out/.copydesk-build.json');
      const names = await readdir(path.join(at.dir, 'out'), { recursive: true, withFileTypes: true });
      const paths = names
        .filter(entry => entry.isFile())
        .map(entry => path.relative(path.join(at.dir, 'out'), path.join(entry.parentPath, entry.name)));
      expect(paths.sort()).toEqual([...files, '.copydesk-build.json'].sort());
      expect(paths.filter(name => /report|editions|bodies|directory|unpublished/.test(name))).toEqual([]);
      for (const name of paths) {
        const text = await readFile(path.join(at.dir, 'out', name), 'latin1');
        expect([name, /secret|world\/[a-z]+\.(?:md|docx)|warnings/i.test(text)]).toEqual([name, false]);
      }
      // A report below the copy is no copy, and may be written again.
      expect((await at.runHere('build', 'in', '--out', 'out', '--report', 'in/report.json')).code).toBe(1);
      expect(await report('in/report.json')).toHaveLength(4);
    });

    test('is not written where none is asked for', async () => {
      await at.write({ 'in/a.md': story('Ferry sails') });
      await at.runHere('build', 'in', '--out', 'out');
      const names = await readdir(at.dir, { recursive: true });
      expect(names.filter(name => name.includes('report'))).toEqual([]);
    });

    test.each(['out/report.json', './out/deep/../report.json', 'link/report.json', 'out/new/report.json'])(
      'is refused as %s, which would be public',
      async file => {
        await at.write({ 'in/a.md': story('Ferry sails'), 'out/.copydesk-build.json': '{"files":[]}' });
        await symlink('out', path.join(at.dir, 'link'));
        const { code, stderr } = await at.runHere('build', 'in', '--out', 'out', '--report', file);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^copydesk: The report \S+ would be public[^\n]*\.\n$/);
        expect(await readdir(path.join(at.dir, 'out'))).toEqual(['.copydesk-build.json']);
      },
    );

    test.each([
      ['a file of the copy', 'in/a.md', /no report of a build/],
      ['a folder', 'in', /is a folder/],
      ['a file below a file', 'in/a.md/report.json', /in\/a\.md/],
    ])('is refused where it is %s', async (_, file, sentence) => {
      await at.write({ 'in/a.md': story('Ferry sails') });
      const { code, stderr } = await at.runHere('build', 'in', '--out', 'out', '--report', file);
      expect(code).toBe(2);
      expect(stderr).toMatch(sentence);
      expect(stderr.split('\n')).toHaveLength(2);
      expect(await readFile(path.join(at.dir, 'in/a.md'), 'utf8')).toBe(story('Ferry sails'));
    });
  });

  test('says what became of each file in an archive', async () => {
    const zip = makeZip([
      { name: 'live.md', content: story('Ferry sails') },
      { name: 'held.md', content: story('Not yet', 'It waits.').replace('---', '---\ndraft: true') },
    ]);
    await at.write({ 'in/pack.zip': zip });
    const { stdout, stderr } = await at.runHere('build', 'in', '--out', 'out', '--report', 'report.json');
    expect(stdout).toBe('1 live, 0 duplicate, 0 rejected, 0 failed\n');
    expect(stderr).toMatch(/^held +pack\.zip\/held\.md .*\n +held: .*draft: true/m);
    const rows: { key: string; status: string }[] = JSON.parse(
      await readFile(path.join(at.dir, 'report.json'), 'utf8'),
    );
    expect(rows.map(({ key, status }) => [key, status])).toEqual([
      ['pack.zip', 'unpacked'],
      ['pack.zip/held.md', 'held'],
      ['pack.zip/live.md', 'live'],
    ]);
  });

  test('publishes what links lead to outside only with --follow, and says what it passed over', async () => {
    await at.write({ 'in/a.md': story('Ferry sails'), 'private/diary.md': story('Dear diary') });
    await symlink('../private/diary.md', path.join(at.dir, 'in/diary.md'));
    const without = await at.runHere('build', 'in', '--out', 'out');
    expect([without.code, without.stdout]).toEqual([0, '1 live, 0 duplicate, 0 rejected, 0 failed\n']);
    expect(without.stderr).toContain(
      'A link was passed over: in/diary.md (leads out of the folder). Include what they lead to with --follow.',
    );
    for (const [name, text] of await siteFiles('out'))
      expect([name, text.includes('diary')]).toEqual([name, false]);
    const { stdout, stderr } = await at.runHere('build', 'in', '--out', 'out', '--follow');
    expect(stdout).toBe('2 live, 0 duplicate, 0 rejected, 0 failed\n');
    expect(stderr).not.toContain('passed over');
  });

  test('tries a change again that could not be published, and ends with 1 if it fails again', async () => {
    await at.write({
      'in/a.md': story('Ferry sails'),
      'in/b.md': story('Bridge opens', 'The bridge opens.'),
    });
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { putIfChanged } = Bucket.prototype;
    let refusals = 0;
    const built = (maxRefusals: number) => {
      refusals = 0;
      jest.spyOn(Bucket.prototype, 'putIfChanged').mockImplementation(function (this: Bucket, key, ...rest) {
        if (key.includes('ferry-sails') && ++refusals <= maxRefusals) throw new Error('The page is refused.');
        return putIfChanged.call(this, key, ...rest);
      });
      return build(path.join(at.dir, 'in'), { out: path.join(at.dir, `out-${maxRefusals}`) });
    };
    try {
      // The batch of both articles fails first, and then the article alone.
      expect(await built(2)).toBe(0);
      expect(refusals).toBeGreaterThan(2);
      expect([...(await siteFiles('out-2'))].filter(([name]) => name.includes('ferry-sails'))).toHaveLength(
        1,
      );
      expect(await built(1_000)).toBe(1);
      const lines = said.mock.calls.map(([text]) => String(text));
      expect(lines).toContainEqual(
        expect.stringContaining('A change could not be published: The page is refused.'),
      );
    } finally {
      jest.restoreAllMocks();
    }
  });

  test('says once what could not be published, and ends with 1', async () => {
    await at.write({ 'in/a.md': story('Ferry sails') });
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const summary = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const code = await build(path.join(at.dir, 'in'), { out: path.join(at.dir, 'out') }, (...args) => ({
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
