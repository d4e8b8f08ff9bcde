import { languageTag, prepareAuthors, prepareImage, prepareTags, prepareWords } from '../feeds/prepare.ts';
import { printable } from '../feeds/text.ts';
import type { Site } from '../site.ts';
import type { FullArticle } from './article-page.tsx';

/**
 * What an article's page tells programs: Open Graph (ogp.me) for those that show links to it, and a NewsArticle
 * (schema.org) for search engines.
 * @param address the page's own address
 */
export function articleHead(article: FullArticle, site: Site, address: string) {
  const image = prepareImage(article.image, address);
  const { title, summary } = prepareWords(article);
  return (
    <>
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={site.title} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={summary} />
      <meta property="og:url" content={address} />
      {image && <meta property="og:image" content={image.url} />}
      {image?.alt && <meta property="og:image:alt" content={image.alt} />}
      <meta property="article:published_time" content={article.publishedAt} />
      <meta property="article:modified_time" content={article.updatedAt} />
      <meta property="article:section" content={article.section} />
      {prepareTags(article.tags).map(tag => (
        <meta property="article:tag" content={tag} />
      ))}
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: newsArticle(article, site, address) }}
      />
    </>
  );
}

/** JSON-LD without `<`, so that no text in it can end the script element or open a comment in it. */
function newsArticle(article: FullArticle, site: Site, address: string): string {
  const image = prepareImage(article.image, address);
  const authors = prepareAuthors(article.authors);
  const tags = prepareTags(article.tags);
  const { title, summary } = prepareWords(article);
  const document = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    mainEntityOfPage: address,
    headline: title,
    description: summary,
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    author: authors.length > 0 ? authors.map(author => ({ '@type': 'Person', ...author })) : undefined,
    publisher: { '@type': 'Organization', name: site.title, url: `${site.baseUrl}/` },
    image: image && { '@type': 'ImageObject', url: image.url, width: image.width, height: image.height },
    articleSection: article.section,
    keywords: tags.length > 0 ? tags : undefined,
    inLanguage: languageTag(article.language),
    wordCount: article.wordCount,
    isAccessibleForFree: true,
  };
  const clean = (_key: string, value: unknown) => (typeof value === 'string' ? printable(value) : value);
  return JSON.stringify(document, clean).replaceAll('<', '\\u003c');
}
