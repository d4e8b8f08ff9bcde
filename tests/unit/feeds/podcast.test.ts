import { parseRssFeed } from 'feedsmith';
import { prepareFeed } from '../../../functions/publish/feeds/prepare.ts';
import { rss } from '../../../functions/publish/feeds/rss.ts';
import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import type { Entry } from '../../../functions/publish/model/entry.ts';
import { mediaAddress, mediaPath } from '../../../shared/model/media-address.ts';
import { Podcast } from '../../../shared/settings/podcast-settings.ts';
import { brokenFeedRules } from '../../support/feed-rules.ts';
import { brokenPodcastRules } from '../../support/podcast-rules.ts';
import { SITE, sampleEntries } from './sample.ts';

/** The RSS feed of a section that the settings call a podcast. */

const SHOW = Podcast.parse({
  title: 'The Harbour Hour',
  author: 'The Daily Proof & Partners',
  email: 'desk@proof.example',
  image: 'https://proof.example/covers/harbour.png',
  category: 'News > Daily News',
});
const OF: EditionOf = { kind: 'section', name: 'Harbour hour' };
const FILE = {
  url: 'https://proof.example/media/a/hour.mp3',
  type: 'audio/mpeg',
  length: 9_000,
  duration: 3_725,
};

/** An episode with a transcript, and another recording whose transcript is not of the episode. */
const TRANSCRIBED: Partial<Entry> = {
  attachments: [{ ...FILE, url: mediaAddress('a/hour.mp3') }],
  language: 'de',
  media: [
    { key: 'a/hour.mp3', as: 'recording', file: { type: 'audio/mpeg', length: 9_000 } },
    { key: 'a/hour.srt', as: 'transcript', file: { type: 'application/x-subrip', length: 90 } },
    { key: 'a/other.vtt', as: 'transcript', file: { type: 'text/vtt', length: 90 } },
    { key: 'a/hour.vtt', as: 'transcript' },
  ],
};

function feedOf(changes: Partial<Entry> = {}, { of = OF, show = {} as Partial<Podcast> } = {}): string {
  const entries = sampleEntries(3, { section: 'Harbour hour', attachments: [FILE], ...changes });
  const site = { ...SITE, podcasts: { 'harbour HOUR': { ...SHOW, ...show } } };
  return rss(prepareFeed({ of, entries }, site));
}

describe('keeps the rules of directories and of feeds', () => {
  const cover = { url: 'https://images.example/a.png', type: 'image/png', width: 1_400, height: 1_400 };
  test.each<[string, Partial<Entry>, Partial<Podcast>]>([
    ['with all settings', {}, { description: 'What the tide brought.', explicit: true, type: 'serial' }],
    ['with the fewest settings', {}, { title: undefined, author: undefined, email: undefined }],
    ['with a category alone', {}, { category: 'TV & Film' }],
    ['with covers of episodes', { image: cover }, {}],
    ['with a long summary', { summary: '潮'.repeat(5_000), summaryStated: true }, {}],
    ['with a transcript', TRANSCRIBED, {}],
    ['with film', { attachments: [{ ...FILE, url: 'https://proof.example/a.mp4', type: 'video/mp4' }] }, {}],
  ])('%s', (_, changes, show) => {
    const document = feedOf(changes, { show });
    expect(brokenPodcastRules(document)).toEqual([]);
    expect(brokenFeedRules(document)).toEqual([]);
  });
});

test.each([
  ['rss: no xmlns:itunes', 'xmlns:itunes="http', 'xmlns:itunes="https'],
  ['channel: no itunes:author', '<itunes:author>', '<itunes:author/><itunes:author>'],
  ['channel: itunes:image', 'covers/harbour.png', 'covers/harbour.gif'],
  ['channel: itunes:category', 'text="Daily News"', 'text="Weekly News"'],
  ['channel: itunes:explicit', '<itunes:explicit>false', '<itunes:explicit>no'],
  ['channel: itunes:type', '>episodic<', '>weekly<'],
  ['channel: podcast:guid', '<podcast:guid>', '<podcast:guid>x'],
  ['channel: itunes:owner', '<itunes:email>desk@', '<itunes:email>desk'],
  ['item: guid', '000000000001</guid>', '000000000000</guid>'],
  ['item: url of the enclosure', 'hour.mp3"', 'hour.ogg"'],
  ['item: length of the enclosure', 'length="9000"', 'length="0"'],
  ['item: type of the enclosure', 'type="audio/mpeg"', 'type="audio/ogg"'],
  ['item: itunes:duration', '<itunes:duration>', '<itunes:duration>about '],
  ['item: itunes:episodeType', '>full<', '>whole<'],
  ['item: url of the transcript', 'hour.srt"', 'hour.txt"'],
  ['item: type of the transcript', 'type="application/x-subrip"', 'type="text/plain"'],
])('the rule “%s” is heard', (words, found, instead) => {
  const document = feedOf(words.endsWith('transcript') ? TRANSCRIBED : {});
  expect(document).toContain(found);
  expect(brokenPodcastRules(document.replace(found, () => instead))).toEqual([words]);
});

test('an independent parser reads the show and its episodes', () => {
  const { title, itunes, podcast, items } = parseRssFeed(feedOf());
  expect(title).toBe('The Harbour Hour');
  expect(itunes).toMatchObject({
    author: 'The Daily Proof & Partners',
    categories: [{ text: 'News', categories: [{ text: 'Daily News' }] }],
    explicit: false,
    image: 'https://proof.example/covers/harbour.png',
    owner: { name: 'The Daily Proof & Partners', email: 'desk@proof.example' },
    type: 'episodic',
  });
  expect(podcast).toMatchObject({ locked: { value: true, owner: 'desk@proof.example' } });
  expect(items).toHaveLength(3);
  expect(items?.[0]).toMatchObject({
    enclosures: [{ url: FILE.url, length: 9_000, type: 'audio/mpeg' }],
    itunes: { duration: 3_725, episodeType: 'full', explicit: false },
  });
});

test('the guid of a show is that of the Podcast Index for its address, or the one that it brings', () => {
  // By podcastindex.org: the id of mp3s.nashownotes.com/pc20rss.xml.
  const site = { ...SITE, baseUrl: 'https://mp3s.nashownotes.com', podcasts: { pc: SHOW } };
  const feed = prepareFeed({ of: { kind: 'section', name: 'pc' }, entries: [] }, site);
  const addresses = { ...feed.addresses, rss: 'https://mp3s.nashownotes.com/pc20rss.xml' };
  expect(rss({ ...feed, addresses })).toContain(
    '<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>',
  );
  const guid = '0a0b0c0d-0000-5000-8000-000000000009';
  expect(feedOf({}, { show: { guid } })).toContain(`<podcast:guid>${guid}</podcast:guid>`);
});

test.each<[string, Partial<Entry>['image'], boolean]>([
  ['square', { url: 'https://a.example/a.jpg', type: 'image/jpeg', width: 3_000, height: 3_000 }, true],
  ['wide', { url: 'https://a.example/a.jpg', type: 'image/jpeg', width: 3_000, height: 2_000 }, false],
  ['small', { url: 'https://a.example/a.jpg', type: 'image/jpeg', width: 1_399, height: 1_399 }, false],
  ['large', { url: 'https://a.example/a.jpg', type: 'image/jpeg', width: 3_001, height: 3_001 }, false],
  ['WebP', { url: 'https://a.example/a.webp', type: 'image/webp', width: 1_400, height: 1_400 }, false],
  ['not known', { url: 'https://a.example/a.jpg' }, false],
])('a picture that is %s is the cover of an episode, or is not', (_, image, isCover) => {
  expect(feedOf({ image }).includes('<itunes:image href="https://a.example')).toBe(isCover);
});

test('a story without a recording stays for readers and is no episode', () => {
  const document = feedOf({ attachments: [] });
  expect(brokenFeedRules(document)).toEqual([]);
  expect(brokenPodcastRules(document)).toEqual(['channel: no episode']);
  expect(document).not.toContain('itunes:episodeType');
});

test('an episode names the transcripts of its recording that are there', () => {
  const { items } = parseRssFeed(feedOf(TRANSCRIBED));
  expect(items?.[0]?.podcast?.transcripts).toEqual([
    { url: `https://proof.example/${mediaPath('a/hour.srt')}`, type: 'application/x-subrip', language: 'de' },
  ]);
  expect(feedOf(TRANSCRIBED, { of: { kind: 'all' } })).not.toContain('transcript');
});

test('other feeds tell the duration, and nothing else of podcasts', () => {
  const document = feedOf({}, { of: { kind: 'all' } });
  expect(brokenFeedRules(document)).toEqual([]);
  expect(document.match(/<(?:itunes|podcast):\w+/g)).toEqual(Array(3).fill('<itunes:duration'));
  expect(feedOf({ attachments: [] }, { of: { kind: 'all' } })).not.toContain('itunes');
});
