import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenFeedRules } from '../../support/feed-rules.ts';

const golden = (name: string) => readFileSync(join(__dirname, '../../fixtures/feeds', name), 'utf8');
const RSS = 'pictures/feed.xml';
const ATOM = 'corrected/atom.xml';
const JSON_FEED = 'pictures/feed.json';

/** Rules that see nothing prove nothing: each of these makes a golden wrong in one way. */
test.each([
  [RSS, 'isPermaLink="false"', 'isPermaLink="true"', 'isPermaLink'],
  [RSS, '<pubDate>Mon,', '<pubDate>Tue,', 'pubDate'],
  [RSS, '<lastBuildDate>Mon, 02', '<lastBuildDate>Tue, 03', 'lastBuildDate'],
  [RSS, 'icon-144.png', 'icon.svg', 'image: url'],
  [RSS, '<ttl>15</ttl>', '<ttl>soon</ttl>', 'ttl'],
  [RSS, 'length="1234"', 'length=""', 'length'],
  [RSS, 'medium="image"', 'medium="picture"', 'medium'],
  [RSS, '<description>Once only.</description>', '', 'no description'],
  [
    RSS,
    '<atom:updated>2026-11-02T09:29:00Z',
    '<author>x</author><atom:updated>2026-11-02T09:29:00Z',
    'has a author',
  ],
  [RSS, 'rel="related"', 'rel="canonical"', 'rel canonical'],
  [RSS, 'rel="self"', 'rel="related"', 'self'],
  [RSS, '-000000000001</guid>', '-000000000002</guid>', 'the same guid'],
  [RSS, 'https://media.example/a.mp3', '/a.mp3', 'enclosure'],
  [RSS, '&lt;p&gt;Once only.', '&lt;script&gt;1&lt;/script&gt;', 'content: <script>'],
  [RSS, 'src="https://images.example/small.jpg"', 'src="small.jpg"', 'content: src=small.jpg'],
  [ATOM, 'xml:lang="en"', 'xml:lang="English (any)"', 'xml:lang'],
  [ATOM, '<title>Міст відкрили</title>', '<title> </title>', 'no title'],
  [ATOM, '2026-11-02T09:27:00Z</updated>', '2026-11-02T09:28:00Z</updated>', 'the same updated'],
  [
    ATOM,
    '<updated>2026-11-03T08:00:00Z</updated>',
    '<updated>2026-11-03T09:00:00Z</updated>',
    'not the newest',
  ],
  [ATOM, 'rel="alternate"', 'rel="canonical"', 'rel canonical'],
  [ATOM, '<content type="html">', '<content type="xhtml">', 'type of content'],
  [ATOM, '<id>urn:uuid:', '<id>not a uri ', 'id is no URI'],
  [RSS, '<xhtml:h1>', '<xhtml:a href="/feed"/><xhtml:h1>', 'view: href'],
  [RSS, '<xhtml:h1>', '<xhtml:body/><xhtml:h1>', 'view: has a xhtml:body'],
  [RSS, '<xhtml:h1>', '<item/><xhtml:h1>', 'view: not XHTML'],
  [ATOM, '<xhtml:li>', '<xhtml:li><xhtml:a href="https://other.example/">x</xhtml:a>', 'view: other entries'],
  [JSON_FEED, 'version/1.1', 'version/1', 'version'],
  [JSON_FEED, '"feed_url"', '"author": {}, "feed"', 'has author'],
  [JSON_FEED, '"2026-11-02T09:29:00Z"', '"yesterday"', 'dates'],
  [JSON_FEED, '"mime_type": "audio/mpeg"', '"mime_type": "audio"', 'attachment'],
  [JSON_FEED, '<p>Once only.</p>', "<p onclick='x()'>", 'content: onclick'],
])('%s with %s as %s breaks the rule of %s', (file, good, bad, rule) => {
  const document = golden(file);
  expect(document).toContain(good);
  expect(brokenFeedRules(document)).toEqual([]);
  expect(brokenFeedRules(document.replace(good, () => bad)).join('\n')).toContain(rule);
});
