// Names of meta elements for each field of an article, most trusted first.

export const PUBLISHED_METAS = [
  'article:published_time',
  'datepublished',
  'dc.date.issued',
  'dcterms.issued',
];
/** Matches further names of a publication date, in lower case and without punctuation. */
export const PUBLISHED_META_NAMES =
  /(?:^|[a-z])(?:publish(?:ed)?(?:time|date|at|on)?|publicationdate|pubdate)$/;
/** Names of dates that can also be the date of a file or of a change. */
export const OTHER_DATE_METAS =
  'sailthru.date dcterms.created dc.date.created dc.created dc.date dcterms.date date article_date_original citation_date created release_date'.split(
    ' ',
  );
/** Matches names of a modification date, in lower case and without punctuation. */
export const MODIFIED_META_NAMES = /(?:modifi(?:ed|cation)|updated|lastmod|revised)(?:time|date|at|on)?$/;
export const AUTHOR_METAS = [
  'dc.creator',
  'dcterms.creator',
  'author',
  'parsely-author',
  'sailthru.author',
  'article:author',
  'dc.creator.name',
  'dcsext.author',
  'byl',
  'citation_author',
  'og:article:author',
  'article:author_name',
  'cxenseparse:author',
  'authors',
];
export const DESCRIPTION_METAS = [
  'og:description',
  'description',
  'twitter:description',
  'dc.description',
  'dcterms.abstract',
  'sailthru.description',
];
export const SECTION_METAS = ['article:section', 'og:article:section', 'parsely-section', 'section'];
export const TAG_METAS = [
  'article:tag',
  'og:article:tag',
  'news_keywords',
  'sailthru.tags',
  'parsely-tags',
  'keywords',
];
export const SITE_NAME_METAS = [
  'og:site_name',
  'application-name',
  'apple-mobile-web-app-title',
  'publisher',
  'dc.publisher',
  'dcterms.publisher',
  'copyright',
];
export const IMAGE_METAS = [
  'og:image:secure_url',
  'og:image:url',
  'og:image',
  'twitter:image',
  'twitter:image:src',
  'thumbnail',
];
export const LANGUAGE_METAS = [
  'og:locale',
  'content-language',
  'dc.language',
  'dcterms.language',
  'language',
  'inlanguage',
];

/** Class names and ids of elements that hold the names of authors. */
export const AUTHOR_CLASSES =
  /(?:^|[\s_-])(?:by-?lines?|(?:post|article|entry|story|news|tech|meta|blog|item|mo)?-?author(?:s|-?names?|-?link|-?info)?|author(?:name|info|s?box)|autor(?:e|es|en|in|s)?|autor-?name|auteurs?|redacteur|yazar|författare|forfatter|writers?|writtenby|signature|firma|journalist|reporter|contributors?|credits?-?author|itemposter|submitted)(?:$|[\s_-])/i;

/** Matches the beginning of a byline in an element without byline markup. */
export const BYLINE_STARTS =
  /^[\s|•–—-]{0,9}(?:by|von|par|por|di|door|av|af|ein (?:artikel|beitrag|gastbeitrag|kommentar|interview|text) von|(?:gespeichert|eingestellt|verfasst|geschrieben|veröffentlicht) von|(?:posted|published|submitted|article) by|text|words|story|report|written|autor\w{0,4}|author|auteure?s?|autrice|autore|автор\p{L}{0,2}|текст|авторка|yazan|oleh|penulis|作者|文|記者|بقلم|מאת)(?:[\s:：/]|$)/iu;

/** Class names and ids of elements that hold a story's date. */
export const DATE_CLASSES =
  /(?:^|[\s_-])(?:date|datum|dato|fecha|data|time|timestamp|pub-?date|published|publish-?date|post-?date|entry-?date|article-?date|item-?post-?date|news-?date|date-?time|posted-?on|created|createdate|publication|uploaded)(?:$|[\s_-])/i;

/**
 * Class names and ids of comments and lists of other stories. Authors and dates in them belong to other
 * texts.
 */
export const ELSEWHERE_CLASSES =
  /(?:^|[\s_-])(?:comments?|comment-?list|comment-?author(?:-link)?|comment-?body|comment-?meta(?:data)?|comment-?form|disqus|respond|reply|replies|related\w{0,20}|recommended|recommendations?|popular|trending|most-?read|mega-?menu|sub-?menu|more-?stories|next-?prev|pagination|similar|see-?also)(?:$|[\s_-])/i;

/** Class names and ids of boxes that belong to the story only if they stand close to its headline. */
export const SIDE_BOX_CLASSES =
  /(?:^|[\s_-])(?:teaser\w{0,12}|newsteaser|slider|carousel|latest|ticker|(?<!(?:post|entry|article)[_-](?:\w{1,12}[_-])?)(?:footer|sidebar)|site-?footer|promo|copyrights?)(?:$|[\s_-])|(?:^|\s)widgets?(?:$|[\s_])/i;

/** Matches the address of a page about one author. */
export const AUTHOR_PATHS =
  /\/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|people|person|contributors?|profiles?|staff|journalists?|redaktion|redakteur|columnists?|by|writers?|users?|reporters?)\/[^/?#]/i;

/** Matches names of editorial desks. They sign stories that have no other author. */
export const DESK_NAMES =
  /(?:^|[\s.-])(?:redaktion|redakcja|redazione|redacción|redação|rédaction|redactie|redaktionen|toimitus|newsroom|newsdesk|editorial|editors|staff|team|редакція|редакция)(?:$|[\s.])/iu;

/** Matches words of controls after a name: `Jane Doe Follow`. */
export const NAME_CONTROLS =
  /(?:(?<=\p{Ll})|\s)(?:follow(?:ing)?|folgen|suivre|seguir|segui|volgen|följ|share[sd]?|subscribe|contact(?:ar|o)?|kontakt|alle artikel|alle beiträge|all posts|all articles|view profile|profil anzeigen|view all posts|more posts|edit|bio|e-?mail)$/iu;

/** Matches legal forms of companies and words for public offices. Such names are not authors. */
export const COMPANY_NAMES =
  /(?:^|[\s-])(?:gmbh|ag|kg|ltd\.?|llc|inc\.?|corp\.?|s\.?a\.?|s\.?r\.?l\.?|e\.\s?v\.?|stiftung|verband|verlag|departement|department|ministerium|ministry|universität|university|copyright)(?:$|\s)/i;

/** Placeholder names that content management systems use if a story has no author. */
export const NOT_AUTHOR_NAMES = new Set([
  ...`admin administrator administrateur author autor auteur editor editors editorial redaktion redakcja redaction redazione redaccion redacción
   redação webmaster wordpress staff newsroom newsdesk guest user root moderator team unknown anonymous none null undefined default press presse
   news online web name text follow view unbenannt untitled anonym redakce redactie redaktionen toimitus редакция редакція админ website home blog
   share teilen facebook twitter publisher von by par por zvg copyright`.split(/\s+/),
  ...'no author|more posts|alle artikel|alle beiträge|weitere artikel|mehr artikel|mehr beiträge|all articles|other articles|home page|view all|super user|super administrator|site admin|web admin|guest author|guest post|guest contributor|die redaktion|autor redaktion|la redacción|la redaction|la rédaction|de redactie|la redazione|staff writer|staff reporter|news desk|web desk|web team|editorial team|editorial staff|support team|press release|view all posts|all posts|read more|about the author|über den autor'.split(
    '|',
  ),
]);
