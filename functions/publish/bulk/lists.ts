import type { Bucket } from '../../../shared/aws/bucket.ts';
import {
  BULK_PREFIX,
  type BulkBatch,
  type BulkList,
  type BulkOrder,
  PUBLISH_BATCH,
  REPROCESS_BATCH,
  sizeOf,
} from '../../../shared/model/bulk-run.ts';

/** Batches of a list. A run that was stopped begins again with the list that was under way. */
const LIST_BATCHES = 500;

/**
 * Stages of a run in their order. Withdrawn articles go first. Then come the editions and the newest articles, which
 * most readers see.
 */
const STAGES = ['pages', 'gone', 'editions', 'live', 'lists', 'media', 'finish', 'retry'] as const;
type Stage = (typeof STAGES)[number];

/** Collects batches, and writes a list whenever one is full. */
export class Lists {
  readonly written: BulkList[] = [];
  readonly #open = new Map<Stage, { batches: BulkBatch[]; ids: string[] }>();
  readonly #run: string;
  readonly #idsPerBatch: number;
  readonly #storage: Bucket;
  #number: number;

  /** @param number number of the first list */
  constructor(run: string, { kind }: BulkOrder, storage: Bucket, number: number) {
    this.#run = run;
    this.#idsPerBatch = kind === 'publish' ? PUBLISH_BATCH : REPROCESS_BATCH;
    this.#storage = storage;
    this.#number = number;
  }

  /** Number of the next list. */
  get number(): number {
    return this.#number;
  }

  async addIds(stage: Stage, ids: Iterable<string>): Promise<void> {
    const { ids: waiting } = this.#of(stage);
    for (const id of ids) {
      waiting.push(id);
      if (waiting.length >= this.#idsPerBatch) await this.add(stage, { ids: waiting.splice(0) });
    }
  }

  async add(stage: Stage, batch: BulkBatch): Promise<void> {
    const { batches } = this.#of(stage);
    batches.push(batch);
    if (batches.length >= LIST_BATCHES) await this.#write(stage, batches.splice(0));
  }

  /** Writes the lists that are not full. */
  async flush(): Promise<void> {
    for (const [stage, { batches, ids }] of this.#open) {
      if (ids.length > 0) batches.push({ ids: ids.splice(0) });
      if (batches.length > 0) await this.#write(stage, batches.splice(0));
    }
  }

  async #write(stage: Stage, batches: readonly BulkBatch[]): Promise<void> {
    this.written.push(await writeList(this.#run, stage, this.#number++, batches, this.#storage));
  }

  #of(stage: Stage) {
    const open = this.#open.get(stage) ?? { batches: [], ids: [] };
    this.#open.set(stage, open);
    return open;
  }
}

/** Writes a list of batches, one line of JSON for each. */
export async function writeList(
  run: string,
  stage: Stage,
  number: number,
  batches: readonly BulkBatch[],
  storage: Bucket,
): Promise<BulkList> {
  const key = `${BULK_PREFIX}${run}/${String(number).padStart(5, '0')}-${stage}.jsonl`;
  const lines = batches.map(batch => `${JSON.stringify(batch)}\n`).join('');
  await storage.put(key, lines, { contentType: 'application/jsonl' });
  const size = batches.reduce((total, batch) => total + sizeOf(batch), 0);
  return { key, stage: STAGES.indexOf(stage), batches: batches.length, size };
}
