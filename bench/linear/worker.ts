import { parseArticle } from '../../functions/ingest/parse.ts';
import { Rejection } from '../../shared/rejection.ts';
import { KINDS, make } from './inputs.ts';

export interface Task {
  kind: string;
  /** Bytes of each input. */
  sizes: readonly number[];
}

/** What came of an input. */
export interface Run {
  size: number;
  /** CPU milliseconds a megabyte. */
  cost: number;
  /** `accepted`, or the code of the rejection. */
  outcome: string;
}

export interface Answer {
  runs: Run[];
  peakMegabytes: number;
}

process.once('message', async ({ kind: name, sizes }: Task) => {
  const kind = KINDS.find(each => each.name === name);
  if (!kind) process.exit(1);
  const runs: Run[] = [];
  const parse = async (bytes: Uint8Array) => {
    try {
      await parseArticle({ bytes, key: kind.key });
      return 'accepted';
    } catch (error) {
      return error instanceof Rejection ? error.code : `thrown: ${error}`;
    }
  };
  // Compiled code is what is measured, not its compilation.
  for (let round = 0; round < 20; round += 1) await parse(make(kind, 20_000));
  for (const size of sizes) {
    const bytes = make(kind, size);
    const costs: number[] = [];
    let outcome = '';
    for (let spent = 0; costs.length === 0 || (spent < 300 && costs.length < 9); ) {
      const start = process.cpuUsage();
      outcome = await parse(bytes);
      const { user, system } = process.cpuUsage(start);
      spent += (user + system) / 1000;
      costs.push((user + system) / 1000 / (bytes.length / 1e6));
    }
    runs.push({ size, cost: costs.sort((a, b) => a - b)[costs.length >> 1] ?? 0, outcome });
  }
  process.send?.({ runs, peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Answer);
  process.disconnect();
});
