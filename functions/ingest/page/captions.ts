import type { Box, Page } from './measure.ts';

/** Longer texts beside a picture are the story. */
const MAX_CAPTION = 600;

/** How far up the picture of a caption is looked for. */
const REACH = 3;

/**
 * Boxes named as captions are read as captions: with their picture as one figure where they have one nearby, and not
 * at all where they have none.
 */
export function markCaptions(page: Page, container: Box): void {
  for (let index = container.index + 1; index < container.end; index += 1) {
    const box = page.boxes[index];
    if (!box || box.dropped || box.text === 0 || box.text > MAX_CAPTION || box.name === 'figcaption')
      continue;
    if (box.inline ? box.parent?.inline : false) continue;
    if (!box.names.kinds.includes('caption') || box.images > 0) continue;
    const holder = pictureOf(box, container);
    if (holder) {
      if (holder.name !== 'figure') page.readAs.set(holder.element, 'figure');
    } else {
      page.drop([box.element], 'captions', 'caption without a picture');
    }
    index = box.end - 1;
  }
}

function pictureOf(caption: Box, container: Box): Box | undefined {
  let holder = caption.parent;
  for (let level = 0; holder && holder !== container && level < REACH; level += 1) {
    if (holder.images > 0) return holder.text - caption.text < 200 ? holder : undefined;
    holder = holder.parent;
  }
  return undefined;
}

/** Stories told in pictures have their text in the captions: more than this part of all text. */
const TOLD_IN_CAPTIONS = 0.6;

/** Reads the captions of a story that is told in them as its text. */
export function freeCaptions(page: Page, containers: readonly Box[]): void {
  const captions: Box[] = [];
  let said = 0;
  let text = 0;
  for (const container of containers) {
    text += container.text;
    for (let index = container.index; index < container.end; index += 1) {
      const box = page.boxes[index];
      if (!box || box.dropped || box.name !== 'figcaption') continue;
      captions.push(box);
      said += box.text;
    }
  }
  if (captions.length < 3 || said < text * TOLD_IN_CAPTIONS) return;
  for (const caption of captions) {
    page.readAs.set(caption.element, 'div');
    for (let box = caption.parent; box; box = box.parent)
      if (box.name === 'figure') page.readAs.set(box.element, 'div');
  }
}
