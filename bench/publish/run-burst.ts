import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import type { RunningServices } from '../../local/service-types.ts';
import { startServices } from '../../local/services.ts';
import { LOG_EVENTS } from '../../shared/aws/telemetry.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { progress, table } from '../table.ts';
import { copyOf, keyOf } from './burst-copy.ts';
import { checkBurst } from './check-burst.ts';
import { countRequests } from './count-requests.ts';

/** As many as the desk's own commands upload at once. */
const UPLOADS_AT_ONCE = 16;

const BASE_URL = 'https://news.example.org';

/** What a burst of files took. */
export interface BurstReport {
  articles: number;
  /** Seconds until all were uploaded, and until all were published. */
  uploaded: number;
  published: number;
  /** Seconds of this process, services and all. */
  cpu: number;
  peakMegabytes: number;
  /** Calls of the publish function, and writes of the main edition and of its feed. */
  calls: number;
  mainEdition: number;
  mainFeed: number;
  /** Requests of the two functions by kind: how many, and seconds that they took in all. */
  requests: Record<string, { count: number; seconds: number }>;
  /** What is not as it should be. */
  problems: string[];
}

/** Uploads articles at once to the services of a laptop, waits until all are published, and looks at what there is. */
export async function runBurst(articles: number): Promise<BurstReport> {
  const stateDir = await mkdtemp(join(tmpdir(), 'copydesk-burst-'));
  let handlers: LocalHandlers | undefined;
  let calls = 0;
  const troubles: string[] = [];
  const counted = countRequests();
  const services = await startServices({
    stateDir,
    handlers: local => {
      counted.watch(local.s3, 's3');
      counted.watch(local.dynamodb, 'table');
      handlers = localHandlers(local, {
        settings: DEFAULT_SETTINGS,
        baseUrl: BASE_URL,
        log: ({ event }) => {
          if (event === LOG_EVENTS.published) calls++;
        },
      });
      return handlers;
    },
    onError: (error, where) => troubles.push(`${where}: ${String(error)}`),
  });
  try {
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1_000;
    const before = process.cpuUsage();
    const watch = watchMemory();
    await uploadAll(services, articles);
    const uploaded = seconds();
    progress('publishing');
    await services.idle();
    const published = seconds();
    const { user, system } = process.cpuUsage(before);
    progress('');
    const report: BurstReport = {
      articles,
      uploaded,
      published,
      cpu: (user + system) / 1e6,
      peakMegabytes: watch.stop(),
      calls,
      mainEdition: counted.writes('storage', 'editions/all.json'),
      mainFeed: counted.writes('site', 'feed.xml'),
      requests: counted.requests(),
      problems: [...new Set(troubles)],
    };
    if (handlers) report.problems.push(...(await checkBurst(articles, handlers.publishDeps)));
    write(report);
    return report;
  } finally {
    await services.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function uploadAll({ s3, buckets }: RunningServices, articles: number): Promise<void> {
  let done = 0;
  await pMap(
    // The oldest first: what comes later always belongs at the top of the main edition.
    Array.from({ length: articles }, (_, at) => articles - 1 - at),
    async number => {
      await s3.send(
        new PutObjectCommand({ Bucket: buckets.intake, Key: keyOf(number), Body: copyOf(number) }),
      );
      progress(`uploaded ${++done} of ${articles}`);
    },
    { concurrency: UPLOADS_AT_ONCE },
  );
}

/** Looks at the memory of this process now and then. `stop` gives the most, in megabytes. */
function watchMemory(): { stop(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss() / 1e6);
  };
  const timer = setInterval(look, 200);
  return {
    stop() {
      clearInterval(timer);
      look();
      return Math.round(most);
    },
  };
}

function write(report: BurstReport): void {
  const { articles, uploaded, published, cpu, peakMegabytes, calls, mainEdition, mainFeed } = report;
  process.stdout.write(
    `${table(
      ['burst', 's uploaded', 's published', 's CPU', 'peak MB', 'calls', 'main edition', 'feed.xml'],
      [
        [
          `${articles.toLocaleString('en')} articles`,
          uploaded.toFixed(0),
          published.toFixed(0),
          cpu.toFixed(0),
          ...[peakMegabytes, calls, mainEdition, mainFeed].map(String),
        ],
      ],
    )}\n`,
  );
  process.stdout.write(
    table(
      ['requests', 'count', 'an article', 'ms each'],
      Object.entries(report.requests).map(([kind, { count, seconds }]) => [
        kind,
        String(count),
        (count / articles).toFixed(2),
        ((seconds * 1_000) / count).toFixed(1),
      ]),
    ),
  );
  for (const problem of report.problems.slice(0, 20)) process.stdout.write(`wrong: ${problem}\n`);
}
