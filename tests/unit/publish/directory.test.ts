import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { type Call, DIRECT, type Wire } from '../../../bench/publish/wire.ts';
import { publishEditions } from '../../../functions/publish/jobs/publish-changes.ts';
import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import { loadDirectory } from '../../../functions/publish/states/directory.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article } from '../../support/articles.ts';
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
