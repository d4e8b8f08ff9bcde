import { mediaPath } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { article, page, text } from '../support/illustrated.ts';
import { brokenPodcastRules } from '../support/podcast-rules.ts';
import { mp3, mp4 } from '../support/recordings.ts';
import { makeZip } from '../support/zip.ts';

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

describe('a transcript beside a recording', () => {
  const VTT =
    'WEBVTT\n\nNOTE told by Jane Roe\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:04.000\n<v Ann>The <script>tide</script> is in.\n';
  const CLEAN = 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ann>The tide is in.\n';
  const transcripts = async () =>
    [...(await feed()).matchAll(/<podcast:transcript [^>]*url="([^"]+)" type="([^"]+)"/g)].map(
      ([, url, type]) => [url, type],
    );
  const addressOf = (key: string) => `https://news.example.org/${mediaPath(key)}`;

  test('is published with its story, before or after it, without what is no text', async () => {
    await desk.put('harbour-hour/two.vtt', VTT);
    await desk.put('harbour-hour/one.srt', '1\n00:00:01,000 --> 00:00:04,000\nThe tide is in.\n');
    await desk.put('harbour-hour/three.vtt', VTT);
    await desk.settle();
    await desk.put('harbour-hour/note.md', episode(3, 'three.mp3').replace('week 3', 'the third week'));
    await desk.settle();
    expect(await desk.record('harbour-hour/two.vtt')).toMatchObject({ status: 'media' });
    expect(await text(desk, mediaPath('harbour-hour/two.vtt'))).toBe(CLEAN);
    expect(await desk.site.get(mediaPath('harbour-hour/two.vtt'))).toMatchObject({ contentType: 'text/vtt' });
    expect(await desk.site.get(mediaPath('harbour-hour/one.srt'))).toMatchObject({
      contentType: 'application/x-subrip',
    });
    expect(await transcripts()).toEqual([
      [addressOf('harbour-hour/two.vtt'), 'text/vtt'],
      [addressOf('harbour-hour/one.srt'), 'application/x-subrip'],
    ]);
    expect(brokenPodcastRules(await feed())).toEqual([]);
    expect(await page(desk, 'harbour-hour/two.md')).toMatch(
      /<track kind="captions" src="\.\.\/media\/[^"]+two\.vtt"/,
    );
    expect(await page(desk, 'harbour-hour/one.md')).toMatch(/<a href="\.\.\/media\/[^"]+one\.srt"/);
    // The recording of the third story has not come, so nobody shows its transcript.
    expect(await text(desk, mediaPath('harbour-hour/three.vtt'))).toBe('');
    expect(await article(desk, 'harbour-hour/two.md')).toMatchObject({ revision: 1, warnings: [] });
    await desk.put('harbour-hour/three.mp3', mp3());
    await desk.settle();
    expect(await text(desk, mediaPath('harbour-hour/three.vtt'))).toBe(CLEAN);
  });

  test('changes and goes with its file and with its story', async () => {
    await desk.put('harbour-hour/two.vtt', VTT);
    await desk.put('harbour-hour/one.vtt', VTT);
    await desk.settle();
    await desk.put('harbour-hour/two.vtt', VTT.replace('is in', 'is out'));
    await desk.settle();
    expect(await text(desk, mediaPath('harbour-hour/two.vtt'))).toContain('is out');
    expect(await transcripts()).toEqual([
      [addressOf('harbour-hour/two.vtt'), 'text/vtt'],
      [addressOf('harbour-hour/one.vtt'), 'text/vtt'],
    ]);
    await desk.remove('harbour-hour/two.vtt');
    await desk.remove('harbour-hour/one.md');
    await desk.settle();
    expect(await text(desk, mediaPath('harbour-hour/two.vtt'))).toBe('');
    expect(await text(desk, mediaPath('harbour-hour/one.vtt'))).toBe('');
    expect(await transcripts()).toEqual([]);
    expect(await page(desk, 'harbour-hour/two.md')).not.toContain('.vtt');
    const { media, warnings, revision } = await article(desk, 'harbour-hour/two.md');
    expect(media?.map(({ key }) => key)).toEqual(['harbour-hour/two.mp4']);
    expect({ warnings, revision }).toEqual({ warnings: [], revision: 1 });
  });

  test('of a held or scheduled story is not public', async () => {
    await desk.put('harbour-hour/four.mp3', mp3());
    await desk.put('harbour-hour/four.vtt', VTT);
    await desk.put('harbour-hour/five.mp3', mp3());
    await desk.put('harbour-hour/five.vtt', VTT);
    await desk.put('harbour-hour/four.md', episode(4, 'four.mp3').replace('title:', 'hold: true\ntitle:'));
    await desk.put('harbour-hour/five.md', episode(5, 'five.mp3').replace('2026-11-05', '2036-11-05'));
    await desk.settle();
    expect((await article(desk, 'harbour-hour/four.md')).status).toBe('held');
    expect((await article(desk, 'harbour-hour/five.md')).status).toBe('scheduled');
    for (const name of ['four', 'five'])
      expect(await text(desk, mediaPath(`harbour-hour/${name}.vtt`))).toBe('');
  });

  test('comes in a zip with its story, and goes with it', async () => {
    const files = [
      { name: 'six.md', content: episode(6, 'six.mp3') },
      { name: 'six.mp3', content: mp3() },
      { name: 'six.vtt', content: VTT },
    ];
    await desk.put('harbour-hour/six.zip', makeZip(files));
    await desk.settle();
    const file = mediaPath('harbour-hour/six.zip/six.vtt');
    expect(await text(desk, file)).toBe(CLEAN);
    await desk.remove('harbour-hour/six.zip');
    await desk.settle();
    expect(await text(desk, file)).toBe('');
  });

  test('is rejected with a sentence if it is none, and is no article', async () => {
    await desk.put(
      'harbour-hour/two.vtt',
      'The harbour in week two, with all that the tide brought and took.\n',
    );
    await desk.settle();
    expect(await desk.record('harbour-hour/two.vtt')).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('does not begin with “WEBVTT”') },
    });
    expect(await transcripts()).toEqual([]);
  });
});
