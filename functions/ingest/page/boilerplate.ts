import type { BoxKind } from '../words/html-classes.ts';
import type { Box, Page } from './measure.ts';

/** Elements that never hold a story. */
const FURNITURE = new Map([
  ['nav', 'navigation'],
  ['footer', 'footer'],
  ['form', 'form'],
  ['fieldset', 'form'],
  ['menu', 'menu'],
  ['dialog', 'dialog'],
]);

const ROLES = new Set(
  'navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar alert'.split(
    ' ',
  ),
);

/** Elements that are never dropped for their names. */
const ANCHORS = new Set(['html', 'body', 'main', 'h1']);

/** Kinds that hold in spite of story-like words beside them, such as `article-comments`. */
const PLAIN: ReadonlySet<BoxKind> = new Set([
  'comments',
  'share',
  'related',
  'newsletter',
  'cookies',
  'hidden',
  'navigation',
  'tags',
  'author',
  'byline',
  'date',
  'caption',
  'advert',
] as const);

/** A box with more than this part of the page's prose is the story, whatever it is called. */
const STORY_SHARE = 0.4;

function isHidden(box: Box): boolean {
  const { attribs } = box.element;
  if (attribs.hidden !== undefined) return true;
  if (attribs['aria-hidden'] === 'true' && box.prose === 0) return true;
  return (
    attribs.style !== undefined &&
    /(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)/i.test(attribs.style)
  );
}

export interface FurnitureOptions {
  /** Whether class names count. */
  byName?: boolean;
  /** Whether forms go: some systems wrap whole pages in one. */
  forms?: boolean;
}

/** Drops what is no part of any story by element, role, visibility or name. */
export function dropFurniture(page: Page, { byName = true, forms = true }: FurnitureOptions = {}): void {
  const { boxes } = page;
  const total = boxes[0]?.prose ?? 0;
  const story = storyBoxes(page);
  for (let index = 0; index < boxes.length; index += 1) {
    const box = boxes[index];
    if (!box || box.dropped || ANCHORS.has(box.name)) continue;
    const why = reason(box, byName);
    if (!why || (!forms && why.text === 'form')) continue;
    if (isEmbed(box, why) || isText(box, why)) continue;
    const large = box.prose > total * STORY_SHARE;
    if (holds(box, story) && why.kind !== 'hidden') continue;
    if (large && why.kind !== 'comments' && why.kind !== 'cookies') continue;
    if (box.inline && why.kind !== 'hidden' && why.kind !== 'share' && isWithinProse(box)) continue;
    page.drop([box.element], 'furniture', why.text);
    index = box.end - 1;
  }
  page.count();
}

/** Posts of social networks are quoted in boxes that are named after sharing. */
function isEmbed(box: Box, { kind }: Why): boolean {
  return kind === 'share' && box.quotes > 0 && box.text >= 40;
}

/**
 * A teaser without links is no list of other stories: it is how this one begins. And page builders call everything
 * a widget, the paragraphs too.
 */
function isText(box: Box, { kind }: Why): boolean {
  if (box.links > box.text * 0.1) return false;
  return (kind === 'related' && box.prose >= 60) || (kind === 'widget' && box.prose >= 150);
}

interface Why {
  kind: BoxKind | 'element';
  text: string;
}

function reason(box: Box, byName: boolean): Why | undefined {
  const element = FURNITURE.get(box.name);
  if (element) return { kind: 'element', text: element };
  if (box.name === 'aside') return { kind: 'element', text: 'aside' };
  const role = box.element.attribs.role;
  if (role && ROLES.has(role)) return { kind: 'element', text: `role ${role}` };
  if (isHidden(box)) return { kind: 'hidden', text: 'not shown' };
  if (!byName) return undefined;
  const { kinds, story } = box.names;
  const kind = kinds.find(found => PLAIN.has(found)) ?? (story ? undefined : kinds[0]);
  // Captions belong to their pictures: see captions.ts.
  if (!kind || kind === 'caption') return undefined;
  return { kind, text: `named as ${kind}` };
}

/** Boxes that surely hold the story, as far as the markup says so. */
function storyBoxes(page: Page): Box[] {
  return page.boxes
    .filter(
      box =>
        !box.dropped && (box.name === 'h1' || isArticleBody(box)) && (box.prose > 0 || box.name === 'h1'),
    )
    .slice(0, 5);
}

export function isArticleBody(box: Box): boolean {
  return box.element.attribs.itemprop?.split(/\s+/).includes('articleBody') === true;
}

function holds(box: Box, story: readonly Box[]): boolean {
  return (
    story.some(inner => inner.index > box.index && inner.index < box.end && inner.name !== 'h1') ||
    (story.some(inner => inner.name === 'h1' && inner.index > box.index && inner.index < box.end) &&
      box.prose > 200)
  );
}

/** Kinds of boxes that hold much prose, and never that of the story. */
const OTHER_PROSE: ReadonlySet<BoxKind> = new Set(['comments', 'cookies', 'newsletter'] as const);

/** True of a box that holds no words of a story on any page, whatever it is dropped for. */
export function isBoilerplate(box: Box): boolean {
  if (ANCHORS.has(box.name)) return false;
  const why = reason(box, false);
  return (why !== undefined && why.kind !== 'hidden') || box.names.kinds.some(kind => OTHER_PROSE.has(kind));
}

/** True of an inline element that has a sentence around it. */
function isWithinProse(box: Box): boolean {
  let owner = box.parent;
  while (owner?.inline) owner = owner.parent;
  return owner !== undefined && owner.own > 80 && box.text < owner.own / 2;
}
