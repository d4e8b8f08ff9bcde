import type { Author, Related } from '../../../shared/article.ts';
import { markCaptions } from './captions.ts';
import { fold } from './characters.ts';
import { type Cleaned, clean } from './clean.ts';
import { dropClutter } from './clutter.ts';
import { chooseContainers } from './container.ts';
import type { Deadline } from './deadline.ts';
import { type DomNode, elementsOf, textOf } from './dom.ts';
import { dropFurniture } from './furniture.ts';
import { linesOf } from './lines.ts';
import { type Box, Page, type Removal } from './measure.ts';
import { takeRelatedBoxes } from './related.ts';
import * as steps from './story.ts';

export interface BodyContext {
  headline?: string | undefined;
  baseUrl?: string | undefined;
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
  /** What was taken out on the way, and why. */
  removals: readonly Removal[];
}

/** The steps over the lines of the story, in order. */
const LINE_STEPS = [
  steps.dropHeadMatter,
  steps.takeRelatedLists,
  steps.takePointers,
  steps.dropLinkLines,
  steps.dropNoise,
  steps.dropDateLines,
  steps.dropRepeats,
  steps.dropBareHeadings,
] as const;

/** A story shorter than this makes us look again with fewer rules. */
const SHORT = 250;

/** How much is taken for furniture; each try is laxer than the one before. */
const TRIES = [
  { byName: true, clutter: true },
  { byName: true, clutter: false },
  { byName: false, clutter: false },
] as const;

/** Finds the story of a page among navigation and boilerplate, and cleans it. */
export function extractPage(root: DomNode, context: BodyContext): Body {
  const page = new Page(root, context.deadline);
  let best: Body | undefined;
  for (const attempt of TRIES) {
    if (best) page.restore();
    const body = attemptPage(page, context, attempt);
    if (!best || body.cleaned.text.length > best.cleaned.text.length * 1.5) best = body;
    if (best.cleaned.text.length >= SHORT) break;
  }
  return best ?? cleanCopy(root, context);
}

/** Cleans a document all of which is the story. */
export function cleanCopy(root: DomNode, context: Omit<BodyContext, 'dateOf'>): Body {
  const { baseUrl, deadline, headline } = context;
  const repeated = headline ? headingOf(root, fold(headline)) : undefined;
  const dropped = new Set<DomNode>(repeated ? [repeated] : []);
  const removals =
    headline && repeated ? [{ step: 'headline', why: 'headline repeated', text: headline }] : [];
  return { cleaned: clean([root], { baseUrl, deadline, dropped }), related: [], removals };
}

/** The first heading of a document, if it says this. */
function headingOf(root: DomNode, folded: string): DomNode | undefined {
  for (const element of elementsOf(root)) {
    if (/^h[1-6]$/.test(element.name)) return fold(textOf(element)) === folded ? element : undefined;
  }
  return undefined;
}

function attemptPage(page: Page, context: BodyContext, attempt: (typeof TRIES)[number]): Body {
  const { baseUrl, deadline, headline, dateOf } = context;
  dropFurniture(page, { byName: attempt.byName });
  const containers = chooseContainers(page);
  for (const container of containers) if (attempt.clutter) dropClutter(page, container);
  for (const container of containers) markCaptions(page, container);
  const story: steps.Story = {
    page,
    lines: linesOf(page, containers),
    headline,
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
      deadline,
      dropped: new Set(page.dropped),
      readAs: new Map(page.readAs),
    },
  );
  return {
    cleaned,
    related: story.related,
    byline: story.byline,
    date: story.date,
    removals: [...page.removals],
  };
}
