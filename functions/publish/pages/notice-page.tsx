import { renderPage } from '../components/document.tsx';
import { editionHref, type Nav, type Place, placeOf } from '../components/links.ts';
import { voiceOf } from '../components/voice.ts';
import type { Site } from '../model/site.ts';

/** The page that is shown for any address that has none. Its links begin at the host: it may be shown in any folder. */
export function notFoundPage(site: Site, nav: Nav): string {
  const place = { site, nav, root: new URL(`${site.baseUrl}/`).pathname };
  return notice(place, 'notFound', 'notFoundText');
}

/**
 * The page in the place of an article that was taken out of public view. It repeats nothing of the article, not its
 * language either.
 */
export function withdrawnPage(permalink: string, site: Site, nav: Nav): string {
  return notice(placeOf(permalink, site, nav), 'withdrawn', 'withdrawnText');
}

function notice(
  place: Place,
  headline: 'notFound' | 'withdrawn',
  sentence: 'notFoundText' | 'withdrawnText',
): string {
  const { site } = place;
  const { words, language, direction } = voiceOf([site.language], site.timeZone);
  return renderPage({
    place,
    title: `${words[headline]} | ${site.title}`,
    language,
    direction,
    children: (
      <div class="notice">
        <h1>{words[headline]}</h1>
        <p>{words[sentence]}</p>
        <p>
          <a href={editionHref({ kind: 'all' }, place)}>{words.readLatest}</a>
        </p>
      </div>
    ),
  });
}
