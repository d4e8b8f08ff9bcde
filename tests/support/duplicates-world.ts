import type { DynamoDBRecord } from 'aws-lambda';
import { DIRECT, type Wire } from '../../bench/publish/wire.ts';
import { changeArticle } from '../../cli/deployment/change.ts';
import { composeArticle, composeTombstone } from '../../functions/ingest/record/compose.ts';
import { orderOf, store } from '../../functions/ingest/record/store.ts';
import { releaseDue } from '../../functions/publish/jobs/release.ts';
import { settleChangedGroups } from '../../functions/publish/receive/changed-groups.ts';
import { homeOf } from '../../shared/duplicates/home.ts';
import { moveAway } from '../../shared/duplicates/promote.ts';
import { recognizeSimilar } from '../../shared/duplicates/similarity.ts';
import { type Article, isArticle, isKilled } from '../../shared/model/article.ts';
import { lookupKeys, minhash } from '../../shared/model/minhash.ts';
import { statusAt } from '../../shared/model/schedule.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { composedAt, parsed } from './articles.ts';

export const KEYS = ['a.md', 'b.md', 'c.md', 'd.md'] as const;
export const CONTENTS = ['Ferry', 'Bridge'] as const;
export const TERMS = ['none', 'embargo', 'hold', 'withdrawn', 'expires', 'expired'] as const;

type Key = (typeof KEYS)[number];
type Content = (typeof CONTENTS)[number];
type Terms = (typeof TERMS)[number];

/** Something that somebody does to one file, or that happens. */
export type Action =
  | { kind: 'file'; key: Key; content: Content; terms: Terms }
  | { kind: 'delete'; key: Key }
  | { kind: 'kill'; key: Key; inConsole: boolean }
  | { kind: 'restore'; key: Key; inConsole: boolean }
  | { kind: 'repeat'; key: Key; index: number };

/** What a file says, and what an editor did to it. */
interface File {
  content?: Content | undefined;
  embargo?: string;
  expires?: string;
  hold?: string;
  withdraw?: boolean;
  killed: boolean;
}

interface Upload {
  number: number;
  at: string;
  /** Undefined: a deletion. */
  file?: Omit<File, 'killed'>;
}

/** How the functions are kept from their work in a run. */
export interface Faults {
  /** Whether the process that makes the next call of the table dies there, before it or after it. */
  dies(): 'before' | 'after' | undefined;
  /** Lets others go first. */
  pause(): Promise<void>;
}

/**
 * The functions that change duplicate groups, on a table; and what ought to come of it, told by a few maps without
 * any of their code.
 */
export class DuplicatesWorld {
  now = '2026-11-02T08:00:00.000Z';
  /** Change records that the publish function has not seen. */
  readonly changes: DynamoDBRecord[] = [];
  faults: Faults | undefined;
  readonly #articles: Articles;
  readonly #uploads = new Map<string, Upload[]>();
  readonly #files = new Map<string, File>();
  /** By content: the files whose kills cover it. */
  readonly #killers = new Map<string, Set<string>>(CONTENTS.map(content => [content, new Set()]));
  #number = 0;

  /** @param connect makes the table that calls go to through `wire`, and that tells of its changes */
  constructor(connect: (wire: Wire, onRecord: (record: DynamoDBRecord) => void) => Articles) {
    const wire: Wire = async (call, act) => {
      await this.faults?.pause();
      const dies = this.faults?.dies();
      if (dies === 'before') throw new Error('The function died.');
      const output = await DIRECT(call, act);
      if (dies === 'after') throw new Error('The function died.');
      return output;
    };
    this.#articles = connect(wire, record => this.changes.push(record));
  }

  /** Whether an action can be done now, and what comes of it does not depend on the moment at which a function looks. */
  can(action: Action, isCalm: boolean): boolean {
    const file = this.#file(action.key);
    const { content, killed } = file;
    if (killed && !isCalm && (action.kind === 'file' || action.kind === 'repeat')) return false;
    if (action.kind === 'delete') return content !== undefined;
    if (action.kind === 'kill') return content !== undefined && !killed && this.#wish(file) !== 'withdrawn';
    if (action.kind !== 'restore') return true;
    const wish = this.#wish({ ...file, killed: false });
    return content !== undefined && killed && wish !== 'withdrawn' && (!action.inConsole || wish === 'live');
  }

  /** Does it; what dies is begun anew, as its trigger would. */
  async act(action: Action): Promise<void> {
    const { key } = action;
    const known = this.#uploads.get(key) ?? [];
    if (action.kind === 'file' || action.kind === 'delete') {
      const upload: Upload = {
        number: ++this.#number,
        at: this.now,
        ...(action.kind === 'file' && { file: { content: action.content, ...this.#terms(action.terms) } }),
      };
      this.#uploads.set(key, [...known, upload]);
      this.#files.set(key, { ...upload.file, killed: this.#file(key).killed });
      await untilDone(() => this.#deliver(key, upload));
      this.#coverWhatNobodyShows(key);
    }
    if (action.kind === 'repeat') {
      const upload = known[action.index % Math.max(1, known.length)];
      if (upload === undefined) return;
      await untilDone(() => this.#deliver(key, upload));
      if (upload === known.at(-1)) this.#coverWhatNobodyShows(key);
    }
    if (action.kind === 'kill') {
      const file = this.#file(key);
      this.#files.set(key, { ...file, killed: true });
      this.#killers.get(file.content ?? '')?.add(key);
      await this.#edit(key, action.inConsole, () => ({ status: 'withdrawn' }));
    }
    if (action.kind === 'restore') {
      this.#files.set(key, { ...this.#file(key), killed: false });
      for (const killers of this.#killers.values()) killers.delete(key);
      await this.#edit(key, action.inConsole, article => statusAt(article, this.now));
    }
  }

  /** Time passes, and a tick comes. */
  async tick(seconds = 0): Promise<void> {
    this.now = this.#later(seconds);
    await untilDone(async () => {
      const failed: unknown[] = [];
      await releaseDue({
        articles: this.#articles,
        duplicates: DEFAULT_SETTINGS.duplicates,
        now: () => this.now,
        onReleased: () => undefined,
        onFailed: (_, error) => failed.push(error),
      });
      if (failed.length > 0) throw failed[0];
    });
  }

  /** What the publish function does of the changes so far, before it publishes them. */
  async settleChanges(): Promise<void> {
    while (this.changes.length > 0) {
      const records = this.changes.splice(0);
      const deps = { articles: this.#articles, duplicates: DEFAULT_SETTINGS.duplicates, now: () => this.now };
      await untilDone(() => settleChangedGroups(records, deps));
    }
  }

  /** Everything that waits is done; then the table says what the maps say. */
  async check(): Promise<void> {
    await this.tick();
    await this.settleChanges();
    for (const content of CONTENTS) {
      const wanting = this.#wanting(content);
      const statuses = await Promise.all(wanting.map(async key => (await this.#record(key))?.status));
      const live = this.#isCovered(content) || wanting.length === 0 ? [] : ['live'];
      const duplicates = wanting.slice(live.length).map(() => 'duplicate');
      expect({ content, statuses: statuses.sort() }).toEqual({ content, statuses: [...duplicates, ...live] });
      await this.#checkIndex(content, wanting);
    }
    await this.#checkFiles();
    for (const key of KEYS) {
      const record = await this.#record(key);
      const wish = this.#wish(this.#file(key));
      if (record !== undefined && isArticle(record) && wish !== 'live')
        expect({ key, status: record.status }).toEqual({ key, status: wish });
    }
  }

  /** No record shows a file that another record has, or that is gone. */
  async #checkFiles(): Promise<void> {
    for await (const record of this.#articles.all()) {
      if (record.status !== 'live') continue;
      const { key } = record.source;
      const { id } = await this.#articles.find(key);
      expect({ key, id, content: record.contentHash }).toEqual({
        key,
        id: record.id,
        content: this.#file(key).content,
      });
    }
  }

  /** The similarity index leads to what is live, and to what a kill covers. */
  async #checkIndex(content: Content, wanting: readonly string[]): Promise<void> {
    const killers = [...(this.#killers.get(content) ?? [])];
    const expected = await Promise.all(killers.map(async key => (await this.#articles.find(key)).id));
    for (const key of wanting) {
      const record = await this.#record(key);
      if (record?.status === 'live') expected.push(record.id);
    }
    const found = await this.#articles.similarity.find(lookupKeys(minhash(textOf(content))));
    expect({ content, found }).toEqual({ content, found: expected.sort() });
  }

  async #record(key: string) {
    const { record } = await this.#articles.find(key);
    return record?.source.key === key ? record : undefined;
  }

  #file(key: string): File {
    return this.#files.get(key) ?? { killed: false };
  }

  /** What the file alone would be. */
  #wish({ content, embargo = '', expires = '~', hold, withdraw, killed }: File): string {
    if (content === undefined) return 'gone';
    if (killed || withdraw || expires <= this.now) return 'withdrawn';
    if (hold !== undefined) return 'held';
    return embargo > this.now ? 'scheduled' : 'live';
  }

  #wanting(content: Content): string[] {
    return [...this.#files]
      .filter(([, file]) => file.content === content && this.#wish(file) === 'live')
      .map(([key]) => key);
  }

  #isCovered(content: string): boolean {
    return (this.#killers.get(content)?.size ?? 0) > 0;
  }

  /** A kill covers what a killed file says now, unless another file shows it. */
  #coverWhatNobodyShows(key: string): void {
    const { killed, content } = this.#file(key);
    if (killed && content && !this.#isCovered(content) && this.#wanting(content).length === 0)
      this.#killers.get(content)?.add(key);
  }

  #later(seconds: number): string {
    return new Date(Date.parse(this.now) + seconds * 1_000).toISOString();
  }

  #terms(terms: Terms): Omit<File, 'killed'> {
    return {
      none: {},
      embargo: { embargo: this.#later(120) },
      hold: { hold: 'It says: for next week.' },
      withdrawn: { withdraw: true },
      expires: { expires: this.#later(120) },
      expired: { expires: this.#later(-60) },
    }[terms];
  }

  async #deliver(key: string, { number, at, file }: Upload): Promise<void> {
    const articles = this.#articles;
    const sequencer = number.toString(16).padStart(8, '0').toUpperCase();
    const source = { bucket: 'intake', key, sequencer, etag: sequencer, size: 1, uploadedAt: at };
    const { id, record } = await homeOf(articles, key, this.now);
    const event = { id, key, sequencer, parserVersion: '1', now: this.now };
    const deleted = { bucket: 'intake', sequencer, at };
    const isNew = record !== undefined && orderOf(record, event) === 'new';
    if (file === undefined && isNew && (await moveAway(articles, record, deleted, this.now))) return;
    await store(articles, event, async current => {
      if (file?.content === undefined) return composeTombstone(current, source, composedAt(this.now));
      const { content, embargo, expires, hold, withdraw } = file;
      const copy = parsed({
        headline: content,
        contentHash: content,
        bodyText: textOf(content),
        ...(embargo && { embargoUntil: embargo }),
        ...(expires && { expiresAt: expires }),
        ...(hold && { hold }),
        ...(withdraw && { withdraw }),
      });
      const article = composeArticle(current, copy, source, composedAt(this.now));
      return recognizeSimilar(articles, article, current, DEFAULT_SETTINGS.duplicates);
    });
  }

  /** By a command, or as a person with the console would: nothing else is counted up or kept right. */
  async #edit(
    key: string,
    inConsole: boolean,
    change: (article: Article) => Partial<Article>,
  ): Promise<void> {
    const edited = ({ withdrawnBy: _, ...article }: Article): Article => ({ ...article, ...change(article) });
    if (!inConsole)
      // A command that dies is not begun anew: what it left is settled from the change stream.
      await this.#articles
        .find(key)
        .then(({ id }) => changeArticle(this.#articles, id, edited, this.now))
        .catch(() => undefined);
    await untilDone(async () => {
      const current = await this.#record(key);
      if (current === undefined || !isArticle(current)) return;
      const next = edited(current);
      // It may have been done before the command died.
      if (isKilled(current) === isKilled(next)) return;
      if (!(await this.#articles.replace(current, { ...next, version: current.version + 1 })))
        throw new Error('Somebody else has written.');
    });
  }
}

/** Long enough to be found by its fingerprint. */
function textOf(content: string): string {
  return Array.from({ length: 30 }, (_, at) => `${content} said ${at * 7}`).join(', ');
}

/** Tries so often that what can succeed does. */
const MAX_TRIES = 100;

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === MAX_TRIES) throw error;
    }
  }
}
