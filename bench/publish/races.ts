import type { S3Client } from '@aws-sdk/client-s3';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { SITE_FILES } from '../../functions/publish/content/addresses.ts';
import { waitingChanges } from '../../functions/publish/jobs/retry-unpublished.ts';
import { type Site, siteOf } from '../../functions/publish/model/site.ts';
import { type PublishHandler, publishHandler } from '../../functions/publish/receive/handler.ts';
import type { PublishHandlerDeps } from '../../functions/publish/receive/handler-deps.ts';
import { publishPostponed } from '../../functions/publish/receive/publish-postponed.ts';
import {
  ALL_ARTICLES,
  DAY_PAGE_POSITIONS,
  HISTORY_POSITIONS,
  MAX_MONTH_ROWS,
  SITEMAP_POSITIONS,
} from '../../functions/publish/states/positions.ts';
import type { Postponing } from '../../functions/publish/states/postponed.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import type { Pacing } from '../../shared/errors/retry-on-conflict.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { RECORD_SK } from '../../shared/table/keys.ts';
import { type AnyTableClient, TableClient } from '../../shared/table/table-client.ts';
import { type Random, randomFrom } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import { type Injected, type Weather, weatheredWire } from './weather.ts';
import { DIRECT, type Wire } from './wire.ts';
import { DAYS, DUE_MS, writeLife } from './writers.ts';

export interface RaceOptions {
  /** Default 50. */
  publishers?: number;
  /** Default 30. */
  articles?: number;
}

/** What a race runs on. */
interface RaceServices {
  s3: S3Client;
  dynamodb: AnyTableClient;
  tableName: string;
  close?(): Promise<void>;
}

/** Starts services whose requests go over a wire, and that tell of each change of the table. */
export type OpenServices = (
  wire: Wire,
  onRecord: (record: DynamoDBRecord) => void,
) => RaceServices | Promise<RaceServices>;

/** What came of one seed. */
export interface Race {
  /** Files of the site that are not what one publisher alone would have written: key, and what is wrong. */
  differences: string[];
  files: number;
  /** Calls of the publish function, the most of them at once, and how many failed and were made again. */
  calls: number;
  atOnce: number;
  failures: number;
  injected: Injected;
  /** Milliseconds on the clock of the race. */
  lasted: number;
}

/** Where the race and the single publisher keep what they make. */
const RACED = { storage: 'storage', site: 'site' } as const;
const ALONE = { storage: 'storage-alone', site: 'site-alone' } as const;

/** The buckets that a race needs. */
export const RACE_BUCKETS = [...Object.values(RACED), ...Object.values(ALONE)];

/** Few entries, so that windows overflow, run short and are filled up. */
const SETTINGS = readSettings({ site: { title: 'Races' }, feeds: { entries: 4 } });

/** A site. What is rendered for it is kept with it, so those that share it render the same only once. */
const newSite = () => siteOf(SETTINGS, 'https://news.example.org');

/** When a race begins, on its clock: after every date but those that fall due while it goes on. */
export const START = Date.parse('2026-12-01T00:00:00.000Z');

/** Most change records that a publisher takes at once. */
const BATCH = 8;

/** Chance that a change record is delivered once more. */
const REPETITION = 0.3;

/** Times for which busy views wait for further articles, in milliseconds. A seed has one of them. */
const WAITS_MS = [0, 500, 4_000];

/** Longest time that a publisher rests between batches, in milliseconds. */
const REST_MS = 1_500;

/** Longest time from one tick of the schedule to the next, in milliseconds. */
const TICK_MS = 3_000;

/** Chance that one who ticks or rebuilds does so after a batch. */
const ORDER = 0.2;

/**
 * Many publishers at once on one site, while its articles are written: every request takes a random time, some are
 * refused or fail, and change records come in random groups and order, some of them twice. Articles fall due while
 * the race goes on, and a schedule releases them; in some seeds others tick or rebuild too, at any moment. At rest
 * the site is compared with what a single publisher writes from the same table.
 */
export async function runRace(
  random: Random,
  time: VirtualTime,
  open: OpenServices,
  { publishers = 50, articles: count = 30 }: RaceOptions = {},
): Promise<Race> {
  const injected: Injected = { requests: 0, refused: 0, doubted: 0, failed: 0 };
  const weathered = weatheredWire(random, time, weatherOf(random), injected);
  const records: DynamoDBRecord[] = [];
  const waiting: DynamoDBRecord[] = [];
  let isQuiet = true;
  const traffic = { begun: 0, underway: 0 };
  const services = await open(
    async (call, act) => {
      traffic.begun++;
      traffic.underway++;
      try {
        return await (isQuiet ? DIRECT : weathered)(call, act);
      } finally {
        traffic.underway--;
      }
    },
    record => {
      // As the stream's filter has it.
      if (record.dynamodb?.Keys?.sk?.S !== RECORD_SK) return;
      records.push(record);
      waiting.push(record);
      if (random.chance(REPETITION)) waiting.push(record);
    },
  );
  const done = { calls: 0, atOnce: 0, failures: 0 };
  let underway = 0;
  let writing = count;
  let isReleasing = true;
  // In about a quarter of the seeds there are neither: they would mend what others leave behind.
  const tickers = upTo(random.pick([0, 0, 2, 6]));
  const rebuilders = upTo(random.pick([0, 0, 1, 3]));
  const waitMs = random.pick(WAITS_MS);
  const clock = () => new Date(START + time.now).toISOString();
  const site = newSite();
  const pacing: Pacing = { sleep: ms => time.sleep(ms), random: () => random.next() };

  await takePlaces(services, count, random);
  // Each life has numbers of its own: the order in which requests come must not decide what is written.
  const lives = Array.from({ length: count }, () => randomFrom(random.below(2 ** 32)));
  isQuiet = false;

  const publisher = async (number: number) => {
    const postponing = { waitMs, now: clock };
    const container = pressOf(services, RACED, clock, { site, pacing, postponing });
    const call = async (event: Parameters<PublishHandler>[0], handler = container) => {
      done.calls++;
      done.atOnce = Math.max(done.atOnce, ++underway);
      try {
        await handler(event);
        return true;
      } catch {
        done.failures++;
        return false;
      } finally {
        underway--;
      }
    };
    if (number === 0) {
      // What a first tick writes of the site as a whole. Later ones of this container only release what is due.
      while (!(await call({ copydesk: 'tick' })));
      const schedule = async () => {
        while (writing > 0) {
          await time.sleep(random.below(TICK_MS));
          await call({ copydesk: 'tick' });
        }
        // By then, all that will fall due has.
        await time.sleep(DUE_MS);
        do await call({ copydesk: 'tick' });
        while (await isAnyDue(services, clock()));
        isReleasing = false;
      };
      await schedule();
    }
    while (isReleasing || waiting.length > 0) {
      await time.sleep(random.below(REST_MS));
      const batch: DynamoDBRecord[] = [];
      for (let size = 1 + random.below(BATCH); size > 0 && waiting.length > 0; size--)
        batch.push(...waiting.splice(random.below(waiting.length), 1));
      if (batch.length > 0 && !(await call({ Records: batch }))) waiting.push(...batch);
      // In a container of its own, which looks after the site as a whole once more.
      if (tickers.has(number) && random.chance(ORDER))
        await call({ copydesk: 'tick' }, pressOf(services, RACED, clock, { site, pacing, postponing }));
      if (rebuilders.has(number) && random.chance(ORDER)) await call({ copydesk: 'rebuild' });
    }
  };
  const writer = async (number: number) => {
    const articles = new Articles(services.dynamodb, services.tableName, { namespace: 'copydesk', pacing });
    await writeLife(number, { articles, random: lives[number] ?? random, time, start: START });
    writing--;
  };
  try {
    await Promise.all([
      ...Array.from({ length: count }, (_, number) => writer(number)),
      ...Array.from({ length: publishers }, (_, number) => publisher(number)),
    ]);
    const lasted = time.now;
    // What a failed call had begun beside the request that failed goes on, as in a function that is thawed.
    let begun: number;
    do {
      begun = traffic.begun;
      await time.rest();
    } while (traffic.begun !== begun || traffic.underway > 0);
    isQuiet = true;
    // What failed alone is remembered, and a later tick would publish it.
    const articles = new Articles(services.dynamodb, services.tableName, { namespace: 'copydesk' });
    const last = pressOf(services, RACED, clock, { site });
    const isLeft = async () =>
      Object.values(await waitingChanges({ articles })).some(({ length }) => length > 0);
    while (await isLeft()) await last({ copydesk: 'retry' });
    // Later ticks would write these.
    while ((await articles.postponed.list(1)).length > 0)
      await publishPostponed({
        ...depsOf(services, RACED, clock, { site }),
        onBroken: () => undefined,
        postponing: { waitMs: 0, now: clock },
      });
    return { ...done, ...(await comparedWithOne(services, records, clock)), injected, lasted };
  } finally {
    await services.close?.();
  }
}

/** Leaves so few places on the pages of the archive that some are turned while the race goes on. */
async function takePlaces(services: RaceServices, articles: number, random: Random): Promise<void> {
  const about = (end: number) => Math.max(0, end - random.below(articles));
  const taken = new Map([
    [ALL_ARTICLES, about(random.chance(0.3) ? SITEMAP_POSITIONS : HISTORY_POSITIONS)],
    ...DAYS.map(day => [day, about(DAY_PAGE_POSITIONS)] as const),
    ...['2026-10', '2026-11'].map(month => [month, about(MAX_MONTH_ROWS)] as const),
  ]);
  const { client, name } = new TableClient(services.dynamodb, services.tableName);
  for (const [series, count] of taken)
    await client.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: `series#${series}`, sk: 'counter' },
        UpdateExpression: 'ADD #taken :count',
        ExpressionAttributeNames: { '#taken': 'taken' },
        ExpressionAttributeValues: { ':count': count },
      }),
    );
}

/** Whether an article waits that is due; yes where the wire does not tell. */
async function isAnyDue({ dynamodb, tableName }: RaceServices, now: string): Promise<boolean> {
  try {
    for await (const _id of new Articles(dynamodb, tableName, { namespace: 'copydesk' }).due(now))
      return true;
    return false;
  } catch {
    return true;
  }
}

/** The numbers of so many publishers. */
function upTo(count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, at) => at + 1));
}

/** Lets a publisher load the code that it loads at its first use: loading takes real time, and not that of a race. */
export async function loadPublisher(open: OpenServices): Promise<void> {
  const services = await open(DIRECT, () => undefined);
  const publish = pressOf(services, ALONE, () => new Date(START).toISOString());
  await publish({ copydesk: 'tick' });
  await publish({ copydesk: 'rebuild' });
}

interface ContainerOptions {
  /** Default: a site of its own. */
  site?: Site;
  pacing?: Pacing;
  postponing?: Postponing;
}

/** A publish function of its own, as each container of Lambda has one. */
function pressOf(
  services: RaceServices,
  buckets: { storage: string; site: string },
  now: () => string,
  more: ContainerOptions = {},
): PublishHandler {
  return publishHandler(depsOf(services, buckets, now, more));
}

function depsOf(
  { s3, dynamodb, tableName }: RaceServices,
  buckets: { storage: string; site: string },
  now: () => string,
  { site = newSite(), pacing, postponing }: ContainerOptions = {},
): PublishHandlerDeps {
  return {
    articles: new Articles(dynamodb, tableName, { namespace: 'copydesk', ...(pacing && { pacing }) }),
    pacing,
    postponing,
    storage: new Bucket(s3, buckets.storage),
    siteBucket: new Bucket(s3, buckets.site),
    site,
    duplicates: DEFAULT_SETTINGS.duplicates,
    now,
    log: () => undefined,
  };
}

/** From calm and busy to a storm. */
function weatherOf(random: Random): Weather {
  const force = random.pick([0, 1, 4]);
  return {
    refused: 0.03 * force,
    doubted: 0.01 * force,
    failed: 0.0003 * force,
    stalled: random.pick([0.01, 0.05, 0.15]),
  };
}

/** Compares the site with that of one publisher that gets every change record there ever was, at once. */
async function comparedWithOne(
  services: RaceServices,
  records: readonly DynamoDBRecord[],
  clock: () => string,
): Promise<Pick<Race, 'differences' | 'files'>> {
  const raced = await filesOf(new Bucket(services.s3, RACED.site));
  const alone = new Bucket(services.s3, ALONE.site);
  // That a page says an article was withdrawn, where one had been published, is history, which it cannot know.
  for (const key of raced.keys())
    if (key.startsWith('articles/')) await alone.put(key, 'A page.', { contentType: 'text/plain' });
  // With a site of its own, it renders every file itself.
  const publish = pressOf(services, ALONE, clock);
  await publish({ Records: [...records] });
  await publish({ copydesk: 'tick' });
  const right = await filesOf(alone);
  const differences: string[] = [];
  for (const [key, body] of right) {
    const present = raced.get(key);
    if (present === undefined) differences.push(`${key} is missing`);
    else if (!isRight(key, present, body))
      differences.push(`${key} is not right: ${firstDifference(present, body)}`);
  }
  for (const key of raced.keys()) if (!right.has(key)) differences.push(`${key} should not be there`);
  return { differences: differences.sort(), files: right.size };
}

/**
 * Whether a file of the race is right. The day of a sitemap in the index never goes back, so an article that has left can
 * leave a later day than one publisher alone would write.
 */
function isRight(key: string, present: string, body: string): boolean {
  if (key !== SITE_FILES.sitemap) return present === body;
  const days = daysInIndex(present);
  const least = daysInIndex(body);
  return days.size === least.size && [...least].every(([path, day]) => (days.get(path) ?? '') >= day);
}

/** The day of each sitemap in the index, or an empty text. */
function daysInIndex(index: string): Map<string, string> {
  const sitemaps = index.matchAll(/<loc>(.*?)<\/loc>(?:\s*<lastmod>(.*?)<\/lastmod>)?/g);
  return new Map([...sitemaps].map(([, path = '', day = '']) => [path, day]));
}

/** Where two texts part, and what each says there. */
function firstDifference(actual: string, right: string): string {
  let at = 0;
  while (actual[at] === right[at]) at++;
  const from = Math.max(0, at - 40);
  return `“${actual.slice(from, at + 40)}” for “${right.slice(from, at + 40)}”`;
}

async function filesOf(bucket: Bucket): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const key of bucket.keys())
    files.set(key, Buffer.from((await bucket.get(key))?.bytes ?? []).toString('latin1'));
  return files;
}
