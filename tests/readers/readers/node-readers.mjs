// Prints the entries that a library for Node gives to a program, as JSON: `node-readers.mjs LIBRARY ADDRESS`.
import { Readable } from 'node:stream';
import { extract } from '@extractus/feed-extractor';
import FeedParser from 'feedparser';
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';

const READ = {
  async 'rss-parser'(address) {
    const { items } = await new RssParser().parseURL(address);
    return items.map(item => ({
      id: item.guid ?? item.id,
      title: item.title,
      author: item.creator ?? item.author,
      content: item['content:encoded'] ?? item.content,
      date: item.pubDate,
      recordings: [item.enclosure?.url],
    }));
  },
  async feedsmith(address) {
    const { feed } = parseFeed(await text(address));
    return (feed.items ?? feed.entries).map(item => ({
      id: item.guid?.value ?? item.id,
      title: item.title?.value ?? item.title,
      author: (item.dc?.creators ?? item.authors?.map(({ name }) => name) ?? []).join(', '),
      content: item.content?.encoded ?? item.content?.value ?? item.content_html,
      date: item.pubDate ?? item.published ?? item.date_published,
      recordings: (
        item.enclosures ??
        item.attachments ??
        item.links?.filter(({ rel }) => rel === 'enclosure') ??
        []
      ).map(({ url, href }) => url ?? href),
    }));
  },
  async '@extractus/feed-extractor'(address) {
    const { entries } = await extract(address);
    return entries.map(({ id, title, description, published }) => ({
      id,
      title,
      content: description,
      date: published,
      recordings: [],
    }));
  },
  async feedparser(address) {
    const items = [];
    for await (const item of Readable.from([await text(address)]).pipe(new FeedParser({}))) items.push(item);
    return items.map(item => ({
      id: item.guid,
      title: item.title,
      author: item.author,
      content: item.description,
      date: item.pubdate,
      recordings: item.enclosures.map(({ url }) => url),
    }));
  },
};

async function text(address) {
  return (await fetch(address)).text();
}

const [library, address] = process.argv.slice(2);
const entries = await READ[library](address);
process.stdout.write(
  JSON.stringify(
    entries.map(({ id, title, author, content, date, recordings }) => ({
      id: id ?? '',
      title: title ?? '',
      author: author ?? '',
      content: content ?? '',
      date: String(date ?? ''),
      recordings: recordings.filter(Boolean),
    })),
  ),
);
