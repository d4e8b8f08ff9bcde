import {
  type Article,
  type ArticleRecord,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
} from '../model/article.ts';
import { lookupKeys, resemblance } from '../model/minhash.ts';
import { isOwnPage, ownPageGroup, ownPathOf } from '../model/own-page.ts';
import type { FunctionSettings } from '../settings/settings.ts';
import type { Articles } from '../table/articles.ts';

/** Beginning of the warning of a near duplicate. */
const NEARLY = 'Nearly the same as';

/** A text that can be a near duplicate of an article. */
interface Candidate {
  /** Id of the article with this text, or of the article whose kill covers it. */
  id: string;
  nearHash: string;
  /** Duplicate group of the article, and the time since which the article is in it. */
  group: string;
  since: string;
  contentHash: string;
  isKilled: boolean;
  nearDuplicateOf?: string | undefined;
  name: string;
}

/**
 * Recognizes a near duplicate of an article that is live or withdrawn by an editor. Near duplicates are the same story
 * under another key, for example with another byline or a corrected typing error. A setting decides the effect: the
 * editors get a warning, or only the first story is published. Two near duplicates that become live at the same moment
 * can both count as the first.
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
  if (isOwnPage(article)) return { ...unindexed, contentGroup: ownPageGroup(ownPathOf(article.permalink)) };
  if (near === 'off' || nearHash === undefined) return unindexed;
  const candidates = await candidatesFor(articles, article);
  const similar = mostSimilar(article, nearHash, candidates, similarity);
  if (near === 'note') {
    // Of two near duplicates, only the later one gets the warning.
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
  return { ...article, warnings: [...article.warnings, `${NEARLY} ${name}.`], nearDuplicateOf: id };
}

async function candidatesFor(articles: Articles, { id, nearHash }: Article): Promise<Candidate[]> {
  const ids = await articles.similarity.find(lookupKeys(nearHash));
  const records = await articles.getMany(ids.filter(other => other !== id));
  const found: Candidate[] = [];
  for (const record of records.values()) {
    if (isKilled(record)) found.push(...(await killedTexts(articles, record)));
    else if (record.status === 'live' && record.nearHash !== undefined) {
      const { nearHash, contentHash, nearDuplicateOf } = record;
      const group = { group: groupOf(record), since: groupSinceOf(record) };
      const about = { id: record.id, isKilled: false, name: nameOf(record) };
      found.push({ ...about, ...group, nearHash, contentHash, nearDuplicateOf });
    }
  }
  return found.sort((a, b) => (`${a.since}#${a.id}` < `${b.since}#${b.id}` ? -1 : 1));
}

/** Returns the texts that the kill of an article covers. The file of the article can have another text now. */
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

/** Selects the near duplicates with other content, the most similar first. At equal similarity the oldest comes first. */
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

/** Keeps a live story with a small correction in its group, so that its duplicates stay duplicates. */
function groupOfCorrected(
  nearHash: string,
  current: ArticleRecord | undefined,
  similarity: number,
): string | undefined {
  if (current?.status !== 'live' || current.nearHash === undefined) return undefined;
  return resemblance(nearHash, current.nearHash) >= similarity ? groupOf(current) : undefined;
}
