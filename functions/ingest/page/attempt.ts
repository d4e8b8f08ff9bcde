import type { Author, Related } from '../../../shared/model/article.ts';
import { type Cleaned, clean } from '../clean/clean.ts';
import type { Deadline } from '../model/deadline.ts';
import type { DomNode } from '../model/dom.ts';
import type { LocalMedia } from '../model/local-media.ts';
import { information } from '../text/characters.ts';
import { type BoilerplateOptions, dropBoilerplate } from './boxes/boilerplate.ts';
import { markCaptions, readCaptionsAsText } from './boxes/captions.ts';
import { chooseContainers } from './boxes/container.ts';
import { MeasuredPage, type PageBox } from './boxes/measure.ts';
import { dropNotices } from './boxes/notices.ts';
import { dropSecondArticles } from './boxes/second-article.ts';
import { explainRemovals, type Removal } from './explain.ts';
import { LineJudge } from './lines/line-judge.ts';
import { linesOf } from './lines/lines.ts';
import { takeRelatedBoxes } from './lines/related.ts';
import * as steps from './lines/story.ts';
import { pageProse } from './page-prose.ts';

export interface BodyContext {
  headline?: string | undefined;
  /** Names of the authors from the page's metadata. */
  authors?: readonly string[] | undefined;
  /** The text of the story in JSON-LD. It can be cut off. */
  articleBody?: string | undefined;
  baseUrl?: string | undefined;
  /** Files of the storage bucket that relative addresses can refer to. */
  local?: LocalMedia | undefined;
  /** Parses a line that holds only a date. Returns undefined for any other line. */
  dateOf: (text: string) => string | undefined;
  deadline: Deadline;
}

export interface Body {
  cleaned: Cleaned;
  related: Related[];
  byline?: Author[] | undefined;
  /** The date line above the story, in RFC 3339. */
  date?: string | undefined;
  /** Returns the text of the document that can belong to its story, as plain text. */
  shown: () => string;
  /**
   * Lists the removed parts and the reasons. The list is made on request because only `copydesk parse` shows
   * it.
   */
  explain: () => Removal[];
}

/** The steps that remove lines from the story, in order. */
const LINE_STEPS = [
  steps.dropSlides,
  steps.dropHeadMatter,
  steps.takeRelatedLists,
  steps.takePointers,
  steps.dropLinkLines,
  steps.dropNoise,
  steps.dropCredits,
  steps.dropTail,
  steps.dropDateLines,
  steps.dropRepeats,
  steps.dropUnlikely,
  steps.dropBareHeadings,
] as const;

/** Minimum length of a story that is accepted at once. A shorter story is extracted again with fewer rules. */
export const ENOUGH_STORY_CHARS = 250;

interface ExtractionAttempt extends BoilerplateOptions {
  /** Whether notices are dropped, and the learned weights add and drop lines. */
  strict?: boolean;
}

/** The rules of each attempt. Every attempt removes less than the one before. */
const ATTEMPTS: readonly ExtractionAttempt[] = [
  { byName: true, strict: true },
  { byName: true },
  { byName: false },
  { byName: false, forms: false },
] as const;

/** Returns the longest story that the attempts find. */
export function bestAttempt(root: DomNode, context: BodyContext): Body | undefined {
  const page = new MeasuredPage(root, context.deadline);
  let best: Body | undefined;
  for (const attempt of ATTEMPTS) {
    if (best) page.restore();
    const body = attemptPage(page, context, attempt);
    if (!best || sizeOf(body) > sizeOf(best) * 1.5) best = body;
    if (sizeOf(best) >= ENOUGH_STORY_CHARS) break;
  }
  return best;
}

/** How much the text of a story says. */
export function sizeOf({ cleaned }: Body): number {
  return information(cleaned.text);
}

/** Judges all lines of the page but those in elements that never hold a story. */
function judgeOf(page: MeasuredPage, headline: string | undefined): LineJudge {
  dropBoilerplate(page, { byName: false });
  dropSecondArticles(page, headline);
  const judge = new LineJudge(page, headline);
  page.restore();
  return judge;
}

function attemptPage(page: MeasuredPage, context: BodyContext, attempt: ExtractionAttempt): Body {
  const { baseUrl, local, deadline, headline, dateOf } = context;
  const judge = attempt.strict ? judgeOf(page, headline) : undefined;
  dropBoilerplate(page, attempt);
  dropSecondArticles(page, headline);
  if (attempt.strict) dropNotices(page);
  const chosen = chooseContainers(page, headline);
  const containers = judge?.join(chosen) ?? chosen;
  for (const container of containers) markCaptions(page, container);
  readCaptionsAsText(page, containers);
  const story: steps.StoryState = {
    page,
    lines: linesOf(page, containers),
    headline,
    authors: context.authors ?? [],
    baseUrl,
    dateOf,
    related: [],
    judge,
  };
  takeRelatedBoxes(page, containers, story);
  for (const step of LINE_STEPS) {
    deadline.tick(story.lines.length);
    step(story);
  }
  const cleaned = clean(
    containers.map((box: PageBox) => box.element),
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
