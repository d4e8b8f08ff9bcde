import type { Image } from '../../../shared/model/article.ts';
import { editionHref, type Place } from '../components/links.ts';
import { Byline, HeadlineLink, Picture, ReadingTime, Time } from '../components/pieces.tsx';
import { type Voice, voiceOf } from '../components/voice.ts';
import { languageAttributes } from '../components/written.ts';
import { siteAddress } from '../content/addresses.ts';
import { prepareImage, prepareWords } from '../content/prepare-fields.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Entry } from '../model/entry.ts';
import { desksOf } from './front-order.ts';

interface ListProps {
  entries: readonly Entry[];
  of: EditionOf;
  place: Place;
  /** How the page around them speaks. */
  page: Voice;
}

/** Stories with picture and summary: the top of a page, of which the first is its lead, or the river below it. */
export function Stories({ entries, rank, ...props }: ListProps & { rank: 'top' | 'river' }) {
  if (entries.length === 0) return null;
  return (
    <div class={`stories ${rank}-stories`}>
      {entries.map((entry, index) => (
        <Story entry={entry} rank={rank === 'river' ? rank : index === 0 ? 'lead' : 'second'} {...props} />
      ))}
    </div>
  );
}

type StoryProps = Omit<ListProps, 'entries'> & { entry: Entry; rank: 'lead' | 'second' | 'river' };

function Story({ entry, of, place, page, rank }: StoryProps) {
  const { site } = place;
  const href = place.root + entry.permalink;
  const { title, summary } = prepareWords(entry);
  const image = prepareImage(entry.image, siteAddress(site, entry.permalink));
  // Each story is told in its own language, the words around it too where there are such.
  const voice = voiceOf([entry.language, site.language], site.timeZone);
  const chrome = languageAttributes(voice, entry);
  // The direction is that of each text, not of what holds them: columns stay where the page has them.
  const { dir, ...language } = languageAttributes(entry, page);
  return (
    <article class={`story ${rank}${image ? ' with-image' : ''}`} {...language}>
      {image && <Thumb image={image} href={href} place={place} lazy={rank === 'river'} />}
      <div class="story-text">
        <p class="stamp" dir={dir}>
          {of.kind !== 'section' && (
            <a class="kicker" href={editionHref({ kind: 'section', name: entry.section }, place)}>
              <bdi>{entry.section}</bdi>
            </a>
          )}{' '}
          <Time
            instant={entry.publishedAt}
            write={voice.write}
            chrome={{ ...chrome, dir: voice.direction }}
          />
        </p>
        <h2 dir={dir}>
          <a href={href}>{title}</a>
        </h2>
        <p class="summary" dir={dir}>
          {summary}
        </p>
        <p class="meta" dir={dir}>
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

/** Headlines by section, each section named. */
export function Desks({ entries, place, page }: ListProps) {
  if (entries.length === 0) return null;
  return (
    <div class="desks">
      {desksOf(entries, place.nav.sections).map(({ name, entries: list }) => (
        <section>
          <h2>
            <a href={editionHref({ kind: 'section', name }, place)}>
              <bdi>{name}</bdi>
            </a>
          </h2>
          <Headlines entries={list} place={place} page={page} />
        </section>
      ))}
    </div>
  );
}

/** The headlines that follow the river of a section, tag or author. */
export function Earlier({ entries, place, page }: ListProps) {
  if (entries.length === 0) return null;
  return (
    <div class="earlier">
      <Headlines entries={entries} place={place} page={page} />
    </div>
  );
}

function Headlines({ entries, place, page }: Omit<ListProps, 'of'>) {
  return (
    <ul class="headlines">
      {entries.map(entry => (
        <li>
          <HeadlineLink entry={entry} place={place} page={page} />{' '}
          <Time instant={entry.publishedAt} write={page.writeDay} />
        </li>
      ))}
    </ul>
  );
}
