import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { releaseDue } from '../../functions/publish/jobs/release.ts';
import { retryAll } from '../../functions/publish/jobs/retry-unpublished.ts';
import {
  type EditionOf,
  editionFolder,
  editionId,
  editionsOf,
} from '../../functions/publish/model/edition-of.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../shared/settings/settings.ts';
import { article, instant } from '../support/articles.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/**
 * The law of full feeds: after any sequence of changes, at rest, each feed holds its newest live articles: as many as
 * `feeds.entries`, and all of the last day. It also holds what appeared or was corrected late within two days of its latest
 * event, and a notice for what was live and is gone. The model is a map of articles.
 */

/** Random sequences in every run of the tests; `FULL_FEEDS_RUNS=100` on a quiet night. */
const RUNS = Number(process.env.FULL_FEEDS_RUNS ?? 2);

const ENTRIES = 3;

const SETTINGS = readSettings({ feeds: { entries: ENTRIES } });
const SITE = siteOf(SETTINGS, 'https://news.example.org');

/** Articles that are withdrawn at a time at the end, so that every feed shows what it holds below. */
const PEELED = 8;

/** More than an edition keeps: `feeds.entries` and 20 in reserve. */
const MANY = 26;

const SECTIONS = ['World', 'Sport'];
const TAGS = ['Ports', 'Rowing'];
const AUTHORS = ['Ada Quill', 'Ben Ink'];
const ALL: EditionOf = { kind: 'all' };
const EDITIONS: readonly EditionOf[] = [
  ALL,
  ...SECTIONS.map((name): EditionOf => ({ kind: 'section', name })),
  ...TAGS.map((name): EditionOf => ({ kind: 'tag', name })),
  ...AUTHORS.map((name): EditionOf => ({ kind: 'author', name })),
];

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Seconds at which stories are dated: several have the same instant, and several lie within a day. */
const DATES = [0, 20 * HOUR, 30 * HOUR, 15 * DAY, 30 * DAY];

/** The seconds between two of the first stories. */
const PACE = 20 * HOUR;

/** The time of the first change. */
const BEGINNING = 32 * DAY;

/** What a feed holds: see functions/publish/views/shown-in-feed.ts. */
const WINDOW_MS = 26 * HOUR * 1_000;
const BACK_MS = 2 * DAY * 1_000;
const MAX_EVENTS = 50;

/** Where stories stand, when they are dated, and what they are. */
type Standing = Pick<Article, 'section' | 'tags' | 'authors' | 'publishedAt'>;

const standing: fc.Arbitrary<Standing> = fc.record({
  section: fc.constantFrom(...SECTIONS),
  tags: fc.subarray(TAGS),
  authors: fc.subarray(AUTHORS).map(names => names.map(name => ({ name }))),
  publishedAt: fc.constantFrom(...DATES).map(instant),
});

const edition = fc.constantFrom(...EDITIONS);
const count = fc.integer({ min: 1, max: MANY });

type Step =
  | { kind: 'file'; stories: Standing[] }
  | {
      kind: 'hide';
      of: EditionOf;
      count: number;
      status: 'withdrawn' | 'scheduled' | 'held' | 'deleted';
    }
  | { kind: 'show'; count: number }
  | { kind: 'edit'; of: EditionOf; count: number; fields: Partial<Standing> }
  | { kind: 'publish'; publishers: number; failsAt: number | undefined }
  | { kind: 'wait'; days: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc
        .array(standing, { minLength: 1, maxLength: 12 })
        .map((stories): Step => ({ kind: 'file', stories })),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(edition, count, fc.constantFrom('withdrawn', 'scheduled', 'held', 'deleted'))
        .map(([of, count, status]): Step => ({ kind: 'hide', of, count, status })),
    },
    { weight: 2, arbitrary: count.map((count): Step => ({ kind: 'show', count })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          edition,
          count,
          standing,
          fc.constantFrom<keyof Standing>('section', 'tags', 'authors', 'publishedAt'),
        )
        .map(
          ([of, count, fields, field]): Step => ({
            kind: 'edit',
            of,
            count,
            fields: { [field]: fields[field] },
          }),
        ),
    },
    { weight: 2, arbitrary: fc.constantFrom(1, 3, 8).map((days): Step => ({ kind: 'wait', days })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }))
        .map(([publishers, failsAt]): Step => ({ kind: 'publish', publishers, failsAt })),
    },
  ),
  { minLength: 4, maxLength: 12, size: 'max' },
);

/** A table of articles and the feeds that publishing makes of them. */
class Newsroom {
  readonly #desk: Desk;
  readonly #records = new Map<string, Article>();
  #now = BEGINNING;

  constructor(desk: Desk) {
    this.#desk = desk;
    // An index is behind: it does not know what is not published yet.
    const newest = desk.articles.newest.bind(desk.articles);
    jest.spyOn(desk.articles, 'newest').mockImplementation(async (limit, section) => {
      const waiting = new Set(desk.changes.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S));
      return (await newest(limit, section)).filter(
        id => !waiting.has(`article#${id}`) && !this.#unseen.has(id),
      );
    });
  }

  /** Ids of articles that were published while they were live. */
  readonly #seen = new Set<string>();

  /** Ids of articles that the index does not show yet. */
  readonly #unseen = new Set<string>();

  async file(stories: readonly Standing[]): Promise<void> {
    for (const story of stories) {
      const id = `id${String(this.#records.size).padStart(4, '0')}`;
      // Articles with the same content would be duplicates of each other.
      const own = { id, guid: id, permalink: `articles/a-${id}.html`, contentHash: `hash of ${id}` };
      await this.#write(undefined, article({ ...own, ...story }));
    }
  }

  /** The newest articles of an edition. */
  newest(of: EditionOf): Article[] {
    return [...this.#records.values()]
      .filter(record => record.status === 'live' && isIn(of, record))
      .sort((a, b) => (key(a) < key(b) ? 1 : -1));
  }

  /** Ids in the feed of an edition. */
  expected(of: EditionOf): string[] {
    const live = this.newest(of);
    const time = (at: string | undefined) => (at === undefined ? 0 : Date.parse(at));
    const first = time(live[0]?.publishedAt);
    const ofDay = live.filter(({ publishedAt }) => time(publishedAt) >= first - WINDOW_MS);
    const newest = live.slice(0, Math.max(ENTRIES, ofDay.length));
    const events = [
      ...live.flatMap(article => (article.newsAt ? [{ at: article.newsAt, article }] : [])),
      ...[...this.#records.values()].flatMap(article =>
        article.gone && this.#seen.has(article.id) && isIn(of, article.gone)
          ? [{ at: article.gone.at, article }]
          : [],
      ),
    ]
      // Late copy never ends a notice.
      .sort((a, b) => (eventKey(a) < eventKey(b) ? 1 : -1))
      .slice(0, MAX_EVENTS);
    const latest = Math.max(first, ...events.map(({ at }) => time(at)));
    const shown = events.filter(({ at, article }) => article.gone || time(at) >= latest - BACK_MS);
    const all = new Set([...newest, ...shown.map(({ article }) => article)]);
    const date = (article: Article) => `${article.gone?.publishedAt ?? article.publishedAt} ${article.id}`;
    return [...all].sort((a, b) => (date(a) < date(b) ? 1 : -1)).map(({ id }) => id);
  }

  /** Lets time pass. What is due is released, and notices that are over end. */
  async wait(days: number): Promise<void> {
    this.#now += days * DAY;
    const now = instant(this.#now);
    await this.publish(1);
    await releaseDue({
      articles: this.#desk.articles,
      duplicates: DEFAULT_SETTINGS.duplicates,
      now: () => now,
      onReleased: () => undefined,
      onFailed: (_, error) => {
        throw error;
      },
    });
    for (const [id, { gone: _, newsAt: __, ...record }] of this.#records) {
      const { status, ...read } = (await this.#desk.articles.get(id)) ?? record;
      this.#records.set(id, { ...record, ...read, status: status as Article['status'] });
    }
  }

  hidden(): Article[] {
    return [...this.#records.values()].filter(({ status }) => status !== 'live');
  }

  async change(articles: readonly Article[], fields: Partial<Article>): Promise<void> {
    for (const record of articles) {
      const { version, revision } = record;
      const updatedAt = instant(this.#now);
      const next = { ...record, ...fields, version: version + 1, revision: revision + 1, updatedAt };
      await this.#write(record, next);
    }
  }

  async #write(before: Article | undefined, changed: Article): Promise<void> {
    this.#now += HOUR;
    const next = this.#desk.articles.withNews(changed, before, instant(this.#now));
    expect(await this.#desk.articles.replace(before && stored(before), stored(next))).toBe(true);
    this.#records.set(next.id, next);
    this.#unseen.add(next.id);
  }

  /** Publishers at once share what waits, each article to one of them; one may fail, and is called again. */
  async publish(publishers: number, failsAt?: number): Promise<void> {
    const records = this.#desk.changes.splice(0);
    const shares = Array.from({ length: publishers }, () => [] as DynamoDBRecord[]);
    for (const record of records) shares[Number(idOf(record).slice(2)) % publishers]?.push(record);
    let writes = 0;
    const putIf = Bucket.prototype.putIf;
    const spy = jest.spyOn(Bucket.prototype, 'putIf').mockImplementation(async function (
      this: Bucket,
      ...args
    ) {
      const failing = ++writes === failsAt;
      // Carried out or not, the publisher does not hear of it.
      if (failing && writes % 2 === 0) throw new Error('S3 is away.');
      const etag = await putIf.apply(this, args);
      if (failing) throw new Error('S3 is away.');
      return etag;
    });
    const failed = await Promise.all(
      shares.map(Records =>
        this.#desk.publish({ Records }).then(
          () => undefined,
          () => Records,
        ),
      ),
    );
    spy.mockRestore();
    for (const Records of failed) if (Records) await this.#desk.publish({ Records });
    // A change that fails alone counts as done, and a tick tries it again.
    const { articles, storage, site: siteBucket } = this.#desk;
    const deps = {
      articles,
      storage,
      siteBucket,
      site: SITE,
      now: () => instant(this.#now),
      onBroken: raise,
    };
    expect(await retryAll(deps)).toMatchObject({ failures: 0, left: 0 });
    this.#unseen.clear();
    for (const { id } of this.newest(ALL)) this.#seen.add(id);
  }

  async expectFullFeeds(): Promise<void> {
    for (const of of EDITIONS) {
      const feed = `${editionFolder(of, SITE)}feed.json`;
      const items = (await this.#desk.entries(feed)).map(({ id }) => id);
      expect({ feed, items }).toEqual({ feed, items: this.expected(of) });
    }
  }
}

/** What the table holds of an article: of a deleted one a tombstone. */
function stored(record: Article): ArticleRecord {
  if ((record.status as string) !== 'deleted') return record;
  const { id, guid, source, version, ingestedAt, permalink, gone } = record;
  return { id, guid, source, version, ingestedAt, permalink, ...(gone && { gone }), status: 'deleted' };
}

function raise(error: Error): never {
  throw error;
}

function isIn(of: EditionOf, article: Pick<Article, 'section' | 'tags' | 'authors'>): boolean {
  return editionsOf(article).some(other => editionId(other, SITE) === editionId(of, SITE));
}

function eventKey({ at, article: { gone, id } }: { at: string; article: Article }): string {
  return `${gone ? 1 : 0} ${at} ${id}`;
}

function key({ publishedAt, id }: Article): string {
  return `${publishedAt} ${id}`;
}

function idOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.Keys?.pk?.S?.replace(/^article#/, '') ?? '';
}

const START: readonly Standing[] = Array.from({ length: MANY }, (_, number) => ({
  section: 'World',
  tags: TAGS,
  authors: [{ name: 'Ada Quill' }],
  publishedAt: instant(number * PACE),
}));

test('each feed holds the newest of its live articles, as many as it may, whatever happened to them', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async steps => {
      const desk = await startDesk({ settings: SETTINGS, database: 'memory' });
      try {
        const room = new Newsroom(desk);
        await room.file(START);
        await room.publish(1);
        for (const step of steps) {
          if (step.kind === 'file') await room.file(step.stories);
          else if (step.kind === 'show')
            await room.change(room.hidden().slice(0, step.count), { status: 'live' });
          else if (step.kind === 'wait') await room.wait(step.days);
          else if (step.kind === 'publish') await room.publish(step.publishers, step.failsAt);
          else {
            const fields = step.kind === 'hide' ? { status: step.status as Article['status'] } : step.fields;
            await room.change(room.newest(step.of).slice(0, step.count), fields);
          }
        }
        await room.publish(1);
        await room.expectFullFeeds();
        // What lies below the newest shows when they go.
        for (let newest = room.newest(ALL); newest.length > 0; newest = room.newest(ALL)) {
          await room.change(newest.slice(0, PEELED), { status: 'withdrawn' });
          await room.publish(1);
          await room.expectFullFeeds();
        }
      } finally {
        jest.restoreAllMocks();
        await desk.close();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

test('thousands of articles that were deleted before the others cost a few reads, and the feed is full', async () => {
  const desk = await startDesk({ settings: { feeds: { entries: ENTRIES } } });
  const stored = async (number: number, fields: Partial<Article> = {}) => {
    const next = article({ id: `id${number}`, publishedAt: instant(number * PACE), ...fields });
    expect(await desk.articles.replace(undefined, next)).toBe(true);
  };
  for (let number = 0; number < MANY; number++) await stored(number);
  await desk.publishAll();
  const gone = Array.from({ length: 2_500 }, (_, at) => ({
    edition: 'all',
    publishedAt: instant(200 * PACE + at),
    id: `gone${at}`,
  }));
  await desk.articles.members.change({ enter: gone, remove: [] });
  await desk.storage.delete('editions/all.json');
  const calls = jest.spyOn(desk.articles, 'getMany');
  await stored(MANY);
  await desk.publishAll();
  expect(calls.mock.calls.length).toBeLessThan(12);
  expect((await desk.feed()).length).toBe(ENTRIES);
  await desk.close();
});
