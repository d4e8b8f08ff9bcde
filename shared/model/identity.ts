import { createHash } from 'node:crypto';
import { base32 } from '@scure/base';
import { v5 as uuidV5 } from 'uuid';
import { Kept } from '../text/kept.ts';
import { hasOwnSpelling, slug } from './slug.ts';

/** Namespace of Copydesk's guids. Changing it would deliver every article again to every subscriber. */
const GUID_NAMESPACE = '5b1d9a0e-6f0c-4a7d-9a55-2d2f8f1f6c11';

/** Whether a folder in the root of the site belongs to the site, so that no section has it. */
export function isSiteFolder(name: string): boolean {
  return RESERVED_SECTIONS.has(name);
}

/** Folders of the site that hold no section. */
const RESERVED_SECTIONS = new Set([
  'articles',
  'sections',
  'tags',
  'authors',
  'archive',
  'sitemaps',
  'media',
  'assets',
  // People type these addresses. They lead to the feed and to the page that explains it.
  'rss',
  'feed',
  'subscribe',
  'search',
]);

/**
 * Id of an article: the first 16 characters of the SHA-256 of `namespace/key`, in lower-case base32 (RFC 4648).
 * @param namespace the setting `articles.namespace`
 */
export function articleId(namespace: string, key: string): string {
  const digest = createHash('sha256').update(`${namespace}/${key}`).digest();
  return base32.encode(digest).slice(0, 16).toLowerCase();
}

/** Feed id of an article: a `urn:uuid:` of version 5 (RFC 9562). The same key always has the same guid, whatever its bucket. */
export function articleGuid(namespace: string, key: string): string {
  return `urn:uuid:${uuidV5(`${namespace}/${key}`, GUID_NAMESPACE)}`;
}

/**
 * The folder of a section on the site. It gets a suffix if the site has another folder with this name.
 * @param language language of the site (BCP 47), which decides how letters are spelt. A folder is shared by stories in
 * several languages
 */
export function sectionPath(section: string, language: string): string {
  const path = folder(section, 'section', language);
  return RESERVED_SECTIONS.has(path) ? `${path}-section` : path;
}

/** A key for comparisons and for the table: all spellings of a section have the same, on a site in any language. */
export function sectionKey(section: string): string {
  return sectionPath(section, '');
}

/** The folder of a page of the site's own. */
export function pagePath(name: string, language: string): string {
  return folder(name, 'page', language);
}

/** The folder of a tag below `tags/` on the site. */
export function tagPath(tag: string, language: string): string {
  return folder(tag, 'tag', language);
}

/** The folder of an author below `authors/` on the site. */
export function authorPath(author: string, language: string): string {
  return folder(author, 'author', language);
}

/** Characters that a slug omits, but that distinguish names such as C, C++ and C#. */
const TELLING_SIGNS = /[+#*=<>^~|\\$%@]/;

/** The sign that English alone writes as `and` in a slug. */
const AND = /[&＆]/;

/** Maximum number of folders that are kept. A newspaper has fewer sections, tags and authors in use at a time. */
const MAX_KEPT_FOLDERS = 2_000;
const folders = new Kept<string>(MAX_KEPT_FOLDERS);

/** As {@link makeFolder}, but each folder is made once: the transliteration is slow, and the same names come again. */
function folder(name: string, kind: string, language: string): string {
  const spelling = hasOwnSpelling(language) || AND.test(name) ? language : '';
  return folders.get(`${kind} ${spelling} ${name}`, () => makeFolder(name, kind, spelling));
}

/** Makes a slug that is different for different names. A digest stands for characters that a slug omits. */
function makeFolder(name: string, kind: string, language: string): string {
  const made = slug(name, '', language);
  if (made !== '' && !TELLING_SIGNS.test(name)) return made;
  const digest = createHash('sha256').update(name.trim().toLowerCase()).digest('hex').slice(0, 8);
  return `${made || kind}-${digest}`;
}

/** Pads a sequencer of S3 with zeros at its end. Padded sequencers of one key can be compared as strings. */
export function padSequencer(sequencer: string): string {
  return sequencer.toUpperCase().padEnd(64, '0');
}
