import { progress, table } from '../table.ts';
import { CHANGES, type ChangeName, type Cost, type Newsroom, openNewsroom } from './cost.ts';

const SIZES = [100, 10_000, 1_000_000];

/** Changes before those that count: until the code is compiled. */
const WARM_UP = 20;

/** What one kind of change costs in an archive of a size: medians. */
export interface CostReport {
  change: ChangeName;
  articles: number;
  /** Milliseconds. */
  cpu: number;
  requests: Record<string, number>;
  allRequests: number;
  sent: number;
  received: number;
  /** The objects and items of which most bytes were sent or received. */
  heaviest: Record<string, number>;
}

const HEAVIEST = 15;

/**
 * Measures what publishing one change costs, in archives of three sizes by turns, so that whatever else the machine
 * does meets all of them.
 * @param changes how many of each kind
 */
export async function runCost(changes: number): Promise<CostReport[]> {
  const newsrooms = SIZES.map(openNewsroom);
  const reports: CostReport[] = [];
  for (const change of Object.keys(CHANGES) as ChangeName[]) {
    const costs = new Map<Newsroom, Cost[]>(newsrooms.map(newsroom => [newsroom, []]));
    for (let turn = -WARM_UP; turn < changes; turn++) {
      progress(`${CHANGES[change]}: ${Math.max(0, turn)} of ${changes}`);
      for (const [newsroom, known] of costs) {
        const cost = await newsroom.measure(change);
        if (turn >= 0) known.push(cost);
      }
    }
    for (const [{ size }, known] of costs) reports.push(reportOf(change, size, known));
  }
  progress('');
  for (const change of Object.keys(CHANGES) as ChangeName[]) write(change, reports);
  return reports;
}

function reportOf(change: ChangeName, articles: number, costs: readonly Cost[]): CostReport {
  const counted = (of: (cost: Cost) => Record<string, number>) => {
    const names = [...new Set(costs.flatMap(cost => Object.keys(of(cost))))].sort();
    return names.map(name => [name, median(costs.map(cost => of(cost)[name] ?? 0))] as const);
  };
  const requests = counted(cost => cost.requests);
  const heaviest = counted(cost => cost.bytesOf).sort(([, a], [, b]) => b - a);
  return {
    change,
    articles,
    cpu: median(costs.map(({ cpu }) => cpu)),
    requests: Object.fromEntries(requests),
    allRequests: median(
      costs.map(cost => Object.values(cost.requests).reduce((sum, count) => sum + count, 0)),
    ),
    sent: median(costs.map(({ sent }) => sent)),
    received: median(costs.map(({ received }) => received)),
    heaviest: Object.fromEntries(heaviest.slice(0, HEAVIEST)),
  };
}

function write(change: ChangeName, all: readonly CostReport[]): void {
  const reports = all.filter(report => report.change === change);
  const [smallest] = reports;
  const kinds = [...new Set(reports.flatMap(({ requests }) => Object.keys(requests)))].sort();
  const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(0);
  process.stdout.write(
    `${table(
      [CHANGES[change], ...kinds, 'requests', 'KB sent', 'KB received', 'CPU ms', '×'],
      reports.map(report => [
        `${report.articles.toLocaleString('en')} articles`,
        ...kinds.map(kind => String(report.requests[kind] ?? 0)),
        String(report.allRequests),
        kilobytes(report.sent),
        kilobytes(report.received),
        report.cpu.toFixed(1),
        (report.cpu / (smallest?.cpu ?? 1)).toFixed(2),
      ]),
    )}\n`,
  );
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
