import { renderPage } from '../components/document.tsx';
import { editionHref, pageContext } from '../components/links.ts';
import { labelAttributesOf, localizerOf } from '../components/localizer.ts';
import { Headlines, type PartProps } from '../components/pieces.tsx';
import { listPageKey, siteAddress } from '../content/addresses.ts';
import { editionName, steadyNavigation } from '../content/sections.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { ListedStory } from '../model/more-stories.ts';
import type { Site } from '../model/site.ts';
import { listLabels } from '../words/list-labels.ts';

/** A page of the list of all articles of a section, tag or author. */
export interface PageOfList {
  of: EditionOf;
  /** The oldest page has the number 0. */
  page: number;
  /** Number of pages of the list. */
  pages: number;
  /** Newest first. */
  rows: readonly ListedStory[];
}

export function listPage({ of, page, pages, rows }: PageOfList, site: Site): string {
  const key = listPageKey(of, page, site);
  const context = pageContext(key, site, steadyNavigation(site));
  const localizer = localizerOf([site.language], site.timeZone);
  const { labels, language, direction } = localizer;
  const name = of.kind === 'all' ? site.title : editionName(of, site);
  const labelAttributes = labelAttributesOf(localizer);
  const number = localizer.count(listLabels(language).page, page + 1);
  return renderPage({
    context,
    title: `${name} – ${number} | ${site.title}`,
    language,
    direction,
    canonical: rows.length > 0 ? siteAddress(site, key) : undefined,
    edition: of,
    children: (
      <div class="front">
        <header class="front-heading named">
          <p class="kicker" {...labelAttributes}>
            {of.kind === 'all' ? labels.latest : labels[of.kind]}
          </p>
          <h1>
            <a href={editionHref(of, context)}>
              <bdi>{name}</bdi>
            </a>
          </h1>
          <p class="meta" {...labelAttributes}>
            {number}
          </p>
        </header>
        {rows.length > 0 ? (
          <div class="earlier">
            <Headlines entries={rows} context={context} page={localizer} />
          </div>
        ) : (
          <p class="nothing" {...labelAttributes}>
            {labels.nothingHere}
          </p>
        )}
        <ListPages of={of} page={page} pages={pages} context={context} localizer={localizer} />
      </div>
    ),
  });
}

/** Maximum number of pages that are linked by their numbers. Each page links its neighbours, so all can be reached. */
const MAX_LINKED_PAGES = 10;

type ListPagesProps = Omit<PartProps, 'labelAttributes'> &
  Pick<PageOfList, 'of' | 'pages'> & { page?: number };

/**
 * Links to the pages of a list, the newest first.
 * @param props.page the page with these links. Default: the front page of the list
 */
export function ListPages({ of, page, pages, context, localizer }: ListPagesProps) {
  if (pages === 0) return null;
  const labels = listLabels(localizer.language);
  const hrefOf = (at: number) =>
    at < pages ? context.root + listPageKey(of, at, context.site) : editionHref(of, context);
  const at = page ?? pages;
  // A page names no later number, because a new page changes only the one before it.
  const newest = page ?? pages - 1;
  const numbers = Array.from({ length: Math.min(MAX_LINKED_PAGES, newest + 1) }, (_, back) => newest - back);
  return (
    <nav class="pager" aria-label={labels.pages} {...labelAttributesOf(localizer)}>
      <ul class="tags">
        {page !== undefined && (
          <li>
            <a href={hrefOf(page + 1)} rel="prev">
              {labels.newer}
            </a>
          </li>
        )}
        {numbers.map(each => (
          <li>
            <a
              href={hrefOf(each)}
              aria-current={each === page ? 'page' : undefined}
              aria-label={localizer.count(labels.page, each + 1)}
            >
              {localizer.number(each + 1)}
            </a>
          </li>
        ))}
        {at > 0 && (
          <li>
            <a href={hrefOf(at - 1)} rel="next">
              {labels.older}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
