import { renderPage } from '../components/document.tsx';
import { editionHref, type Nav, type Place, placeOf } from '../components/links.ts';
import { Address, HeadlineLink, Time } from '../components/pieces.tsx';
import { type Voice, voiceOf } from '../components/voice.ts';
import { EDITION_FILES, editionAddresses, editionTitle, SITE_FILES } from '../content/addresses.ts';
import type { Edition } from '../feeds/prepare.ts';
import { editionFolder } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import { feedWords } from '../words/feed-labels.ts';

/** As many as show what the feed is like; each is one headline. */
const LATEST = 10;

/** The page for people of an edition's feeds: what they are, their addresses to copy, how to subscribe. */
export function feedPage({ of, entries }: Edition, site: Site, nav: Nav): string {
  const place = placeOf(editionFolder(of) + EDITION_FILES.subscribe, site, nav);
  const voice = voiceOf([site.language], site.timeZone);
  const words = feedWords(voice.language);
  const title = editionTitle(of, site);
  return renderPage({
    language: voice.language,
    direction: voice.direction,
    place,
    title: `${words.howTo}: ${title}`,
    description: words.about,
    // Without a canonical address: search engines need not show it beside the page of the edition.
    edition: of,
    children: (
      <div class="feed-page">
        <header>
          <p class="kicker">{words.feed}</p>
          <h1>
            <bdi>{title}</bdi>
          </h1>
          <p class="dek">{words.about}</p>
        </header>
        <section aria-labelledby="addresses">
          <h2 id="addresses">{words.addresses}</h2>
          <Addresses addresses={editionAddresses(of, site)} open={words.open} />
        </section>
        <section aria-labelledby="how">
          <h2 id="how">{words.howTo}</h2>
          <ol>
            {words.steps.map(step => (
              <li>{step}</li>
            ))}
          </ol>
        </section>
        {listsLatest(of) && (
          <section aria-labelledby="latest">
            <h2 id="latest">{voice.words.latest}</h2>
            <Latest entries={entries.slice(0, LATEST)} place={place} voice={voice} />
          </section>
        )}
        <p class="feed-page-links">
          <a href={editionHref(of, place)}>{words.visit}</a> <a href={place.root + SITE_FILES.opml}>OPML</a>
        </p>
      </div>
    ),
  });
}

/**
 * Of an edition with a place in the navigation. Of tags and authors there can be thousands, every article stands in
 * several, and each of their pages would be written anew with it, to list what the page of the edition lists.
 */
function listsLatest({ kind }: Edition['of']): boolean {
  return kind === 'all' || kind === 'section';
}

/** Each whole, to be copied, and a link by which it is opened. */
function Addresses({ addresses, open }: { addresses: ReturnType<typeof editionAddresses>; open: string }) {
  const feeds = [
    ['RSS', addresses.rss],
    ['Atom', addresses.atom],
    ['JSON Feed', addresses.json],
  ] as const;
  return (
    <dl class="feed-addresses">
      {feeds.map(([name, address]) => (
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

interface LatestProps {
  entries: readonly Entry[];
  place: Place;
  voice: Voice;
}

function Latest({ entries, place, voice }: LatestProps) {
  if (entries.length === 0) return <p>{voice.words.nothingHere}</p>;
  return (
    <ul class="feed-latest">
      {entries.map(entry => (
        <li>
          <HeadlineLink entry={entry} place={place} page={voice} />{' '}
          <Time instant={entry.publishedAt} write={voice.write} />
        </li>
      ))}
    </ul>
  );
}
