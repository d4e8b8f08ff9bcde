import { join } from 'node:path';
import { pythonWith } from '../../deploy/emulator/python.ts';
import type { Candidate, Format, Shown } from '../reader.ts';
import { feedLibrary } from './library.ts';
import { must } from './programs.ts';

/** Pinned: another release may show something else. */
const PACKAGES = ['feedparser==6.0.14', 'fastfeedparser==0.6.5', 'podcastparser==0.6.11'];

/** Reads feeds with libraries for Python, and files of readers for which Node has no reader of its own. */
export async function pythonReaders(root: string): Promise<{
  entries(kind: string, source: string): Promise<Shown[]>;
}> {
  const bin = await pythonWith(root, PACKAGES);
  const script = join(root, 'tests', 'readers', 'readers', 'python-readers.py');
  return {
    entries: async (kind, source) =>
      JSON.parse(await must(join(bin, 'python'), [script, kind, source], root)),
  };
}

const library = (name: string, formats: readonly Format[]): Candidate => ({
  name,
  async install({ root }) {
    const python = await pythonReaders(root);
    const version = PACKAGES.find(it => it.startsWith(`${name}==`))?.split('==')[1];
    return feedLibrary(`${name} ${version}`, formats, feed => python.entries(name, feed));
  },
});

export const pythonLibraries: readonly Candidate[] = [
  library('feedparser', ['RSS', 'Atom']),
  library('fastfeedparser', ['RSS', 'Atom', 'JSON']),
  library('podcastparser', ['RSS']),
];
