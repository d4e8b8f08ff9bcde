import { textOf } from '../../model/dom.ts';
import { fold } from '../../text/characters.ts';
import { headingOf } from './join.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

/**
 * Drops the articles that follow the story on an endless page. Each stands in an `article`, or in a box like that of
 * the story with a byline or date of its own, and has a headline of the same level.
 */
export function dropSecondArticles(page: MeasuredPage, headline: string | undefined): void {
  const { boxes } = page;
  const last = boxes.at(-1);
  const heading = last && headline ? headingOf(page, last, headline) : undefined;
  if (!heading || !headline || !fold(textOf(heading.element)).endsWith(fold(headline))) return;
  let isDropped = false;
  for (let index = heading.end; index < boxes.length; index += 1) {
    const box = boxes[index];
    if (!box || box.dropped || box.name !== heading.name || box.text === 0) continue;
    const [own, other] = boxesApart(heading, box);
    if (!own || !other || own.prose === 0 || other.prose === 0 || !isArticleLike(page, own, other)) continue;
    if (textBefore(page, box, other) > MAX_CHARS_BEFORE) continue;
    page.drop([other.element], 'second-article', 'another article with its own headline');
    isDropped = true;
    index = other.end - 1;
  }
  if (isDropped) page.count();
}

/** Maximum length of the text above the headline of an article, such as its kicker and byline. */
const MAX_CHARS_BEFORE = 300;

function textBefore({ boxes }: MeasuredPage, heading: PageBox, article: PageBox): number {
  return boxes.slice(article.index, heading.index).reduce((sum, box) => sum + (box.dropped ? 0 : box.own), 0);
}

/** Returns the outermost boxes around each of two headings that do not hold both. */
function boxesApart(first: PageBox, second: PageBox): [PageBox | undefined, PageBox | undefined] {
  return [outermost(first, second), outermost(second, first)];
}

function outermost(heading: PageBox, other: PageBox): PageBox | undefined {
  let found: PageBox | undefined;
  for (let box = heading.parent; box && !(other.index > box.index && other.index < box.end); box = box.parent)
    found = box;
  return found;
}

function isArticleLike(page: MeasuredPage, own: PageBox, other: PageBox): boolean {
  const inside = page.boxes.slice(other.index, other.end);
  const isArticle = (box: PageBox) => box.name === 'article';
  if (inside.some(isArticle) && page.boxes.slice(own.index, own.end).some(isArticle)) return true;
  const isAlike = own.name === other.name && own.element.attribs.class === other.element.attribs.class;
  return (
    isAlike &&
    own.paragraphs > 1 &&
    inside.some(({ name, names }) => name === 'time' || names.kinds.some(kind => SIGNATURES.has(kind)))
  );
}

const SIGNATURES: ReadonlySet<string> = new Set(['byline', 'author', 'date']);
