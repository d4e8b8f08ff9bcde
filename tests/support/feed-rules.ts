import { all, type Read, readXml } from '../unit/feeds/read-xml.ts';
import { checkHtml, isAbsolute, isInstant, isLanguage, isMediaType, isRfc822, isUri } from './feed-values.ts';
import { brokenJsonFeedRules } from './json-feed-rules.ts';

/**
 * The rules of RSS 2.0, Atom 1.0 and JSON Feed 1.1 that a validator would hold a feed to, warnings included, and
 * those by which readers go (RFC 4287, RFC 5005, RSS Best Practices Profile, Media RSS 1.5.1).
 * @returns a line for each that is broken
 */
export function brokenFeedRules(document: string): string[] {
  if (document.startsWith('{')) return brokenJsonFeedRules(document);
  const broken: string[] = [];
  const rule = (holds: boolean, words: string) => {
    if (!holds) broken.push(words);
  };
  rule(document.startsWith('<?xml version="1.0" encoding="utf-8"?>\n'), 'document: no declaration');
  const root = readXml(document);
  if (root.name === 'rss') rssRules(root, rule);
  else if (root.name === 'feed') atomRules(root, rule);
  else rule(false, `document: is a ${root.name}`);
  return broken;
}

type Rule = (holds: boolean, words: string) => void;

/** The elements that may be there, and how often: once at most, or any number of times. */
const CHANNEL = {
  once: [
    'title',
    'link',
    'description',
    'language',
    'copyright',
    'dc:creator',
    'lastBuildDate',
    'generator',
    'docs',
    'ttl',
    'image',
    'sy:updatePeriod',
    'sy:updateFrequency',
    'fh:archive',
    'itunes:author',
    'itunes:category',
    'itunes:explicit',
    'itunes:image',
    'itunes:owner',
    'itunes:type',
    'podcast:guid',
    'podcast:locked',
  ],
  many: ['atom:link', 'item'],
};
const ITEM = {
  once: [
    'title',
    'link',
    'guid',
    'pubDate',
    'description',
    'content:encoded',
    'enclosure',
    'source',
    'dc:creator',
    'dc:language',
    'atom:updated',
    'itunes:duration',
    'itunes:episodeType',
    'itunes:explicit',
    'itunes:image',
  ],
  many: ['category', 'media:content', 'podcast:transcript'],
};
const FEED = {
  once: ['id', 'title', 'subtitle', 'updated', 'rights', 'icon', 'logo', 'generator', 'author', 'fh:archive'],
  many: ['link', 'entry', 'at:deleted-entry'],
};
const ENTRY = {
  once: ['id', 'title', 'published', 'updated', 'summary', 'content'],
  many: ['link', 'author', 'category', 'media:content'],
};

/** Relations of RFC 4287, RFC 5005 and WebSub. */
const RELATIONS = new Set([
  'self',
  'alternate',
  'related',
  'via',
  'enclosure',
  'hub',
  'current',
  'prev-archive',
  'next-archive',
]);

/** What an HTML parser would read as a tag or an entity in what should be plain text. */
const MARKUP = /<\/?[a-z][^>]*>|&(?:[a-z]+|#\d+);/i;

const text = (element: Read, name: string) => all(element, name)[0]?.text ?? '';

function allowed(element: Read, { once, many }: typeof ITEM, rule: Rule, where: string): void {
  const names = element.children.map(({ name }) => name);
  for (const name of new Set(names)) {
    rule(once.includes(name) || many.includes(name), `${where}: has a ${name}`);
    if (once.includes(name))
      rule(names.filter(other => other === name).length === 1, `${where}: has more than one ${name}`);
  }
}

function rssRules(root: Read, rule: Rule): void {
  rule(root.attributes.version === '2.0', 'rss: version');
  const [channel] = all(root, 'channel');
  rule(channel !== undefined, 'rss: no channel');
  if (channel === undefined) return;
  allowed(channel, CHANNEL, rule, 'channel');
  for (const name of ['title', 'description']) rule(text(channel, name).trim() !== '', `channel: no ${name}`);
  const description = text(channel, 'description');
  rule(!MARKUP.test(description) || description.includes('&'), 'channel: markup in description');
  rule(isAbsolute(text(channel, 'link')), 'channel: link');
  const names = channel.children.map(({ name }) => name);
  rule(names.indexOf('link') < names.indexOf('atom:link'), 'channel: atom:link before link');
  rule(isLanguage(text(channel, 'language')), 'channel: language');
  rule(isRfc822(text(channel, 'lastBuildDate')), 'channel: lastBuildDate');
  rule(/^\d+$/.test(text(channel, 'ttl')), 'channel: ttl');
  imageRules(channel, rule);
  const items = all(channel, 'item');
  linkRules(all(channel, 'atom:link'), rule, 'channel', 'application/rss+xml');
  viewRules(
    all(channel, 'atom:link'),
    items.map(item => [text(item, 'link'), text(item, 'title')]),
    rule,
    'channel',
  );
  unique(items, 'guid', rule);
  unique(items, 'atom:updated', rule);
  for (const item of items) itemRules(item, rule);
  const dates = items.map(item => Date.parse(text(item, 'atom:updated')));
  const newest = Math.floor(Math.max(...dates) / 1000) * 1000;
  rule(
    items.length === 0 || Date.parse(text(channel, 'lastBuildDate')) === newest,
    'channel: lastBuildDate is not the newest',
  );
}

function imageRules(channel: Read, rule: Rule): void {
  const [image] = all(channel, 'image');
  rule(image !== undefined, 'channel: no image');
  if (image === undefined) return;
  rule(/\.(?:png|jpe?g|gif)$/.test(text(image, 'url')), 'image: url is of no PNG, JPEG or GIF');
  for (const name of ['title', 'link'])
    rule(text(image, name) === text(channel, name), `image: ${name} is not the channel's`);
}

function itemRules(item: Read, rule: Rule): void {
  const where = `item ${text(item, 'guid')}`;
  allowed(item, ITEM, rule, where);
  rule(text(item, 'title').trim() !== '', `${where}: no title`);
  rule(isAbsolute(text(item, 'link')), `${where}: link`);
  rule(all(item, 'guid')[0]?.attributes.isPermaLink === 'false', `${where}: isPermaLink`);
  rule(isUri(text(item, 'guid')), `${where}: guid is no URI`);
  rule(isRfc822(text(item, 'pubDate')), `${where}: pubDate`);
  rule(isInstant(text(item, 'atom:updated')), `${where}: updated`);
  rule(text(item, 'description').trim() !== '', `${where}: no description`);
  const names = item.children.map(({ name }) => name);
  rule(
    names.indexOf('description') < names.indexOf('content:encoded'),
    `${where}: content before description`,
  );
  const creators = all(item, 'dc:creator').map(creator => creator.text);
  rule(
    creators.every(name => name.trim() !== ''),
    `${where}: blank creator`,
  );
  distinct(
    all(item, 'category').map(category => category.text),
    rule,
    `${where}: category`,
  );
  for (const { attributes } of all(item, 'enclosure'))
    fileRules(attributes, rule, `${where}: enclosure`, 'url');
  for (const source of all(item, 'source')) {
    rule(isAbsolute(source.attributes.url ?? ''), `${where}: source`);
    rule(source.text.trim() !== '', `${where}: source has no name`);
  }
  for (const language of all(item, 'dc:language')) rule(isLanguage(language.text), `${where}: language`);
  mediaRules(item, rule, where);
  for (const problem of checkHtml(text(item, 'content:encoded')))
    rule(false, `${where}: content: ${problem}`);
}

function atomRules(feed: Read, rule: Rule): void {
  allowed(feed, FEED, rule, 'feed');
  rule(isLanguage(feed.attributes['xml:lang'] ?? ''), 'feed: xml:lang');
  rule(isUri(text(feed, 'id')), 'feed: id is no URI');
  rule(text(feed, 'title').trim() !== '', 'feed: no title');
  rule(isInstant(text(feed, 'updated')), 'feed: updated');
  rule(all(feed, 'author').length === 1, 'feed: no author');
  for (const name of ['icon', 'logo']) rule(isAbsolute(text(feed, name)), `feed: ${name}`);
  linkRules(all(feed, 'link'), rule, 'feed', 'application/atom+xml');
  const entries = all(feed, 'entry');
  viewRules(
    all(feed, 'link'),
    entries.map(entry => [
      all(entry, 'link').find(({ attributes }) => attributes.rel === 'alternate')?.attributes.href,
      text(entry, 'title'),
    ]),
    rule,
    'feed',
  );
  unique(entries, 'id', rule);
  unique(entries, 'updated', rule);
  for (const entry of entries) entryRules(entry, rule);
  for (const { attributes } of all(feed, 'at:deleted-entry')) {
    // RFC 6721, section 3. A later entry with the same id would take the place of the notice.
    rule(isUri(attributes.ref ?? ''), 'deleted-entry: ref is no URI');
    rule(isInstant(attributes.when ?? ''), 'deleted-entry: when');
    rule(
      entries.some(entry => text(entry, 'id') === attributes.ref),
      'deleted-entry: without its notice',
    );
  }
  const newest = entries
    .map(entry => Date.parse(text(entry, 'updated')))
    .sort((a, b) => a - b)
    .at(-1);
  rule(
    newest === undefined || newest === Date.parse(text(feed, 'updated')),
    'feed: updated is not the newest',
  );
}

function entryRules(entry: Read, rule: Rule): void {
  const where = `entry ${text(entry, 'id')}`;
  allowed(entry, ENTRY, rule, where);
  rule(isUri(text(entry, 'id')), `${where}: id is no URI`);
  for (const name of ['title', 'summary', 'content'])
    rule(text(entry, name).trim() !== '', `${where}: no ${name}`);
  for (const name of ['title', 'summary']) {
    const type = all(entry, name)[0]?.attributes.type;
    // Readers differ in HTML titles. All of them show plain text as it is.
    rule(type === undefined, `${where}: type of ${name}`);
  }
  rule(isInstant(text(entry, 'published')) && isInstant(text(entry, 'updated')), `${where}: dates`);
  rule(
    Date.parse(text(entry, 'published')) <= Date.parse(text(entry, 'updated')),
    `${where}: updated before published`,
  );
  const links = all(entry, 'link');
  rule(links.filter(({ attributes }) => attributes.rel === 'alternate').length === 1, `${where}: alternate`);
  for (const { attributes } of links) {
    rule(RELATIONS.has(attributes.rel ?? ''), `${where}: rel ${attributes.rel}`);
    rule(isAbsolute(attributes.href ?? ''), `${where}: href`);
    if (attributes.rel === 'enclosure') fileRules(attributes, rule, `${where}: enclosure`, 'href');
  }
  for (const author of all(entry, 'author')) {
    rule(text(author, 'name').trim() !== '', `${where}: author without a name`);
    for (const uri of all(author, 'uri')) rule(isAbsolute(uri.text), `${where}: uri of an author`);
  }
  distinct(
    all(entry, 'category').map(({ attributes }) => attributes.term ?? ''),
    rule,
    `${where}: category`,
  );
  rule(all(entry, 'content')[0]?.attributes.type === 'html', `${where}: type of content`);
  mediaRules(entry, rule, where);
  for (const problem of checkHtml(text(entry, 'content'))) rule(false, `${where}: content: ${problem}`);
}

function linkRules(links: readonly Read[], rule: Rule, where: string, type: string): void {
  const self = links.filter(({ attributes }) => attributes.rel === 'self');
  rule(self.length === 1 && self[0]?.attributes.type === type, `${where}: self`);
  for (const { attributes } of links) {
    rule(RELATIONS.has(attributes.rel ?? ''), `${where}: rel ${attributes.rel}`);
    rule(isAbsolute(attributes.href ?? ''), `${where}: href`);
  }
}

/**
 * What a browser shows: XHTML in one link, the only element whose content means nothing to readers (RFC 4287, 4.2.7).
 * @param entries address and title of each entry, in order
 */
function viewRules(
  links: readonly Read[],
  entries: readonly (readonly (string | undefined)[])[],
  rule: Rule,
  where: string,
): void {
  const views = links.filter(({ children }) => children.length > 0);
  rule(views.length === 1 && views[0]?.attributes.rel === 'related', `${where}: view`);
  const parts = views.flatMap(below);
  rule(
    parts.every(({ name }) => name.startsWith('xhtml:')),
    `${where}: view: not XHTML`,
  );
  // Readers take `xhtml:body` for the content of an entry or of the feed.
  const forbidden = parts.filter(({ name }) => /:(?:body|script|style|link|img|iframe|form)$/.test(name));
  for (const { name } of forbidden) rule(false, `${where}: view: has a ${name}`);
  for (const anchor of parts.filter(({ name }) => name === 'xhtml:a')) {
    rule(isAbsolute(anchor.attributes.href ?? ''), `${where}: view: href`);
    rule(anchor.text.trim() !== '', `${where}: view: a link without a name`);
  }
  const listed = parts
    .filter(({ name }) => name === 'xhtml:li')
    .flatMap(item => all(item, 'xhtml:a').map(anchor => [anchor.attributes.href, anchor.text]));
  rule(JSON.stringify(listed) === JSON.stringify(entries), `${where}: view: other entries`);
}

function below(element: Read): Read[] {
  return element.children.flatMap(child => [child, ...below(child)]);
}

function mediaRules(element: Read, rule: Rule, where: string): void {
  for (const { attributes } of all(element, 'media:content')) {
    rule(isAbsolute(attributes.url ?? ''), `${where}: media url`);
    rule(/^(?:image|audio|video|document)$/.test(attributes.medium ?? ''), `${where}: medium`);
    rule(attributes.type === undefined || isMediaType(attributes.type), `${where}: media type`);
    for (const name of ['width', 'height', 'fileSize'])
      rule(/^[1-9]\d*$/.test(attributes[name] ?? '1'), `${where}: media ${name}`);
  }
}

function fileRules(attributes: Read['attributes'], rule: Rule, where: string, address: string): void {
  rule(isAbsolute(attributes[address] ?? ''), `${where}: ${address}`);
  rule(/^\d+$/.test(attributes.length ?? ''), `${where}: length`);
  rule(isMediaType(attributes.type ?? ''), `${where}: type`);
}

function unique(elements: readonly Read[], name: string, rule: Rule): void {
  const values = elements.map(element => text(element, name));
  rule(new Set(values).size === values.length, `two entries have the same ${name}`);
}

function distinct(names: readonly string[], rule: Rule, where: string): void {
  rule(
    names.every(name => name.trim() !== ''),
    `${where}: blank`,
  );
  rule(new Set(names.map(name => name.toLowerCase())).size === names.length, `${where}: twice`);
}
