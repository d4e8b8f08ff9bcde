import {
  type Article,
  type ArticleRecord,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
} from '../model/article.ts';
import { lookupKeys, resemblance } from '../model/minhash.ts';
import type { FunctionSettings } from '../settings/settings.ts';
import type { Articles } from '../table/articles.ts';

/** Begins the warning of an article that nearly equals another. */
const NEARLY = 'Nearly the same as';

/** A text that an article may nearly equal. */
interface Candidate {
  /** The article that has this text, or whose kill covers it. */
  id: string;
  nearHash: string;
  /** Its duplicate group, and since when it has been in it. */
  group: string;
  since: string;
  contentHash: string;
  isKilled: boolean;
  nearDuplicateOf?: string | undefined;
  /** What a person calls it. */
  name: string;
}

/**
 * Recognizes an article that nearly equals one which is live, or which an editor has withdrawn: the same story with
 * another byline or a corrected typing error, under another key. What follows is a setting: a note to the editors,
 * or to show only the first of them. Two that become live at the very same moment may both be taken for the first.
 * @param current the record that the article replaces
 */
export async function recognizeSimilar(
  articles: Articles,
  given: Article,
  current: ArticleRecord | undefined,
  { near, similarity }: FunctionSettings['duplicates'],
): Promise<Article> {
  const article = withoutNote(given);
  const { nearHash, ...unindexed } = article;
  if (near === 'off' || nearHash === undefined) return unindexed;
  const candidates = await candidatesFor(articles, article);
  const similar = mostSimilar(article, nearHash, candidates, similarity);
  if (near === 'note') {
    // The later one of two bears the note.
    const [first] = similar.filter(({ nearDuplicateOf }) => nearDuplicateOf !== article.id);
    return first === undefined ? article : noteOf(article, first);
  }
  const [first] = [...similar.filter(({ isKilled }) => isKilled), ...similar];
  const noted = first === undefined ? article : noteOf(article, first);
  if (article.status !== 'live') return noted;
  const equal = candidates.find(({ contentHash }) => contentHash === article.contentHash);
  const group = (equal ?? first)?.group ?? groupOfCorrected(nearHash, current, similarity);
  return group === undefined || group === article.contentHash ? noted : { ...noted, contentGroup: group };
}

function withoutNote(article: Article): Article {
  const { nearDuplicateOf: _, contentGroup: __, ...rest } = article;
  return { ...rest, warnings: article.warnings.filter(text => !text.startsWith(NEARLY)) };
}

function noteOf(article: Article, { id, name }: Candidate): Article {
  return {
    ...article,
    warnings: [...article.warnings, `${NEARLY} ${name}.`],
    nearDuplicateOf: id,
  };
}

/** The eldest first: the table answers in any order. */
async function candidatesFor(articles: Articles, { id, nearHash }: Article): Promise<Candidate[]> {
  const ids = await articles.similarity.find(lookupKeys(nearHash));
  const records = await articles.getMany(ids.filter(other => other !== id));
  const found: Candidate[] = [];
  for (const record of records.values()) {
    if (isKilled(record)) found.push(...(await killedTexts(articles, record)));
    else if (record.status === 'live' && record.nearHash !== undefined)
      found.push({
        id: record.id,
        nearHash: record.nearHash,
        group: groupOf(record),
        since: groupSinceOf(record),
        contentHash: record.contentHash,
        isKilled: false,
        nearDuplicateOf: record.nearDuplicateOf,
        name: nameOf(record),
      });
  }
  return found.sort((a, b) => (`${a.since}#${a.id}` < `${b.since}#${b.id}` ? -1 : 1));
}

/** What the kill of an article covers, whatever its file says now. */
async function killedTexts(articles: Articles, record: ArticleRecord): Promise<Candidate[]> {
  const kills = await articles.groups.kills(record.id);
  const known = { id: record.id, isKilled: true, name: `${nameOf(record)}, which an editor has withdrawn` };
  return kills.flatMap(({ group, since, nearHash }) =>
    nearHash === undefined ? [] : [{ ...known, nearHash, group, since, contentHash: group }],
  );
}

function nameOf(record: ArticleRecord): string {
  const key = record.source.key;
  return isArticle(record) ? `“${record.headline}” (${key})` : key;
}

/** The candidates of another content that an article nearly equals, most similar first, the eldest of equals. */
function mostSimilar(
  { contentHash }: Article,
  nearHash: string,
  candidates: readonly Candidate[],
  similarity: number,
): Candidate[] {
  return candidates
    .filter(candidate => candidate.contentHash !== contentHash)
    .map(candidate => ({ candidate, likeness: resemblance(nearHash, candidate.nearHash) }))
    .filter(({ likeness }) => likeness >= similarity)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ candidate }) => candidate);
}

/** A live story that is corrected a little stays in its group, so that what it hides stays hidden. */
function groupOfCorrected(
  nearHash: string,
  current: ArticleRecord | undefined,
  similarity: number,
): string | undefined {
  if (current?.status !== 'live' || current.nearHash === undefined) return undefined;
  return resemblance(nearHash, current.nearHash) >= similarity ? groupOf(current) : undefined;
}
