import { wordSet, words } from './tables.ts';

/** A field that a key of front matter or object metadata states. */
export type FrontMatterField =
  | 'headline'
  | 'dek'
  | 'authors'
  | 'published'
  | 'modified'
  | 'tags'
  | 'section'
  | 'language'
  | 'image'
  | 'imageAlt'
  | 'imageCaption'
  | 'imageCredit'
  | 'canonical'
  | 'aliases'
  | 'siteName'
  | 'summary'
  | 'dateline'
  | 'related'
  | 'correction'
  | 'pinned'
  | 'recordings';

/**
 * Fields by the keys of front matter and object metadata. Keys are in lower case without `-`, `_` and spaces.
 * `release-words.ts` has the keys of release terms.
 */
export const FRONT_MATTER_KEYS: ReadonlyMap<string, FrontMatterField> = new Map([
  ...keys('headline', 'title headline hed heading titel titre titulo título titolo заголовок назва'),
  ...keys('dek', 'dek deck subtitle subheadline subhead standfirst tagline підзаголовок подзаголовок'),
  ...keys('summary', 'description summary excerpt abstract teaser lead опис описание'),
  ...keys('authors', 'author authors byline by writer creator autor auteur автор автори авторы'),
  ...keys(
    'published',
    `date published publisheddate publishdate publicationdate publishedtime publishedat publishingdate postdate
     postedat pubdate datepublished created revdate дата`,
  ),
  ...keys(
    'modified',
    `modifiedat updated modified lastmod lastmodified updatedat datemodified lastupdated оновлено`,
  ),
  ...keys('tags', 'tags tag keywords keyword topics labels filetags теги'),
  ...keys('section', 'section category categories rubric desk рубрика розділ раздел'),
  ...keys('language', 'lang language locale мова язык'),
  ...keys('image', 'image images cover coverimage featuredimage heroimage thumbnail photo ogimage'),
  ...keys('imageAlt', 'imagealt coveralt alt'),
  ...keys('imageCaption', 'imagecaption caption covercaption'),
  ...keys('imageCredit', 'imagecredit photocredit credit'),
  ...keys('canonical', 'canonical canonicalurl originalurl sourceurl'),
  ...keys('aliases', 'aliases redirectfrom'),
  ...keys('siteName', 'sitename site publication publisher'),
  ...keys('dateline', 'dateline place location'),
  ...keys('correction', 'correction corrections correctionnote erratum виправлення исправление'),
  ...keys('pinned', 'pinned pin sticky'),
  ...keys('recordings', 'audio video enclosure enclosures podcast recording recordings'),
  ...keys('related', 'related readalso seealso relatedarticles relatedlinks'),
]);

/** Keys for other programs, such as Org mode, AsciiDoc and Nikola. They are ignored without a warning. */
export const SILENT_KEYS: ReadonlySet<string> = wordSet(`
  layout permalink weight slug type id uid url template toc comments share sitemap version format series
  math outputs options startup setupfile email revnumber doctype icons imagesdir sectnums link
`);

function keys(field: FrontMatterField, names: string): [string, FrontMatterField][] {
  return words(names).map(name => [name, field]);
}

/** A key as the tables have it: `Publish_Date`, `publish-date` and “Publish date” are one key. */
export function plainKey(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '');
}
