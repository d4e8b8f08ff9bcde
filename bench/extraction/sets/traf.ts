import { textOf } from '../extracted.ts';
import { compareField, dayOf, plain, squeeze } from './fields.ts';
import { readJson, readPage } from './files.ts';
import { f1Of, type PageSet } from './page-set.ts';

interface Item {
  file: string;
  with: string[];
  without: string[];
  title?: string | null;
  author?: string | string[] | null;
  date?: string | null;
}

/**
 * Pages and measure of trafilatura's evaluation: segments that the text must and must not have. A segment counts as a
 * paragraph here, and a wrong one as an added word.
 */
export const traf: PageSet<Item> = {
  load: folder =>
    Object.entries(readJson<Record<string, Item>>(folder, 'traf/evaldata.json')).map(([address, item]) =>
      readPage(folder, `traf/html/${item.file}`, {
        id: item.file,
        // Some of its keys are no addresses.
        url: /^https?:/.test(address) ? address : `https://${item.file.split('-')[0]}/`,
        gold: item,
        text: item.with.join('\n'),
      }),
    ),
  score: ({ gold }, extracted) => {
    const text = squeeze(textOf(extracted));
    const held = (segments: readonly string[]) =>
      segments.filter(each => text.includes(squeeze(each))).length;
    const paragraphs = gold.with.length;
    const found = held(gold.with);
    const added = held(gold.without);
    const words = found + added;
    const precision = words > 0 ? found / words : undefined;
    const recall = paragraphs > 0 ? found / paragraphs : undefined;
    const author = Array.isArray(gold.author) ? gold.author.join(', ') : gold.author;
    return {
      f1: f1Of(precision ?? 0, recall ?? 0),
      precision,
      recall,
      paragraphs,
      lost: paragraphs - found,
      words,
      added,
      fields:
        'title' in gold
          ? {
              title: compareField(plain(gold.title), plain(extracted?.title)),
              authors: compareField(plain(author), plain(extracted?.author)),
              date: compareField(gold.date ?? '', dayOf(extracted?.published)),
            }
          : {},
    };
  },
  /** Counts the segments of all pages together. */
  total: scores => {
    let [right, added, lost] = [0, 0, 0];
    for (const score of scores) {
      right += score.paragraphs - score.lost;
      added += score.added;
      lost += score.lost;
    }
    const precision = right / (right + added || 1);
    const recall = right / (right + lost || 1);
    return { f1: f1Of(precision, recall), precision, recall };
  },
};
