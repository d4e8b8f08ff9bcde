import { directionOf } from '../../../shared/text/language-tag.ts';
import { labelAttributesOf } from '../components/localizer.ts';
import { languageAttributes } from '../components/text-language.ts';
import { feedLabels } from '../words/feed-labels.ts';
import type { PreparedEntry, PreparedFeed } from './prepare.ts';
import { element, type XmlElement } from './xml.ts';

/**
 * The namespace of the elements that a browser shows. Validators know this prefix. Without it, programs that count the
 * `title` elements of a feed would find one more.
 */
export const XHTML_NAMESPACE = { 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' };

/**
 * The link of a feed to the page that explains it. Its content is what a browser shows of the feed, in XHTML, because CSS
 * makes no links. RFC 4287 (section 4.2.7) allows any content in a link and gives it no meaning, so feed readers ignore it.
 * @param link name of the element of a link
 */
export function linkWithBrowserView(link: string, feed: PreparedFeed): XmlElement {
  const { title, description, language, localizer, addresses, history, entries } = feed;
  const labels = feedLabels(localizer.labelLanguage.language);
  const label = labelAttributesOf(localizer);
  return element(link, { rel: 'related', type: 'text/html', href: addresses.subscribe }, [
    xhtml('head', {}, [
      // The name of the window, and the width of a phone instead of that of a desk.
      xhtml('title', {}, title),
      xhtml('meta', { name: 'viewport', content: 'width=device-width' }),
    ]),
    xhtml('main', { lang: language, dir: localizer.direction }, [
      // Nobody subscribes to history documents.
      ...(history?.isHistoryDocument
        ? []
        : [
            xhtml('aside', label, [
              xhtml('p', {}, labels.opened),
              xhtml('a', { href: addresses.subscribe }, labels.howTo),
            ]),
          ]),
      xhtml('h1', {}, title),
      xhtml('p', {}, description),
      xhtml('a', { ...label, href: addresses.page }, labels.visit),
      ...(entries.length > 0
        ? [
            xhtml(
              'ol',
              {},
              entries.map(entry => story(entry, feed)),
            ),
          ]
        : []),
    ]),
  ]);
}

function story({ title, url, language, published }: PreparedEntry, { localizer }: PreparedFeed): XmlElement {
  const own = language === undefined ? localizer : { language, direction: directionOf(language) };
  return xhtml('li', {}, [
    xhtml('a', { href: url, ...languageAttributes(own, localizer) }, title),
    xhtml('span', {}, localizer.writeShort(published)),
  ]);
}

function xhtml(
  name: string,
  attributes: XmlElement['attributes'],
  content?: XmlElement['content'],
): XmlElement {
  return element(`xhtml:${name}`, attributes, content);
}
