import type { DynamoDBRecord, S3EventRecord } from 'aws-lambda';
import { type SiteServer, startSiteServer } from '../../local/site-server.ts';
import { sectionPath, tagPath } from '../../shared/model/identity.ts';
import { type Desk, startDesk } from './desk.ts';
import { FakeReader, FORMATS, type SeenEntry } from './fake-reader.ts';
import { type Copy, fileOf, headlineWord, Newsroom, type Shown, WORDS } from './newsroom.ts';
import { linkedArticles } from './site-walk.ts';

export const SECTIONS = ['World', 'Sport', 'Business'] as const;
export const TAGS = ['Ports', 'Rowing', 'Ferries'] as const;

/** What happened to a file, and what the desk may not have been told yet. */
interface Pending {
  key: string;
  number: number;
  what: Copy | 'broken' | 'removed';
  event: S3EventRecord;
}

/** A feed by its folder, and what of the newsroom stands in it. */
interface Feed {
  folder: string;
  holds(shown: Shown): boolean;
}

/** Those that the reader has subscribed to. At rest it looks at all of them. */
const FEEDS: readonly Feed[] = [
  { folder: '', holds: () => true },
  ...SECTIONS.map(name => ({
    folder: `${sectionPath(name, 'en')}/`,
    holds: ({ section }: Shown) => section === name,
  })),
  ...TAGS.map(name => ({
    folder: `tags/${tagPath(name, 'en')}/`,
    holds: ({ tags }: Shown) => tags.includes(name),
  })),
];
const SUBSCRIBED = FEEDS.filter(({ folder }) => ['', 'world/', 'tags/ports/'].includes(folder));

/**
 * The real functions on embedded services, the newsroom that says what must come of it, and a reader who
 * polls. Everything that is written to the site is looked at as it is written.
 */
export class NewsroomDesk {
  readonly room = new Newsroom('2026-11-02T08:00:00.000Z');
  /** The files that lie in the bucket. */
  readonly files = new Map<string, Copy | 'broken'>();
  readonly pending: Pending[] = [];
  readonly #delivered: Pending[] = [];
  readonly #published: DynamoDBRecord[] = [];
  readonly #desk: Desk;
  readonly #server: SiteServer;
  readonly #reader: FakeReader;
  /** How often somebody has changed a file or a record. */
  edits = 0;
  #number = 0;
  /** What should not have been written, found while it was. */
  readonly #leaks: string[] = [];

  private constructor(desk: Desk, server: SiteServer) {
    this.#desk = desk;
    this.#server = server;
    this.#reader = new FakeReader(server.url);
    desk.now = this.room.now;
    for (const method of ['put', 'putIf', 'putIfChanged'] as const) {
      const write = desk.site[method].bind(desk.site) as (...args: unknown[]) => Promise<never>;
      jest.spyOn(desk.site, method).mockImplementation(async (...args: unknown[]) => {
        this.#watch(String(args[0]), Buffer.from(args[1] as string).toString());
        return write(...args);
      });
    }
  }

  /** @param window entries in a feed */
  static async open(window: number): Promise<NewsroomDesk> {
    const desk = await startDesk({ settings: { feeds: { entries: window } } });
    const server = await startSiteServer({
      port: 0,
      read: async key => {
        const object = await desk.site.get(key);
        return object && { ...object, contentType: object.contentType ?? '' };
      },
    });
    return new NewsroomDesk(desk, server);
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.#desk.close();
  }

  /** What the reader fetched anew, and what it was told it has. */
  get polls(): { fetched: number; notModified: number } {
    return this.#reader;
  }

  /** A second passes with whatever is done. */
  pass(seconds = 1): void {
    this.room.now = this.instant(seconds);
    this.#desk.now = this.room.now;
  }

  instant(secondsFromNow: number): string {
    return new Date(Date.parse(this.room.now) + secondsFromNow * 1000).toISOString();
  }

  next(): number {
    return ++this.#number;
  }

  /** Saves a file; the desk is not told of it yet. */
  async put(key: string, copy: Copy | 'broken'): Promise<void> {
    this.pass();
    this.files.set(key, copy);
    this.#announce(key, copy, await this.#desk.put(key, copy === 'broken' ? '' : fileOf(copy)));
  }

  /** @param hours by which S3 dates the deletion later than it is */
  async delete(key: string, hours = 0): Promise<void> {
    this.pass();
    this.files.delete(key);
    this.#announce(key, 'removed', await this.#desk.remove(key), hours);
  }

  #announce(key: string, what: Pending['what'], event: S3EventRecord, hours = 0): void {
    this.edits++;
    event.eventTime = this.instant(hours * 3_600);
    this.pending.push({ key, number: this.next(), what, event });
  }

  /** Tells the desk of one that it does not know yet. */
  async deliver(index: number): Promise<void> {
    const [pending] = this.pending.splice(index % this.pending.length, 1);
    if (pending === undefined) return;
    this.#delivered.push(pending);
    await this.#tell(pending);
  }

  /** Tells the desk again what it was told before. */
  async deliverAgain(index: number): Promise<void> {
    const pending = this.#delivered[index % this.#delivered.length];
    if (pending) await this.#tell(pending);
  }

  async #tell({ key, number, what, event }: Pending): Promise<void> {
    if (what !== 'removed') this.room.upload(key, number, what, event.eventTime);
    // A deletion that is told after the next upload says nothing any more.
    else if (!this.files.has(key)) this.room.remove(key, number, event.eventTime);
    expect(await this.#desk.deliver(event)).toEqual([]);
    await this.#expectIdentities();
  }

  /** Each key has the story that the newsroom says, and no other key has it. */
  async #expectIdentities(): Promise<void> {
    for (const { key, identity, mended } of this.room.stories.values()) {
      const { id, guid } = identity;
      const found = await this.#desk.articles.find(key);
      const { guid: itsGuid = guid, source } = found.record ?? {};
      expect({ key, id: found.id, guid: itsGuid, file: source?.key ?? key }).toEqual({
        key,
        id,
        guid,
        file: key,
      });
      if (mended !== undefined) this.#reader.forgive(guid);
    }
  }

  /** Edits in the table, as with the console. */
  async kill(key: string): Promise<void> {
    const isShown = this.room.story(key).status === 'live';
    this.room.kill(key);
    await this.#edit(key, { status: 'withdrawn' });
    // That a kill of a duplicate covers the copy which is shown, the group learns from the change stream.
    if (!isShown) await this.publish(this.#desk.changes.length, 1);
  }

  async restore(key: string): Promise<void> {
    this.room.restore(key);
    await this.#edit(key, { status: 'live' });
    // As well as that another copy is shown, or killed.
    if (this.room.story(key).status !== 'live') await this.publish(this.#desk.changes.length, 1);
  }

  async mend(key: string): Promise<void> {
    const number = this.next();
    this.room.mend(key, number);
    this.#reader.forgive(this.room.story(key).identity.guid);
    await this.#edit(key, { headline: `Mended ${headlineWord(number)}` });
  }

  async #edit(key: string, attributes: Record<string, string>): Promise<void> {
    this.pass();
    this.edits++;
    await this.#desk.edit(this.room.story(key).identity.id, attributes);
  }

  async order(copydesk: 'tick' | 'rebuild'): Promise<void> {
    if (copydesk === 'tick') this.room.tick();
    await this.#desk.publish({ copydesk });
    this.#expectNoLeak();
    await this.#expectIdentities();
  }

  /** Gives some of the change records to some publishers at once, while the reader looks. */
  async publish(most: number, publishers: number): Promise<void> {
    const records = this.#desk.changes.splice(0, most);
    this.#published.push(...records);
    const shares = Array.from({ length: publishers }, (_, share) =>
      records.filter((_, index) => index % publishers === share),
    );
    await Promise.all([...shares.map(Records => this.#desk.publish({ Records })), this.poll()]);
    this.#expectNoLeak();
  }

  /** Change records that were published before come again. */
  async publishAgain(index: number, most: number): Promise<void> {
    const from = index % (this.#published.length + 1);
    await this.#desk.publish({ Records: this.#published.slice(from, from + most) });
    this.#expectNoLeak();
  }

  /** The reader looks at its feeds, whatever has not been published yet. */
  async poll(): Promise<void> {
    for (const { folder, holds } of SUBSCRIBED) {
      for (const format of FORMATS) {
        const entries = await this.#reader.poll(folder, format);
        const may = this.room.possible().filter(holds);
        const wrong = entries.filter(entry => !may.some(shown => isSame(entry, shown)));
        const file = folder + format;
        expect({ file, 'never public so': wrong }).toEqual({ file, 'never public so': [] });
        const missing = this.room
          .steady()
          .filter(shown => holds(shown) && !entries.some(e => isSame(e, shown)));
        expect({ file, missing }).toEqual({ file, missing: [] });
      }
    }
  }

  /** Everything is told and published; then every file shows what the newsroom says, and nothing else. */
  async settle(): Promise<void> {
    while (this.pending.length > 0) await this.deliver(0);
    while (this.#desk.changes.length > 0) await this.publish(this.#desk.changes.length, 1);
    this.room.settled();
    const live = this.room.live();
    for (const { folder, holds } of FEEDS) {
      // All stories are of one day, and a feed holds the whole day.
      const expected = live.filter(holds).map(lineOf);
      for (const format of FORMATS) {
        const file = folder + format;
        const entries = (await this.#reader.poll(folder, format)).map(lineOf);
        expect({ file, entries }).toEqual({ file, entries: expected });
      }
    }
    await this.#expectFiles(live);
  }

  async #expectFiles(live: readonly Shown[]): Promise<void> {
    const ids = new Set(live.map(({ id }) => id));
    const words = new Set(live.flatMap(shown => shown.words));
    const files = await this.#desk.files();
    const listed: string[] = [];
    const found: string[] = [];
    const pages = new Map<string, string>();
    for (const [key, body] of files) {
      const [page] = idsIn(key);
      if (page !== undefined) pages.set(page, body);
      if (key.startsWith('sitemaps/')) listed.push(...idsIn(body));
      if (key.startsWith('search/')) found.push(...idsIn(body));
      // Addresses are made of the first headline, and stay. That of an article that is gone is on its own page only.
      const text = body.replace(ADDRESSES, (address, id: string) =>
        ids.has(id) || id === page ? '' : address,
      );
      const wrong = (text.match(WORDS) ?? []).filter(word => !words.has(word));
      expect({ key, wrong }).toEqual({ key, wrong: [] });
    }
    const dead = [...linkedArticles(files)].filter(([key]) => !idsIn(key).every(id => ids.has(id)));
    expect(dead).toEqual([]);
    expect(listed.sort()).toEqual([...ids].sort());
    expect(found.sort()).toEqual([...ids].sort());
    for (const { id, words } of live)
      for (const word of words)
        expect({ id, word, there: pages.get(id)?.includes(word) }).toEqual({ id, word, there: true });
  }

  #watch(key: string, body: string): void {
    const may = this.room.mayBeSaid();
    for (const word of `${key} ${body}`.match(WORDS) ?? [])
      if (!may.has(word)) this.#leaks.push(`${key} said ${word}`);
  }

  #expectNoLeak(): void {
    expect(this.#leaks).toEqual([]);
  }
}

/** An address of an article, the id last. */
const ADDRESSES = /articles\/[\w-]{1,200}-([a-z2-7]{16})\.html/g;

function idsIn(text: string): string[] {
  return [...text.matchAll(ADDRESSES)].map(([, id = '']) => id);
}

function isSame({ id, words }: SeenEntry, { guid, words: its }: Shown): boolean {
  return id === guid && words.join() === its.join();
}

function lineOf(entry: SeenEntry | Shown): string {
  return `${'guid' in entry ? entry.guid : entry.id} ${entry.words.join(' ')}`;
}
