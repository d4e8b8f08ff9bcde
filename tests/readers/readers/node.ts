import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../deploy/emulator/processes.ts';
import { MissingTool } from '../../deploy/emulator/python.ts';
import type { Candidate, Format, Shown } from '../reader.ts';
import { feedLibrary } from './library.ts';
import { must, said } from './programs.ts';

const library = (name: string, formats: readonly Format[]): Candidate => ({
  name,
  async install({ root }) {
    const folder = join(root, 'tests', 'readers');
    await installPackages(folder);
    const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const script = join(folder, 'readers', 'node-readers.mjs');
    const read = async (feed: string): Promise<Shown[]> =>
      JSON.parse(await must(process.execPath, [script, name, feed], folder));
    // PyPI has a library of the same name.
    const shownName = name === 'feedparser' ? 'npm feedparser' : name;
    return feedLibrary(`${shownName} ${dependencies[name]}`, formats, read);
  },
});

export const nodeLibraries: readonly Candidate[] = [
  library('rss-parser', ['RSS', 'Atom']),
  library('feedsmith', ['RSS', 'Atom', 'JSON']),
  library('@extractus/feed-extractor', ['RSS', 'Atom', 'JSON']),
  library('feedparser', ['RSS', 'Atom']),
];

async function installPackages(folder: string): Promise<void> {
  const installed = (await stat(join(folder, 'node_modules', '.package-lock.json')).catch(() => undefined))
    ?.mtimeMs;
  if (installed !== undefined && installed >= (await stat(join(folder, 'package-lock.json'))).mtimeMs) return;
  const ended = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env: process.env });
  if (ended.code !== 0) throw new MissingTool(`npm could not install it: ${said(ended)}`);
}
