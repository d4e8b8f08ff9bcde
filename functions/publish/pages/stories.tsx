import { editionHref, type PageContext } from '../components/links.ts';
import { type Localizer, localizerOf } from '../components/localizer.ts';
import {
  Byline,
  Headlines,
  type Listed,
  Picture,
  ReadingTime,
  Recording,
  Time,
} from '../components/pieces.tsx';
import { languageAttributes } from '../components/text-language.ts';
import { siteAddress } from '../content/addresses.ts';
import { type PageImage, preparePageImage, prepareTexts } from '../content/prepare-fields.ts';
import { isOnFront, isOpinion, navigationSections, sectionTitle } from '../content/sections.ts';
import type { EditionOf } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import type { ListedStory } from '../model/more-stories.ts';
import { headlinesBySection } from './front-order.ts';

interface ListProps {
  entries: readonly Entry[];
  of: EditionOf;
  context: PageContext;
  page: Localizer;
}

/** Stories with picture and summary. The first story of the rank `top` is the lead. */
export function Stories({ entries, rank, ...props }: ListProps & { rank: 'top' | 'river' | 'opinion' }) {
  const [lead] = entries;
  if (lead === undefined) return null;
  const layout = rank === 'top' ? layoutOf(entries.length, lead.image !== undefined) : '';
  const second = layout === 'plain' ? 'column' : 'second';
  return (
    <div class={`stories ${rank}-stories ${layout}`.trimEnd()}>
      {entries.map((entry, index) => (
        <Story
          entry={entry}
          place={rank === 'top' ? (index === 0 ? 'lead' : second) : rank}
          isKept={(entries[index + 1]?.publishedAt ?? '') > entry.publishedAt}
          {...props}
        />
      ))}
    </div>
  );
}

/** How top stories are laid out: a lead alone, other stories beside a lead with a picture, or below one without. */
function layoutOf(stories: number, hasPicture: boolean): 'solo' | 'package' | 'plain' {
  if (stories === 1) return 'solo';
  return hasPicture ? 'package' : 'plain';
}

type PicturePlace = 'lead' | 'second' | 'column' | 'river';

type StoryProps = Omit<ListProps, 'entries'> & {
  entry: Entry;
  place: PicturePlace | 'opinion';
  /** Whether the story stands before a newer one. Its time of day says nothing then. */
  isKept: boolean;
};

function Story({ entry, of, context, page, place, isKept }: StoryProps) {
  const { site } = context;
  const href = context.root + entry.permalink;
  const { title, summary } = prepareTexts(entry);
  const image = place === 'opinion' ? undefined : preparePageImage(entry, siteAddress(site, entry.permalink));
  const kinds = new Set(['story', place === 'column' ? 'second' : place]);
  if (isOpinion(entry.section, site)) kinds.add('opinion');
  if (image) kinds.add('with-image');
  // The labels of a story are in its own language if possible.
  const localizer = localizerOf([entry.language, site.language], site.timeZone);
  const labelAttributes = languageAttributes(localizer.labelLanguage, entry);
  const part = { context, localizer, labelAttributes };
  // Each text has its own direction. Their container has the direction of the page, so that columns stay in order.
  const { dir, ...language } = languageAttributes(entry, page);
  return (
    <article class={[...kinds].join(' ')} {...language}>
      {image && place !== 'opinion' && <Thumb image={image} href={href} context={context} place={place} />}
      <div class="story-text">
        <p class="stamp" dir={dir}>
          {of.kind !== 'section' && (
            <a class="kicker" href={editionHref({ kind: 'section', name: entry.section }, context)}>
              <bdi>{sectionTitle(entry.section, site)}</bdi>
            </a>
          )}{' '}
          <Time
            instant={entry.publishedAt}
            write={isKept ? localizer.writeDay : localizer.writeShort}
            labelAttributes={{ ...languageAttributes(localizer, entry), dir: localizer.direction }}
          />
        </p>
        <h2 dir={dir}>
          <a href={href}>{title}</a>
        </h2>
        <p class="summary" dir={dir}>
          {summary}
        </p>
        <p class="meta" dir={dir}>
          <Byline authors={entry.authors} {...part} />
          <ReadingTime minutes={entry.readingMinutes} {...part} />
          <Recording attachments={entry.attachments} {...part} />
        </p>
      </div>
    </article>
  );
}

interface ThumbProps {
  href: string;
  image: PageImage;
  place: PicturePlace;
  context: PageContext;
}

/** A picture with a link to the story. It is for pointers only, because a screen reader would read the link twice. */
function Thumb({ href, ...picture }: ThumbProps) {
  const forPointersOnly = { tabIndex: -1, 'aria-hidden': true } as const;
  return (
    <a class="thumb" href={href} {...forPointersOnly}>
      <Picture {...picture} lazy={picture.place !== 'lead'} alt="" />
    </a>
  );
}

/** Headlines of each section, below the section's name. */
export function SectionLists({ entries, context, page }: ListProps) {
  const { site, nav } = context;
  const shown = entries.filter(({ section }) => isOnFront(section, site));
  if (shown.length === 0 || site.front?.sections === false) return null;
  return (
    <div class="desks">
      {headlinesBySection(shown, navigationSections(nav.sections, site), site).map(
        ({ name, entries: list }) => (
          <section>
            <h2>
              <a href={editionHref({ kind: 'section', name }, context)}>
                <bdi>{sectionTitle(name, site)}</bdi>
              </a>
            </h2>
            <Headlines entries={list} context={context} page={page} />
          </section>
        ),
      )}
    </div>
  );
}

/**
 * Headlines of older stories on the page of a section, tag or author.
 * @param props.open stories that are not among the newest, and that stand on no page of the list yet
 */
export function Earlier({ entries, open, context, page }: ListProps & { open: readonly ListedStory[] }) {
  if (entries.length + open.length === 0) return null;
  const all: Listed[] = [...entries, ...open].sort(byNewest);
  return (
    <div class="earlier">
      <Headlines entries={all} context={context} page={page} />
    </div>
  );
}
