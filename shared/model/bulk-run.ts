import * as z from 'zod/mini';

/*
 * A bulk run: the same work on every article, or on those of a section or since an instant. A planner divides the work
 * into batches and writes them as lists, one line of JSON for each batch. A state machine, or a laptop, gives each
 * batch to a function. All objects of runs are in the storage bucket.
 */

/** Key prefix of the objects of bulk runs. */
export const BULK_PREFIX = 'work/';

/** Key of the state of the present or last run. Only one run works at a time. */
export const BULK_RUN_KEY = `${BULK_PREFIX}run.json`;

export const BulkOrder = z.object({
  /** `publish` writes the site again, `reprocess` parses the files of an older parser version again. */
  kind: z.enum(['publish', 'reprocess']),
  /** Only articles of this section. */
  section: z.optional(z.string()),
  /** `publish`: only articles published since this instant. `reprocess`: only files uploaded since. RFC 3339, UTC. */
  since: z.optional(z.string()),
  /** `reprocess`: the wanted version of the parser. */
  parserVersion: z.optional(z.string()),
  /** Maximum number of articles or files in a second. Default: as many as {@link BULK_CONCURRENCY} allows. */
  rate: z.optional(z.number()),
  /** Only count the articles or files. */
  dryRun: z.optional(z.boolean()),
});
export type BulkOrder = z.infer<typeof BulkOrder>;

/** Whether an order covers everything, so that also the parts of the site without an article are checked. */
export function coversAll({ section, since }: BulkOrder): boolean {
  return section === undefined && since === undefined;
}

/** One line of a list: work for one call of a function. */
export const BulkBatch = z.object({
  /** Ids of articles, files or media. */
  ids: z.optional(z.array(z.string())),
  /** Keys of stored states of the history. Rows without a record are removed from them. */
  pages: z.optional(z.array(z.string())),
  /** Editions to write: ids, and the names for people. */
  editions: z.optional(z.array(z.tuple([z.string(), z.string()]))),
  /** The last batch of a run. It writes the files of the whole site. */
  finish: z.optional(z.boolean()),
});
export type BulkBatch = z.infer<typeof BulkBatch>;

/** Number of articles, pages and editions of a batch. */
export function sizeOf({ ids = [], pages = [], editions = [], finish }: BulkBatch): number {
  return ids.length + pages.length + editions.length + (finish ? 1 : 0);
}

export const BulkFailure = z.object({ subject: z.string(), message: z.string() });
/** What could not be done: the id of an article, or the key of a file or state, and the reason. */
export type BulkFailure = z.infer<typeof BulkFailure>;

/** A stored note about a batch: the part that failed, and the reasons. */
export const BulkNote = z.object({ batch: BulkBatch, failures: z.array(BulkFailure) });
export type BulkNote = z.infer<typeof BulkNote>;

/** The answer of a function to a batch. */
export interface BulkAnswer {
  done: number;
  failed: number;
  failures: BulkFailure[];
  /** Seconds for which the state machine waits before the next batch, so that the run keeps its rate. */
  wait: number;
}

const List = z.object({
  key: z.string(),
  /** Lists are worked off in the order of their stages. */
  stage: z.number(),
  batches: z.number(),
  size: z.number(),
});
export type BulkList = z.infer<typeof List>;

export const BulkRun = z.object({
  /** Name of the run, which sorts by time. It is also the folder of the lists. */
  name: z.string(),
  order: BulkOrder,
  startedAt: z.string(),
  phase: z.enum(['plan', 'work', 'end']),
  /** Position of the planner. Absent after planning. */
  cursor: z.optional(z.unknown()),
  lists: z.array(List),
  /** Number of lists that are done. */
  next: z.number(),
  /** Articles, pages and editions that are done or failed in these lists. */
  done: z.number(),
  failed: z.number(),
  /** Time at which the work began after planning, and time of the end. */
  workedFrom: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  /** Execution of the state machine that works. Absent on a laptop. */
  execution: z.optional(z.string()),
});
export type BulkRun = z.infer<typeof BulkRun>;

/** Makes the name of a run, such as `2026-11-30-06-14-31-205-publish`. Two runs never begin in the same millisecond. */
export function bulkRunName({ kind }: BulkOrder, now: Date): string {
  return `${now.toISOString().slice(0, 23).replace(/[T:.]/g, '-')}-${kind}`;
}

/** Key prefix of the failures of a run. */
export function failuresPrefix(run: string): string {
  return `${BULK_PREFIX}${run}/failed/`;
}

/** Plans the next lists of a run, or takes the results of a list and gives the next list. */
export interface BulkStepEvent {
  copydesk: 'bulk-step';
  run: string;
  /** Present in the first step of a new run. */
  order?: BulkOrder | undefined;
  /** In the first step: continues a stopped run, or repeats what failed. */
  resume?: boolean | undefined;
  execution?: string | undefined;
  /** Key of the list that was worked off, and the answers to its batches. A batch without an answer has none. */
  list?: string | undefined;
  results?: (BulkCount | null)[] | undefined;
}

/** Notes what failed in a batch. */
export interface BulkNoteEvent {
  copydesk: 'bulk-note';
  run: string;
  batch: BulkBatch;
  /** Absent if the function that worked on the batch gave no answer. */
  failures?: BulkFailure[] | undefined;
  /** Why it gave none. */
  error?: string | undefined;
}

/** A batch for the publish function or the ingest function. */
export interface BulkWorkEvent {
  copydesk: 'bulk-work';
  order: BulkOrder;
  batch: BulkBatch;
  /** Seconds that the batch takes at least, because of the rate. */
  pause: number;
}

/** The events of bulk runs. All of them have a `copydesk` that begins with `bulk-`. */
export type BulkEvent = BulkStepEvent | BulkNoteEvent | BulkWorkEvent;

/** Whether an event of a function belongs to a bulk run. */
export function isBulkEvent(event: object): event is BulkEvent {
  return 'copydesk' in event && String(event.copydesk).startsWith('bulk-');
}

/** The answer to a batch after `failures` were noted. */
export type BulkCount = Pick<BulkAnswer, 'done' | 'failed'>;

/** The answer to a step: what comes next. */
export type BulkStep = { run: string; concurrency: number; pause: number; order: BulkOrder } & (
  | {
      /** `failed`: the run has ended, and some of it has failed. */
      action: 'plan' | 'end' | 'failed';
    }
  | {
      action: 'work';
      /** Key of the list to work off. */
      list: string;
    }
);

/**
 * Number of batches that are worked on at the same time. Ten million articles then take less than a working day
 * (docs/costs.md).
 */
const BULK_CONCURRENCY = 40;

/** Articles in a batch of a republish. Memory must hold their bodies at the same time. */
export const PUBLISH_BATCH = 100;

/** Files in a batch of a reprocess. A call has time for the whole budgets of five hostile files. */
export const REPROCESS_BATCH = 20;

/**
 * Seconds to wait after a batch, so that it takes `pause` seconds.
 * @param started start of the batch, and `now`, in milliseconds
 */
export function waitAfter(pause: number, started: number, now: number): number {
  return Math.max(0, Math.ceil(pause - (now - started) / 1_000));
}

/** Seconds that a batch takes about, to choose the number of parallel batches for a rate. */
const BATCH_SECONDS = 10;

/** Concurrency and minimum time of a batch that keep a run at a rate. */
export function paceOf({ kind, rate }: BulkOrder): { concurrency: number; pause: number } {
  if (rate === undefined) return { concurrency: BULK_CONCURRENCY, pause: 0 };
  const size = kind === 'publish' ? PUBLISH_BATCH : REPROCESS_BATCH;
  const concurrency = Math.min(BULK_CONCURRENCY, Math.max(1, Math.ceil((rate * BATCH_SECONDS) / size)));
  return { concurrency, pause: Math.ceil((concurrency * size) / rate) };
}
