import { renderPage } from '../components/document.tsx';
import { editionHref, type Navigation, type PageContext, pageContext } from '../components/links.ts';
import { localizerOf } from '../components/localizer.ts';
import type { Site } from '../model/site.ts';

/** The page for an address without a file. Its links start with `/`, because the page may appear in any folder. */
export function notFoundPage(site: Site, nav: Navigation): string {
  const context = { site, nav, root: new URL(`${site.baseUrl}/`).pathname };
  return notice(context, 'notFound', 'notFoundText');
}

/** A page that leads to another file at once. It is for sites without a server that redirects. */
export function forwardPage(href: string, site: Site): string {
  const { labels, language, direction } = localizerOf([site.language], site.timeZone);
  const context = { site, nav: { sections: [] }, root: '../' };
  return renderPage({
    context,
    title: `${labels.subscribe} | ${site.title}`,
    language,
    direction,
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

/** The page at the address of a withdrawn article. It repeats nothing from the article, not even its language. */
export function withdrawnPage(permalink: string, site: Site, nav: Navigation): string {
  return notice(pageContext(permalink, site, nav), 'withdrawn', 'withdrawnText');
}

function notice(
  context: PageContext,
  headline: 'notFound' | 'withdrawn',
  sentence: 'notFoundText' | 'withdrawnText',
): string {
  const { site } = context;
  const { labels, language, direction } = localizerOf([site.language], site.timeZone);
  return renderPage({
    context,
    title: `${labels[headline]} | ${site.title}`,
    language,
    direction,
    children: (
      <div class="notice">
        <h1>{labels[headline]}</h1>
        <p>{labels[sentence]}</p>
        <p>
          <a href={editionHref({ kind: 'all' }, context)}>{labels.readLatest}</a>
        </p>
      </div>
    ),
  });
}
