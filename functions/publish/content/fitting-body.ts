import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { articleWords } from '../words/labels.ts';
import { siteAddress } from './addresses.ts';
import { prepareWords } from './prepare-fields.ts';

/**
 * An entry with its body, or with its summary and a link: where the settings want it so, and where the body alone is
 * more than a feed may hold. A book that somebody uploaded would else be the only article of every feed.
 */
export function withFittingBody(entry: Entry, site: Site): Entry {
  const fits = !site.feedSummaries && Buffer.byteLength(entry.bodyHtml ?? '') <= site.feedBytes;
  return fits ? entry : withoutBody(entry, site);
}

/** An entry with its summary and a link in the place of its body. */
export function withoutBody(entry: Entry, site: Site): Entry {
  const address = escapeAttribute(siteAddress(site, entry.permalink));
  const link = `<a href="${address}">${escapeText(articleWords(entry.language).readWhole)}</a>`;
  return { ...entry, bodyHtml: `<p>${escapeText(prepareWords(entry).summary)}</p><p>${link}</p>` };
}
