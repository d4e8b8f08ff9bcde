import type { Author } from '../../../shared/model/article.ts';
import { CARD, renditionAddress } from '../../../shared/model/media-address.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import type { PageContext } from '../components/links.ts';
import type { SocialCard } from '../components/open-graph.tsx';
import { editionAddresses, siteAddress } from '../content/addresses.ts';
import {
  type Enclosure,
  type PageImage,
  prepareAuthors,
  prepareEnclosures,
  preparePageImage,
  prepareTags,
  prepareTexts,
} from '../content/prepare-fields.ts';
import { oneLine } from '../content/text.ts';
import type { FullArticle } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { JsonLd, publisherOf } from './structured-data.tsx';

/** What a link preview shows of an article. */
export function articleCard(article: FullArticle, address: string): SocialCard {
  const { title, summary } = prepareTexts(article);
  const image = cardOf(preparePageImage(article, address));
  return { type: 'article', title, description: summary, address, language: article.language, image };
}

/**
 * Metadata in the head of an article's page: fields of Open Graph (ogp.me) that only articles have, and a NewsArticle
 * (schema.org) for search engines.
 * @param address address of the page
 */
export function articleHead(article: FullArticle, { site }: PageContext, address: string) {
  return (
    <>
      <meta property="article:published_time" content={article.publishedAt} />
      <meta property="article:modified_time" content={article.updatedAt} />
      <meta property="article:section" content={article.section} />
      {prepareTags(article.tags).map(tag => (
        <meta property="article:tag" content={tag} />
      ))}
      {prepareAuthors(article.authors).map(({ name }) => (
        <meta name="author" content={name} />
      ))}
      <JsonLd data={newsArticle(article, site, address)} />
    </>
  );
}

/** The rendition of a picture for link previews, or else the picture. */
function cardOf(image: PageImage | undefined): PageImage | undefined {
  if (!image?.file?.card) return image;
  const { name, width, height } = CARD;
  return { ...image, url: renditionAddress(image.url, name), width, height };
}

/** A NewsArticle of schema.org. */
function newsArticle(article: FullArticle, site: Site, address: string): object {
  const image = preparePageImage(article, address);
  const authors = prepareAuthors(article.authors);
  const tags = prepareTags(article.tags);
  const files = prepareEnclosures(article, address);
  const { title, dek, summary } = prepareTexts(article);
  const elsewhere = article.canonicalUrl ? webAddress(article.canonicalUrl) : undefined;
  return {
    '@type': 'NewsArticle',
    '@id': article.guid,
    url: address,
    mainEntityOfPage: { '@type': 'WebPage', '@id': address, breadcrumb: breadcrumb(article, site, address) },
    headline: title,
    alternativeHeadline: dek || undefined,
    description: summary,
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    dateline: oneLine(article.dateline?.place ?? '') || undefined,
    correction: oneLine(article.correction ?? '') || undefined,
    author: authors.length > 0 ? authors.map(author => person(author, site)) : undefined,
    publisher: publisherOf(site),
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
}

/** The path from the front page to the article: a BreadcrumbList (schema.org). */
function breadcrumb(article: FullArticle, site: Site, address: string) {
  const { page } = editionAddresses({ kind: 'section', name: article.section }, site);
  const steps = [
    { name: site.title, item: siteAddress(site, '') },
    { name: oneLine(article.section), item: page },
    { name: prepareTexts(article).title, item: address },
  ];
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, at) => ({ '@type': 'ListItem', position: at + 1, ...step })),
  };
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
