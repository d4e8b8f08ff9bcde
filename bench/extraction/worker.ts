import { type ScoredPage, scorePage } from './evaluate.ts';
import type { Extracted } from './extracted.ts';
import type { Extract } from './parsers/extract.ts';
import { PARSERS } from './parsers/index.ts';
import { SETS, type SetName } from './sets/index.ts';

/** What a process of its own is asked to do with one parser. */
export interface Task {
  parser: string;
  corpora: string;
  /** Sets to score; none where the speed is measured. */
  sets: SetName[];
  /** Measured passes over the first set's pages, after one to warm up; 0 to score. */
  passes: number;
  /** Ids of pages that it gave no answer on: they are not tried again. */
  hung: string[];
}

export interface Speed {
  pages: number;
  /** Median of the passes; CPU time of all threads, the garbage collector's included. */
  pagesPerCpuSecond: number;
  /** The most memory that the process held at any time, with Node and the pages themselves. */
  peakMegabytes: number;
}

export type Message =
  | { progress: string }
  /** The page that is parsed next, before it is. */
  | { page: string }
  | { speed: Speed }
  | { scores: ScoredPage[] };

/** Resolves once the message is on its way: a parser that never returns would keep it back. */
function send(message: Message): Promise<void> {
  return new Promise(resolve => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

// A worker without its command would go on for minutes.
process.once('disconnect', () => process.exit());
process.once('message', (task: Task) => {
  run(task).then(
    () => process.disconnect(),
    error => {
      process.stderr.write(`${task.parser}: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
});

async function run(task: Task): Promise<void> {
  const load = PARSERS.get(task.parser);
  if (!load) throw new Error(`There is no parser “${task.parser}”.`);
  const extract = await load();
  // Peers tell of each page's flaws.
  console.error = console.warn = () => {};
  if (task.passes > 0) await send({ speed: await measure(extract, task) });
  else await send({ scores: await score(extract, task) });
}

async function measure(extract: Extract, { corpora, sets, passes, parser, hung }: Task): Promise<Speed> {
  const pages = SETS[sets[0] ?? 'aeb'].load(corpora).filter(({ id }) => !hung.includes(id));
  const seconds: number[] = [];
  for (let pass = 0; pass <= passes; pass += 1) {
    await send({ progress: `${parser}: pass ${pass} of ${passes}` });
    const start = process.cpuUsage();
    for (const page of pages) {
      await send({ page: page.id });
      try {
        await extract(page);
      } catch {
        // A page that it cannot read takes its time too.
      }
      // Lets what one page left behind be freed before the next.
      await new Promise(resolve => setImmediate(resolve));
    }
    const { user, system } = process.cpuUsage(start);
    if (pass > 0) seconds.push((user + system) / 1e6);
  }
  const median = seconds.sort((a, b) => a - b)[seconds.length >> 1] ?? Number.NaN;
  return {
    pages: pages.length,
    pagesPerCpuSecond: pages.length / median,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

async function score(extract: Extract, { corpora, sets, parser, hung }: Task): Promise<ScoredPage[]> {
  const scores: ScoredPage[] = [];
  for (const set of sets) {
    const pages = SETS[set].load(corpora);
    for (const [at, page] of pages.entries()) {
      if (at % 10 === 0) await send({ progress: `${parser}: ${set} ${at} of ${pages.length}` });
      await send({ page: page.id });
      let extracted: Extracted | undefined;
      let failed = hung.includes(page.id);
      try {
        if (!failed) extracted = await extract(page);
      } catch {
        failed = true;
      }
      scores.push(scorePage(set, page, extracted, failed));
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  return scores;
}
