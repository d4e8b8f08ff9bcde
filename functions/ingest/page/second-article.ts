import { textOf } from '../model/dom.ts';
import { fold } from '../text/characters.ts';
import { headingOf } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

/** Drops the articles that follow the story on an endless page. Each has a headline of the same level. */
export function dropSecondArticles(page: MeasuredPage, headline: string | undefined): void {
  const { boxes } = page;
  const last = boxes.at(-1);
  const heading = last && headline ? headingOf(page, last, headline) : undefined;
  if (!heading || !headline || !fold(textOf(heading.element)).endsWith(fold(headline))) return;
  const own = articleOf(heading, heading);
  if (!own) return;
  let isDropped = false;
  for (let index = own.end; index < boxes.length; index += 1) {
    const box = boxes[index];
    if (!box || box.dropped || box.name !== heading.name || box.text === 0) continue;
    const other = articleOf(box, heading);
    if (!other || other.prose === 0) continue;
    page.drop([other.element], 'second-article', 'another article with its own headline');
    isDropped = true;
    index = other.end - 1;
  }
  if (isDropped) page.count();
}

/** Returns the outermost `article` around the heading that does not hold the headline of the page too. */
function articleOf(heading: PageBox, headline: PageBox): PageBox | undefined {
  let article: PageBox | undefined;
  for (let box = heading.parent; box; box = box.parent) {
    if (heading !== headline && headline.index > box.index && headline.index < box.end) break;
    if (box.name === 'article') {
      article = box;
      if (heading === headline) break;
    }
  }
  return article;
}
