import { CHECK } from '../../functions/publish/states/check-state.ts';
import { progress, table } from '../table.ts';
import { openArchive } from './cost.ts';

const SIZES = [10_000, 1_000_000, 10_000_000];

/** What one daily check takes in an archive of a size in which nothing is wrong. */
interface CheckReport {
  articles: number;
  /** Seconds of this process, user and system, with the making of the archive. */
  cpu: number;
  requests: Record<string, number>;
  received: number;
}

/** Counts the requests of the second daily check. The first one writes the files that the site of the bench lacks. */
export async function runCheck(sizes: readonly number[] = SIZES): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const articles of sizes) {
    progress(`${articles.toLocaleString('en')} articles`);
    reports.push(await checkCost(articles));
  }
  progress('');
  const kinds = [...new Set(reports.flatMap(({ requests }) => Object.keys(requests)))].sort();
  const rows = reports.map(({ articles, requests, received, cpu }) => [
    `${articles.toLocaleString('en')} articles`,
    ...kinds.map(kind => String(requests[kind] ?? 0)),
    (received / 1_000_000).toFixed(0),
    cpu.toFixed(0),
  ]);
  process.stdout.write(`${table(['a daily check', ...kinds, 'MB received', 'CPU s'], rows)}\n`);
  return reports;
}

/** What a daily check takes in an archive of so many articles. */
async function checkCost(articles: number): Promise<CheckReport> {
  const { publish, deps, take } = openArchive(articles);
  await publish({ copydesk: 'rebuild' });
  // The same slices again, so that their files are there.
  await deps.storage.delete(CHECK.key);
  take();
  const before = process.cpuUsage();
  await publish({ copydesk: 'rebuild' });
  const { user, system } = process.cpuUsage(before);
  const { requests, received } = take();
  return { articles, cpu: (user + system) / 1_000_000, requests, received };
}
