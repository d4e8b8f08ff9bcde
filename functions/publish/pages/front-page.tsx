import type { Image } from '../../../shared/article.ts';
import type { Entry } from '../entry.ts';
import { editionAddresses, editionTitle, siteAddress } from '../feeds/addresses.ts';
import type { Edition } from '../feeds/prepare.ts';
import { prepareImage, prepareWords } from '../feeds/prepare.ts';
import { type EditionOf, editionFolder, type Site } from '../site.ts';
import { instantWriter, type WriteInstant } from './dates.ts';
import { renderPage } from './document.tsx';
import {
  editionHref,
  languageAttributes,
  type Nav,
  type Place,
  placeOf,
  siteLanguage,
  type Written,
} from './page.ts';
import { Meta, Picture } from './pieces.tsx';

/** The page of an edition: its entries, newest first, and the addresses of its feeds. */
export function frontPage({ of, entries }: Edition, site: Site, nav: Nav): string {
  const place = placeOf(`${editionFolder(of)}index.html`, site, nav);
  const page = siteLanguage(site);
  const write = instantWriter(site.language, site.timeZone);
  const shown = entries.slice(0, site.feedEntries);
  return renderPage({
    ...page,
    place,
    title: of.kind === 'all' ? site.title : `${of.name} | ${site.title}`,
    description: of.kind === 'all' ? site.description : `The latest in ${of.name}.`,
    canonical: editionAddresses(of, site).page,
    edition: of,
    children: (
      <div class="front">
        <Heading of={of} site={site} />
        {shown.length === 0 ? (
          <p class="nothing">Nothing has been published yet. The first article will appear here by itself.</p>
        ) : (
          <div class="stories">
            {shown.map(entry => (
              <Story entry={entry} of={of} place={place} write={write} page={page} />
            ))}
          </div>
        )}
        <Subscribe of={of} site={site} />
      </div>
    ),
  });
}

function Heading({ of, site }: { of: EditionOf; site: Site }) {
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
      <p class="kicker">{of.kind === 'section' ? 'Section' : 'Tag'}</p>
      <h1>{of.name}</h1>
    </header>
  );
}

interface StoryProps {
  entry: Entry;
  of: EditionOf;
  place: Place;
  write: WriteInstant;
  page: Written;
}

function Story({ entry, of, place, write, page }: StoryProps) {
  const href = place.root + entry.permalink;
  const { title, summary } = prepareWords(entry);
  const image = prepareImage(entry.image, siteAddress(place.site, entry.permalink));
  return (
    <article class={image ? 'story with-image' : 'story'} {...languageAttributes(entry, page)}>
      {image && <Thumb image={image} href={href} />}
      <div class="story-text">
        {of.kind !== 'section' && (
          <p class="kicker">
            <a href={editionHref({ kind: 'section', name: entry.section }, place)}>{entry.section}</a>
          </p>
        )}
        <h2>
          <a href={href}>{title}</a>
        </h2>
        <p class="summary">{summary}</p>
        <Meta article={entry} write={write} chrome={languageAttributes(page, entry)} />
      </div>
    </article>
  );
}

/** A second link beside the headline's, for pointers only: to a screen reader it would say the same again. */
function Thumb({ image, href }: { image: Image; href: string }) {
  const forPointersOnly = { tabIndex: -1, 'aria-hidden': true } as const;
  return (
    <a class="thumb" href={href} {...forPointersOnly}>
      <Picture image={image} lazy alt="" />
    </a>
  );
}

function Subscribe({ of, site }: { of: EditionOf; site: Site }) {
  const addresses = editionAddresses(of, site);
  const feeds = [
    ['RSS', addresses.rss],
    ['Atom', addresses.atom],
    ['JSON Feed', addresses.json],
  ] as const;
  return (
    <aside class="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe">Subscribe</h2>
      <p>
        Copy one of these addresses into your feed reader to follow <strong>{editionTitle(of, site)}</strong>.
        Every article comes in full.
      </p>
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
