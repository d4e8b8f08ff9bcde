import { FILED } from './filed.ts';
import { HTML_BAIT } from './html-bait.ts';
import { formatOf, type Kind } from './kind.ts';
import { OTHER_BAIT } from './other-bait.ts';

const ALL = [...FILED, ...HTML_BAIT, ...OTHER_BAIT];

/** Every kind, format by format: first what is filed, the plain case before the others, then the bait. */
export const KINDS: readonly Kind[] = [...new Set(ALL.map(formatOf))].flatMap(format =>
  ALL.filter(kind => formatOf(kind) === format),
);

/** What a kind is compared with: the plain case of its own format. */
export function plainOf(kind: Kind): Kind {
  return KINDS.find(other => formatOf(other) === formatOf(kind)) ?? kind;
}
