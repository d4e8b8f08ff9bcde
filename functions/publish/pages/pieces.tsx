import type { Author, Image } from '../../../shared/article.ts';
import type { WriteInstant } from './dates.ts';

/** `By A, B and C`; nothing where nobody is named. */
export function Byline({ authors }: { authors: readonly Author[] }) {
  if (authors.length === 0) return null;
  return (
    <span class="byline">
      By{' '}
      {authors.map(({ name, url }, index) => (
        <>
          {index > 0 && (index === authors.length - 1 ? ' and ' : ', ')}
          {url ? (
            <a href={url} rel="author">
              {name}
            </a>
          ) : (
            <bdi>{name}</bdi>
          )}
        </>
      ))}
    </span>
  );
}

export function Time({ instant, write }: { instant: string; write: WriteInstant }) {
  return <time datetime={instant}>{write(instant)}</time>;
}

/** Reading time in minutes. */
export function ReadingTime({ minutes }: { minutes: number }) {
  return minutes > 0 ? <span>{minutes} min read</span> : null;
}

/** A picture that tells its host nothing about the reader's page. */
export function Picture({ image, lazy = false, alt }: { image: Image; lazy?: boolean; alt?: string }) {
  return (
    <img
      src={image.url}
      alt={alt ?? image.alt ?? ''}
      width={image.width}
      height={image.height}
      loading={lazy ? 'lazy' : undefined}
      decoding="async"
      referrerpolicy="no-referrer"
    />
  );
}
