import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { lookAt, type Shown } from '../actions/look-at.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { findStored } from '../deployment/find.ts';
import { versionTable } from '../deployment/versions.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { facts, statusWord } from '../output/tables.ts';
import { otherWarnings, waitOf } from '../output/waiting.ts';
import { showBroken } from './show-broken.ts';

/**
 * `copydesk show`: shows a record, the versions of its file, and where it is published.
 * @returns exit code 1 for a broken record, of which the attributes are shown as they are stored
 */
export async function show(name: string, options: DeploymentOptions & { json?: boolean }): Promise<number> {
  return await withDeployment(options, async deployment => {
    const stored = await findStored(deployment, name);
    if ('broken' in stored) return await showBroken(stored, deployment, options);
    const shown = await lookAt(deployment, stored.record);
    process.stdout.write(
      options.json ? `${JSON.stringify(shown)}\n` : `${describe(shown, deployment.timeZone)}\n`,
    );
    return EXIT.ok;
  });
}

function describe(shown: Shown, timeZone: string): string {
  const { record, versions, published, canonical, duplicates, similar } = shown;
  const { source } = record;
  const warnings = 'warnings' in record ? otherWarnings(record) : [];
  const parts = [
    isArticle(record) ? colours.bold(printable(record.headline)) : colours.bold(printable(source.key)),
    facts([
      ['status', statusOf(record, canonical, timeZone)],
      ['id', record.id],
      ['file', `${printable(source.key)}${source.memberOf ? ` in ${printable(source.memberOf)}` : ''}`],
      ...(isArticle(record) ? articleRows(record, similar) : []),
      ['reason', record.status === 'rejected' ? printable(record.reason.message) : undefined],
      ['page', isArticle(record) ? pageOf(record, published?.url) : undefined],
      [
        'feeds',
        published?.feeds.join('\n') ||
          (record.status === 'live' ? 'in none: it is older than what they hold' : undefined),
      ],
      ['duplicates', duplicates.map(({ key, id }) => `${printable(key)} (${id})`).join('\n')],
      ['warnings', warnings.map(printable).join('\n')],
      ['record', `version ${record.version}, written ${record.ingestedAt}`],
    ]),
  ];
  return [...parts, ...versionTable(versions, source.versionId)].join('\n');
}

function pageOf({ status }: Article, url: string | undefined): string {
  if (url === undefined) return 'not on the site';
  return status === 'live' ? url : `${url}, which says that it was withdrawn`;
}

function articleRows(record: Article, similar: ArticleRecord | undefined): [string, string | undefined][] {
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
    [
      'nearly',
      record.nearDuplicateOf &&
        `the same as ${similar ? printable(similar.source.key) : record.nearDuplicateOf}`,
    ],
  ];
}

function statusOf(record: ArticleRecord, canonical: ArticleRecord | undefined, timeZone: string): string {
  const word = statusWord(record.status);
  const wait = waitOf(record, timeZone);
  if (wait !== undefined) return `${word}${printable(wait).slice(record.status.length)}`;
  if (!isArticle(record)) return word;
  if (record.status === 'duplicate') return `${word} of ${canonicalName(record, canonical)}`;
  if (record.status !== 'withdrawn') return word;
  const why = { expiry: 'it has expired', source: 'by its own file', cancellation: 'by another file' };
  return `${word}, ${record.withdrawnBy ? why[record.withdrawnBy] : 'by an editor'}`;
}
