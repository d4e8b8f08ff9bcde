import { clean } from '../clean/clean.ts';
import { documentText } from '../html/shown-text.ts';
import { type DomNode, elementsOf, textOf } from '../model/dom.ts';
import type { Body, BodyContext } from '../page/attempt.ts';
import { fold } from '../text/characters.ts';

/** Cleans a document without boilerplate. It removes only a first heading that repeats the headline. */
export function cleanCopy(root: DomNode, context: Omit<BodyContext, 'dateOf'>): Body {
  const { baseUrl, local, deadline, headline } = context;
  const repeated = headline ? headingOf(root, fold(headline)) : undefined;
  const dropped = new Set<DomNode>(repeated ? [repeated] : []);
  const explain = () =>
    headline && repeated ? [{ step: 'headline', why: 'headline repeated', text: headline }] : [];
  const cleaned = clean([root], { baseUrl, local, deadline, dropped });
  return { cleaned, related: [], shown: () => documentText(root), explain };
}

/** Returns the first heading of the document if its folded text equals `folded`. */
function headingOf(root: DomNode, folded: string): DomNode | undefined {
  for (const element of elementsOf(root)) {
    if (/^h[1-6]$/.test(element.name)) return fold(textOf(element)) === folded ? element : undefined;
  }
  return undefined;
}
