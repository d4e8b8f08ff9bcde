import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Deployment, openDeployment } from '../../cli/deployment/deployment.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { begin, type Run, type Running } from './command.ts';
import { runHere } from './run-here.ts';

/** `npm start` in a folder of its own, and the deployment's commands beside it. */
export interface Laptop {
  dir: string;
  /** Address of the site. */
  site: string;
  deployment: Deployment;
  write(files: Record<string, string | Uint8Array>): Promise<void>;
  folder(name: string): Promise<void>;
  /** Runs a command beside it to its end, in this process: one at a time. */
  run(...args: string[]): Promise<Run>;
  begin(...args: string[]): Running;
  record(key: string): Promise<ArticleRecord | undefined>;
  feed(): Promise<{ id: string; title: string }[]>;
  /** Resolves once the intake bucket holds a key like this. */
  uploaded(pattern: RegExp): Promise<void>;
  /** Resolves once something holds that comes by itself. */
  becomes(holds: () => Promise<boolean>): Promise<void>;
  /** As when the machine loses its power. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

const LOOK_AGAIN_MS = 20;

/** Starts the pipeline, once for a file of tests: each start takes seconds. */
export async function beginLaptop(): Promise<Laptop> {
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-laptop-'));
  const pipeline = begin(dir, 'start', '--port', '0', '--s3-port', '0', '--no-samples');
  const [, site = ''] = await pipeline.says(/Site +(\S+)/);
  await pipeline.says(/Ready/);
  const deployment = await openDeployment({ local: true, state: path.join(dir, '.copydesk') });
  const kill = async () => {
    pipeline.child.kill('SIGKILL');
    await pipeline.ended;
  };
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
    begin: (...args) => begin(dir, ...args),
    record: key => deployment.articles.get(deployment.articles.idOf(key)),
    async feed() {
      const feed = (await (await fetch(new URL('feed.json', site))).json()) as {
        items: { id: string; title: string }[];
      };
      return feed.items;
    },
    async uploaded(pattern) {
      for (;;) {
        for await (const key of deployment.intake.keys()) if (pattern.test(key)) return;
        await setTimeout(LOOK_AGAIN_MS);
      }
    },
    async becomes(holds) {
      while (!(await holds())) await setTimeout(LOOK_AGAIN_MS);
    },
    kill,
    async end() {
      deployment.close();
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
