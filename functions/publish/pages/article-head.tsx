import type { Author } from '../../../shared/model/article.ts';
import { CARD, renditionAddress } from '../../../shared/model/media-address.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import type { PageContext } from '../components/links.ts';
import { editionAddresses, SITE_FILES, siteAddress } from '../content/addresses.ts';
import {
  type Enclosure,
  type PageImage,
  prepareAuthors,
  prepareEnclosures,
  preparePageImage,
  prepareTags,
  prepareTexts,
} from '../content/prepare-fields.ts';
import { oneLine, printable } from '../content/text.ts';
import type { FullArticle } from '../model/entry.ts';
import type { Site } from '../model/site.ts';

/**
 * Metadata in the head of an article's page: Open Graph (ogp.me) for link previews, and a NewsArticle (schema.org)
 * for search engines.
 * @param address address of the page
 */
export function articleHead(article: FullArticle, { site }: PageContext, address: string) {
  const image = cardOf(preparePageImage(article, address));
  const { title, summary } = prepareTexts(article);
  const locale = openGraphLocale(article.language);
  return (
    <>
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={site.title} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={summary} />
      <meta property="og:url" content={address} />
      {locale && <meta property="og:locale" content={locale} />}
      {image && <meta property="og:image" content={image.url} />}
      {image?.width && image.height && (
        <>
          <meta property="og:image:width" content={String(image.width)} />
          <meta property="og:image:height" content={String(image.height)} />
        </>
      )}
      {image?.alt && <meta property="og:image:alt" content={image.alt} />}
      <meta property="article:published_time" content={article.publishedAt} />
      <meta property="article:modified_time" content={article.updatedAt} />
      <meta property="article:section" content={article.section} />
      {prepareTags(article.tags).map(tag => (
        <meta property="article:tag" content={tag} />
      ))}
      {prepareAuthors(article.authors).map(({ name }) => (
        <meta name="author" content={name} />
      ))}
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: newsArticle(article, site, address) }}
      />
    </>
  );
}

/** The rendition of a picture for link previews, or else the picture. */
function cardOf(image: PageImage | undefined): PageImage | undefined {
  if (!image?.file?.card) return image;
  const { name, width, height } = CARD;
  return { ...image, url: renditionAddress(image.url, name), width, height };
}

/** A locale of Open Graph: `pt_BR`. If the tag has no region, the likely region is added, because it is required. */
function openGraphLocale(tag: string): string | undefined {
  const known = languageTag(tag);
  if (known === undefined) return undefined;
  const { language, region } = new Intl.Locale(known).maximize();
  return region ? `${language}_${region}` : undefined;
}

/** A NewsArticle as JSON-LD. `<` is escaped, so that no text can end the script element or begin a comment. */
function newsArticle(article: FullArticle, site: Site, address: string): string {
  const image = preparePageImage(article, address);
  const authors = prepareAuthors(article.authors);
  const tags = prepareTags(article.tags);
  const files = prepareEnclosures(article, address);
  const { title, dek, summary } = prepareTexts(article);
  const elsewhere = article.canonicalUrl ? webAddress(article.canonicalUrl) : undefined;
  const document = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': article.guid,
    url: address,
    mainEntityOfPage: { '@type': 'WebPage', '@id': address },
    headline: title,
    alternativeHeadline: dek || undefined,
    description: summary,
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    dateline: oneLine(article.dateline?.place ?? '') || undefined,
    correction: oneLine(article.correction ?? '') || undefined,
    author: authors.length > 0 ? authors.map(author => person(author, site)) : undefined,
    publisher: {
      '@type': 'Organization',
      name: site.title,
      url: siteAddress(site, ''),
      logo: { '@type': 'ImageObject', url: siteAddress(site, SITE_FILES.largeIcon), width: 512, height: 512 },
      sameAs: site.social?.length ? site.social.map(({ url }) => url) : undefined,
    },
    copyrightNotice: oneLine(site.copyright ?? '') || undefined,
    image: image && {
      '@type': 'ImageObject',
      url: image.url,
      width: image.width,
      height: image.height,
      caption: image.caption,
      creditText: image.credit,
    },
    associatedMedia: files.length > 0 ? files.map(mediaObject) : undefined,
    articleSection: article.section,
    keywords: tags.length > 0 ? tags : undefined,
    inLanguage: languageTag(article.language),
    wordCount: article.wordCount,
    timeRequired: article.readingMinutes > 0 ? `PT${article.readingMinutes}M` : undefined,
    isBasedOn: elsewhere === address ? undefined : elsewhere,
    isAccessibleForFree: true,
  };
  const clean = (_key: string, value: unknown) => (typeof value === 'string' ? printable(value) : value);
  return JSON.stringify(document, clean).replaceAll('<', '\\u003c');
}

/** A Person with the address that the source states, or else the address of the author's page on this site. */
function person({ name, url }: Author, site: Site) {
  const page = site.authors ? editionAddresses({ kind: 'author', name }, site).page : undefined;
  return { '@type': 'Person', name, url: url ?? page };
}

function mediaObject({ url, type, length, duration, title }: Enclosure) {
  const [kind] = type.split('/', 1);
  return {
    '@type': kind === 'audio' ? 'AudioObject' : kind === 'video' ? 'VideoObject' : 'MediaObject',
    contentUrl: url,
    encodingFormat: type,
    contentSize: length > 0 ? String(length) : undefined,
    duration: duration && `PT${duration}S`,
    name: title,
  };
}
