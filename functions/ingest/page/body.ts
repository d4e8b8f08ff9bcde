import type { Author, Related } from '../../../shared/model/article.ts';
import { type Cleaned, clean } from '../clean/clean.ts';
import { documentText } from '../html/shown-text.ts';
import { parseHtml } from '../html/tree.ts';
import type { Deadline } from '../model/deadline.ts';
import { type DomNode, elementsOf, textOf } from '../model/dom.ts';
import type { LocalMedia } from '../model/local-media.ts';
import { fold, hasWords } from '../text/characters.ts';
import { dropFurniture, type FurnitureOptions } from './boilerplate.ts';
import { dropClutter } from './boilerplate-by-count.ts';
import { freeCaptions, markCaptions } from './captions.ts';
import { chooseContainers } from './container.ts';
import { withoutScript } from './embedded.ts';
import { explainRemovals, type Removal } from './explain.ts';
import { linesOf } from './lines.ts';
import { type Box, Page } from './measure.ts';
import { pageProse } from './page-prose.ts';
import { takeRelatedBoxes } from './related.ts';
import * as steps from './story.ts';

export interface BodyContext {
  headline?: string | undefined;
  /** Names of the authors, where the page states them. */
  authors?: readonly string[] | undefined;
  baseUrl?: string | undefined;
  /** Where relative addresses may mean files of the bucket. */
  local?: LocalMedia | undefined;
  /** Reads a line that is nothing but a date. */
  dateOf: (text: string) => string | undefined;
  deadline: Deadline;
}

export interface Body {
  cleaned: Cleaned;
  related: Related[];
  byline?: Author[] | undefined;
  /** A date that stands above the story, RFC 3339. */
  date?: string | undefined;
  /** What the document says that may be its story, as plain text. */
  shown: () => string;
  /** What was taken out on the way, and why. Made when it is asked for: only people ask. */
  explain: () => Removal[];
}

/** The steps over the lines of the story, in order. */
const LINE_STEPS = [
  steps.dropHeadMatter,
  steps.takeRelatedLists,
  steps.takePointers,
  steps.dropLinkLines,
  steps.dropNoise,
  steps.dropCredits,
  steps.dropTail,
  steps.dropDateLines,
  steps.dropRepeats,
  steps.dropBareHeadings,
] as const;

/** A story shorter than this makes us look again with fewer rules. */
const SHORT = 250;

interface Attempt extends FurnitureOptions {
  clutter: boolean;
}

/** How much is taken for furniture; each try is laxer than the one before. */
const TRIES: readonly Attempt[] = [
  { byName: true, clutter: true },
  { byName: true, clutter: false },
  { byName: false, clutter: false },
  { byName: false, clutter: false, forms: false },
] as const;

/** So few characters are no story at all. */
const LOST = 60;

/**
 * Finds the story of a page among navigation and boilerplate, and cleans it. An article must not be lost: where the
 * rules leave nothing, laxer ones are tried, then what the page shows without scripts, then all that it says.
 */
export function extractPage(root: DomNode, context: BodyContext): Body {
  const best = bestAttempt(root, context);
  if (best && best.cleaned.text.length >= LOST) return best;
  const plain = withoutScript(root);
  const hidden = plain ? bestAttempt(parseHtml(plain, context.deadline).root, context) : undefined;
  if (hidden && hidden.cleaned.text.length >= LOST) return hidden;
  return best && hasWords(best.cleaned.text) ? best : allText(root, context);
}

/** All that a page says outside its navigation, header and footer. */
function allText(root: DomNode, { baseUrl, local, deadline }: BodyContext): Body {
  const page = new Page(root, deadline);
  dropFurniture(page, { byName: false });
  for (const box of page.boxes)
    if (box.name === 'header' && !box.dropped) page.drop([box.element], 'furniture', 'header');
  const containers = page.boxes.filter(box => box.name === 'body');
  const removed = [...page.removed];
  return {
    cleaned: clean(
      containers.map(box => box.element),
      { baseUrl, local, deadline, dropped: page.dropped },
    ),
    related: [],
    shown: () => pageProse(page),
    explain: () => explainRemovals(removed, page, containers),
  };
}

function bestAttempt(root: DomNode, context: BodyContext): Body | undefined {
  const page = new Page(root, context.deadline);
  let best: Body | undefined;
  for (const attempt of TRIES) {
    if (best) page.restore();
    const body = attemptPage(page, context, attempt);
    if (!best || body.cleaned.text.length > best.cleaned.text.length * 1.5) best = body;
    if (best.cleaned.text.length >= SHORT) break;
  }
  return best;
}

/** Cleans a document all of which is the story. */
export function cleanCopy(root: DomNode, context: Omit<BodyContext, 'dateOf'>): Body {
  const { baseUrl, local, deadline, headline } = context;
  const repeated = headline ? headingOf(root, fold(headline)) : undefined;
  const dropped = new Set<DomNode>(repeated ? [repeated] : []);
  const explain = () =>
    headline && repeated ? [{ step: 'headline', why: 'headline repeated', text: headline }] : [];
  const cleaned = clean([root], { baseUrl, local, deadline, dropped });
  return { cleaned, related: [], shown: () => documentText(root), explain };
}

/** The first heading of a document, if it says this. */
function headingOf(root: DomNode, folded: string): DomNode | undefined {
  for (const element of elementsOf(root)) {
    if (/^h[1-6]$/.test(element.name)) return fold(textOf(element)) === folded ? element : undefined;
  }
  return undefined;
}

function attemptPage(page: Page, context: BodyContext, attempt: Attempt): Body {
  const { baseUrl, local, deadline, headline, dateOf } = context;
  dropFurniture(page, attempt);
  const containers = chooseContainers(page, headline);
  for (const container of containers) if (attempt.clutter) dropClutter(page, container);
  for (const container of containers) markCaptions(page, container);
  freeCaptions(page, containers);
  const story: steps.Story = {
    page,
    lines: linesOf(page, containers),
    headline,
    authors: context.authors ?? [],
    baseUrl,
    dateOf,
    related: [],
  };
  takeRelatedBoxes(page, containers, story);
  for (const step of LINE_STEPS) {
    deadline.check();
    step(story);
  }
  const cleaned = clean(
    containers.map((box: Box) => box.element),
    {
      baseUrl,
      local,
      deadline,
      dropped: new Set(page.dropped),
      readAs: new Map(page.readAs),
    },
  );
  const removed = [...page.removed];
  return {
    cleaned,
    related: story.related,
    byline: story.byline,
    date: story.date,
    shown: () => pageProse(page),
    explain: () => explainRemovals(removed, page, containers),
  };
}
