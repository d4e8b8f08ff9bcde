import { type Article, type ArticleRecord, contentOf, isArticle } from '../../shared/article.ts';
import { colours } from '../colours.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/desk.ts';
import { findRecord } from '../desk/find.ts';
import { type Standing, standingOf } from '../desk/standing.ts';
import { facts, statusWord, table } from '../desk/tables.ts';
import { type FileVersion, versionsOf } from '../desk/versions.ts';
import { EXIT } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { otherWarnings, waitOf } from '../waiting.ts';

/** Everything that is known of one article. */
interface Shown {
  record: ArticleRecord;
  versions: FileVersion[];
  /** Absent of what is no article. */
  published?: { url?: string | undefined; feeds: string[] };
  /** Ids of others with the same content. */
  sameContent: string[];
}

/** `copydesk show`: the record, the versions of its file, and where it is published. */
export async function show(name: string, options: DeskOptions & { json?: boolean }): Promise<number> {
  const desk = await openDesk(options);
  try {
    const shown = await look(desk, await findRecord(desk, name));
    process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : `${describe(shown, desk.timeZone)}\n`);
    return EXIT.ok;
  } finally {
    desk.close();
  }
}

async function look(desk: Desk, record: ArticleRecord): Promise<Shown> {
  const { clients, outputs, articles } = desk;
  const { bucket, key, memberOf } = record.source;
  const [versions, standing, known] = await Promise.all([
    // What came in an archive lies in the bucket as that.
    versionsOf(clients.s3, bucket, memberOf ?? key),
    isArticle(record) ? standingOf(desk, record) : undefined,
    isArticle(record) ? articles.contents.holders(contentOf(record)) : undefined,
  ]);
  return {
    record,
    versions,
    ...(standing && isArticle(record) && { published: publication(record, standing, outputs.site) }),
    sameContent: (known?.holders ?? []).filter(id => id !== record.id),
  };
}

function publication(record: Article, { page, editions }: Standing, site: string): Shown['published'] {
  return {
    url: page === undefined ? undefined : `${site}/${record.permalink}`,
    feeds: editions.map(({ feed }) => feed),
  };
}

function describe({ record, versions, published, sameContent }: Shown, timeZone: string): string {
  const { source } = record;
  const warnings = 'warnings' in record ? otherWarnings(record) : [];
  const parts = [
    isArticle(record) ? colours.bold(printable(record.headline)) : colours.bold(printable(source.key)),
    facts([
      ['status', statusOf(record, timeZone)],
      ['id', record.id],
      ['file', `${printable(source.key)}${source.memberOf ? ` in ${printable(source.memberOf)}` : ''}`],
      ...(isArticle(record) ? articleRows(record) : []),
      ['reason', record.status === 'rejected' ? printable(record.reason.message) : undefined],
      ['page', isArticle(record) ? pageOf(record, published?.url) : undefined],
      [
        'feeds',
        published?.feeds.join('\n') ||
          (record.status === 'live' ? 'in none: it is older than what they hold' : undefined),
      ],
      ['duplicates', sameContent.join('\n')],
      ['warnings', warnings.map(printable).join('\n')],
      ['record', `version ${record.version}, written ${record.ingestedAt}`],
    ]),
  ];
  if (versions.length > 0)
    parts.push(
      '',
      table(
        ['version of the file', 'time (UTC)', 'bytes', ''],
        versions.map(({ versionId, at, size, isLatest }) => [
          versionId,
          at.slice(0, 19).replace('T', ' '),
          size === undefined ? 'deleted' : String(size),
          [isLatest && 'latest', versionId === source.versionId && 'the one read'].filter(Boolean).join(', '),
        ]),
      ),
    );
  return parts.join('\n');
}

function pageOf({ status }: Article, url: string | undefined): string {
  if (url === undefined) return 'not on the site';
  return status === 'live' ? url : `${url}, which says that it was withdrawn`;
}

function articleRows(record: Article): [string, string | undefined][] {
  return [
    ['dek', record.dek && printable(record.dek)],
    ['by', record.authors.map(({ name }) => printable(name)).join(', ')],
    ['section', printable(record.section)],
    ['tags', record.tags.map(printable).join(', ')],
    ['published', `${record.publishedAt} (from ${record.publishedFrom})`],
    ['updated', `${record.updatedAt}, revision ${record.revision}`],
    ['embargo', record.embargoUntil],
    ['released', record.released && `by an editor, from: ${printable(record.released)}`],
    ['expires', record.expiresAt],
    ['correction', record.correction && printable(record.correction)],
    ['by hand', record.edited?.join(', ')],
    ['summary', printable(record.summary)],
    ['words', `${record.wordCount}, ${printable(record.language)}`],
    ['nearly', record.nearDuplicateOf && `the same as ${record.nearDuplicateOf}`],
  ];
}

function statusOf(record: ArticleRecord, timeZone: string): string {
  const word = statusWord(record.status);
  const wait = waitOf(record, timeZone);
  if (wait !== undefined) return `${word}${printable(wait).slice(record.status.length)}`;
  if (!isArticle(record)) return word;
  if (record.status === 'duplicate') return `${word} of ${record.duplicateOf}`;
  if (record.status !== 'withdrawn') return word;
  const why = { expiry: 'it has expired', source: 'by its own file', cancellation: 'by another file' };
  return `${word}, ${record.withdrawnBy ? why[record.withdrawnBy] : 'by an editor'}`;
}
