import type { Site } from '../site.ts';
import { renderPage } from './document.tsx';
import { editionHref, type Nav, type Place, placeOf, siteLanguage } from './page.ts';

/** The page that is shown for any address that has none. Its links are absolute: it may be shown in any folder. */
export function notFoundPage(site: Site, nav: Nav): string {
  const place = { site, nav, root: `${site.baseUrl}/` };
  return notice(place, 'Page not found', 'There is nothing at this address. It may have been mistyped.');
}

/** The page in the place of an article that was taken out of public view. It repeats nothing of the article. */
export function withdrawnPage(permalink: string, site: Site, nav: Nav): string {
  return notice(placeOf(permalink, site, nav), 'Article withdrawn', 'This article is no longer published.');
}

function notice(place: Place, title: string, sentence: string): string {
  const { site } = place;
  return renderPage({
    place,
    title: `${title} | ${site.title}`,
    ...siteLanguage(site),
    children: (
      <div class="notice">
        <h1>{title}</h1>
        <p>{sentence}</p>
        <p>
          <a href={editionHref({ kind: 'all' }, place)}>Read the latest articles</a>
        </p>
      </div>
    ),
  });
}
