import { wordSet, words } from '../tables.ts';

// Words in the `class` or `id` of the boxes of a page. A name is split at hyphens, underscores and capitals.
// An entry is one word, or two consecutive words joined by a hyphen.

/** The content of a box by its name. Boxes of all these kinds are not part of the story. */
export type BoxKind =
  | 'advert'
  | 'author'
  | 'boilerplate'
  | 'byline'
  | 'caption'
  | 'comments'
  | 'cookies'
  | 'date'
  | 'hidden'
  | 'navigation'
  | 'newsletter'
  | 'related'
  | 'share'
  | 'tags'
  | 'widget';

const NAMES: Record<BoxKind, string> = {
  advert: `ad ads adv advert adverts advertisement advertising adsense adsbygoogle adslot adunit adbox adwrap banner banners dfp
    sponsor sponsors sponsored sponsorship promo promos promobox promotion teads gpt mpu leaderboard skyscraper
    ad-slot ad-unit ad-container ad-wrapper google-ad werbung anzeige anzeigen reklama pub-block publicite pubblicita`,
  author: `authorbio authorbox author-bio author-box author-info author-card author-profile author-about author-details about-author
    about-the-author post-author article-author bio biography vcard contributor contributors author-description
    entry-author saboxplugin`,
  byline: `byline bylines by-line author authors authorname author-name writer credit-line auteur autor autoren
    article-info article-meta articlemeta entry-meta post-meta postmeta entry-info post-info posted-on meta-info article-details
    story-meta meta-data metadata articleinfo postinfo entry-details article-header-meta post-details`,
  caption: `caption captions figcaption wp-caption-text image-caption photo-caption img-caption media-caption credit credits
    photocredit photo-credit image-credit copyright-image imagecaption photocaption legende bildunterschrift didascalia
    gallery-caption bu bildtext photo-source image-source`,
  comments: `comment comments commentlist comment-list comment-form comment-respond comments-area disqus respond replies fb-comments
    kommentare kommentar commentaires comentarios commenti komentarze reader-comments livefyre discussion`,
  cookies: `cookie cookies cookiebar cookie-banner cookie-notice consent gdpr modal popup overlay lightbox dialog onetrust`,
  date: `date dates dateline-time timestamp timeago pubdate publish-date publication-date published publishdate post-date
    entry-date article-date updated last-updated lastmod datetime datum dato fecha readtime reading-time read-time`,
  boilerplate: `footer masthead site-header site-footer page-header global-header global-footer toolbar tools article-tools sidebar
    side-bar rightcol right-column left-column search searchform search-form login signin
    print-button print-link printbutton printfriendly rating ratings vote votes voting star-rating poll survey accessibility-links back-to-top backtotop
    scroll-top copyright disclaimer weather-widget ticker breaking-news stock-ticker player-controls donate donation
    fundraising shop-widget correction-form feedback colophon impressum`,
  hidden: `sr-only visually-hidden visuallyhidden screen-reader screenreader screen-reader-text offscreen print-only
    printonly u-hidden is-hidden hidden-print noscript`,
  navigation: `nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumbs pagination pager paging page-links pagelinks
    skip-link skip-links skiplink post-navigation nav-links prev-next prevnext next-prev previous-next nav-previous
    nav-next toc tableofcontents table-of-contents sitenav subnav topnav mainmenu megamenu offcanvas tabs-nav pathway`,
  newsletter: `newsletter newsletters subscribe subscription subscriptions signup sign-up optin opt-in mailchimp
    mc4wp email-signup push-notification abo abonnement mailing-list`,
  related: `related relatedposts related-posts related-articles related-stories related-content relatedarticles relatedcontent
    related-links recommended recommendation recommendations recommend recirc recirculation outbrain taboola zergnet
    yarpp jp-relatedposts more-from more-news more-stories more-on morestories read-more readmore read-also readalso read-next
    readnext also-read also-like see-also seealso most-read mostread most-popular mostpopular popular-posts trending
    similar similar-posts latest-news latest-posts recent-posts recentposts up-next upnext next-article next-post
    further-reading you-may may-like might-like associated teaser teasers teaserlist aside-box inset-box lire-aussi
    a-lire altri-articoli weitere-artikel mehr-zum lees-ook crosslinks cross-links promoted linkbox topicbox onward
    zobacz-tez czytaj-takze ler-mais leia-mais leia-tambem le-recomendamos noticias-relacionadas post-list article-list`,
  share: `share shares sharing sharebar sharethis shareaholic sharedaddy share-buttons share-tools share-links social socials
    social-media social-links social-share socialmedia socialbar addthis addtoany a2a ssba follow-us follow-links followus
    fb-like tweet-button twitter-share teilen partager compartir condividi udostepnij heateor ssk bookmarks bookmark
    sociable reactions like-button likes whatsapp jp-post-flair`,
  tags: `tags taglist tag-list tag-links tagcloud tag-cloud post-tags entry-tags article-tags post-categories
    post-category cat-links category-links categories topics keywords topic-list article-topics tagged entry-footer
    post-footer entry-categories article-footer hashtags`,
  widget: 'widget widgets widget-area',
};

/** Kinds of boxes by one or two words of their names. */
export const BOX_NAMES: ReadonlyMap<string, BoxKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, text]) => words(text).map(word => [word, kind as BoxKind] as const)),
);

/** Words after which a word does not name the content of the box, as in `no-sidebar` and `has-comments`. */
export const NEGATIONS = wordSet('no not has have with without js is hide show non wp el');

/** Words of boxes that hold a story or a whole page. */
export const STORY_NAMES = wordSet(`
  article articlebody article-body articlecontent body blog content contents entry hentry main maincontent
  page post story storybody text txt copy prose column artikel articulo articolo beitrag inhalt contenu
  texte testo texto cuerpo noticia richtext wysiwyg paragraph
`);

/** Words that raise the score of a container. */
export const GOOD_NAMES = wordSet(`
  article body content entry hentry h-entry main page post text blog story articlebody prose richtext copy
  artikel articulo beitrag cuerpo noticia
`);

/** Words that lower the score of a container. */
export const BAD_NAMES = wordSet(`
  hidden banner combx comment comments contact footer gdpr masthead media meta outbrain promo related scroll
  share shoutbox sidebar skyscraper sponsor shopping tags widget nav menu teaser list links aside
`);
