import { PODCAST_CATEGORIES } from '../../shared/settings/podcast-settings.ts';
import { all, type Read, readXml } from '../unit/feeds/read-xml.ts';

/** Types of files that Apple Podcasts takes. Spotify takes MP3, M4A, MP4 and MOV among them. */
const TYPES = new Set([
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'video/mp4',
  'video/x-m4v',
  'video/quicktime',
  'application/pdf',
]);

/** Types of transcripts by the Podcast Index that hold times. Apple Podcasts takes both. */
const TRANSCRIPT_TYPES = new Set(['text/vtt', 'application/x-subrip']);

const MAX_DESCRIPTION_BYTES = 4_000;

/**
 * The rules of Apple Podcasts (podcasters.apple.com: required tags, categories, artwork, formats) and of Spotify (its
 * delivery specification) that a feed itself can break. Items without a file are no episodes: directories skip them.
 * @returns a line for each that is broken
 */
export function brokenPodcastRules(document: string): string[] {
  const broken: string[] = [];
  const rule = (holds: boolean, words: string) => {
    if (!holds) broken.push(words);
  };
  const root = readXml(document);
  rule(root.attributes.version === '2.0', 'rss: version');
  rule(
    root.attributes['xmlns:itunes'] === 'http://www.itunes.com/dtds/podcast-1.0.dtd',
    'rss: no xmlns:itunes',
  );
  const [channel] = all(root, 'channel');
  if (channel === undefined) return [...broken, 'rss: no channel'];
  for (const name of ['title', 'description', 'language', 'link', 'itunes:author'])
    rule(textOf(channel, name) !== '', `channel: no ${name}`);
  rule(bytes(textOf(channel, 'description')) <= MAX_DESCRIPTION_BYTES, 'channel: description is too long');
  rule(/^https:.*\.(?:jpe?g|png)$/i.test(hrefOf(channel)), 'channel: itunes:image');
  rule(PODCAST_CATEGORIES.has(categoryOf(channel)), 'channel: itunes:category');
  rule(/^(?:true|false)$/.test(textOf(channel, 'itunes:explicit')), 'channel: itunes:explicit');
  rule(/^(?:episodic|serial)$/.test(textOf(channel, 'itunes:type')), 'channel: itunes:type');
  rule(
    /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/.test(textOf(channel, 'podcast:guid')),
    'channel: podcast:guid',
  );
  for (const owner of all(channel, 'itunes:owner'))
    rule(/^\S+@\S+$/.test(textOf(owner, 'itunes:email')), 'channel: itunes:owner');
  const episodes = all(channel, 'item').filter(item => all(item, 'enclosure').length > 0);
  rule(episodes.length > 0, 'channel: no episode');
  const guids = episodes.map(item => textOf(item, 'guid'));
  rule(new Set(guids).size === guids.length && !guids.includes(''), 'item: guid');
  for (const item of episodes) episodeRules(item, rule);
  return broken;
}

function episodeRules(item: Read, rule: (holds: boolean, words: string) => void): void {
  rule(textOf(item, 'title') !== '', 'item: no title');
  rule(!Number.isNaN(Date.parse(textOf(item, 'pubDate'))), 'item: pubDate');
  rule(bytes(textOf(item, 'description')) <= MAX_DESCRIPTION_BYTES, 'item: description is too long');
  const files = all(item, 'enclosure');
  rule(files.length === 1, 'item: more than one enclosure');
  const { url = '', length = '', type = '' } = files[0]?.attributes ?? {};
  rule(/^https:\/\/\S+\.(?:mp3|m4a|mp4|m4v|mov|pdf)$/.test(url), 'item: url of the enclosure');
  rule(/^[1-9]\d*$/.test(length), 'item: length of the enclosure');
  rule(TYPES.has(type), 'item: type of the enclosure');
  rule(/^[1-9]\d*$/.test(textOf(item, 'itunes:duration')), 'item: itunes:duration');
  rule(textOf(item, 'itunes:episodeType') === 'full', 'item: itunes:episodeType');
  rule(/^(?:true|false)$/.test(textOf(item, 'itunes:explicit')), 'item: itunes:explicit');
  if (all(item, 'itunes:image').length > 0)
    rule(/^https:.*\.(?:jpe?g|png)$/i.test(hrefOf(item)), 'item: itunes:image');
  for (const { attributes } of all(item, 'podcast:transcript')) {
    rule(/^https:\/\/\S+\.(?:vtt|srt)$/.test(attributes.url ?? ''), 'item: url of the transcript');
    rule(TRANSCRIPT_TYPES.has(attributes.type ?? ''), 'item: type of the transcript');
  }
}

const textOf = (element: Read, name: string) => all(element, name)[0]?.text.trim() ?? '';
const hrefOf = (element: Read) => all(element, 'itunes:image')[0]?.attributes.href ?? '';
const bytes = (text: string) => Buffer.byteLength(text);

function categoryOf(channel: Read): string {
  const [category] = all(channel, 'itunes:category');
  const [inner] = category ? all(category, 'itunes:category') : [];
  return [category, inner].flatMap(each => each?.attributes.text ?? []).join(' > ');
}
