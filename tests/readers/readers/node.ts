import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingTool } from '../../deploy/emulator/python.ts';
import type { Candidate, Format, Shown } from '../reader.ts';
import { feedLibrary } from './library.ts';
import { must, said, tried } from './programs.ts';

const library = (name: string, formats: readonly Format[], packageName = name): Candidate => ({
  name,
  async install({ root }) {
    const folder = join(root, 'tests', 'readers');
    await installPackages(folder);
    const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const script = join(folder, 'readers', 'node-readers.mjs');
    const read = async (feed: string): Promise<Shown[]> =>
      JSON.parse(await must(process.execPath, [script, packageName, feed], folder));
    return feedLibrary(`${name} ${dependencies[packageName]}`, formats, read);
  },
});

export const nodeLibraries: readonly Candidate[] = [
  library('rss-parser', ['RSS', 'Atom']),
  library('feedsmith', ['RSS', 'Atom', 'JSON']),
  library('@extractus/feed-extractor', ['RSS', 'Atom', 'JSON']),
  // PyPI has a library of the same name.
  library('npm feedparser', ['RSS', 'Atom'], 'feedparser'),
];

async function installPackages(folder: string): Promise<void> {
  const installed = (await stat(join(folder, 'node_modules', '.package-lock.json')).catch(() => undefined))
    ?.mtimeMs;
  if (installed !== undefined && installed >= (await stat(join(folder, 'package-lock.json'))).mtimeMs) return;
  const ended = await tried('npm', ['ci', '--no-audit', '--no-fund'], folder);
  if (ended === undefined) throw new MissingTool('not installed: there is no npm');
  if (ended.code !== 0) throw new MissingTool(`not installed: npm failed: ${said(ended)}`);
}
