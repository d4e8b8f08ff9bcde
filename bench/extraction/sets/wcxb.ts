import { readdirSync } from 'node:fs';
import path from 'node:path';
import { textOf } from '../extracted.ts';
import { compareField, flat } from './fields.ts';
import { readJson, readPage } from './files.ts';
import { coverageOf, pythonWords } from './grams.ts';
import { f1Of, meanScore, type PageSet } from './page-set.ts';

interface Truth {
  title?: string | null;
  author?: string | null;
  publish_date?: string | null;
  main_content?: string | null;
}

interface File {
  url?: string;
  ground_truth: Truth;
  _internal?: { page_type?: { primary?: string } };
}

/** Articles of the Web Content eXtraction Benchmark, with its measure: bags of words, in which the title is optional. */
export const wcxb: PageSet<Truth> = {
  load: folder =>
    readdirSync(path.join(folder, 'wcxb/ground-truth'))
      .sort()
      .flatMap(name => {
        const { url = '', ground_truth, _internal } = readJson<File>(folder, `wcxb/ground-truth/${name}`);
        if ((_internal?.page_type?.primary ?? 'article') !== 'article') return [];
        const id = name.replace('.json', '');
        const text = ground_truth.main_content ?? '';
        return [readPage(folder, `wcxb/html/${id}.html`, { id, url, gold: ground_truth, text })];
      }),
  score: ({ gold }, extracted) => {
    const text = textOf(extracted);
    const body = gold.main_content ?? '';
    const title = gold.title ?? '';
    const { paragraphs, lost, words, added } = coverageOf(body.split('\n'), [title], text.split('\n'));
    return {
      ...bagScore(text, body, title),
      paragraphs,
      lost,
      words,
      added,
      fields: {
        title: compareField(flat(title), flat(extracted?.title)),
        authors: compareField(flat(gold.author), flat(extracted?.author)),
        date: compareField(day(gold.publish_date), day(extracted?.published)),
      },
    };
  },
  total: meanScore,
};

function bagScore(
  text: string,
  gold: string,
  title: string,
): { f1: number; precision: number; recall: number } {
  const [given, wanted] = [bagOf(text), bagOf(gold)];
  for (const [word, count] of bagOf(title)) {
    const [mine, theirs] = [given.get(word) ?? 0, wanted.get(word) ?? 0];
    const spare = Math.min(count, Math.abs(mine - theirs));
    if (mine > theirs) given.set(word, mine - spare);
    else if (theirs > mine) wanted.set(word, theirs - spare);
  }
  let [right, words, all] = [0, 0, 0];
  for (const [word, count] of given) {
    words += count;
    right += Math.min(count, wanted.get(word) ?? 0);
  }
  for (const count of wanted.values()) all += count;
  if (all === 0) return { precision: words > 0 ? 0 : 1, recall: 1, f1: words > 0 ? 0 : 1 };
  const precision = words > 0 ? right / words : 0;
  const recall = right / all;
  return { precision, recall, f1: f1Of(precision, recall) };
}

function bagOf(text: string): Map<string, number> {
  const bag = new Map<string, number>();
  for (const word of pythonWords(text.toLowerCase())) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

function day(date: string | null | undefined): string {
  return /\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0] ?? '';
}
