// `npm run test:readers`: real readers subscribe to a site, which then changes. Prints what they show.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { tool } from '../deploy/checkout.ts';
import { endAll } from '../deploy/emulator/processes.ts';
import { Steps } from '../deploy/steps.ts';
import { buildOf, type EarlierBuild } from './build-of.ts';
import { firstFiles } from './copy.ts';
import { discover } from './discovery.ts';
import { History } from './history.ts';
import { Paper } from './paper.ts';
import type { Reader } from './reader.ts';
import { discoveryTable, historyTables, upgradeTable } from './report.ts';
import { CANDIDATES, DEBIAN_PACKAGES, install } from './subscribers.ts';
import { upgrade } from './upgrade.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

interface Options {
  at?: string;
  from?: string;
  install?: true;
  only?: string[];
}

const options = new Command('npm run test:readers --')
  .description('Real readers subscribe to a site, which then changes. Prints what they show.')
  .option('--at <commit>', 'let an earlier build serve the site')
  .option('--from <commit>', 'let readers subscribe to a site of an earlier build, and upgrade it')
  .option('--only <readers...>', `some of ${CANDIDATES.map(({ name }) => name).join(', ')}`)
  .option('--install', 'first install the readers that are Debian packages, with apt-get')
  .parse()
  .opts<Options>();

const names = CANDIDATES.map(({ name }) => name);
const unknown = (options.only ?? []).filter(name => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no reader ${unknown.join(', ')}. There are: ${names.join(', ')}.\n`);
  process.exit(2);
}

const work = await mkdtemp(join(tmpdir(), 'copydesk-readers-'));
const steps = new Steps();
let earlier: EarlierBuild | undefined;
let paper: Paper | undefined;
let cleaned: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

try {
  if (options.install)
    await steps.do('Debian packages', () =>
      tool('apt-get', ['install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES], ROOT),
    );
  const chosen = CANDIDATES.filter(({ name }) => options.only?.includes(name) ?? true);
  const installed = await steps.do('Readers', () => install(chosen, { root: ROOT, work }));
  const commit = options.from ?? options.at;
  if (commit !== undefined)
    earlier = await steps.do('The earlier build', async remark => {
      const build = await buildOf(commit, ROOT, work);
      remark(build.title);
      return build;
    });

  const folder = join(work, 'paper');
  await mkdir(folder);
  const site = new Paper(folder, earlier?.folder ?? ROOT);
  paper = site;
  await steps.do('The site', () => site.start());
  const { readers } = installed;
  if (options.from !== undefined) {
    const found = await upgrade(site, readers, { later: ROOT, steps, work });
    process.stdout.write(`\n${upgradeTable(found, installed)}`);
    const isSeen = [...found.values()].some(it => it.again > 0 || it.date > 0 || (it.unread ?? 0) > 0);
    if (isSeen) process.exitCode = 1;
  } else {
    await steps.do('The first stories', () => site.file(firstFiles()));
    const found = new Map<Reader, string[]>();
    await steps.do('Discovery', async () => {
      for (const reader of readers) found.set(reader, await discover(site, reader));
    });
    const { cells } = await History.run(site, readers, { steps, work });
    process.stdout.write(`\n${historyTables(cells, installed)}\n${discoveryTable(found, installed)}`);
  }
  process.stdout.write(`\n${steps.summary}.\n`);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`\n${(error as Error).stack}\n`);
  if (paper !== undefined) process.stderr.write(`\nThe end of what the site said:\n${paper.lastWords}\n`);
} finally {
  await cleanUp();
}

function cleanUp(): Promise<void> {
  cleaned ??= (async () => {
    await endAll();
    await earlier?.remove();
    await rm(work, { recursive: true, force: true });
  })();
  return cleaned;
}
