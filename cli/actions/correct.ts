import { tidyTags } from '../../functions/ingest/article/summary.ts';
import { parseNames } from '../../functions/ingest/text/byline.ts';
import type { Article } from '../../shared/model/article.ts';
import { EDITABLE, type Editable } from '../../shared/model/edited.ts';
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
} as const;

const REQUIRED = ['headline', 'section', 'summary'] as const;

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
  const next = corrected(article, texts, article.updatedAt);
  const changes = editedBy(texts).filter(field => shown(article[field]) !== shown(next[field]));
  if (changes.length === 0) {
    dialogue.result({ ...unchanged(article), fields: [] }, `${labelOf(article)} says so already.`);
    return EXIT.ok;
  }
  for (const field of changes)
    dialogue.text(
      `${field}\n  ${colours.red(`- ${shown(article[field])}`)}\n  ${colours.green(`+ ${shown(next[field])}`)}`,
    );
  await dialogue.confirm(`${labelOf(article)} will be corrected on ${deployment.name}.`);
  const change = (current: Article) => corrected(current, texts, new Date().toISOString());
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
export function readCorrections(options: Corrections): Corrections {
  const texts: Corrections = {};
  for (const [name, limit] of Object.entries(MAX_CHARS) as [keyof Corrections, number][]) {
    const text = options[name]?.replace(/\s+/g, ' ').trim();
    if (text === undefined) continue;
    if (text.length > limit)
      throw new UsageError(`--${name} has ${text.length} characters: ${limit} are the most.`);
    if (text === '' && REQUIRED.some(required => required === name))
      throw new UsageError(`No article can be without its ${name}.`);
    texts[name] = text;
  }
  const names = Object.keys(MAX_CHARS).map(name => `--${name}`);
  if (Object.keys(texts).length === 0) throw new UsageError(`Say what to correct: ${names.join(', ')}.`);
  if (texts.byline && parseNames(texts.byline) === undefined)
    throw new UsageError(
      `--byline names nobody: "${printable(texts.byline)}". Write "Ada Byron and Mary Shelley".`,
    );
  return texts;
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
  return Object.keys(edits(texts)).filter((name): name is Editable => Object.hasOwn(EDITABLE, name));
}

/** Makes the corrected article: a new revision with a later update time, which feeds show as an update. */
function corrected(article: Article, texts: Corrections, now: string): Article {
  const fields = edits(texts);
  const after = new Date(Date.parse(article.updatedAt) + 1).toISOString();
  return {
    ...article,
    ...fields,
    edited: [...new Set([...(article.edited ?? []), ...editedBy(texts)])],
    // A cancellation that came before its story has revision 0, and stays so.
    revision: article.revision === 0 ? 0 : article.revision + 1,
    updatedAt: now > after ? now : after,
  };
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  if (typeof value === 'string') return printable(value);
  if (!Array.isArray(value)) return String(value);
  return (
    value.map(item => printable(typeof item === 'string' ? item : String(item.name))).join(', ') || '(none)'
  );
}
