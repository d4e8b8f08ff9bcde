import type { MeasuredPage, PageBox } from './measure.ts';

/** Maximum length of a caption. A longer text next to a picture belongs to the story. */
const MAX_CAPTION_CHARS = 600;

/** Number of ancestors of a caption that are searched for its picture. */
const MAX_PICTURE_ANCESTORS = 3;

/**
 * Marks boxes that are named as captions. A caption and a picture near it become one `figure`.
 * A caption without a picture is dropped.
 */
export function markCaptions(page: MeasuredPage, container: PageBox): void {
  for (let index = container.index + 1; index < container.end; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || box.text === 0 || box.text > MAX_CAPTION_CHARS || box.name === 'figcaption')
      continue;
    if (box.inline ? box.parent?.inline : false) continue;
    if (!box.names.kinds.includes('caption') || box.images > 0) continue;
    const figure = figureOf(box, container);
    if (figure) {
      if (figure.name !== 'figure') page.readAs.set(figure.element, 'figure');
    } else {
      page.drop([box.element], 'captions', 'caption without a picture');
    }
    index = box.end - 1;
  }
}

/** Returns the nearest ancestor of the caption that holds a picture and little other text. */
function figureOf(caption: PageBox, container: PageBox): PageBox | undefined {
  let figure = caption.parent;
  for (let level = 0; figure && figure !== container && level < MAX_PICTURE_ANCESTORS; level += 1) {
    if (figure.images > 0) return figure.text - caption.text < 200 ? figure : undefined;
    figure = figure.parent;
  }
  return undefined;
}

/** Minimum share of the text that captions hold in a picture story. */
const MIN_CAPTION_SHARE = 0.6;

/** Reads captions as paragraphs if most of the text of the story stands in captions. */
export function readCaptionsAsText(page: MeasuredPage, containers: readonly PageBox[]): void {
  const captions: PageBox[] = [];
  let captionChars = 0;
  let text = 0;
  for (const container of containers) {
    text += container.text;
    for (let index = container.index; index < container.end; index += 1) {
      const box = page.boxes[index];
      if (!box || box.dropped || box.name !== 'figcaption') continue;
      captions.push(box);
      captionChars += box.text;
    }
  }
  if (captions.length < 3 || captionChars < text * MIN_CAPTION_SHARE) return;
  for (const caption of captions) {
    page.readAs.set(caption.element, 'div');
    for (let box = caption.parent; box; box = box.parent)
      if (box.name === 'figure') page.readAs.set(box.element, 'div');
  }
}
