import { renderPage } from '../components/document.tsx';
import { editionHref, type Navigation, pageContext } from '../components/links.ts';
import { localizerOf } from '../components/localizer.ts';
import { Address } from '../components/pieces.tsx';
import {
  EDITION_FILES,
  editionAddresses,
  editionFeeds,
  editionTitle,
  SITE_FILES,
} from '../content/addresses.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { feedLabels } from '../words/feed-labels.ts';

/** The page that explains an edition's feeds to people. It shows no articles, so that new ones leave it as it is. */
export function feedPage(of: EditionOf, site: Site, nav: Navigation): string {
  const context = pageContext(editionFolder(of, site) + EDITION_FILES.subscribe, site, nav);
  const localizer = localizerOf([site.language], site.timeZone);
  const labels = feedLabels(localizer.language);
  const title = editionTitle(of, site);
  return renderPage({
    // The page has nothing but labels.
    ...localizer.labelLanguage,
    context,
    title: `${labels.howTo}: ${title}`,
    description: labels.about,
    // The page has no canonical address, because search engines should show only the page of the edition.
    edition: of,
    card: {
      type: 'website',
      title: `${labels.howTo}: ${title}`,
      description: labels.about,
      address: editionAddresses(of, site).subscribe,
      language: site.language,
    },
    children: (
      <div class="feed-page">
        <header>
          <p class="kicker">
            <bdi>{title}</bdi>
          </p>
          <h1>{localizer.labels.subscribe}</h1>
          <p class="dek">{labels.about}</p>
        </header>
        <section aria-labelledby="addresses">
          <h2 id="addresses">{labels.addresses}</h2>
          <Addresses feeds={editionFeeds(of, site)} open={labels.open} />
        </section>
        <section aria-labelledby="how">
          <h2 id="how">{labels.howTo}</h2>
          <ol>
            {labels.steps.map(step => (
              <li>{step}</li>
            ))}
          </ol>
        </section>
        <p>{labels.opmlNote}</p>
        <p class="feed-page-links">
          <a href={editionHref(of, context)}>{labels.visit}</a>{' '}
          <a href={context.root + SITE_FILES.opml}>OPML</a>
        </p>
      </div>
    ),
  });
}

/** The addresses as text to copy, each with a link that opens it. */
function Addresses({ feeds, open }: { feeds: ReturnType<typeof editionFeeds>; open: string }) {
  return (
    <dl class="feed-addresses">
      {feeds.map(({ name, address }) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <code dir="ltr">
              <Address address={address} />
            </code>
            <a href={address} aria-label={`${open}: ${name}`}>
              {open}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
