import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmulator } from '../../deploy/emulator/emulator.ts';
import { serve } from '../../deploy/emulator/processes.ts';
import { MissingTool } from '../../deploy/emulator/python.ts';
import { until } from '../../deploy/until.ts';
import type { Candidate, Shown } from '../reader.ts';
import { must, said, tried } from './programs.ts';

/** Pinned: another release may show something else. */
const VERSION = '2.3.5';

const USER = 'reader';
const PASSWORD = 'not-a-secret';

/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** Miniflux on a database of its own. */
export const miniflux: Candidate = {
  name: 'Miniflux',
  async install({ root, work }) {
    const program = await build(root);
    const database = await startPostgres(work);
    const server = await startEmulator({
      command: program,
      args: () => [],
      env: port => ({
        PATH: process.env.PATH,
        DATABASE_URL: `host=${database} user=postgres dbname=postgres sslmode=disable`,
        LISTEN_ADDR: `127.0.0.1:${port}`,
        ...{ RUN_MIGRATIONS: '1', CREATE_ADMIN: '1', ADMIN_USERNAME: USER, ADMIN_PASSWORD: PASSWORD },
        // The bench says when to poll.
        DISABLE_SCHEDULER_SERVICE: '1',
        FETCHER_ALLOW_PRIVATE_NETWORKS: '1',
      }),
      cwd: work,
      ready: '/healthcheck',
    });
    const call = api(server.url);
    return {
      name: `Miniflux ${VERSION}`,
      formats: ['RSS', 'Atom', 'JSON'],
      shows: 'html',
      async subscribe(feed) {
        const { feed_id: id } = (await call('POST', 'feeds', { feed_url: feed })) as { feed_id: number };
        return {
          poll: async () => {
            await call('PUT', `feeds/${id}/refresh`);
          },
          entries: async () => {
            const { entries } = (await call('GET', `feeds/${id}/entries?limit=1000`)) as {
              entries: Entry[];
            };
            return entries.map(shown);
          },
          markRead: async () => {
            await call('PUT', `feeds/${id}/mark-all-as-read`);
          },
        };
      },
      async discover(page) {
        return ((await call('POST', 'discover', { url: page })) as { url: string }[]).map(({ url }) => url);
      },
    };
  },
};

/** An entry as the API of Miniflux gives it. */
interface Entry {
  id: number;
  title: string;
  author: string;
  content: string;
  published_at: string;
  status: string;
  enclosures: { url: string; mime_type: string }[] | null;
}

function shown({ id, title, author, content, published_at, status, enclosures }: Entry): Shown {
  return {
    ...{ id: String(id), title, author, content, date: published_at, unread: status === 'unread' },
    recordings: (enclosures ?? []).filter(file => file.mime_type.startsWith('audio/')).map(({ url }) => url),
  };
}

function api(url: string) {
  const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Miniflux answered ${method} ${path} with ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** Builds it from its source. @returns its path */
async function build(root: string): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'copydesk', `miniflux-${VERSION}`);
  const program = join(folder, 'miniflux.app');
  const files: string[] = await readdir(folder).catch(() => []);
  if (files.includes('miniflux.app')) return program;
  const words = ['install', `miniflux.app/v2@v${VERSION}`];
  const built = await tried('go', words, root, { ...process.env, GOBIN: folder });
  if (built === undefined)
    throw new MissingTool('not installed: Go builds it from its source, and there is no Go');
  if (built.code !== 0) throw new MissingTool(`not installed: Go could not build it: ${said(built)}`);
  return program;
}

/** Starts PostgreSQL with an empty database. @returns the folder of its socket */
async function startPostgres(work: string): Promise<string> {
  const bin = await postgresPrograms();
  const folder = join(work, 'postgres');
  await mkdir(folder);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await chmod(work, 0o711);
    await chown(folder, NOBODY, NOBODY);
  }
  const as = (command: string, ...args: string[]): [string, string[]] =>
    isRoot
      ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', join(bin, command), ...args]]
      : [join(bin, command), args];
  const data = join(folder, 'data');
  await must(
    ...as('initdb', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync', data),
    folder,
  );
  // A socket only, which nobody else reaches.
  const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'];
  const server = serve(...as('postgres', ...options), { cwd: folder, env: process.env });
  await until('PostgreSQL accepts connections', async () =>
    server.printed().includes('ready to accept connections'),
  );
  return folder;
}

/** Debian does not put the server's programs on the PATH. */
async function postgresPrograms(): Promise<string> {
  const base = '/usr/lib/postgresql';
  for (const version of (await readdir(base).catch(() => [])).sort().reverse()) {
    const bin = join(base, version, 'bin');
    if ((await readdir(bin)).includes('initdb')) return bin;
  }
  throw new MissingTool('not installed: it needs PostgreSQL: `apt-get install postgresql`, or `--install`');
}
