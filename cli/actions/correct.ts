import { tidyTags } from '../../functions/ingest/article/summary.ts';
import { readKeyed } from '../../functions/ingest/release/keyed.ts';
import { parseNames } from '../../functions/ingest/text/byline.ts';
import type { Article } from '../../shared/model/article.ts';
import { EDITABLE, type Editable } from '../../shared/model/edited.ts';
import { dueInstant, statusAt } from '../../shared/model/schedule.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import { colours } from '../output/colours.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import { changeEach, labelOf, unchanged, type Waiting } from './change-each.ts';

/** Corrections of the options. An empty text removes a field, except required fields. */
export interface Corrections {
  headline?: string;
  dek?: string;
  byline?: string;
  section?: string;
  tags?: string;
  summary?: string;
  note?: string;
  /** The time of publication of a story that waits, as in front matter, or `none`. */
  publishAt?: string;
}

/** Maximum lengths in characters, the same as for the fields of a file. */
const MAX_CHARS = {
  headline: 300,
  dek: 600,
  byline: 200,
  section: 100,
  tags: 1_000,
  summary: 2_000,
  note: 500,
  publishAt: 100,
} as const;

const REQUIRED = ['headline', 'section', 'summary', 'publishAt'] as const;

/** Corrects the fields of a story, but not its text, which is corrected in its file. */
export async function correctArticle(
  deployment: Deployment,
  name: string,
  { wait, ...options }: Waiting & Corrections,
  dialogue: Dialogue,
): Promise<number> {
  const texts = readCorrections(options);
  const [article] = await findArticles(deployment, [name]);
  if (article === undefined) return EXIT.usage;
  const release = releaseAt(texts.publishAt, deployment.timeZone);
  if (release !== undefined) mustWait(article);
  const next = corrected(article, texts, release, article.updatedAt);
  const changes = editedBy(texts).filter(field => isChanged(field, article, next));
  if (changes.length === 0) {
    dialogue.result({ ...unchanged(article), fields: [] }, `${labelOf(article)} says so already.`);
    return EXIT.ok;
  }
  for (const field of changes)
    dialogue.text(
      `${field}\n  ${colours.red(`- ${shown(article[field])}`)}\n  ${colours.green(`+ ${shown(next[field])}`)}`,
    );
  await dialogue.confirm(`${labelOf(article)} will be corrected on ${deployment.name}.`);
  const change = (current: Article) => corrected(current, texts, release, new Date().toISOString());
  const code = await changeEach(deployment, [article], change, {
    ...{ verb: 'corrected', shown: 'and on the site', wait },
    ...{ dialogue, fields: { fields: changes } },
  });
  dialogue.text(
    'It stays when the file is read anew; a later upload of the file wins, so correct it there too.',
  );
  return code;
}

/** Reads the corrections of the options, each on one line. @throws UsageError if there is none or one is not valid */
const optionOf = (name: string) => `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

export function readCorrections(options: Corrections): Corrections {
  const texts: Corrections = {};
  for (const [name, limit] of Object.entries(MAX_CHARS) as [keyof Corrections, number][]) {
    const text = options[name]?.replace(/\s+/g, ' ').trim();
    if (text === undefined) continue;
    if (text.length > limit)
      throw new UsageError(`${optionOf(name)} has ${text.length} characters: ${limit} are the most.`);
    if (text === '' && REQUIRED.some(required => required === name))
      throw new UsageError(`No article can be without its ${optionOf(name).slice(2)}.`);
    texts[name] = text;
  }
  const names = Object.keys(MAX_CHARS).map(optionOf);
  if (Object.keys(texts).length === 0) throw new UsageError(`Say what to correct: ${names.join(', ')}.`);
  if (texts.byline && parseNames(texts.byline) === undefined)
    throw new UsageError(
      `--byline names nobody: "${printable(texts.byline)}". Write "Ada Byron and Mary Shelley".`,
    );
  return texts;
}

/** The instant of a text, or `none`: at once. @throws UsageError if it is not understood */
function releaseAt(text: string | undefined, timeZone: string): string | 'none' | undefined {
  if (text === undefined) return undefined;
  const terms = readKeyed('publish-at', text, { timeZone, filedAt: new Date().toISOString() });
  const until = terms.find(({ kind }) => kind === 'until');
  if (until?.kind === 'until') return until.at;
  if (terms.some(({ kind }) => kind === 'clear') || text === 'none') return 'none';
  throw new UsageError(
    `--publish-at "${printable(text)}" is no date: write 2026-12-01T06:00Z, "1 December 2026 06:00" or "none".`,
  );
}

/** @throws UsageError if a story does not wait, so that its time of publication is over */
function mustWait({ status, source }: Article): void {
  if (status === 'scheduled' || status === 'held') return;
  throw new UsageError(
    `${printable(source.key)} is ${status}: only a story that is scheduled or held can have another time of publication.`,
  );
}

/** Fields of the article that corrections set, including derived fields. */
function edits({ headline, dek, byline, section, tags, summary, note }: Corrections): Partial<Article> {
  return {
    ...(headline !== undefined && { headline, headlineFrom: 'metadata' }),
    ...(dek !== undefined && { dek: dek || undefined }),
    ...(byline !== undefined && { authors: parseNames(byline) ?? [] }),
    ...(section !== undefined && { section }),
    ...(tags !== undefined && { tags: tidyTags(tags.split(/[,;]/)) }),
    ...(summary !== undefined && { summary, summaryStated: true }),
    ...(note !== undefined && { correction: note || undefined }),
  };
}

/** Names of the fields that corrections set, without derived fields. */
function editedBy(texts: Corrections): Editable[] {
  const fields = texts.publishAt === undefined ? edits(texts) : { ...edits(texts), embargoUntil: '' };
  return Object.keys(fields).filter((name): name is Editable => Object.hasOwn(EDITABLE, name));
}

/** Makes the corrected article: a new revision with a later update time, which feeds show as an update. */
function corrected(article: Article, texts: Corrections, release: string | undefined, now: string): Article {
  const fields = edits(texts);
  const after = new Date(Date.parse(article.updatedAt) + 1).toISOString();
  const next = {
    ...article,
    ...fields,
    edited: [...new Set([...(article.edited ?? []), ...editedBy(texts)])],
    // A cancellation that came before its story has revision 0, and stays so.
    revision: article.revision === 0 ? 0 : article.revision + 1,
    updatedAt: now > after ? now : after,
  };
  // Another upload or editor may have published the story meanwhile.
  if (release === undefined || (article.status !== 'scheduled' && article.status !== 'held')) return next;
  const time = new Date().toISOString();
  const dates =
    release === 'none' || release <= time
      ? ({ embargoUntil: undefined, publishedAt: time, publishedFrom: 'release' } as const)
      : ({ embargoUntil: release, publishedAt: release, publishedFrom: 'embargo' } as const);
  const due = { ...next, ...dates, updatedAt: dates.publishedAt };
  return { ...due, ...statusAt(due, time, article) };
}

function isChanged(field: Editable, before: Article, after: Article): boolean {
  // A story can wait for its date without an embargo.
  return field === 'embargoUntil'
    ? dueInstant(before) !== dueInstant(after)
    : shown(before[field]) !== shown(after[field]);
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  if (typeof value === 'string') return printable(value);
  if (!Array.isArray(value)) return String(value);
  return (
    value.map(item => printable(typeof item === 'string' ? item : String(item.name))).join(', ') || '(none)'
  );
}
