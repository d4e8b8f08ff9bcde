/** What the keys of front matter mean, in lower case with `-`, `_` and spaces taken out. */
export type FrontMatterField =
  | 'headline'
  | 'dek'
  | 'authors'
  | 'published'
  | 'modified'
  | 'embargo'
  | 'expires'
  | 'tags'
  | 'section'
  | 'language'
  | 'image'
  | 'imageAlt'
  | 'imageCaption'
  | 'imageCredit'
  | 'canonical'
  | 'siteName'
  | 'summary'
  | 'dateline'
  | 'related'
  | 'correction'
  | 'pinned'
  | 'recordings'
  | 'status'
  | 'withdraw'
  | 'hold';

export const FRONT_MATTER_KEYS: ReadonlyMap<string, FrontMatterField> = new Map([
  ...keys(
    'headline',
    'title',
    'headline',
    'hed',
    'heading',
    'titel',
    'titre',
    'titulo',
    'título',
    'titolo',
    'заголовок',
    'назва',
  ),
  ...keys(
    'dek',
    'dek',
    'deck',
    'subtitle',
    'subheadline',
    'subhead',
    'standfirst',
    'tagline',
    'підзаголовок',
    'подзаголовок',
  ),
  ...keys('summary', 'description', 'summary', 'excerpt', 'abstract', 'teaser', 'lead', 'опис', 'описание'),
  ...keys(
    'authors',
    'author',
    'authors',
    'byline',
    'by',
    'writer',
    'creator',
    'autor',
    'auteur',
    'автор',
    'автори',
    'авторы',
  ),
  ...keys(
    'published',
    'date',
    'published',
    'publisheddate',
    'publishdate',
    'publishedat',
    'pubdate',
    'datepublished',
    'created',
    'дата',
  ),
  ...keys(
    'modified',
    'updated',
    'modified',
    'lastmod',
    'lastmodified',
    'updatedat',
    'datemodified',
    'lastupdated',
    'оновлено',
  ),
  ...keys('embargo', 'embargo', 'embargountil', 'embargoed', 'embargoeduntil', 'releasedate', 'holduntil'),
  ...keys('expires', 'expires', 'expiresat', 'expiry', 'expirydate', 'expirationdate', 'unpublishdate'),
  ...keys('tags', 'tags', 'tag', 'keywords', 'keyword', 'topics', 'labels', 'теги'),
  ...keys('section', 'section', 'category', 'categories', 'rubric', 'desk', 'рубрика', 'розділ', 'раздел'),
  ...keys('language', 'lang', 'language', 'locale', 'мова', 'язык'),
  ...keys(
    'image',
    'image',
    'images',
    'cover',
    'coverimage',
    'featuredimage',
    'heroimage',
    'thumbnail',
    'photo',
    'ogimage',
  ),
  ...keys('imageAlt', 'imagealt', 'coveralt', 'alt'),
  ...keys('imageCaption', 'imagecaption', 'caption', 'covercaption'),
  ...keys('imageCredit', 'imagecredit', 'photocredit', 'credit'),
  ...keys('canonical', 'canonical', 'canonicalurl', 'originalurl', 'sourceurl'),
  ...keys('siteName', 'sitename', 'site', 'publication', 'publisher'),
  ...keys('dateline', 'dateline', 'place', 'location'),
  ...keys(
    'correction',
    'correction',
    'corrections',
    'correctionnote',
    'erratum',
    'виправлення',
    'исправление',
  ),
  ...keys('pinned', 'pinned', 'pin', 'sticky'),
  ...keys('recordings', 'audio', 'video', 'enclosure', 'enclosures', 'podcast', 'recording', 'recordings'),
  ...keys('status', 'status', 'pubstatus', 'статус'),
  ...keys('withdraw', 'withdraw', 'withdrawn', 'kill', 'killed', 'retracted'),
  ...keys('hold', 'hold', 'onhold', 'held'),
  ...keys('related', 'related', 'readalso', 'seealso', 'relatedarticles', 'relatedlinks'),
]);

/** What the status of a story means, in front matter, in an upload's metadata and in IPTC's formats. Others mean nothing. */
export const STATUS_WORDS: ReadonlyMap<string, 'withdraw' | 'hold'> = new Map([
  ...['withdrawn', 'withdraw', 'killed', 'kill', 'retracted', 'canceled', 'cancelled'].map(
    (word): [string, 'withdraw'] => [word, 'withdraw'],
  ),
  ...['hold', 'held', 'onhold', 'withheld', 'draft'].map((word): [string, 'hold'] => [word, 'hold']),
]);

/** Keys that say something to other programs and nothing to readers: no warning is due. */
export const SILENT_KEYS: ReadonlySet<string> = new Set([
  ...[
    'layout',
    'permalink',
    'draft',
    'weight',
    'aliases',
    'slug',
    'type',
    'id',
    'uid',
    'url',
    'template',
    'toc',
    'comments',
  ],
  ...['share', 'sitemap', 'version', 'format', 'series', 'math', 'outputs', 'redirectfrom'],
]);

function keys(field: FrontMatterField, ...names: string[]): [string, FrontMatterField][] {
  return names.map(name => [name, field]);
}
