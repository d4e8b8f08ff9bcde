import type { Element } from '../model/dom.ts';
import type { CleanBlock } from './blocks.ts';

/** Matches the bullet or number that Word writes as text before an item. */
const BULLET =
  /^(?:[·•▪●○■◦‣⁃∙§\uf0b7\uf0a7]|o(?=[\s\u00a0]{2})|(\d{1,3}|[a-z])[.)](?=[\s\u00a0]))[\s\u00a0]*/i;

/** True for a paragraph that Word shows as an item of a list. */
export function isWordItem({ attribs }: Element): boolean {
  return (
    /\bMsoListParagraph/.test(attribs.class ?? '') || /\bmso-list:(?!\s{0,3}none)/i.test(attribs.style ?? '')
  );
}

/** True for the bullet or number before an item, which Word marks as text to ignore. */
export function isWordMark({ attribs }: Element): boolean {
  return /\bmso-list:\s{0,3}ignore/i.test(attribs.style ?? '');
}

/** Removes the bullet that is text of the item. Returns the kind of the list and the removed text. */
export function withoutBullet(item: CleanBlock): { list: 'ul' | 'ol'; removed: string } {
  const piece = item.children[0]?.line[0];
  const bullet = piece?.kind === 'text' ? BULLET.exec(piece.text) : null;
  if (!bullet || piece?.kind !== 'text') return { list: 'ul', removed: '' };
  piece.text = piece.text.slice(bullet[0].length);
  return { list: bullet[1] ? 'ol' : 'ul', removed: bullet[0] };
}
