import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Deployment, openDeployment } from '../../cli/deployment/deployment.ts';
import { localHandlers } from '../../local/handlers.ts';
import { startServices } from '../../local/services.ts';
import { readSiteBucket, startSiteServer } from '../../local/site-server.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { begin, type Run, type Running } from './command.ts';
import { runHere } from './run-here.ts';

/** The pipeline on a state folder of its own, and the deployment's commands beside it. */
export interface Laptop {
  dir: string;
  /** Address of the site. */
  site: string;
  deployment: Deployment;
  write(files: Record<string, string | Uint8Array>): Promise<void>;
  folder(name: string): Promise<void>;
  /** Runs a command beside it to its end, in this process: one at a time. */
  run(...args: string[]): Promise<Run>;
  record(key: string): Promise<ArticleRecord | undefined>;
  /** The articles of the main feed, without its notices. */
  feed(): Promise<{ id: string; title: string }[]>;
  /** Resolves once something holds that comes by itself. */
  becomes(holds: () => Promise<boolean>): Promise<void>;
  end(): Promise<void>;
}

/** The same of `npm start`. */
export interface StartedLaptop extends Laptop {
  /** Starts a command beside it in a process of its own. */
  begin(...args: string[]): Running;
  /** Resolves once the intake bucket holds a key like this. */
  uploaded(pattern: RegExp): Promise<void>;
  /** As when the machine loses its power. */
  kill(): Promise<void>;
}

const LOOK_AGAIN_MS = 20;

/** Starts `npm start` in a process of its own, for tests that end processes: each start takes three seconds of CPU. */
export async function beginLaptop(): Promise<StartedLaptop> {
  const dir = await newFolder();
  const pipeline = begin(dir, 'start', '--port', '0', '--s3-port', '0', '--no-samples');
  const [, site = ''] = await pipeline.says(/Site +(\S+)/);
  await pipeline.says(/Ready/);
  const kill = async () => {
    pipeline.child.kill('SIGKILL');
    await pipeline.ended;
  };
  const laptop = await laptopOf(dir, site, kill);
  return {
    ...laptop,
    begin: (...args) => begin(dir, ...args),
    async uploaded(pattern) {
      for (;;) {
        for await (const key of laptop.deployment.intake.keys()) if (pattern.test(key)) return;
        await setTimeout(LOOK_AGAIN_MS);
      }
    },
    kill,
  };
}

/** The same in the process of the test. */
export interface OpenLaptop extends Laptop {
  /** Runs work while the publisher neither runs nor starts, so that it sees nothing before the work ends. */
  beforePublisher<T>(work: () => Promise<T>): Promise<T>;
}

/** Starts the services and the functions of `npm start` in this process. Commands still reach them over HTTP. */
export async function openLaptop(): Promise<OpenLaptop> {
  const dir = await newFolder();
  let read: ReturnType<typeof readSiteBucket> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const afterLast = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const server = await startSiteServer({ port: 0, read: async key => read?.(key) });
  const services = await startServices({
    stateDir: path.join(dir, '.copydesk'),
    siteUrl: server.url,
    handlers: local => {
      const options = { settings: DEFAULT_SETTINGS, baseUrl: server.url, log: () => undefined };
      const handlers = localHandlers(local, options);
      return {
        ...handlers,
        publish: event => afterLast(() => handlers.publish(event)),
        tick: () => afterLast(() => handlers.tick()),
      };
    },
  });
  read = readSiteBucket(services.s3, services.buckets.site);
  const laptop = await laptopOf(dir, server.url, async () => {
    await services.close();
    await server.close();
  });
  return { ...laptop, beforePublisher: afterLast };
}

const newFolder = () => mkdtemp(path.join(tmpdir(), 'copydesk-laptop-'));

async function laptopOf(dir: string, site: string, stop: () => Promise<void>): Promise<Laptop> {
  const deployment = await openDeployment({ local: true, state: path.join(dir, '.copydesk') });
  return {
    dir,
    site,
    deployment,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(path.join(dir, path.dirname(name)), { recursive: true });
        await writeFile(path.join(dir, name), text);
      }
    },
    folder: async name => {
      await mkdir(path.join(dir, name), { recursive: true });
    },
    run: (...args) => runHere(dir, ...args),
    record: key => deployment.articles.get(deployment.articles.idOf(key)),
    async feed() {
      const feed = (await (await fetch(new URL('feed.json', site))).json()) as {
        items: { id: string; title: string; _gone?: object }[];
      };
      return feed.items.filter(({ _gone }) => _gone === undefined);
    },
    async becomes(holds) {
      while (!(await holds())) await setTimeout(LOOK_AGAIN_MS);
    },
    async end() {
      deployment.close();
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
