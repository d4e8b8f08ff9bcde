import { languageTag } from '../../../shared/text/language-tag.ts';
import { editionAddresses, editionTitle } from '../content/addresses.ts';
import { oneLine } from '../content/text.ts';
import { EDITION_LISTS, type EditionOf } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { articleLabels } from '../words/labels.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

/**
 * The main feed and the feeds of the given sections, tags and authors as OPML 2.0 (opml.org/spec2), for import into a
 * reader. The file has no dates, so that the same feeds make the same bytes.
 */
export function opml(
  site: Site,
  named: { sections: readonly string[]; tags: readonly string[]; authors?: readonly string[] },
): string {
  const labels = articleLabels(site.language);
  const groups = (['section', 'tag', 'author'] as const).flatMap(kind => {
    const list = EDITION_LISTS[kind];
    const outlines = (named[list] ?? []).map(name => outline({ kind, name }, site));
    return outlines.length > 0 ? [element('outline', { text: labels[list] }, outlines)] : [];
  });
  return xmlDocument(
    element('opml', { version: '2.0' }, [
      element('head', {}, [
        element('title', {}, oneLine(site.title)),
        element('docs', {}, 'http://opml.org/spec2.opml'),
      ]),
      element('body', {}, [outline({ kind: 'all' }, site), ...groups]),
    ]),
  );
}

function outline(of: EditionOf, site: Site): XmlElement {
  const title = oneLine(editionTitle(of, site));
  const { rss, page } = editionAddresses(of, site);
  return element('outline', {
    text: of.kind === 'all' ? title : oneLine(of.name),
    title,
    description: of.kind === 'all' ? oneLine(site.description) || undefined : undefined,
    language: languageTag(site.language),
    type: 'rss',
    version: 'RSS',
    xmlUrl: rss,
    htmlUrl: page,
  });
}
