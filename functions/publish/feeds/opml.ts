import type { EditionOf, Site } from '../site.ts';
import { editionAddresses, editionTitle } from './addresses.ts';
import { oneLine } from './text.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

/** The site's feeds as OPML 2.0 (opml.org/spec2), to be imported into a reader: all, each section, each tag. */
export function opml(
  site: Site,
  { sections, tags }: { sections: readonly string[]; tags: readonly string[] },
): string {
  const body = [
    outline({ kind: 'all' }, site),
    ...group(
      'Sections',
      sections.map(name => outline({ kind: 'section', name }, site)),
    ),
    ...group(
      'Tags',
      tags.map(name => outline({ kind: 'tag', name }, site)),
    ),
  ];
  return xmlDocument(
    element('opml', { version: '2.0' }, [
      element('head', {}, [element('title', {}, oneLine(site.title))]),
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
    type: 'rss',
    version: 'RSS',
    xmlUrl: rss,
    htmlUrl: page,
  });
}

function group(text: string, outlines: XmlElement[]): XmlElement[] {
  return outlines.length > 0 ? [element('outline', { text }, outlines)] : [];
}
