import type { ComponentChildren } from 'preact';
import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { renderPage } from '../components/document.tsx';
import { editionHref, type Navigation, type PageContext, pageContext } from '../components/links.ts';
import { localizerOf } from '../components/localizer.ts';
import { Phrase, Time } from '../components/pieces.tsx';
import { languageAttributes } from '../components/text-language.ts';
import { steadyNavigation } from '../content/sections.ts';
import { oneLine } from '../content/text.ts';
import type { Site } from '../model/site.ts';
import { listLabels } from '../words/list-labels.ts';
import type { ListLabels } from '../words/list-labels-table.ts';

/** The page for an address without a file. Its links start with `/`, because the page may appear in any folder. */
export function notFoundPage(site: Site, nav: Navigation): string {
  const context = { site, nav, root: new URL(`${site.baseUrl}/`).pathname };
  return notice(context, 'notFound', 'notFoundText');
}

/** A page that leads to another file at once. It is for sites without a server that redirects. */
export function forwardPage(href: string, site: Site): string {
  const { labels, labelLanguage } = localizerOf([site.language], site.timeZone);
  const context = { site, nav: { sections: [] }, root: '../' };
  return renderPage({
    context,
    title: `${labels.subscribe} | ${site.title}`,
    ...labelLanguage,
    head: <meta http-equiv="refresh" content={`0; url=${href}`} />,
    children: (
      <div class="notice">
        <h1>
          <a href={href}>{labels.subscribe}</a>
        </h1>
      </div>
    ),
  });
}

/**
 * The page at an address that leads to another one, for sites without a server that redirects. It shows only the address,
 * so that a correction of the article does not change it.
 * @param to.address the absolute address
 * @param to.path the same as a path of the site. Undefined for another site
 */
export function movedPage(
  key: string,
  { address, path }: { address: string; path: string | undefined },
  site: Site,
): string {
  const { language, direction } = localizerOf([site.language], site.timeZone);
  const context = pageContext(key, site, steadyNavigation(site));
  // A link of the site is relative, so that it works on any host and on a disk.
  const isFolder = path?.endsWith('/') && site.namesIndexPages;
  const own = path === undefined ? undefined : `${encodeURI(path.slice(1))}${isFolder ? 'index.html' : ''}`;
  const href = own === undefined ? address : context.root + own || './';
  return renderPage({
    context,
    title: site.title,
    language,
    direction,
    head: (
      <>
        <meta http-equiv="refresh" content={`0; url=${href}`} />
        <link rel="canonical" href={address} />
      </>
    ),
    children: (
      <div class="notice">
        <p>
          <a href={href}>{address}</a>
        </p>
      </div>
    ),
  });
}

/** What the page of a withdrawn article tells. An article whose file was deleted has only its page and its end. */
export type WithdrawnArticle = Pick<ArticleRecord, 'goneAt'> &
  Partial<Pick<Article, 'publishedAt' | 'headline' | 'notice' | 'withdrawnBy'>>;

/**
 * The page at the address of a withdrawn article. It tells when the article was published and withdrawn, and the reason
 * that is known. It repeats nothing from the article, not even its language, because its words can be the reason of the
 * withdrawal. An editor can ask for the headline.
 */
export function withdrawnPage(
  permalink: string,
  site: Site,
  nav: Navigation,
  { publishedAt, goneAt, headline, notice: told, withdrawnBy }: WithdrawnArticle = {},
): string {
  const localizer = localizerOf([site.language], site.timeZone);
  const labels = listLabels(localizer.language);
  const reason = oneLine(told?.reason ?? '') || (withdrawnBy && reasonOf(withdrawnBy, labels));
  const written = (label: string, instant: string) => (
    <li>
      <Phrase text={label}>
        <Time
          instant={instant}
          write={localizer.writeDay}
          labelAttributes={languageAttributes(localizer, localizer.labelLanguage)}
        />
      </Phrase>
    </li>
  );
  const facts = (
    <ul class="notice-facts">
      {told?.headline && headline && (
        <li>
          <bdi>{oneLine(headline)}</bdi>
        </li>
      )}
      {goneAt && publishedAt && written(labels.published, publishedAt)}
      {goneAt && written(labels.withdrawn, goneAt)}
      {reason && (
        <li>
          <Phrase text={labels.reason}>
            <bdi>{reason}</bdi>
          </Phrase>
        </li>
      )}
    </ul>
  );
  const isKnown = goneAt !== undefined || reason || told?.headline;
  return notice(pageContext(permalink, site, nav), 'withdrawn', 'withdrawnText', isKnown ? facts : undefined);
}

/** The reason of a withdrawal by no editor. */
function reasonOf(by: NonNullable<Article['withdrawnBy']>, { expired, cancelled }: ListLabels): string {
  return by === 'expiry' ? expired : cancelled;
}

function notice(
  context: PageContext,
  headline: 'notFound' | 'withdrawn',
  sentence: 'notFoundText' | 'withdrawnText',
  facts?: ComponentChildren,
): string {
  const { site } = context;
  const { labels, labelLanguage } = localizerOf([site.language], site.timeZone);
  return renderPage({
    context,
    title: `${labels[headline]} | ${site.title}`,
    ...labelLanguage,
    children: (
      <div class="notice">
        <h1>{labels[headline]}</h1>
        <p>{labels[sentence]}</p>
        {facts}
        <p>
          <a href={editionHref({ kind: 'all' }, context)}>{labels.readLatest}</a>
        </p>
      </div>
    ),
  });
}
