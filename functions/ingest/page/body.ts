import { escapeText } from '../../../shared/text/escape.ts';
import { clean } from '../clean/clean.ts';
import { documentText } from '../html/shown-text.ts';
import { parseHtml } from '../html/tree.ts';
import type { DomNode } from '../model/dom.ts';
import { hasWords, information } from '../text/characters.ts';
import { type Body, type BodyContext, bestAttempt, ENOUGH_STORY_CHARS, sizeOf } from './attempt.ts';
import { dropBoilerplate } from './boxes/boilerplate.ts';
import { MeasuredPage } from './boxes/measure.ts';
import { explainRemovals } from './explain.ts';
import { pageProse } from './page-prose.ts';
import { isAbout, unshownContents } from './unshown.ts';

/** Minimum length of a story. */
const MIN_STORY_CHARS = 60;

/**
 * Finds the story of a page and cleans it. No article may be lost, so weaker rules follow if strict rules
 * find no story. The last attempts read the `noscript` content, the text in JSON-LD, the data of scripts, and the
 * whole text of the page.
 */
export function extractPage(root: DomNode, context: BodyContext): Body {
  const best = bestAttempt(root, context);
  if (best && sizeOf(best) >= MIN_STORY_CHARS) return best;
  const { noscript, script } = unshownContents(root);
  const unshown = (markup: string | undefined) =>
    markup === undefined ? undefined : bestAttempt(parseHtml(markup, context.deadline).root, context);
  const hidden = unshown(noscript);
  if (hidden && sizeOf(hidden) >= MIN_STORY_CHARS) return hidden;
  const stated = statedBody(context);
  if (stated) return stated;
  const data = unshown(script);
  if (data && sizeOf(data) >= ENOUGH_STORY_CHARS && isAbout(data.cleaned.text, context.headline)) return data;
  return best && hasWords(best.cleaned.text) ? best : allText(root, context);
}

/** Returns the text that JSON-LD repeats, for pages that show their story by script. */
function statedBody({ articleBody = '', deadline }: BodyContext): Body | undefined {
  if (information(articleBody) < MIN_STORY_CHARS) return undefined;
  const paragraphs = /<\/p>/i.test(articleBody)
    ? articleBody
    : articleBody
        .split(/\n+/)
        .map(line => `<p>${escapeText(line)}</p>`)
        .join('');
  const { root } = parseHtml(paragraphs, deadline);
  return {
    cleaned: clean([root], { deadline }),
    related: [],
    shown: () => documentText(root),
    explain: () => [],
  };
}

/** Returns the whole text of the page without navigation, header and footer. */
function allText(root: DomNode, { baseUrl, local, deadline }: BodyContext): Body {
  const page = new MeasuredPage(root, deadline);
  dropBoilerplate(page, { byName: false });
  for (const box of page.boxes)
    if (box.name === 'header' && !box.dropped) page.drop([box.element], 'boilerplate', 'header');
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
