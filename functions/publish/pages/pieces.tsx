import type { Article, Author, Image } from '../../../shared/article.ts';
import { prepareAuthors } from '../feeds/prepare.ts';
import type { WriteInstant } from './dates.ts';
import type { languageAttributes } from './page.ts';

/** `lang` and `dir` of words of the site's own among those of an article. */
export type Chrome = ReturnType<typeof languageAttributes>;

type Facts = Pick<Article, 'authors' | 'publishedAt' | 'readingMinutes' | 'dateline'>;

/** Who wrote an article, where and when, and how long it takes to read. */
export function Meta({ article, write, chrome }: { article: Facts; write: WriteInstant; chrome: Chrome }) {
  const { publishedAt, readingMinutes, dateline } = article;
  const authors = prepareAuthors(article.authors);
  // A span within each span: the outer one keeps the pieces in the article's order, the inner one the site's words.
  return (
    <p class="meta">
      {authors.length > 0 && (
        <span class="byline">
          <span {...chrome}>
            By <Names authors={authors} />
          </span>
        </span>
      )}{' '}
      {dateline && <span class="place">{dateline.place}</span>}{' '}
      <span>
        <Time instant={publishedAt} write={write} chrome={chrome} />
      </span>{' '}
      {readingMinutes > 0 && (
        <span>
          <span {...chrome}>{readingMinutes} min read</span>
        </span>
      )}
    </p>
  );
}

/** `A, B and C`. */
function Names({ authors }: { authors: readonly Author[] }) {
  return authors.map(({ name, url }, index) => (
    <>
      {index > 0 && (index === authors.length - 1 ? ' and ' : ', ')}
      <bdi>
        {url ? (
          <a href={url} rel="author">
            {name}
          </a>
        ) : (
          name
        )}
      </bdi>
    </>
  ));
}

/** An instant for people and for programs. */
export function Time({ instant, write, chrome }: { instant: string; write: WriteInstant; chrome?: Chrome }) {
  return (
    <time datetime={instant} {...chrome}>
      {write(instant)}
    </time>
  );
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
