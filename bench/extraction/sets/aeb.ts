import { type Extracted, textOf } from '../extracted.ts';
import { readJson, readPage } from './files.ts';
import { coverageOf, gramsOf, pythonWords } from './grams.ts';
import { f1Of, mean, type PageScore, type PageSet } from './page-set.ts';

interface Truth {
  articleBody?: string;
  url?: string;
}

/** Pages and measure of article-extraction-benchmark. */
export const aeb: PageSet<string> = {
  load: folder =>
    Object.entries(readJson<Record<string, Truth>>(folder, 'aeb/ground-truth.json')).map(
      ([id, { articleBody = '', url = '' }]) =>
        readPage(folder, `aeb/html/${id}.html`, { id, url, gold: articleBody, text: articleBody }),
    ),
  score: ({ gold }, extracted) => scoreText(gold, extracted),
  /** The F1 of the means, as `evaluate.py` counts. */
  total: scores => {
    const precision = mean(scores.map(score => score.precision));
    const recall = mean(scores.map(score => score.recall));
    return { f1: f1Of(precision, recall), precision, recall };
  },
};

function scoreText(gold: string, extracted: Extracted | undefined): PageScore {
  const text = textOf(extracted);
  const [wanted, given] = [shingles(gold), shingles(text)];
  let [right, extra, missing] = [0, 0, 0];
  for (const [gram, count] of wanted) {
    const there = given.get(gram) ?? 0;
    right += Math.min(count, there);
    missing += Math.max(0, count - there);
  }
  for (const [gram, count] of given) extra += Math.max(0, count - (wanted.get(gram) ?? 0));
  const precision = right + extra > 0 ? right / (right + extra) : undefined;
  const recall = right + missing > 0 ? right / (right + missing) : undefined;
  const { paragraphs, lost, words, added } = coverageOf(gold.split('\n'), [], text.split('\n'));
  const f1 = f1Of(precision ?? 0, recall ?? 0);
  return { f1, precision, recall, paragraphs, lost, words, added, fields: {} };
}

/** Sequences of four words. A shorter text is one sequence. */
function shingles(text: string): Map<string, number> {
  const words = pythonWords(text);
  const grams = gramsOf(words);
  return grams.size > 0 || words.length === 0 ? grams : new Map([[words.join(' '), 1]]);
}
