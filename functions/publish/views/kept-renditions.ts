import { Kept } from '../../../shared/text/kept.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';

/**
 * Maximum number of characters of the kept renditions of a site and of their contents: the editions of some recent
 * changes, in at most 32 MB.
 */
const MAX_KEPT_CHARS = 16_000_000;

const keptBySite = new WeakMap<Site, Kept<readonly Rendition[]>>();

/**
 * The renditions of a content. They are made once, and kept for a while: a view is rendered as it was before a change and
 * as it is after it, and what it was is mostly what the last change has made of it.
 * @param kind what is made of the content
 * @param content plain data: all that the renditions depend on, except the site
 */
export function keptRenditions(
  kind: string,
  content: unknown,
  site: Site,
  render: () => readonly Rendition[],
): readonly Rendition[] {
  let kept = keptBySite.get(site);
  if (kept === undefined) {
    kept = new Kept(MAX_KEPT_CHARS, weigh);
    keptBySite.set(site, kept);
  }
  return kept.get(`${kind} ${JSON.stringify(content)}`, render);
}

/** As {@link keptRenditions}, of one file. */
export function keptRendition(
  kind: string,
  content: unknown,
  site: Site,
  render: () => Rendition,
): Rendition {
  const [rendition = render()] = keptRenditions(kind, content, site, () => [render()]);
  return rendition;
}

function weigh(renditions: readonly Rendition[], key: string): number {
  return renditions.reduce((sum, { body }) => sum + body.length, key.length);
}
