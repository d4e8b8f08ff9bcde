import type { ComponentChildren } from 'preact';
import type { Article, Author, Image } from '../../../shared/model/article.ts';
import { prepareAuthors, prepareWords } from '../content/prepare-fields.ts';
import { oneLine } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import type { WriteInstant } from './dates.ts';
import { editionHref, ownHref, type Place } from './links.ts';
import type { Voice } from './voice.ts';
import { type Chrome, languageAttributes, type Written } from './written.ts';

/** What goes around `{}` in one of the site's phrases. */
export function Phrase({ text, children }: { text: string; children: ComponentChildren }) {
  const [before = '', after = ''] = text.split('{}');
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}

/** A phrase of the site with plain text in it. */
export function phrase(text: string, value: string): string {
  return text.split('{}').join(value);
}

/** Who wrote an article; nothing where nobody is named. */
export function Byline(props: { authors: readonly Author[]; voice: Voice; place: Place; chrome: Chrome }) {
  const { voice, place, chrome } = props;
  const authors = new Map(prepareAuthors(props.authors).map(author => [author.name, author]));
  if (authors.size === 0) return null;
  return (
    <span class="byline">
      <span {...chrome}>
        <Phrase text={voice.words.by}>
          {voice
            .list([...authors.keys()])
            .map(({ type, value }) =>
              type === 'literal' ? (
                value
              ) : (
                <Name author={authors.get(value) ?? { name: value }} place={place} />
              ),
            )}
        </Phrase>
      </span>
    </span>
  );
}

/** A name that leads to all that its bearer has written here, or else to the address that came with it. */
function Name({ author: { name, url }, place }: { author: Author; place: Place }) {
  const href = place.site.authors ? editionHref({ kind: 'author', name }, place) : url;
  return (
    <bdi>
      {href ? (
        <a href={href} rel="author">
          {name}
        </a>
      ) : (
        name
      )}
    </bdi>
  );
}

/** How long an article takes to read; nothing where that is not known. */
export function ReadingTime({ minutes, voice, chrome }: { minutes: number; voice: Voice; chrome: Chrome }) {
  if (minutes <= 0) return null;
  return (
    <span class="minutes">
      <span {...chrome}>{phrase(voice.words.minutes, voice.number(minutes))}</span>
    </span>
  );
}

/** Where an article was filed. */
export function FiledFrom({ dateline }: Pick<Article, 'dateline'>) {
  const name = oneLine(dateline?.place ?? '');
  return name ? <span class="place">{name}</span> : null;
}

/**
 * A headline of a list. The link alone is of the story's language: rows of several languages keep their columns
 * and begin at one edge, that of the page.
 */
export function HeadlineLink({ entry, place, page }: { entry: Entry; place: Place; page: Written }) {
  return (
    <span class="headline">
      <a href={place.root + entry.permalink} {...languageAttributes(entry, page)}>
        {prepareWords(entry).title}
      </a>
    </span>
  );
}

/** An address that breaks before the name of its file, if it must. */
export function Address({ address }: { address: string }) {
  const file = address.lastIndexOf('/') + 1;
  return (
    <>
      {address.slice(0, file)}
      <wbr />
      {address.slice(file)}
    </>
  );
}

/** An instant for people and for programs. */
export function Time({ instant, write, chrome }: { instant: string; write: WriteInstant; chrome?: Chrome }) {
  return (
    <time datetime={instant} {...chrome}>
      {write(instant)}
    </time>
  );
}

/** A picture that tells its host nothing about the reader's page. One of the site's own comes from where the page does. */
export function Picture(props: { image: Image; place: Place; lazy?: boolean; alt?: string }) {
  const { image, place, lazy = false, alt = image.alt ?? '' } = props;
  return (
    <img
      src={ownHref(image.url, place) ?? image.url}
      alt={alt}
      width={image.width}
      height={image.height}
      loading={lazy ? 'lazy' : undefined}
      fetchpriority={lazy ? undefined : 'high'}
      decoding="async"
      referrerpolicy="no-referrer"
    />
  );
}
