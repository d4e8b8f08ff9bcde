import type { ComponentChildren } from 'preact';
import type { Article, Author } from '../../../shared/model/article.ts';
import { type PageImage, prepareAuthors, prepareTexts } from '../content/prepare-fields.ts';
import { type Place, renditionsOf } from '../content/renditions.ts';
import { oneLine } from '../content/text.ts';
import type { Entry } from '../model/entry.ts';
import type { ListedStory } from '../model/more-stories.ts';
import type { WriteInstant } from './dates.ts';
import { editionHref, ownHref, type PageContext } from './links.ts';
import { type Localizer, labelAttributesOf } from './localizer.ts';
import { type LanguageAttributes, languageAttributes } from './text-language.ts';

/** A label with elements in place of its `{}`. */
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

export interface PartProps {
  context: PageContext;
  localizer: Localizer;
  /** Attributes of elements that show a label. */
  labelAttributes: LanguageAttributes;
}

/** The authors of an article. Nothing if the article names none. */
export function Byline(props: PartProps & { authors: readonly Author[] }) {
  const { localizer, context, labelAttributes } = props;
  const authors = new Map(prepareAuthors(props.authors).map(author => [author.name, author]));
  if (authors.size === 0) return null;
  return (
    <span class="byline">
      <span {...labelAttributes}>
        <Phrase text={localizer.labels.by}>
          {localizer
            .list([...authors.keys()])
            .map(({ type, value }) =>
              type === 'literal' ? (
                value
              ) : (
                <Name author={authors.get(value) ?? { name: value }} context={context} />
              ),
            )}
        </Phrase>
      </span>
    </span>
  );
}

/** An author's name with a link to the author's page on this site, or else to the address that the source states. */
function Name({ author: { name, url }, context }: { author: Author; context: PageContext }) {
  const href = context.site.authors ? editionHref({ kind: 'author', name }, context) : url;
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

/** The reading time of an article. Nothing if the time is unknown. */
export function ReadingTime({ minutes, localizer, labelAttributes }: PartProps & { minutes: number }) {
  if (minutes <= 0) return null;
  return (
    <span class="minutes">
      <span {...labelAttributes}>{localizer.count(localizer.labels.minutes, minutes)}</span>
    </span>
  );
}

/** Says that an article has a recording, and how long it is. Nothing if there is none. */
export function Recording({ attachments, localizer, labelAttributes }: RecordingProps) {
  const found = attachments.find(({ type }) => /^(?:audio|video)\//.test(type));
  if (!found) return null;
  const { listen, watch } = localizer.labels;
  return (
    <span class="recording">
      <span {...labelAttributes}>{found.type.startsWith('audio/') ? listen : watch}</span>
      {found.duration && (
        <>
          {' '}
          <span dir="ltr">{clock(found.duration)}</span>
        </>
      )}
    </span>
  );
}

type RecordingProps = Pick<PartProps, 'localizer' | 'labelAttributes'> & Pick<Article, 'attachments'>;

/** A duration as players show it: `1:02:03` or `4:05`. */
export function clock(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export function FiledFrom({ dateline }: Pick<Article, 'dateline'>) {
  const name = oneLine(dateline?.place ?? '');
  return name ? <span class="place">{name}</span> : null;
}

/** A story of which a list has an entry, or only a row. */
export type Listed = ListedStory & Partial<Entry>;

interface HeadlinesProps {
  entries: readonly Listed[];
  context: PageContext;
  page: Localizer;
}

/**
 * Headlines with dates. Only the links have the writing direction of their stories. The rows have that of the page, so
 * their columns align.
 */
export function Headlines({ entries, context, page }: HeadlinesProps) {
  return (
    <ul class="headlines">
      {entries.map(entry => (
        <li>
          <span class="headline">
            <a href={context.root + entry.permalink} {...languageAttributes(entry, page)}>
              {prepareTexts({ summary: '', ...entry }).title}
            </a>{' '}
            <Recording
              attachments={entry.attachments ?? []}
              localizer={page}
              labelAttributes={labelAttributesOf(page)}
            />
          </span>{' '}
          <Time instant={entry.publishedAt} write={page.writeDay} />
        </li>
      ))}
    </ul>
  );
}

/** An address that may break before its file name. */
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

export function Time(props: { instant: string; write: WriteInstant; labelAttributes?: LanguageAttributes }) {
  return (
    <time datetime={props.instant} {...props.labelAttributes}>
      {props.write(props.instant)}
    </time>
  );
}

/** Widest box of a picture in a list, in CSS pixels, on a narrow page. A narrower picture does not fill it. */
const MAX_BOX = 640;

/**
 * A picture that sends no referrer to its host. The address of a picture on this site is relative. Its renditions are in
 * a `<source>` with a type, because Safari before version 14 knows no WebP.
 */
export function Picture(props: {
  image: PageImage;
  place: Place;
  context: PageContext;
  lazy?: boolean;
  alt?: string;
}) {
  const { image, place, context, lazy = false, alt = image.alt ?? '' } = props;
  const src = ownHref(image.url, context) ?? image.url;
  const { width = MAX_BOX, height = 0 } = image;
  const isInList = place !== 'article' && place !== 'wide';
  const renditions = image.file && renditionsOf(src, image.file, place);
  const picture = (
    <img
      data-colour={renditions?.colour}
      src={src}
      alt={alt}
      width={image.width}
      height={image.height}
      class={isInList && (width < MAX_BOX || height > width) ? 'whole' : undefined}
      loading={lazy ? 'lazy' : undefined}
      fetchpriority={lazy ? undefined : 'high'}
      decoding="async"
      referrerpolicy="no-referrer"
    />
  );
  if (renditions === undefined) return picture;
  const { srcset, sizes } = renditions;
  return (
    <picture>
      <source type="image/webp" srcset={srcset} sizes={sizes} />
      {picture}
    </picture>
  );
}
