import { parseArticle } from '../../functions/ingest/parse.ts';
import { isArticleZip, readMembers } from '../../functions/ingest/zip/members.ts';
import { Rejection } from '../../shared/errors/rejection.ts';
import { make } from './kind.ts';
import { KINDS } from './kinds.ts';

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
  /** The most memory that the process held, with Node, the compiled sources and the input. */
  peakMegabytes: number;
}

process.once('message', async ({ kind: name, sizes }: Task) => {
  const kind = KINDS.find(each => each.name === name);
  if (!kind) process.exit(1);
  const runs: Run[] = [];
  // Compiled code is what is measured, not its compilation.
  for (let round = 0; round < 20; round += 1) await read(make(kind, 20_000), kind.key);
  for (const size of sizes) {
    const bytes = make(kind, size);
    const costs: number[] = [];
    let outcome = '';
    for (let spent = 0; costs.length === 0 || (spent < 300 && costs.length < 9); ) {
      const start = process.cpuUsage();
      outcome = await read(bytes, kind.key);
      const { user, system } = process.cpuUsage(start);
      spent += (user + system) / 1000;
      costs.push((user + system) / 1000 / (size / 1e6));
    }
    runs.push({ size, cost: costs.sort((a, b) => a - b)[costs.length >> 1] ?? 0, outcome });
  }
  process.send?.({ runs, peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Answer);
  process.disconnect();
});

/** Reads a file as the pipeline does: of an archive, each file in it. */
async function read(bytes: Uint8Array, key: string): Promise<string> {
  try {
    if (!isArticleZip(bytes)) await parseArticle({ bytes, key });
    else {
      const { members, skipped } = await readMembers(bytes);
      if (members.length === 0) return `all left out: ${skipped[0]?.why}`;
      for (const { name, bytes: member } of members) {
        const outcome = await read(member, name);
        if (outcome !== 'accepted') return outcome;
      }
    }
    return 'accepted';
  } catch (error) {
    return error instanceof Rejection ? error.code : `thrown: ${error}`;
  }
}
