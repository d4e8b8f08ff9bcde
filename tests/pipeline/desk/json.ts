import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from './at-desk.ts';

/** The fields of each command's results: the table of docs/commands.md. A field in brackets can be absent. */
export function documentedFields(): Map<string, string[]> {
  const page = readFileSync(path.join(__dirname, '../../../docs/commands.md'), 'utf8');
  const [, section = ''] = page.split('\n## Results as JSON\n');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`[^|]+) \| [^|]+ \| ([^|]+) \|$/gm)];
  return new Map(
    rows.flatMap(([, commands = '', fields = '']) => {
      // Values are in parentheses.
      const names = [...fields.replace(/\([^)]*\)/g, '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      return [...commands.matchAll(/`([^`]+)`/g)].map(([, command = '']) => [command, names] as const);
    }),
  );
}

/** Runs a command with `--json`, and compares the names of its results with those of docs/commands.md. */
async function expectDocumented(documented: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout, stderr, code } = await at.run(...args, '--json');
  expect([args, code, stderr.match(/^copydesk:.*/m)]).toEqual([args, expect.anything(), null]);
  const results = stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>);
  const fields = documentedFields().get(documented);
  if (fields === undefined) throw new Error(`docs/commands.md does not tell the fields of ${documented}.`);
  const names = (wanted: readonly string[]) => wanted.map(name => name.replace(/[[\]]/g, ''));
  for (const result of results) {
    // The fields of a record are in its schema.
    if (fields.length > 0) expect(names(fields)).toEqual(expect.arrayContaining(Object.keys(result)));
    expect(Object.keys(result)).toEqual(expect.arrayContaining(fields.filter(name => !name.startsWith('['))));
  }
  expect([args, results.length]).not.toEqual([args, 0]);
  return results;
}

const FERRY = 'world/ferry.md';
/** A file whose uploads nothing has overtaken. */
const BRIDGE = 'world/bridge.md';

export function jsonTests(): void {
  test('changes of articles print a line for each', async () => {
    const changed = async (documented: string, ...args: string[]) =>
      (await expectDocumented(documented, ...args)).map(({ key, result, onSite }) => ({
        key,
        result,
        onSite,
      }));
    const on = { key: FERRY, onSite: true };
    expect(await changed('correct', 'correct', FERRY, '--dek', 'At last', '--yes')).toEqual([
      { ...on, result: 'corrected' },
    ]);
    expect(await changed('correct', 'correct', FERRY, '--dek', 'At last', '--yes')).toEqual([
      { key: FERRY, result: 'unchanged' },
    ]);
    expect(await changed('withdraw', 'withdraw', FERRY, '--yes')).toEqual([{ ...on, result: 'withdrawn' }]);
    expect(await changed('withdraw', 'withdraw', FERRY, '--yes')).toEqual([
      { key: FERRY, result: 'unchanged' },
    ]);
    expect(await changed('restore', 'restore', FERRY, '--yes')).toEqual([{ ...on, result: 'restored' }]);
    expect(await changed('release', 'release', FERRY)).toEqual([{ key: FERRY, result: 'unchanged' }]);
    expect(await changed('publish ARTICLE', 'publish', FERRY, '--no-wait')).toEqual([
      { key: FERRY, result: 'ordered' },
    ]);
  });

  test('uploads print a line for each file, with its outcome after --wait', async () => {
    const put = (...options: string[]) =>
      expectDocumented('put', 'put', BRIDGE, 'town', '--prefix', 'world', ...options);
    await at.laptop.write({ 'town/empty.txt': '' });
    expect(await put()).toContainEqual(expect.objectContaining({ key: BRIDGE, upload: 'there' }));
    const waited = await put('--wait', '--force');
    expect(waited).toContainEqual(expect.objectContaining({ key: BRIDGE, upload: 'sent', outcome: 'live' }));
    expect(waited).toContainEqual(
      expect.objectContaining({ key: 'world/empty.txt', outcome: 'rejected', reason: expect.any(String) }),
    );
    expect(await expectDocumented('reprocess NAME', 'reprocess', BRIDGE, '--wait')).toMatchObject([
      { key: BRIDGE, result: 'parsed' },
    ]);
  });

  test('work on many articles prints one object', async () => {
    expect(await expectDocumented('publish --all', 'publish', '--all')).toMatchObject([
      { kind: 'publish', state: 'ended', failed: 0, firstFailures: [] },
    ]);
    expect(await expectDocumented('publish --all', 'reprocess', '--all', '--dry-run')).toMatchObject([
      { kind: 'reprocess', dryRun: true, left: 0 },
    ]);
    expect(await expectDocumented('publish --rebuild', 'publish', '--rebuild')).toMatchObject([
      { failed: 0, firstFailures: [] },
    ]);
    expect(await expectDocumented('retry', 'retry', '--yes')).toMatchObject([
      { deadLetters: { moved: [], left: 0, missing: [] } },
    ]);
    expect(await expectDocumented('export', 'export', '--out', 'all.jsonl')).toMatchObject([
      { file: 'all.jsonl', broken: 0 },
    ]);
    const [imported] = await expectDocumented('import', 'import', 'all.jsonl', '--yes');
    expect(imported).toMatchObject({ imported: 0, unread: 0 });
    expect(await expectDocumented('build', 'build', 'world', '--out', 'site')).toContainEqual(
      expect.objectContaining({ key: 'ferry.md', status: 'live' }),
    );
  });

  test.each([
    ['withdraw', FERRY],
    ['correct', FERRY, '--dek', 'Never'],
    ['import', 'all.jsonl'],
  ])('%s changes nothing without a terminal and without --yes', async (...args) => {
    const before = await at.laptop.record(FERRY);
    expect(await at.run(...args, '--json')).toEqual({
      ...{ code: 2, stdout: '', stderr: expect.stringMatching(/--yes does it without asking\.\n$/) },
    });
    expect(await at.laptop.record(FERRY)).toEqual(before);
  });

  test('what looks prints what it shows', async () => {
    await expectDocumented('status', 'status');
    await expectDocumented('failures', 'failures');
    await expectDocumented('doctor', 'doctor');
    await expectDocumented('show', 'show', FERRY);
    await expectDocumented('list', 'list', '--limit', '1');
    await expectDocumented('parse', 'parse', 'world/bridge.md');
  });
}
