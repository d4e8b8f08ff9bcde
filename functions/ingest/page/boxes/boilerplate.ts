import type { BoxKind } from '../../words/html/classes.ts';
import type { MeasuredPage, PageBox } from './measure.ts';

/** Elements that never hold a story, with the reason for the report. */
const BOILERPLATE_ELEMENTS = new Map([
  ['nav', 'navigation'],
  ['footer', 'footer'],
  ['form', 'form'],
  ['fieldset', 'form'],
  ['menu', 'menu'],
  ['dialog', 'dialog'],
]);

const BOILERPLATE_ROLES = new Set(
  'navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar alert'.split(
    ' ',
  ),
);

/** Elements that are never dropped as boilerplate. */
const KEPT_ELEMENTS = new Set(['html', 'body', 'main', 'h1']);

/** Kinds that decide even if the name also has a word of a story, such as `article-comments`. */
const DECISIVE_KINDS: ReadonlySet<BoxKind> = new Set([
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

/** Maximum share of the page's prose in boilerplate. A box with more prose is the story, whatever its name. */
const MAX_BOILERPLATE_PROSE_SHARE = 0.4;

const HIDDEN_CLASS = /(?:^|\s)(?:hidden|d-none|is-hidden|u-hidden)(?:\s|$)/;

/** Matches classes that show a hidden box on wide screens. */
const SHOWN_CLASS = /(?:^|\s|-)(?:xs|sm|md|lg|xl|xxl|2xl|print)(?:[:-]|\s|$)/;

/** The same maximum for kinds that can hold more prose than the story. */
const MAX_SHARE_BY_KIND: ReadonlyMap<BoxKind | 'element', number> = new Map([
  ['comments', 1],
  ['cookies', 0.85],
  ['hidden', 0.6],
] as const);

function isHidden(box: PageBox): boolean {
  const { attribs } = box.element;
  if (attribs.hidden !== undefined) return true;
  const { class: classes } = attribs;
  if (classes && HIDDEN_CLASS.test(classes) && !SHOWN_CLASS.test(classes)) return true;
  if (attribs['aria-hidden'] === 'true' && box.prose === 0) return true;
  return (
    attribs.style !== undefined &&
    /(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)/i.test(attribs.style)
  );
}

export interface BoilerplateOptions {
  /** Whether class names and ids can mark boilerplate. */
  byName?: boolean;
  /** Whether forms are dropped. Some content management systems wrap the whole page in a form. */
  forms?: boolean;
}

/** Drops boxes that cannot be part of a story because of their element, role, visibility or name. */
export function dropBoilerplate(
  page: MeasuredPage,
  { byName = true, forms = true }: BoilerplateOptions = {},
): void {
  const story = storyBoxes(page);
  const showsHidden = isShownOnRequest(page);
  const drop = (isSure: boolean) => {
    const total = page.boxes[0]?.prose ?? 0;
    const proseByName = byName && !isSure ? sumByName(page) : new Map<string, number>();
    for (let index = 0; index < page.boxes.length; index += 1) {
      const box = page.boxes[index];
      if (!box || box.dropped || KEPT_ELEMENTS.has(box.name)) continue;
      const why = reason(box, byName);
      if (why?.kind === 'hidden' && showsHidden && box.prose > 0) continue;
      if (!why || isSure !== SURE_KINDS.has(why.kind) || (!forms && why.text === 'form')) continue;
      if (isQuotedPost(box, why) || isTeaserOfStory(box, why)) continue;
      if (holdsStory(box, story) && why.kind !== 'hidden') continue;
      if (isNamedParagraph(box, why)) continue;
      const ofName =
        ALONE_KINDS.has(why.kind) || box.names.marks.length === 0
          ? 0
          : Math.min(...box.names.marks.map(name => proseByName.get(name) ?? 0));
      const share = Math.max(box.prose, ofName) / total;
      if (share > (MAX_SHARE_BY_KIND.get(why.kind) ?? MAX_BOILERPLATE_PROSE_SHARE)) continue;
      if (box.inline && why.kind !== 'hidden' && why.kind !== 'share' && isWithinProse(box)) continue;
      page.drop([box.element], 'boilerplate', why.text);
      index = box.end - 1;
    }
    page.count();
  };
  drop(true);
  drop(false);
}

/** Minimum number of hidden boxes of prose on a page that shows them on request. */
const MIN_PANELS = 3;

/** True if much of the prose stands in several hidden boxes. Readers open such panels one by one. */
function isShownOnRequest({ boxes }: MeasuredPage): boolean {
  let [panels, prose] = [0, 0];
  for (let index = 0; index < boxes.length; index += 1) {
    const box = boxes[index];
    // A paragraph is no panel.
    if (!box || box.prose === 0 || box.end === box.index + 1 || !isHidden(box)) continue;
    panels += 1;
    prose += box.prose;
    index = box.end - 1;
  }
  return panels >= MIN_PANELS && prose > (boxes[0]?.prose ?? 0) * MAX_BOILERPLATE_PROSE_SHARE;
}

/** Kinds of boxes that are judged one by one, because many of them together can hold more prose than the story. */
const ALONE_KINDS: ReadonlySet<BoxKind | 'element'> = new Set([
  'comments',
  'cookies',
  'related',
  'share',
  'author',
] as const);

/** Kinds that are dropped first, because they can hold more prose than the story. */
const SURE_KINDS: ReadonlySet<BoxKind | 'element'> = new Set([
  'element',
  'hidden',
  'comments',
  'cookies',
] as const);

/**
 * Returns the prose that all boxes of a name hold together. A grid that is named after one of its cells, or
 * paragraphs that are marked for a paywall, are the story.
 */
function sumByName({ boxes }: MeasuredPage): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { prose, names } of boxes)
    for (const name of names.marks) sums.set(name, (sums.get(name) ?? 0) + prose);
  return sums;
}

/** Kinds of boxes that can hold paragraphs of prose. */
const PROSE_KINDS: ReadonlySet<BoxKind | 'element'> = new Set([
  'element',
  'hidden',
  'comments',
  'cookies',
  'author',
  'byline',
  'related',
] as const);

/** True for a paragraph of prose. A name for something else is then a name for what stands around it. */
function isNamedParagraph(box: PageBox, { kind }: BoilerplateReason): boolean {
  return box.name === 'p' && !PROSE_KINDS.has(kind) && box.prose > 0 && box.links < box.text * 0.3;
}

/** True for a quoted post of a social network. Such boxes have names about sharing. */
function isQuotedPost(box: PageBox, { kind }: BoilerplateReason): boolean {
  return kind === 'share' && box.quotes > 0 && box.text >= 40;
}

/**
 * True for prose of the story that has a misleading name. A teaser without links is the beginning of this
 * story and not a list of other stories. Page builders name every paragraph a widget.
 */
function isTeaserOfStory(box: PageBox, { kind }: BoilerplateReason): boolean {
  if (box.links > box.text * 0.1) return false;
  return (kind === 'related' && box.prose >= 60) || (kind === 'widget' && box.prose >= 150);
}

interface BoilerplateReason {
  kind: BoxKind | 'element';
  text: string;
}

function reason(box: PageBox, byName: boolean): BoilerplateReason | undefined {
  const element = BOILERPLATE_ELEMENTS.get(box.name);
  if (element) return { kind: 'element', text: element };
  if (box.name === 'aside') return { kind: 'element', text: 'aside' };
  const role = box.element.attribs.role;
  if (role && BOILERPLATE_ROLES.has(role)) return { kind: 'element', text: `role ${role}` };
  if (isHidden(box)) return { kind: 'hidden', text: 'not shown' };
  if (!byName) return undefined;
  const { kinds, story } = box.names;
  const kind = kinds.find(found => DECISIVE_KINDS.has(found)) ?? (story ? undefined : kinds[0]);
  // captions.ts handles captions because they belong to their pictures.
  if (!kind || kind === 'caption') return undefined;
  return { kind, text: `named as ${kind}` };
}

/** Returns up to five boxes that the markup names as the story: `h1` and `articleBody`. */
function storyBoxes(page: MeasuredPage): PageBox[] {
  return page.boxes
    .filter(
      box =>
        !box.dropped && (box.name === 'h1' || isArticleBody(box)) && (box.prose > 0 || box.name === 'h1'),
    )
    .slice(0, 5);
}

/** True if the box has the schema.org property `articleBody`. */
export function isArticleBody(box: PageBox): boolean {
  return box.element.attribs.itemprop?.split(/\s+/).includes('articleBody') === true;
}

function holdsStory(box: PageBox, story: readonly PageBox[]): boolean {
  return (
    story.some(inner => inner.index > box.index && inner.index < box.end && inner.name !== 'h1') ||
    (story.some(inner => inner.name === 'h1' && inner.index > box.index && inner.index < box.end) &&
      box.prose > 200)
  );
}

/** Kinds of boxes that can hold much prose but never the prose of the story. */
const OTHER_PROSE_KINDS: ReadonlySet<BoxKind> = new Set(['comments', 'cookies', 'newsletter'] as const);

/** True if the box never holds words of a story. A hidden box can hold them. */
export function isBoilerplate(box: PageBox): boolean {
  if (KEPT_ELEMENTS.has(box.name)) return false;
  const why = reason(box, false);
  return (
    (why !== undefined && why.kind !== 'hidden') || box.names.kinds.some(kind => OTHER_PROSE_KINDS.has(kind))
  );
}

/** True if the inline box stands inside a longer sentence. */
function isWithinProse(box: PageBox): boolean {
  let owner = box.parent;
  while (owner?.inline) owner = owner.parent;
  return owner !== undefined && owner.own > 80 && box.text < owner.own / 2;
}
