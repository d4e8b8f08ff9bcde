import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '../../deploy/emulator/processes.ts';
import { until } from '../../deploy/until.ts';
import type { Candidate } from '../reader.ts';
import { debianVersion } from './programs.ts';

/** Without this it begins with feeds of other sites. */
const NO_FEEDS = '<?xml version="1.0" encoding="utf-8"?>\n<opml version="1.0"><head/><body/></opml>\n';

/** Liferea, which chooses a feed of a page by itself. It has no command to poll, so it is asked for nothing else. */
export const liferea: Candidate = {
  name: 'Liferea',
  async install({ work }) {
    const version = await debianVersion('liferea');
    for (const name of ['xvfb', 'xauth', 'dbus']) await debianVersion(name);
    return {
      name: `Liferea ${version}`,
      formats: [],
      shows: 'html',
      subscribe: () => Promise.reject(new Error('Liferea is asked for its discovery only.')),
      async discover(page) {
        const home = await mkdtemp(join(work, 'liferea-'));
        const feeds = join(home, 'config', 'liferea', 'feedlist.opml');
        await mkdir(join(feeds, '..'), { recursive: true });
        await writeFile(feeds, NO_FEEDS);
        const window = serve('dbus-run-session', ['--', 'xvfb-run', '-a', 'liferea', `--add-feed=${page}`], {
          cwd: home,
          env: {
            ...process.env,
            ...{ HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') },
            ...{ XDG_CACHE_HOME: join(home, 'cache'), GSETTINGS_BACKEND: 'memory' },
          },
        });
        // It may write the address of the page before it has found the feed.
        const found = await until(`Liferea subscribes to a feed of ${page}`, async () => {
          const address = /xmlUrl="([^"]*)"/.exec(await readFile(feeds, 'utf8'))?.[1];
          return address !== page && address;
        });
        await window.end();
        return [found];
      },
    };
  },
};
