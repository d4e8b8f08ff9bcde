import type { Author, Related } from '../../../shared/article.ts';
import { markCaptions } from './captions.ts';
import { type Cleaned, clean } from './clean.ts';
import { chooseContainers } from './container.ts';
import type { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';
import { dropFurniture } from './furniture.ts';
import { linesOf } from './lines.ts';
import { type Box, Page, type Removal } from './measure.ts';
import { dropClutter } from './clutter.ts';
import * as steps from './story.ts';

export interface BodyContext {
  headline?: string | undefined;
  baseUrl?: string | undefined;
  isDate: (text: string) => boolean;
  deadline: Deadline;
}

export interface Body {
  cleaned: Cleaned;
  related: Related[];
  byline?: Author[] | undefined;
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
export function cleanCopy(root: DomNode, { baseUrl, deadline }: Pick<BodyContext, 'baseUrl' | 'deadline'>): Body {
  return { cleaned: clean([root], { baseUrl, deadline }), related: [], removals: [] };
}

function attemptPage(page: Page, context: BodyContext, attempt: (typeof TRIES)[number]): Body {
  const { baseUrl, deadline, headline, isDate } = context;
  dropFurniture(page, { byName: attempt.byName });
  const containers = chooseContainers(page);
  for (const container of containers) if (attempt.clutter) dropClutter(page, container);
  for (const container of containers) markCaptions(page, container);
  const story: steps.Story = { page, lines: linesOf(page, containers), headline, baseUrl, isDate, related: [] };
  for (const step of LINE_STEPS) {
    deadline.check();
    step(story);
  }
  const cleaned = clean(containers.map((box: Box) => box.element), {
    baseUrl,
    deadline,
    dropped: new Set(page.dropped),
    readAs: new Map(page.readAs),
  });
  return { cleaned, related: story.related, byline: story.byline, removals: [...page.removals] };
}
