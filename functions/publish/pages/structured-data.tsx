import { languageTag } from '../../../shared/text/language-tag.ts';
import { iconOf } from '../components/open-graph.tsx';
import { searchTemplate, siteAddress } from '../content/addresses.ts';
import { prepareTexts } from '../content/prepare-fields.ts';
import { oneLine, printable } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';

/** Maximum number of stories in the structured data of a list. Search engines read the pages themselves. */
const MAX_LISTED = 20;

/** Structured data of schema.org. `<` is escaped, so that no text can end the script element or begin a comment. */
export function JsonLd({ data }: { data: object }) {
  const clean = (_key: string, value: unknown) => (typeof value === 'string' ? printable(value) : value);
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data }, clean);
  return (
    <script
      type="application/ld+json"
      dangerouslySetInnerHTML={{ __html: json.replaceAll('<', '\\u003c') }}
    />
  );
}

/** The paper. All pages name the same one (`@id`). */
export function publisherOf(site: Site) {
  return {
    '@type': 'NewsMediaOrganization',
    '@id': siteAddress(site, '#publisher'),
    name: site.title,
    url: siteAddress(site, ''),
    logo: { '@type': 'ImageObject', ...iconOf(site) },
    sameAs: site.social?.length ? site.social.map(({ url }) => url) : undefined,
  };
}

/** The site. */
function websiteOf(site: Site) {
  return {
    '@type': 'WebSite',
    '@id': siteAddress(site, '#website'),
    name: site.title,
    alternateName: oneLine(site.tagline ?? '') || undefined,
    url: siteAddress(site, ''),
    description: oneLine(site.description) || undefined,
    inLanguage: languageTag(site.language),
    publisher: publisherOf(site),
    potentialAction: site.search ? searchAction(site) : undefined,
  };
}

/** The search of the site, for search engines and assistants. */
function searchAction(site: Site) {
  const words = 'search_term_string';
  return {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: searchTemplate(site, `{${words}}`) },
    'query-input': `required name=${words}`,
  };
}

/**
 * What the page of an edition is: the site, a list of stories, or the profile of an author.
 * @param page.address address of the page
 */
export function editionData(
  of: EditionOf,
  entries: readonly Pick<Entry, 'permalink' | 'publishedAt' | 'headline' | 'dek' | 'summary'>[],
  site: Site,
  page: { address: string; title: string; description: string },
): object {
  if (of.kind === 'all') return websiteOf(site);
  const { address, title, description } = page;
  const stories = entries.slice(0, MAX_LISTED).map(entry => ({
    name: prepareTexts(entry).title,
    url: siteAddress(site, entry.permalink),
    publishedAt: entry.publishedAt,
  }));
  const about = {
    '@id': address,
    url: address,
    name: title,
    description,
    inLanguage: languageTag(site.language),
    isPartOf: {
      '@type': 'WebSite',
      '@id': siteAddress(site, '#website'),
      name: site.title,
      url: siteAddress(site, ''),
    },
  };
  if (of.kind === 'author') {
    const author = { '@type': 'Person', '@id': `${address}#person`, name: of.name, url: address };
    return {
      '@type': 'ProfilePage',
      ...about,
      mainEntity: author,
      hasPart: stories.map(story => ({
        '@type': 'NewsArticle',
        headline: story.name,
        url: story.url,
        datePublished: story.publishedAt,
        author: { '@id': author['@id'] },
      })),
    };
  }
  return {
    '@type': 'CollectionPage',
    ...about,
    mainEntity: {
      '@type': 'ItemList',
      numberOfItems: stories.length,
      itemListElement: stories.map(({ url, name }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        url,
        name,
      })),
    },
  };
}
