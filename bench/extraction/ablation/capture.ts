import type { Body, BodyContext } from '../../../functions/ingest/page/attempt.ts';
import { extractPage as readPage } from '../../../functions/ingest/page/body.ts';

// Stands in for functions/ingest/page/body.ts in the parser that an ablation runs once a page.

/** The arguments of the page reader for one page. */
export interface Captured {
  root: never;
  context: BodyContext;
}

/** The arguments for the last page. */
export const captured: { last: Captured | undefined } = { last: undefined };

export function extractPage(root: never, context: BodyContext): Body {
  captured.last = { root, context };
  return readPage(root, context);
}
