import { languageTag } from '../../../shared/text/language-tag.ts';
import { editionAddresses, editionTitle } from '../content/addresses.ts';
import { oneLine } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { articleLabels } from '../words/labels.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

/**
 * The site's feeds as OPML 2.0 (opml.org/spec2), for import into a reader: the main feed and the given sections, tags
 * and authors. It has no dates, so that the same feeds make the same bytes.
 */
export function opml(
  site: Site,
  {
    sections,
    tags,
    authors = [],
  }: { sections: readonly string[]; tags: readonly string[]; authors?: readonly string[] },
): string {
  const words = articleLabels(site.language);
  const body = [
    outline({ kind: 'all' }, site),
    ...group(
      words.sections,
      sections.map(name => outline({ kind: 'section', name }, site)),
    ),
    ...group(
      words.tags,
      tags.map(name => outline({ kind: 'tag', name }, site)),
    ),
    ...group(
      words.authors,
      authors.map(name => outline({ kind: 'author', name }, site)),
    ),
  ];
  return xmlDocument(
    element('opml', { version: '2.0' }, [
      element('head', {}, [
        element('title', {}, oneLine(site.title)),
        element('docs', {}, 'http://opml.org/spec2.opml'),
      ]),
      element('body', {}, body),
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

function group(text: string, outlines: XmlElement[]): XmlElement[] {
  return outlines.length > 0 ? [element('outline', { text }, outlines)] : [];
}
