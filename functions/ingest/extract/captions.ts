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
      page.drop(box.element, 'captions', 'caption without a picture');
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
