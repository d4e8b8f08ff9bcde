/** Names of meta elements for each field of an article, most trusted first. */

export const PUBLISHED = [
  'article:published_time',
  'datepublished',
  'og:article:published_time',
  'og:published_time',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'dcterms.date',
  'dc.created',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publication_date',
  'published_time',
  'publishtime',
  'article.published',
  'cxenseparse:recs:publishtime',
  'cxenseparse:publishtime',
  'date',
  'og:pubdate',
  'rnews:datepublished',
  'article:published',
  'article_date_original',
  'originalpublicationdate',
  'prism.publicationdate',
  'citation_publication_date',
  'citation_date',
  'created',
  'release_date',
];
export const MODIFIED = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dcterms.modified',
  'dc.date.modified',
  'last-modified',
  'lastmod',
  'modified',
  'revised',
];
export const AUTHORS = [
  'author',
  'parsely-author',
  'sailthru.author',
  'article:author',
  'dc.creator',
  'dcterms.creator',
  'dc.creator.name',
  'dcsext.author',
  'byl',
  'citation_author',
  'og:article:author',
  'article:author_name',
  'cxenseparse:author',
  'authors',
  'twitter:data1',
];
export const DESCRIPTIONS = [
  'og:description',
  'description',
  'twitter:description',
  'dc.description',
  'dcterms.abstract',
  'sailthru.description',
];
export const SECTIONS = ['article:section', 'og:article:section', 'parsely-section', 'section'];
export const TAGS = [
  'article:tag',
  'og:article:tag',
  'news_keywords',
  'sailthru.tags',
  'parsely-tags',
  'keywords',
];
export const SITES = [
  'og:site_name',
  'application-name',
  'apple-mobile-web-app-title',
  'publisher',
  'dc.publisher',
  'dcterms.publisher',
  'copyright',
];
export const IMAGES = [
  'og:image:secure_url',
  'og:image:url',
  'og:image',
  'twitter:image',
  'twitter:image:src',
  'thumbnail',
];
export const LANGUAGES = [
  'og:locale',
  'content-language',
  'dc.language',
  'dcterms.language',
  'language',
  'inlanguage',
];

/** Names that content systems fill in where nobody signed. */
export const NOBODY = new Set(
  `admin administrator author autor auteur editor editors editorial redaktion redakcja redaction redazione redaccion redacción redação webmaster
   wordpress staff newsroom newsdesk guest user root moderator team unknown anonymous none null undefined default press presse news online web
   name text follow unbenannt untitled anonym redakce redactie redaktionen toimitus редакция редакція админ`.split(
    /\s+/,
  ),
);
