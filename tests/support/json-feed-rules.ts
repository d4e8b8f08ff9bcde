import { checkHtml, isAbsolute, isInstant, isLanguage, isMediaType, isUri } from './feed-values.ts';

type Fields = Record<string, unknown>;

const TOP = new Set([
  'version',
  'title',
  'home_page_url',
  'feed_url',
  'next_url',
  'description',
  'icon',
  'favicon',
  'language',
  'hubs',
  'items',
]);
const ITEM = new Set([
  'id',
  'url',
  'external_url',
  'title',
  'summary',
  'content_html',
  'image',
  'date_published',
  'date_modified',
  'authors',
  'tags',
  'language',
  'attachments',
  // An extension, whose name begins with an underscore.
  '_gone',
]);

/** The rules of JSON Feed 1.1 (jsonfeed.org/version/1.1), those that it only recommends too. */
export function brokenJsonFeedRules(document: string): string[] {
  const broken: string[] = [];
  const rule = (holds: boolean, words: string) => {
    if (!holds) broken.push(words);
  };
  const feed = JSON.parse(document) as Fields;
  const has = (fields: Fields, name: string) =>
    typeof fields[name] === 'string' && String(fields[name]).trim() !== '';
  const address = (fields: Fields, name: string, where: string) =>
    rule(fields[name] === undefined || isAbsolute(String(fields[name])), `${where}: ${name}`);
  rule(feed.version === 'https://jsonfeed.org/version/1.1', 'feed: version');
  for (const name of Object.keys(feed)) rule(TOP.has(name), `feed: has ${name}`);
  for (const name of ['title', 'description', 'home_page_url', 'feed_url'])
    rule(has(feed, name), `feed: no ${name}`);
  for (const name of ['home_page_url', 'feed_url', 'icon', 'favicon']) address(feed, name, 'feed');
  rule(isLanguage(String(feed.language)), 'feed: language');
  rule(feed.next_url === undefined || isAbsolute(String(feed.next_url)), 'feed: next_url');
  for (const hub of list(feed.hubs)) {
    rule(has(hub, 'type'), 'hub: type');
    rule(isAbsolute(String(hub.url)), 'hub: url');
  }
  const items = list(feed.items);
  rule(Array.isArray(feed.items), 'feed: no items');
  rule(new Set(items.map(({ id }) => id)).size === items.length, 'two items have the same id');
  for (const item of items) {
    const where = `item ${item.id}`;
    for (const name of Object.keys(item)) rule(ITEM.has(name), `${where}: has ${name}`);
    rule(isUri(String(item.id)), `${where}: id is no URI`);
    for (const name of ['url', 'title', 'summary', 'content_html'])
      rule(has(item, name), `${where}: no ${name}`);
    for (const name of ['url', 'external_url', 'image']) address(item, name, where);
    rule(isInstant(String(item.date_published)) && isInstant(String(item.date_modified)), `${where}: dates`);
    rule(
      Date.parse(String(item.date_published)) <= Date.parse(String(item.date_modified)),
      `${where}: modified before published`,
    );
    rule(item.language === undefined || isLanguage(String(item.language)), `${where}: language`);
    for (const author of list(item.authors)) {
      rule(has(author, 'name'), `${where}: author without a name`);
      address(author, 'url', where);
    }
    const tags = ((item.tags ?? ['a']) as unknown[]).map(tag => String(tag).toLowerCase());
    rule(tags.length > 0 && tags.every(tag => tag.trim() !== ''), `${where}: blank tag`);
    rule(new Set(tags).size === tags.length, `${where}: tag twice`);
    for (const file of list(item.attachments)) {
      rule(isAbsolute(String(file.url)) && isMediaType(String(file.mime_type)), `${where}: attachment`);
      rule(file.size_in_bytes === undefined || Number(file.size_in_bytes) > 0, `${where}: size_in_bytes`);
    }
    for (const problem of checkHtml(String(item.content_html))) rule(false, `${where}: content: ${problem}`);
  }
  return broken;
}

function list(value: unknown): Fields[] {
  return (value ?? []) as Fields[];
}
