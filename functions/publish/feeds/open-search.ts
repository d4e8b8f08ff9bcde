import { SITE_FILES, searchTemplate, siteAddress } from '../content/addresses.ts';
import { oneLine } from '../content/text.ts';
import type { Site } from '../model/site.ts';
import { element, xmlDocument } from './xml.ts';

export const OPEN_SEARCH_TYPE = 'application/opensearchdescription+xml; charset=utf-8';

/** Maximum length of a name, in characters (OpenSearch 1.1). */
const MAX_NAME_CHARS = 16;

/** The search of the site for browsers (OpenSearch 1.1). */
export function openSearch(site: Site): string {
  const title = oneLine(site.title);
  return xmlDocument(
    element('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
      element('ShortName', {}, Array.from(title).slice(0, MAX_NAME_CHARS).join('')),
      element('Description', {}, title),
      element('Url', { type: 'text/html', method: 'get', template: searchTemplate(site, '{searchTerms}') }),
      element(
        'Image',
        { width: 32, height: 32, type: 'image/x-icon' },
        siteAddress(site, SITE_FILES.favicon),
      ),
      element('Language', {}, site.language),
      element('InputEncoding', {}, 'UTF-8'),
    ]),
  );
}
