import { renderPage } from '../components/document.tsx';
import { type Navigation, pageContext } from '../components/links.ts';
import { siteAddress } from '../content/addresses.ts';
import { placePicture } from '../content/lead-picture.ts';
import { prepareTexts } from '../content/prepare-fields.ts';
import type { FullArticle } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { pageBody } from './body-html.ts';

/** A page of the site's own, such as an imprint. It is no news, so it has no byline and no date. */
export function ownPage(page: FullArticle, site: Site, nav: Navigation): string {
  const context = pageContext(page.permalink, site, nav);
  const address = siteAddress(site, page.permalink.slice(0, page.permalink.lastIndexOf('/') + 1));
  const { language, direction } = page;
  const { title, dek, summary } = prepareTexts(page);
  const { body } = placePicture(undefined, page.bodyHtml, address, () => '');
  return renderPage({
    context,
    language,
    direction,
    title: `${title} | ${site.title}`,
    description: summary,
    canonical: address,
    head: (
      <>
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={site.title} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={summary} />
        <meta property="og:url" content={address} />
      </>
    ),
    children: (
      <article class="article">
        <header>
          <h1>{title}</h1>
          {dek && <p class="dek">{dek}</p>}
        </header>
        <div class="body" dangerouslySetInnerHTML={{ __html: pageBody(body, page.media, language) }} />
      </article>
    ),
  });
}
