import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { namedFiles } from '../../../cli/bulk/named-files.ts';
import { filesBelow, type SkippedLink, skippedSentence } from '../../../cli/pipeline/folder.ts';

/** Links in a folder of copy: none of them publishes what lies outside. */

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-folder-'));
  for (const file of ['in/a.md', 'in/world/b.md', 'outside/secret.md', 'outside/deep/plan.md']) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), file);
  }
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const link = (target: string, name: string) => symlink(target, path.join(dir, name));

async function walk(follow = false): Promise<{ keys: string[]; skipped: string[] }> {
  const skipped: string[] = [];
  const onSkipped = ({ file, why }: SkippedLink) => skipped.push(`${path.relative(dir, file)} ${why}`);
  const files = await filesBelow(path.join(dir, 'in'), { follow, onSkipped });
  return { keys: files.map(({ key }) => key), skipped: skipped.sort() };
}

const OWN = ['a.md', 'world/b.md'];

test('a link to a file in the folder is a file of its own', async () => {
  await link('world/b.md', 'in/copy.md');
  await link(path.join(dir, 'in/a.md'), 'in/world/absolute.md');
  expect(await walk()).toEqual({ keys: ['a.md', 'copy.md', 'world/absolute.md', 'world/b.md'], skipped: [] });
});

test.each([
  ['to a file outside', '../outside/secret.md', 'leads out of the folder'],
  ['to a folder outside', '../outside', 'leads out of the folder'],
  ['to the folder above', '..', 'leads out of the folder'],
  ['to a folder beside whose name begins alike', '../in-other', 'leads nowhere'],
  ['to a file of the system', '/etc/hostname', 'leads out of the folder'],
  ['to a folder inside', 'world', 'leads to a folder'],
  ['to its own folder', '.', 'leads to a folder'],
  ['to nothing', 'gone.md', 'leads nowhere'],
  ['to itself', 'x', 'leads nowhere'],
])('a link %s is passed over', async (_, target, why) => {
  await link(target, 'in/x');
  expect(await walk()).toEqual({ keys: OWN, skipped: [`in/x ${why}`] });
});

test('a link to a link that leads outside is passed over too', async () => {
  await link('../outside/secret.md', 'in/.hop');
  await link('.hop', 'in/x.md');
  expect((await walk()).keys).toEqual(OWN);
});

test('with follow, files and folders outside are included, and no folder twice', async () => {
  await link('../outside', 'in/x');
  await link('../outside', 'in/y');
  await link('..', 'in/zz');
  await link('.', 'in/world/loop');
  await link('../../in', 'in/world/round');
  await link('gone', 'in/gone.md');
  const { keys, skipped } = await walk(true);
  expect(keys).toEqual([...OWN, 'x/deep/plan.md', 'x/secret.md'].sort());
  expect(skipped).toEqual(['in/gone.md leads nowhere']);
});

test('with follow, a file has the key of its own folder, whatever links lead there', async () => {
  await link('world', 'in/another');
  expect((await walk(true)).keys).toEqual(OWN);
});

test('what is left out stays left out when a link leads to it', async () => {
  await link('../outside', 'in/x');
  await link('../outside/secret.md', 'in/y.md');
  const except = [await realpath(path.join(dir, 'outside'))];
  const files = await filesBelow(path.join(dir, 'in'), {
    follow: true,
    except: [...except, path.join(except[0] ?? '', 'secret.md')],
  });
  expect(files.map(({ key }) => key)).toEqual(OWN);
});

test('put takes a link that is named, and passes over those in a folder', async () => {
  await link('../outside/secret.md', 'in/x.md');
  const skipped: SkippedLink[] = [];
  const named = await namedFiles([path.join(dir, 'in/x.md'), path.join(dir, 'in')], '', {
    onSkipped: each => skipped.push(each),
  });
  expect(named.map(({ key }) => key)).toEqual(['x.md', ...OWN]);
  expect(skipped).toHaveLength(1);
});

test('a thousand links are one sentence', () => {
  const links = Array.from(
    { length: 1_000 },
    (_, index) => ({ file: `in/${index}`, why: 'leads nowhere' }) as const,
  );
  const sentence = skippedSentence(links);
  expect(sentence).toMatch(/^1000 links were passed over: in\/0 \(leads nowhere\), .*, 990 more\.$/);
});
