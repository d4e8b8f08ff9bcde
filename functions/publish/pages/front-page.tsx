import type { Image } from '../../../shared/article.ts';
import type { Entry } from '../entry.ts';
import { EDITION_FILES, editionAddresses, editionTitle, siteAddress } from '../feeds/addresses.ts';
import type { Edition } from '../feeds/prepare.ts';
import { prepareImage, prepareWords } from '../feeds/prepare.ts';
import { type EditionOf, editionFolder, type Site } from '../site.ts';
import { renderPage } from './document.tsx';
import { editionHref, languageAttributes, type Nav, type Place, placeOf, type Written } from './page.ts';
import { Byline, Picture, phrase, ReadingTime, Time } from './pieces.tsx';
import { type Voice, voiceOf } from './voice.ts';

/** How a story is set: the first large, on the front page two more side by side below it, the rest as a list. */
type Rank = 'lead' | 'second' | 'river';

function rankOf(index: number, of: EditionOf, count: number): Rank {
  if (index === 0) return 'lead';
  return of.kind === 'all' && index <= 2 && count > 2 ? 'second' : 'river';
}

/** The page of an edition: its lead, then its entries, newest first, and the addresses of its feeds. */
export function frontPage({ of, entries, lead }: Edition, site: Site, nav: Nav): string {
  const place = placeOf(editionFolder(of) + EDITION_FILES.page, site, nav);
  const voice = voiceOf([site.language], site.timeZone);
  const shown = (lead ? [lead, ...entries.filter(({ id }) => id !== lead.id)] : entries).slice(
    0,
    site.feedEntries,
  );
  const named = of.kind === 'all' ? undefined : phrase(voice.words.latestIn, of.name);
  const address = editionAddresses(of, site).page;
  return renderPage({
    language: voice.language,
    direction: voice.direction,
    place,
    title: of.kind === 'all' ? site.title : `${of.name} | ${site.title}`,
    description: named ?? site.description,
    canonical: address,
    edition: of,
    head: (
      <>
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={site.title} />
        <meta property="og:title" content={editionTitle(of, site)} />
        <meta property="og:description" content={named ?? site.description} />
        <meta property="og:url" content={address} />
      </>
    ),
    children: (
      <div class={of.kind === 'all' ? 'front home' : 'front'}>
        <Heading of={of} site={site} voice={voice} />
        {shown.length === 0 ? (
          <Nothing of={of} place={place} voice={voice} />
        ) : (
          <div class="stories">
            {shown.map((entry, index) => (
              <Story
                entry={entry}
                of={of}
                place={place}
                page={voice}
                rank={rankOf(index, of, shown.length)}
              />
            ))}
          </div>
        )}
        <Subscribe of={of} site={site} voice={voice} />
      </div>
    ),
  });
}

function Heading({ of, site, voice: { words } }: { of: EditionOf; site: Site; voice: Voice }) {
  if (of.kind === 'all') {
    return (
      <header class="front-heading">
        <h1 class="visually-hidden">{site.title}</h1>
        {site.description && <p>{site.description}</p>}
      </header>
    );
  }
  return (
    <header class="front-heading named">
      <p class="kicker">{words[of.kind]}</p>
      <h1>
        <bdi>{of.name}</bdi>
      </h1>
    </header>
  );
}

function Nothing({ of, place, voice: { words } }: { of: EditionOf; place: Place; voice: Voice }) {
  return (
    <div class="nothing">
      <p>{of.kind === 'all' ? words.nothingYet : words.nothingHere}</p>
      {of.kind !== 'all' && (
        <p>
          <a href={editionHref({ kind: 'all' }, place)}>{words.readLatest}</a>
        </p>
      )}
    </div>
  );
}

interface StoryProps {
  entry: Entry;
  of: EditionOf;
  place: Place;
  page: Written;
  rank: Rank;
}

function Story({ entry, of, place, page, rank }: StoryProps) {
  const { site } = place;
  const href = place.root + entry.permalink;
  const { title, summary } = prepareWords(entry);
  const image = prepareImage(entry.image, siteAddress(site, entry.permalink));
  // Each story is told in its own language, the words around it too where there are such.
  const voice = voiceOf([entry.language, site.language], site.timeZone);
  const chrome = languageAttributes(voice, entry);
  return (
    <article class={`story ${rank}${image ? ' with-image' : ''}`} {...languageAttributes(entry, page)}>
      {image && <Thumb image={image} href={href} place={place} lazy={rank === 'river'} />}
      <div class="story-text">
        <p class="stamp">
          {of.kind !== 'section' && (
            <a class="kicker" href={editionHref({ kind: 'section', name: entry.section }, place)}>
              {entry.section}
            </a>
          )}{' '}
          <Time instant={entry.publishedAt} write={voice.write} chrome={chrome} />
        </p>
        <h2>
          <a href={href}>{title}</a>
        </h2>
        <p class="summary">{summary}</p>
        <p class="meta">
          <Byline authors={entry.authors} voice={voice} place={place} chrome={chrome} />
          <ReadingTime minutes={entry.readingMinutes} voice={voice} chrome={chrome} />
        </p>
      </div>
    </article>
  );
}

/** A second link beside the headline's, for pointers only: to a screen reader it would say the same again. */
function Thumb({ image, href, place, lazy }: { image: Image; href: string; place: Place; lazy: boolean }) {
  const forPointersOnly = { tabIndex: -1, 'aria-hidden': true } as const;
  return (
    <a class="thumb" href={href} {...forPointersOnly}>
      <Picture image={image} place={place} lazy={lazy} alt="" />
    </a>
  );
}

function Subscribe({ of, site, voice: { words } }: { of: EditionOf; site: Site; voice: Voice }) {
  const addresses = editionAddresses(of, site);
  const feeds = [
    ['RSS', addresses.rss],
    ['Atom', addresses.atom],
    ['JSON Feed', addresses.json],
  ] as const;
  return (
    <aside class="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe">
        <a href={EDITION_FILES.subscribe}>{words.subscribe}</a>
      </h2>
      <p>{words.subscribeHow}</p>
      <dl>
        {feeds.map(([name, address]) => (
          <>
            <dt>
              <a href={address}>{name}</a>
            </dt>
            <dd dir="ltr">
              <Address address={address} />
            </dd>
          </>
        ))}
      </dl>
    </aside>
  );
}

/** An address that breaks before the name of its file, if it must. */
function Address({ address }: { address: string }) {
  const file = address.lastIndexOf('/') + 1;
  return (
    <>
      {address.slice(0, file)}
      <wbr />
      {address.slice(file)}
    </>
  );
}
