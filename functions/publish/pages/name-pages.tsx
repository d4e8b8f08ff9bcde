import { LIST_FOLDERS, renderPage } from '../components/document.tsx';
import { editionHref, pageContext } from '../components/links.ts';
import { labelAttributesOf, localizerOf } from '../components/localizer.ts';
import { SITE_FILES, siteAddress } from '../content/addresses.ts';
import { navigationSections, sectionTitle, steadyNavigation } from '../content/sections.ts';
import { EDITION_LISTS } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';

/** The kinds of names that a page lists. */
type NameKind = keyof typeof EDITION_LISTS;

/**
 * The page that lists all sections, tags or authors with live articles, in the order of the site's language. Sections
 * keep their own order.
 */
export function namesPage(kind: NameKind, names: readonly string[], site: Site): string {
  const list = EDITION_LISTS[kind];
  const key = SITE_FILES[list];
  const context = pageContext(key, site, steadyNavigation(site));
  const localizer = localizerOf([site.language], site.timeZone);
  const { labels, language, direction } = localizer;
  const labelAttributes = labelAttributesOf(localizer);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const inOrder = kind === 'section' ? navigationSections(names, site) : [...names].sort(compare);
  return renderPage({
    context,
    title: `${labels[list]} | ${site.title}`,
    language,
    direction,
    canonical: names.length > 0 ? siteAddress(site, LIST_FOLDERS[list]) : undefined,
    children: (
      <div class="archive">
        <header class="front-heading named">
          <h1 {...labelAttributes}>{labels[list]}</h1>
        </header>
        {names.length > 0 ? (
          <ul class="archive-list archive-months">
            {inOrder.map(name => (
              <li>
                <a href={editionHref({ kind, name }, context)}>
                  <bdi>{kind === 'section' ? sectionTitle(name, site) : name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        ) : (
          <p class="nothing" {...labelAttributes}>
            {labels.nothingHere}
          </p>
        )}
      </div>
    ),
  });
}
