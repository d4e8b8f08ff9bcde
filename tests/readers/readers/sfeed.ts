import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate, Shown } from '../reader.ts';
import { debianVersion, must } from './programs.ts';

/** sfeed, which keeps a line for each entry and has no mark for read ones. */
export const sfeed: Candidate = {
  name: 'sfeed',
  async install({ work }) {
    const version = await debianVersion('sfeed');
    return {
      name: `sfeed ${version}`,
      formats: ['RSS', 'Atom'],
      shows: 'text',
      async subscribe(feed, folder) {
        const config = join(folder, 'sfeedrc');
        await writeFile(config, `sfeedpath=${JSON.stringify(folder)}\nfeeds() {\n\tfeed main '${feed}'\n}\n`);
        return {
          poll: async () => {
            await must('sfeed_update', [config], folder);
          },
          entries: async () =>
            (await readFile(join(folder, 'main'), 'utf8')).split('\n').filter(Boolean).map(entry),
        };
      },
      async discover(page) {
        const script = 'curl -s "$1" | sfeed_web "$1"';
        const found = await must('sh', ['-c', script, 'sh', page], work);
        return found.split('\n').flatMap(line => line.split('\t')[0] || []);
      },
    };
  },
};

/** The fields of sfeed(5). */
function entry(line: string): Shown {
  const [date = '', title = '', , content = '', , id = '', author = '', enclosure = ''] = line.split('\t');
  return { id, title, author, content, date, recordings: enclosure === '' ? [] : [enclosure] };
}
