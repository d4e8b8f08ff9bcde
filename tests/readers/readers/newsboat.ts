import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate } from '../reader.ts';
import { debianVersion, must } from './programs.ts';
import { pythonReaders } from './python.ts';

/** Newsboat with its default settings. What it shows is read from its cache. */
export const newsboat: Candidate = {
  name: 'newsboat',
  async install({ root }) {
    const version = await debianVersion('newsboat');
    const python = await pythonReaders(root);
    return {
      name: `newsboat ${version}`,
      formats: ['RSS', 'Atom'],
      shows: 'text',
      // One cache for each feed, because it keeps an entry of two feeds in the last one only.
      async subscribe(feed, folder) {
        const [urls, cache, config] = ['urls', 'cache.db', 'config'].map(name => join(folder, name));
        if (!urls || !cache || !config) throw new Error('unreachable');
        await writeFile(urls, `${feed}\n`);
        await writeFile(config, '');
        const files = ['-u', urls, '-c', cache, '-C', config];
        return {
          poll: async () => {
            await must('newsboat', [...files, '-x', 'reload'], folder);
          },
          entries: () => python.entries('newsboat', cache),
          markRead: async () => {
            const list = join(folder, 'read');
            await writeFile(
              list,
              (await python.entries('newsboat', cache)).map(({ id }) => `${id}\n`).join(''),
            );
            await must('newsboat', [...files, '-I', list], folder);
          },
        };
      },
    };
  },
};
