import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { EDITION_FILES, editionAddresses, editionTitle, SITE_FILES } from '../content/addresses.ts';
import { printable } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import { editionHref, folderHref, type Place } from './links.ts';
import { type Voice, voiceOf } from './voice.ts';
import { type Chrome, languageAttributes, type Written } from './written.ts';

/** Where the months of the archive are listed. */
export const ARCHIVE_FOLDER = 'archive/';

/** A page of the site: what its head says, and its main part. */
export interface Page extends Written {
  place: Place;
  title: string;
  description?: string | undefined;
  /** The address that search engines should keep; absent for pages that they should not keep. */
  canonical?: string | undefined;
  /** The edition that the page belongs to, besides the edition of everything. */
  edition?: EditionOf | undefined;
  /** Editions whose feeds can be found from here besides. */
  moreFeeds?: readonly EditionOf[] | undefined;
  /** On the page of an article the site's name stands back. */
  kind?: 'article' | undefined;
  /** More elements of the head. */
  head?: ComponentChildren;
  children?: ComponentChildren;
}

/** The page as an HTML document of printable characters. */
export function renderPage(page: Page): string {
  return printable(`<!doctype html>\n${renderToString(<Document {...page} />)}\n`);
}

function Document({
  place,
  title,
  description,
  language,
  direction,
  canonical,
  edition,
  moreFeeds = [],
  kind,
  head,
  children,
}: Page) {
  const { site, root } = place;
  const voice = voiceOf([site.language], site.timeZone);
  const chrome = languageAttributes(voice, { language, direction });
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
        <link rel="icon" href={root + SITE_FILES.favicon} sizes="32x32" />
        <link rel="icon" href={root + SITE_FILES.vectorIcon} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={root + SITE_FILES.largeIcon} />
        <FeedLinks of={{ kind: 'all' }} place={place} />
        {edition && edition.kind !== 'all' && <FeedLinks of={edition} place={place} />}
        {moreFeeds.map(of => (
          <FeedLinks of={of} place={place} />
        ))}
        {head}
      </head>
      <body>
        <a class="skip" href="#main" {...chrome}>
          {voice.words.skip}
        </a>
        <Masthead place={place} edition={edition} kind={kind} voice={voice} chrome={chrome} />
        <main id="main">{children}</main>
        <Footer place={place} voice={voice} chrome={chrome} />
      </body>
    </html>
  );
}

/** Autodiscovery: what a reader finds when it is given the address of a page. The first is what most take. */
function FeedLinks({ of, place: { site } }: { of: EditionOf; place: Place }) {
  const addresses = editionAddresses(of, site);
  const title = editionTitle(of, site);
  return (
    <>
      <link rel="alternate" type="application/rss+xml" title={title} href={addresses.rss} />
      <link rel="alternate" type="application/atom+xml" title={`${title} (Atom)`} href={addresses.atom} />
      <link
        rel="alternate"
        type="application/feed+json"
        title={`${title} (JSON Feed)`}
        href={addresses.json}
      />
    </>
  );
}

interface PartProps {
  place: Place;
  voice: Voice;
  chrome: Chrome;
}

function Masthead({ place, edition, kind, voice, chrome }: PartProps & Pick<Page, 'edition' | 'kind'>) {
  const { site, nav } = place;
  return (
    <header class={kind === 'article' ? 'masthead slim' : 'masthead'} {...chrome}>
      <p class="site-title">
        <a href={editionHref({ kind: 'all' }, place)}>{site.title}</a>
      </p>
      {nav.sections.length > 0 && (
        <nav aria-label={voice.words.sections}>
          <ul>
            {nav.sections.map(name => (
              <li>
                <a
                  href={editionHref({ kind: 'section', name }, place)}
                  aria-current={edition?.kind === 'section' && edition.name === name ? 'true' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Footer({ place, voice: { words }, chrome }: PartProps) {
  const { site, root } = place;
  return (
    <footer class="site-footer" {...chrome}>
      <p>{site.copyright ?? site.title}</p>
      <ul>
        <li>
          <a href={folderHref(ARCHIVE_FOLDER, place)}>{words.archive}</a>
        </li>
        <li>
          <a href={root + EDITION_FILES.subscribe}>{words.subscribe}</a>
        </li>
        <li>
          <a href={root + SITE_FILES.opml}>{words.allFeeds} (OPML)</a>
        </li>
      </ul>
    </footer>
  );
}
