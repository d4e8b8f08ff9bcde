import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate } from '../reader.ts';
import { debianVersion, must } from './programs.ts';
import { pythonReaders } from './python.ts';

/** rss2email, which writes a mail for each new entry into a folder. */
export const rss2email: Candidate = {
  name: 'rss2email',
  async install({ root }) {
    const version = await debianVersion('rss2email');
    const python = await pythonReaders(root);
    return {
      name: `rss2email ${version}`,
      formats: ['RSS', 'Atom'],
      shows: 'text',
      async subscribe(feed, folder) {
        const [config, mails] = [join(folder, 'config'), join(folder, 'mails')];
        await mkdir(mails);
        await writeFile(
          config,
          `[DEFAULT]\nto = reader@example.org\nfrom = feeds@example.org\nemail-protocol = maildir\nmaildir-path = ${mails}\nmaildir-mailbox = inbox\n`,
        );
        const files = ['-c', config, '-d', join(folder, 'data.json')];
        await must('r2e', [...files, 'add', 'main', feed], folder);
        return {
          poll: async () => {
            await must('r2e', [...files, 'run'], folder);
          },
          entries: () => python.entries('maildir', join(mails, 'inbox')),
        };
      },
    };
  },
};
