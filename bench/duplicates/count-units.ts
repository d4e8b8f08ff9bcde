import type { AttributeValue } from 'aws-lambda';
import { changeArticle } from '../../cli/deployment/change.ts';
import { composeArticle, composeTombstone } from '../../functions/ingest/record/compose.ts';
import { store } from '../../functions/ingest/record/store.ts';
import { recognizeSimilar } from '../../shared/duplicates/similarity.ts';
import type { ParsedArticle } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { minhash } from '../../shared/model/minhash.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { MemoryTable } from '../publish/memory-table.ts';
import type { Wire } from '../publish/wire.ts';

/** Units of the table that AWS bills: a write unit is a KB of an item, a read unit 4 KB. */
export interface Units {
  writes: number;
  reads: number;
}

/** What a number of equal files cost. */
export interface GroupCost {
  files: number;
  /** Of each file, from the first to the last. */
  each: Units;
  /** Of the last file. */
  last: Units;
  /** Of the deletion of the file that is shown, which promotes another one. */
  promotion: Units;
  /** Of a kill of the story by a command. */
  kill: Units;
  /** Of the end of that kill. */
  restore: Units;
}

const NOW = '2026-11-02T08:00:00.000Z';
/** When files are deleted: so late that no other file continues their story. */
const LATER = '2026-11-04T08:00:00.000Z';

/** A story of about 500 words, so that a record is of a usual size. */
const TEXT = Array.from(
  { length: 50 },
  (_, at) => `The ferry to island ${at} sailed ${at * 7} times this week.`,
).join(' ');

const COPY: ParsedArticle = {
  headline: 'Ferries sail again',
  headlineFrom: 'text',
  authors: [],
  language: 'en',
  direction: 'ltr',
  section: 'world',
  tags: ['Ports'],
  summary: 'The ferries sailed again.',
  keyPoints: [],
  bodyHtml: `<p>${TEXT}</p>`,
  bodyText: TEXT,
  wordCount: 500,
  readingMinutes: 2,
  related: [],
  attachments: [],
  contentHash: 'equal',
  nearHash: minhash(TEXT),
  parserVersion: '1',
  warnings: [],
  format: 'text',
  charset: 'utf-8',
};

/**
 * Files equal copies one after the other into a table in memory, and counts what AWS would bill by the sizes of the
 * items. The embedded DynamoDB counts the same for small groups.
 */
export async function countUnits(files: number): Promise<GroupCost> {
  const { articles, take } = countedTable();
  const change = (key: string, sequencer: number, isThere: boolean) =>
    fileOrDelete(articles, key, sequencer, isThere);
  // What a table of some age has.
  await change('other.md', 1, true);
  await change('other.md', 2, false);
  take();
  const all: Units = { writes: 0, reads: 0 };
  let last: Units = all;
  for (let at = 0; at < files; at++) {
    await change(`${at}.md`, 1, true);
    last = take();
    all.writes += last.writes;
    all.reads += last.reads;
  }
  await change('0.md', 2, false);
  const promotion = take();
  const second = articleId('copydesk', '1.md');
  const edit = (status: 'withdrawn' | 'live') =>
    changeArticle(articles, second, ({ withdrawnBy: _, ...article }) => ({ ...article, status }), NOW);
  await edit('withdrawn');
  const kill = take();
  await edit('live');
  const restore = take();
  const each = { writes: all.writes / files, reads: all.reads / files };
  return { files, each, last, promotion, kill, restore };
}

async function fileOrDelete(
  articles: Articles,
  key: string,
  number: number,
  isThere: boolean,
): Promise<void> {
  const sequencer = String(number).padStart(4, '0');
  const source = {
    bucket: 'intake',
    key,
    sequencer,
    etag: sequencer,
    size: 1,
    uploadedAt: isThere ? NOW : LATER,
  };
  await store(
    articles,
    { id: articleId('copydesk', key), key, sequencer, parserVersion: '1', now: NOW },
    async current => {
      if (!isThere)
        return composeTombstone(current, source, { namespace: 'copydesk', language: 'en', now: NOW });
      const article = composeArticle(current, COPY, source, {
        namespace: 'copydesk',
        language: 'en',
        now: NOW,
      });
      return recognizeSimilar(articles, article, current, DEFAULT_SETTINGS.duplicates);
    },
  );
}

/** A table in memory that counts the units of the requests since the last look. */
function countedTable(): { articles: Articles; take(): Units } {
  let units: Units = { writes: 0, reads: 0 };
  let written = 0;
  const wire: Wire = async ({ operation }, act) => {
    const isRead = /^(Get|BatchGet|Query|Scan)/.test(operation);
    written = 0;
    try {
      const { output, received } = await act();
      // A request that finds nothing is billed as one unit, and so is a write that changes nothing.
      if (isRead) units.reads += Math.max(1, Math.ceil(received / 4_096));
      else units.writes += Math.max(1, Math.ceil(written / 1_024));
      return output;
    } catch (error) {
      // A write whose condition fails is billed too; the items of a group are below a KB.
      units.writes++;
      throw error;
    }
  };
  const { client } = new MemoryTable({
    name: 'articles',
    wire,
    // The larger one of the item before and after counts.
    onRecord: ({ dynamodb }) => {
      written = Math.max(sizeOf(dynamodb?.OldImage), sizeOf(dynamodb?.NewImage));
    },
  });
  return {
    articles: new Articles(client, 'articles', { namespace: 'copydesk' }),
    take() {
      const taken = units;
      units = { writes: 0, reads: 0 };
      return taken;
    },
  };
}

/** Bytes of an item: names and values, as DynamoDB counts them but for a few. */
function sizeOf(image: Record<string, AttributeValue> = {}): number {
  return Object.entries(image).reduce((sum, [name, value]) => sum + name.length + valueSize(value), 0);
}

function valueSize({ S, N, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (L !== undefined) return 3 + L.reduce((sum, each) => sum + 1 + valueSize(each), 0);
  return M === undefined ? 1 : 3 + sizeOf(M);
}
