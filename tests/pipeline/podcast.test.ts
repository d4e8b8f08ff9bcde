import { type Desk, startDesk } from '../support/desk.ts';
import { article, page, text } from '../support/illustrated.ts';
import { brokenPodcastRules } from '../support/podcast-rules.ts';
import { mp3, mp4 } from '../support/recordings.ts';

/** A section whose RSS feed is a podcast: from recordings in the bucket to what directories read. */

const SHOW = {
  title: 'The Harbour Hour',
  email: 'desk@news.example.org',
  image: 'https://news.example.org/hour.png',
  category: 'News > Daily News',
};

let desk: Desk;
beforeEach(async () => {
  const settings = { feeds: { podcasts: { 'Harbour Hour': SHOW } } };
  desk = await startDesk({ database: 'memory', settings });
});
afterEach(() => desk.close());

const episode = (number: number, file: string) =>
  `---\ntitle: Episode ${number}\ndate: 2026-11-0${number}T10:00:00Z\naudio: ${file}\n---\n\nThe harbour in week ${number}, with all that the tide brought and took.\n`;
const feed = () => text(desk, 'harbour-hour/feed.xml');
const enclosures = async () =>
  [...(await feed()).matchAll(/<enclosure [^>]*type="([^"]+)"/g)].map(([, type]) => type);

beforeEach(async () => {
  await desk.put('harbour-hour/one.md', episode(1, 'one.mp3'));
  await desk.put('harbour-hour/one.mp3', mp3({ frames: 2_374 }));
  await desk.put('harbour-hour/two.mp4', mp4({ seconds: 1_800 }));
  await desk.put('harbour-hour/two.md', episode(2, 'two.mp4'));
  await desk.put('harbour-hour/note.md', episode(3, 'three.mp3'));
  await desk.settle();
});

test('recordings are episodes with their durations, and the feed keeps the rules of directories', async () => {
  expect(brokenPodcastRules(await feed())).toEqual([]);
  expect(await enclosures()).toEqual(['video/mp4', 'audio/mpeg']);
  expect((await feed()).match(/<itunes:duration>\d+/g)).toEqual([
    '<itunes:duration>1800',
    '<itunes:duration>62',
  ]);
  expect(await page(desk, 'harbour-hour/one.md')).toContain(
    'title="The Harbour Hour" href="https://news.example.org/harbour-hour/feed.xml"',
  );
});

test('a story becomes an episode when its recording comes', async () => {
  await desk.put('harbour-hour/three.mp3', mp3());
  await desk.settle();
  expect(await enclosures()).toEqual(['audio/mpeg', 'video/mp4', 'audio/mpeg']);
  expect(brokenPodcastRules(await feed())).toEqual([]);
});

test('an episode that was withdrawn is a notice without a recording', async () => {
  const { guid } = await article(desk, 'harbour-hour/two.md');
  await desk.remove('harbour-hour/two.md');
  await desk.settle();
  expect(await feed()).toContain(guid);
  expect(await enclosures()).toEqual(['audio/mpeg']);
  expect(brokenPodcastRules(await feed())).toEqual([]);
});

test('the other feeds of the site are no podcasts', async () => {
  expect(await text(desk, 'feed.xml')).not.toMatch(/itunes:image|podcast:/);
});
