import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import {
  EDITION_FILES,
  editionFeeds,
  editionTitle,
  SEARCH_FOLDER,
  SITE_FILES,
} from '../content/addresses.ts';
import { navigationSections, sectionTitle } from '../content/sections.ts';
import { printable } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import { searchLabels } from '../words/search-labels.ts';
import { BrandFooter, BrandLinks, SiteName } from './brand.tsx';
import { editionHref, folderHref, type PageContext } from './links.ts';
import { labelAttributesOf, localizerOf } from './localizer.ts';
import { OpenGraph, type SocialCard } from './open-graph.tsx';
import type { PartProps } from './pieces.tsx';
import { type LanguageAttributes, languageAttributes, type TextLanguage } from './text-language.ts';

/** Folder of the page that lists the months of the history. */
export const HISTORY_FOLDER = 'archive/';

/** Folders of the pages that list all sections, tags and authors. */
export const LIST_FOLDERS = { sections: 'sections/', tags: 'tags/', authors: 'authors/' } as const;

export interface PageProps extends TextLanguage {
  context: PageContext;
  title: string;
  description?: string | undefined;
  /** The address for search engines. A page without this address asks them not to index it. */
  canonical?: string | undefined;
  edition?: EditionOf | undefined;
  moreFeeds?: readonly EditionOf[] | undefined;
  /** The page of an article has a smaller masthead. */
  kind?: 'article' | undefined;
  /** Default: title, description and language of the page. */
  card?: SocialCard | undefined;
  head?: ComponentChildren;
  children?: ComponentChildren;
}

/** Renders a page as an HTML document of printable characters. */
export function renderPage(page: PageProps): string {
  return printable(`<!doctype html>\n${renderToString(<Document {...page} />)}\n`);
}

function Document(page: PageProps) {
  const { context, title, description, language, direction, canonical } = page;
  const { site, root } = context;
  const { card = { type: 'website', title, description, language } } = page;
  const address = card.address ?? canonical;
  const localizer = localizerOf([site.language], site.timeZone);
  const part: PartProps = {
    context,
    localizer,
    labelAttributes: labelAttributesOf(localizer),
  };
  const siteAttributes = languageAttributes(localizer, page);
  return (
    <html lang={language} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {canonical ? <link rel="canonical" href={canonical} /> : <meta name="robots" content="noindex" />}
        <meta name="generator" content="Copydesk" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={root + SITE_FILES.styles} />
        <BrandLinks {...context} />
        {site.search && (
          <link
            rel="search"
            type="application/opensearchdescription+xml"
            title={site.title}
            href={root + SITE_FILES.openSearch}
          />
        )}
        {feedsOf(page).map(of => (
          <FeedLinks of={of} context={context} />
        ))}
        {address && <OpenGraph card={card} address={address} site={site} />}
        {page.head}
      </head>
      <body>
        <a class="skip" href="#main" {...languageAttributes(localizer.labelLanguage, page)}>
          {localizer.labels.skip}
        </a>
        <Masthead {...page} {...part} siteAttributes={siteAttributes} />
        <main id="main">{page.children}</main>
        <Footer {...part} siteAttributes={siteAttributes} />
      </body>
    </html>
  );
}

/** The editions that a page offers to readers. Many readers take the first one, so the page of an edition begins with it. */
function feedsOf({ edition, kind, moreFeeds = [] }: PageProps): EditionOf[] {
  const own = edition && edition.kind !== 'all' ? [edition] : [];
  const main: EditionOf = { kind: 'all' };
  return kind === 'article' ? [main, ...own, ...moreFeeds] : [...own, main, ...moreFeeds];
}

/** Links for feed autodiscovery. The first link, to RSS, has the plain title. */
function FeedLinks({ of, context: { site } }: { of: EditionOf; context: PageContext }) {
  const title = editionTitle(of, site);
  return editionFeeds(of, site).map(({ name, type, address }, index) => (
    <link rel="alternate" type={type} title={index === 0 ? title : `${title} (${name})`} href={address} />
  ));
}

/** The parts of a page that are in the language of the site, with labels in them. */
type SiteProps = PartProps & { siteAttributes: LanguageAttributes };

function Masthead(props: PageProps & SiteProps) {
  const { context, edition, kind, localizer, labelAttributes, siteAttributes } = props;
  const { site, nav } = context;
  const sections = navigationSections(nav.sections, site);
  return (
    <header class={kind === 'article' ? 'masthead slim' : 'masthead'} {...siteAttributes}>
      <p class="site-title">
        <a href={editionHref({ kind: 'all' }, context)}>
          <SiteName {...context} />
        </a>
      </p>
      {site.tagline && kind !== 'article' && <p class="tagline">{site.tagline}</p>}
      <nav aria-label={localizer.labels.sections}>
        <ul>
          {sections.map(name => (
            <li>
              <a
                href={editionHref({ kind: 'section', name }, context)}
                aria-current={edition?.kind === 'section' && edition.name === name ? 'true' : undefined}
              >
                {sectionTitle(name, site)}
              </a>
            </li>
          ))}
          {listLinks(context, localizer).map(({ href, label }) => (
            <li class="list-link">
              <a href={href} {...labelAttributes}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/**
 * Links to the lists of all sections and all authors, and to the search. Every page has them, because a page that does not change with each
 * new section cannot name the sections.
 */
function listLinks(context: PageContext, { labels, language }: PartProps['localizer']) {
  const { site } = context;
  return [
    { href: folderHref(LIST_FOLDERS.sections, context), label: labels.sections },
    ...(site.authors ? [{ href: folderHref(LIST_FOLDERS.authors, context), label: labels.authors }] : []),
    ...(site.search
      ? [{ href: folderHref(SEARCH_FOLDER, context), label: searchLabels(language).search }]
      : []),
  ];
}

function Footer({ context, localizer: { labels, language }, labelAttributes, siteAttributes }: SiteProps) {
  const { site, root } = context;
  return (
    <footer class="site-footer" {...siteAttributes}>
      <p>{site.copyright ?? site.title}</p>
      <ul>
        <BrandFooter context={context} />
        {site.tags && (
          <li>
            <a href={folderHref(LIST_FOLDERS.tags, context)} {...labelAttributes}>
              {labels.tags}
            </a>
          </li>
        )}
        <li>
          <a href={folderHref(HISTORY_FOLDER, context)} {...labelAttributes}>
            {labels.history}
          </a>
        </li>
        {site.search && (
          <li>
            <a href={folderHref(SEARCH_FOLDER, context)} {...labelAttributes}>
              {searchLabels(language).search}
            </a>
          </li>
        )}
        <li>
          <a href={root + EDITION_FILES.subscribe} {...labelAttributes}>
            {labels.subscribe}
          </a>
        </li>
        <li>
          <a href={root + SITE_FILES.opml} {...labelAttributes}>
            {labels.allFeeds} (OPML)
          </a>
        </li>
      </ul>
    </footer>
  );
}
