import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { type Call, DIRECT, type Wire } from '../../../bench/publish/wire.ts';
import { publishEditions } from '../../../functions/publish/jobs/publish-editions.ts';
import { publishSite } from '../../../functions/publish/jobs/site-files.ts';
import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import { loadDirectory, MAX_LISTED } from '../../../functions/publish/states/directory.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';
import { tagPath } from '../../../shared/model/identity.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article, instant } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

const WORLD: EditionOf = { kind: 'section', name: 'World' };

/** Called before each request. */
let before: (call: Call) => Promise<void>;
let deps: Parameters<typeof publishEditions>[1];

beforeEach(() => {
  before = async () => undefined;
  const wire: Wire = async (call, act) => {
    await before(call);
    return DIRECT(call, act);
  };
  const { client } = new MemoryS3({ wire });
  const table = new MemoryTable({ name: 'articles', wire });
  deps = {
    articles: new Articles(table.client, 'articles', { namespace: 'copydesk' }),
    storage: new Bucket(client, 'storage'),
    siteBucket: new Bucket(client, 'site'),
    site: SITE,
    now: () => '2026-11-28T12:00:00.000Z',
    onBroken: error => {
      throw error;
    },
    pacing: { sleep: async () => undefined, random: () => 0 },
  };
});

/** Merges articles of the section into its edition. Undefined: the article was removed. */
function publish(articles: Record<string, Article | undefined>): Promise<unknown> {
  return publishEditions([WORLD], deps, new Map(Object.entries(articles)), { positions: new Map() });
}

/** Has another publisher work when the next one has merged its articles and reads the directory. */
function meanwhile(run: () => Promise<unknown>): void {
  before = async ({ key }) => {
    if (key !== 'directory.json') return;
    before = async () => undefined;
    await run();
  };
}

const [a, b] = ['a', 'b'].map(id => article({ id, section: 'World' })) as [Article, Article];
const sections = async () => (await loadDirectory(deps)).state.sections;

test('a section that another publisher empties meanwhile is not listed', async () => {
  await publish({ a, b });
  meanwhile(() => publish({ b: undefined }));
  await publish({ a: undefined });
  expect(await sections()).toEqual({});
});

test('a section that another publisher fills meanwhile is listed', async () => {
  await publish({ a });
  meanwhile(() => publish({ b }));
  await publish({ a: undefined });
  expect(await sections()).toEqual({ world: 'World' });
});

test('the page of all tags has more than the directory, and only those with live articles', async () => {
  const count = MAX_LISTED.tags + 20;
  const tags = Array.from({ length: count }, (_, at) => `Tag ${String(at).padStart(3, '0')}`);
  const id = 'abcdefghij234567';
  const write = async (present: readonly string[], gone: readonly string[] = []) => {
    const membersOf = (names: readonly string[]) =>
      names.map(name => ({ edition: `tags/${tagPath(name, 'en')}`, publishedAt: instant(0), id }));
    await deps.articles.members.change({ enter: membersOf(present), remove: membersOf(gone) });
    const record = article({ id, section: 'World', tags: [...present] });
    const editions = [...present, ...gone].map(name => ({ kind: 'tag' as const, name }));
    await publishEditions(editions, deps, new Map([[id, record]]), { positions: new Map() });
  };
  const listed = async () => {
    const page = Buffer.from((await deps.siteBucket.get('tags/index.html'))?.bytes ?? '').toString();
    return tags.filter(tag => page.includes(`>${tag}<`));
  };
  await write(tags);
  await publishSite(deps);
  expect(await listed()).toEqual(tags);
  // These have no line in the directory.
  const rest = tags.slice(0, -10);
  await write(rest, tags.slice(-10));
  expect(await listed()).toEqual(rest);
});
