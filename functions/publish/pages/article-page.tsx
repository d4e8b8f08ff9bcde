import type { Article } from '../../../shared/article.ts';
import { siteAddress } from '../feeds/addresses.ts';
import { prepareEnclosures, prepareImage, prepareTags, prepareWords } from '../feeds/prepare.ts';
import { webAddress } from '../feeds/web-address.ts';
import type { EditionOf, Site } from '../site.ts';
import { articleHead } from './article-head.tsx';
import { instantWriter, type WriteInstant } from './dates.ts';
import { renderPage } from './document.tsx';
import { editionHref, languageAttributes, type Nav, type Place, placeOf, siteLanguage } from './page.ts';
import { type Chrome, Meta, Picture, Time } from './pieces.tsx';

export type FullArticle = Article & { bodyHtml: string };

/** The page of an article. Its body is the only HTML that is not escaped: ingest has cleaned it. */
export function articlePage(article: FullArticle, site: Site, nav: Nav): string {
  const place = placeOf(article.permalink, site, nav);
  const section: EditionOf = { kind: 'section', name: article.section };
  const address = siteAddress(site, article.permalink);
  const canonical = (article.canonicalUrl && webAddress(article.canonicalUrl)) || address;
  const write = instantWriter(site.language, site.timeZone);
  const { language, direction } = article;
  const { title, dek, summary } = prepareWords(article);
  // The words around the article are the site's, whatever the article's language.
  const chrome = languageAttributes(siteLanguage(site), { language, direction });
  return renderPage({
    place,
    language,
    direction,
    title: `${title} | ${site.title}`,
    description: summary,
    canonical,
    edition: section,
    head: articleHead(article, site, address),
    children: (
      <article class="article">
        <header>
          <p class="kicker">
            <a href={editionHref(section, place)}>{article.section}</a>
          </p>
          <h1>{title}</h1>
          {dek && <p class="dek">{dek}</p>}
          <Meta article={article} write={write} chrome={chrome} />
          {article.revision > 1 && <Revised article={article} write={write} chrome={chrome} />}
        </header>
        <LeadImage article={article} address={address} />
        <div class="body" dangerouslySetInnerHTML={{ __html: article.bodyHtml }} />
        <footer class="after">
          <Attachments article={article} address={address} chrome={chrome} />
          <Related article={article} chrome={chrome} />
          <Tags article={article} place={place} />
        </footer>
      </article>
    ),
  });
}

function Revised({ article, write, chrome }: { article: Article; write: WriteInstant; chrome: Chrome }) {
  return (
    <p class="revised">
      <span {...chrome}>
        Updated <Time instant={article.updatedAt} write={write} />. This article has been revised since it was
        first published.
      </span>
    </p>
  );
}

/** The image, unless the body shows it too. */
function LeadImage({ article, address }: { article: FullArticle; address: string }) {
  const image = prepareImage(article.image, address);
  if (!image || article.bodyHtml.includes(image.url.replaceAll('&', '&amp;'))) return null;
  return (
    <figure class="lead-image">
      <Picture image={image} />
      {(image.caption || image.credit) && (
        <figcaption>
          {image.caption} {image.credit && <span class="credit">{image.credit}</span>}
        </figcaption>
      )}
    </figure>
  );
}

function Attachments({ article, address, chrome }: { article: Article; address: string; chrome: Chrome }) {
  const files = prepareEnclosures(article, address);
  if (files.length === 0) return null;
  return (
    <section class="attachments">
      <h2>
        <span {...chrome}>Attachments</span>
      </h2>
      <ul>
        {files.map(({ url, type, length, title }) => (
          <li>
            <a href={url}>{title ?? fileName(url)}</a>{' '}
            <span class="file-facts">{fileFacts(type, length)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function fileName(url: string): string {
  const { hostname, pathname } = new URL(url);
  return pathname.split('/').findLast(Boolean) ?? hostname;
}

/** Media type, and size in megabytes of 1,000,000 bytes where it is known. */
function fileFacts(type: string, length: number): string {
  return length > 0 ? `${type}, ${Math.max(length / 1_000_000, 0.1).toFixed(1)} MB` : type;
}

function Related({ article: { related }, chrome }: { article: Article; chrome: Chrome }) {
  if (related.length === 0) return null;
  return (
    <section class="related">
      <h2>
        <span {...chrome}>Related</span>
      </h2>
      <ul>
        {related.map(({ title, url }) => {
          const address = url && webAddress(url);
          return <li>{address ? <a href={address}>{title}</a> : title}</li>;
        })}
      </ul>
    </section>
  );
}

function Tags({ article, place }: { article: Article; place: Place }) {
  const tags = prepareTags(article.tags);
  if (tags.length === 0) return null;
  return (
    <ul class="tags" aria-label="Tags">
      {tags.map(name => (
        <li>{place.site.tags ? <a href={editionHref({ kind: 'tag', name }, place)}>{name}</a> : name}</li>
      ))}
    </ul>
  );
}
