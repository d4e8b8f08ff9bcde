import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run, type Server, serve } from '../deploy/emulator/processes.ts';
import { until } from '../deploy/until.ts';
import { FEED_FILES } from './reader.ts';

/** Equal looks at the feeds, a second apart, after which nothing more is published: the pages came before. */
const QUIET_LOOKS = 3;
const LOOK_AGAIN_MS = 1_000;

/** Lines of the site's output that are shown of a failure. */
const LAST_LINES = 40;

const MISSING = 'no page';

export type Files = Record<string, string | Uint8Array>;

/** A paper: an inbox and its site, served by `copydesk start` of any build. */
export class Paper {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  #build: string;
  #server: Server | undefined;
  #site = '';
  #read = 0;
  /** Addresses of the pages by the keys of their stories. */
  readonly #pages = new Map<string, string>();

  /**
   * @param folder an empty folder for the inbox and the state
   * @param build folder of the code that serves it
   */
  constructor(folder: string, build: string) {
    this.#folder = folder;
    this.#build = build;
    this.#env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  }

  /** Address of the site, with a slash at the end. */
  get site(): string {
    return this.#site;
  }

  /** The end of what the build has printed. */
  get lastWords(): string {
    return this.#printed().split('\n').slice(-LAST_LINES).join('\n');
  }

  async start(): Promise<void> {
    await mkdir(join(this.#folder, 'inbox'), { recursive: true });
    const port = this.#site === '' ? '0' : new URL(this.#site).port;
    const args = ['start', '--port', port, '--s3-port', '0', '--no-samples'];
    this.#server = serve(process.execPath, this.#command(args), this.#where);
    this.#read = 0;
    [, this.#site = ''] = await this.#says(/Site +(\S+)/);
    await this.#says(/^Ready/m);
  }

  /** Ends the build that serves the site, and lets another one serve it at the same address. */
  async continueWith(build: string): Promise<void> {
    await this.#server?.end();
    this.#build = build;
    await this.start();
  }

  /** Saves files in the inbox, and waits until all stories among them have the outcome and are published so. */
  async file(files: Files, outcome = 'live'): Promise<void> {
    const stories = Object.keys(files).filter(key => typeof files[key] === 'string');
    await this.#change(stories, outcome, async () => {
      for (const [key, bytes] of Object.entries(files)) {
        const path = join(this.#folder, 'inbox', key);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, bytes);
      }
    });
  }

  /** Deletes a file of the inbox. */
  delete(key: string): Promise<void> {
    return this.#change([key], 'deleted', () => rm(join(this.#folder, 'inbox', key)));
  }

  /** Publishes everything again, as after an upgrade. */
  async publishAll(): Promise<void> {
    await this.#run('publish', '--all');
    await this.#quiet();
  }

  /** A page or a feed. */
  async text(path: string): Promise<string> {
    return (await fetch(new URL(path, this.#site))).text();
  }

  async #change(stories: readonly string[], outcome: string, change: () => Promise<void>): Promise<void> {
    const before = new Map<string, string>();
    for (const key of stories) before.set(key, await this.#page(key));
    await change();
    await until(`each of ${stories.length} files is ${outcome}`, async () => {
      const lines = this.#printed(this.#read).split('\n');
      const told = new Set(lines.map(line => line.split(/ +/).slice(0, 2).join(' ')));
      return stories.every(key => told.has(`${outcome} ${key}`));
    });
    this.#read = this.#printed().length;
    if (!stories.every(key => this.#pages.has(key))) await this.#findPages();
    for (const key of stories)
      await until(
        `the page of ${key} is another one`,
        async () => (await this.#page(key)) !== before.get(key),
      );
    await this.#quiet();
  }

  /** The page of a story, or its status without its text if there is none. */
  async #page(key: string): Promise<string> {
    const path = this.#pages.get(key);
    if (path === undefined) return MISSING;
    const response = await fetch(new URL(path, this.#site));
    const text = await response.text();
    return response.ok ? text : MISSING;
  }

  async #findPages(): Promise<void> {
    for (const line of (await this.#run('list', '--json', '--limit', '10000')).split('\n').filter(Boolean)) {
      const { source, permalink } = JSON.parse(line) as { source: { key: string }; permalink: string };
      this.#pages.set(source.key, permalink);
    }
  }

  /** Runs a command beside the site. Returns what it printed. */
  async #run(...words: string[]): Promise<string> {
    const ended = await run(process.execPath, this.#command([...words, '--local']), this.#where);
    if (ended.code !== 0) throw new Error(`${words.join(' ')} ended with ${ended.code}:\n${ended.stderr}`);
    return ended.stdout;
  }

  async #quiet(): Promise<void> {
    let last = '';
    let looks = 0;
    await until('the feeds stand still', async () => {
      const now = (await Promise.all(Object.values(FEED_FILES).map(name => this.text(name)))).join('');
      looks = now === last ? looks + 1 : 0;
      last = now;
      await pause(LOOK_AGAIN_MS);
      return looks >= QUIET_LOOKS;
    });
  }

  #command(words: readonly string[]): string[] {
    return [join(this.#build, 'cli', 'copydesk.js'), ...words];
  }

  get #where() {
    return { cwd: this.#folder, env: this.#env };
  }

  #says(pattern: RegExp): Promise<RegExpMatchArray> {
    return until(`the site says ${pattern}`, async () => this.#printed().match(pattern) ?? undefined);
  }

  #printed(start = 0): string {
    return this.#server?.printed().slice(start) ?? '';
  }
}
