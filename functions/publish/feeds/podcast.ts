import { v5 as uuidV5 } from 'uuid';
import type { Image } from '../../../shared/model/article.ts';
import type { PreparedEntry, PreparedFeed } from './prepare.ts';
import { element, type XmlElement } from './xml.ts';

/**
 * Elements of podcasts in RSS: those of Apple (podcasters.apple.com, "A Podcaster's Guide to RSS"), which all directories
 * read, and of the Podcast Index (podcasting2.org).
 */

const ITUNES = { 'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd' };
const PODCAST_INDEX = { 'xmlns:podcast': 'https://podcastindex.org/namespace/1.0' };

/** Namespace of the ids of podcasts, by the Podcast Index. */
const GUIDS = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6';

/** Minimum and maximum side of a cover, in pixels. */
const MIN_COVER = 1_400;
const MAX_COVER = 3_000;

/** The namespaces of the elements in this file that the feed has. */
export function podcastNamespaces({ podcast, entries }: PreparedFeed): Record<string, string> {
  const hasDuration = entries.some(({ enclosures: [file] }) => file?.duration);
  return { ...((podcast || hasDuration) && ITUNES), ...(podcast && PODCAST_INDEX) };
}

/** What directories read about a show. Empty if the feed is no podcast. */
export function podcastChannel({ podcast, author, addresses }: PreparedFeed): XmlElement[] {
  if (!podcast) return [];
  const { image, category, explicit, type, email, guid } = podcast;
  const [name, inner] = category.split(' > ');
  const ownGuid = uuidV5(addresses.rss.replace(/^https?:\/\//, ''), GUIDS);
  return [
    element('itunes:author', {}, author),
    element('itunes:category', { text: name }, inner ? [element('itunes:category', { text: inner })] : []),
    element('itunes:explicit', {}, String(explicit)),
    element('itunes:image', { href: image }),
    ...(email
      ? [
          element('itunes:owner', {}, [
            element('itunes:name', {}, author),
            element('itunes:email', {}, email),
          ]),
        ]
      : []),
    element('itunes:type', {}, type),
    element('podcast:guid', {}, guid ?? ownGuid),
    // Nobody else may move the show to another host.
    element('podcast:locked', { owner: email }, 'yes'),
  ];
}

/** What apps read about an episode. Every feed states the duration. Empty if the entry has no file. */
export function podcastItem(
  { enclosures: [file], image, language }: PreparedEntry,
  { podcast }: PreparedFeed,
): XmlElement[] {
  if (!file) return [];
  const duration = file.duration ? [element('itunes:duration', {}, String(file.duration))] : [];
  if (!podcast) return duration;
  return [
    ...duration,
    element('itunes:episodeType', {}, 'full'),
    element('itunes:explicit', {}, String(podcast.explicit)),
    ...(image && isCover(image) ? [element('itunes:image', { href: image.url })] : []),
    ...file.transcripts.map(({ url, type }) => element('podcast:transcript', { url, type, language })),
  ];
}

/** Whether directories accept a picture as the cover of an episode. */
function isCover({ url, type = '', width = 0, height }: Image): boolean {
  const isSquare = width === height && width >= MIN_COVER && width <= MAX_COVER;
  return isSquare && url.startsWith('https:') && ['image/jpeg', 'image/png'].includes(type);
}
