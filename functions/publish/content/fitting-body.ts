import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { articleLabels } from '../words/labels.ts';
import { siteAddress } from './addresses.ts';
import { prepareTexts } from './prepare-fields.ts';

/**
 * The entry with its body, or with its summary and a link if the settings ask for summaries or the body is larger than
 * a whole feed may be.
 */
export function withFittingBody(entry: Entry, site: Site): Entry {
  const fits = !site.feedSummaries && Buffer.byteLength(entry.bodyHtml ?? '') <= site.feedBytes;
  return fits ? entry : withoutBody(entry, site);
}

/** The entry with its summary and a link instead of its body. */
export function withoutBody(entry: Entry, site: Site): Entry {
  const address = escapeAttribute(siteAddress(site, entry.permalink));
  const link = `<a href="${address}">${escapeText(articleLabels(entry.language).readWhole)}</a>`;
  return { ...entry, bodyHtml: `<p>${escapeText(prepareTexts(entry).summary)}</p><p>${link}</p>` };
}
