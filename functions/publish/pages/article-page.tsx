import { webAddress } from '../../../shared/text/web-address.ts';
import { withZoneName } from '../components/dates.ts';
import { renderPage } from '../components/document.tsx';
import { editionHref, type Navigation, ownHref, type PageContext, pageContext } from '../components/links.ts';
import { localizerOf } from '../components/localizer.ts';
import {
  Byline,
  clock,
  FiledFrom,
  Headlines,
  type PartProps,
  Phrase,
  Picture,
  ReadingTime,
  Time,
} from '../components/pieces.tsx';
import { languageAttributes } from '../components/text-language.ts';
import { siteAddress } from '../content/addresses.ts';
import { placePicture } from '../content/lead-picture.ts';
import {
  type Enclosure,
  type PageImage,
  prepareEnclosures,
  preparePageImage,
  prepareTags,
  prepareTexts,
} from '../content/prepare-fields.ts';
import { editionName, isOpinion, sectionTitle } from '../content/sections.ts';
import { oneLine } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { FullArticle } from '../model/entry.ts';
import type { MoreStories } from '../model/more-stories.ts';
import type { Site } from '../model/site.ts';
import { listLabels } from '../words/list-labels.ts';
import { articleCard, articleHead } from './article-head.tsx';
import { pageBody } from './body-html.ts';

interface ArticleProps extends PartProps {
  article: FullArticle;
  address: string;
  more: MoreStories;
}

const NO_STORIES: MoreStories = { inSection: [], byAuthors: [] };

/** The page of an article. The body is not escaped, because ingest has cleaned it. */
export function articlePage(
  article: FullArticle,
  site: Site,
  nav: Navigation,
  more: MoreStories = NO_STORIES,
): string {
  const context = pageContext(article.permalink, site, nav);
  const section: EditionOf = { kind: 'section', name: article.section };
  const address = siteAddress(site, article.permalink);
  const canonical = (article.canonicalUrl && webAddress(article.canonicalUrl)) || address;
  const { language, direction } = article;
  // Labels are in the language of the article, or else of the site.
  const localizer = localizerOf([language, site.language], site.timeZone);
  const labelAttributes = languageAttributes(localizer.labelLanguage, { language, direction });
  const part: ArticleProps = { article, address, more, context, localizer, labelAttributes };
  const { title, dek, summary } = prepareTexts(article);
  const image = preparePageImage(article, address);
  const { body, lead } = placePicture(image, article.bodyHtml, address, creditHtml);
  return renderPage({
    context,
    language,
    direction,
    title: `${title} | ${site.title}`,
    description: summary,
    canonical,
    edition: section,
    kind: 'article',
    moreFeeds: site.authors ? article.authors.map(({ name }) => ({ kind: 'author', name })) : [],
    card: articleCard(article, address),
    head: articleHead(article, context, address),
    children: (
      <article class={isOpinion(article.section, site) ? 'article opinion' : 'article'}>
        <header>
          <Breadcrumb {...part} />
          <h1>{title}</h1>
          {dek && <p class="dek">{dek}</p>}
          <Facts {...part} />
          <Correction {...part} />
        </header>
        {lead && <LeadImage image={lead} context={context} />}
        <div
          class="body"
          dangerouslySetInnerHTML={{ __html: pageBody(body, article.media, article.language) }}
        />
        <footer class="after">
          <Attachments {...part} />
          <Related {...part} />
          <Tags {...part} />
          <More {...part} />
        </footer>
      </article>
    ),
  });
}

/** The path from the front page to the article. It stands in place of a kicker. */
function Breadcrumb({ article, context, labelAttributes, localizer }: ArticleProps) {
  const labels = listLabels(localizer.language);
  return (
    <nav class="kicker breadcrumb" aria-label={labels.path}>
      <ol>
        <li>
          <a href={editionHref({ kind: 'all' }, context)} {...labelAttributes}>
            {labels.home}
          </a>
        </li>
        <li>
          <a class="kicker" href={editionHref({ kind: 'section', name: article.section }, context)}>
            <bdi>{sectionTitle(article.section, context.site)}</bdi>
          </a>
        </li>
      </ol>
    </nav>
  );
}

function Facts({ article, ...part }: ArticleProps) {
  const { publishedAt, updatedAt, correction } = article;
  const { localizer, labelAttributes } = part;
  const { labels } = localizer;
  const write = withZoneName(localizer.write, part.context.site);
  return (
    <div class="facts">
      <p class="meta">
        <Byline authors={article.authors} {...part} />
      </p>
      <p class="meta">
        <FiledFrom dateline={article.dateline} />
        <span>
          <Time
            instant={publishedAt}
            write={write}
            labelAttributes={languageAttributes(localizer, article)}
          />
        </span>
        {updatedAt > publishedAt && (
          <span class="revised">
            <span {...labelAttributes}>
              <Phrase text={correction ? labels.corrected : labels.updated}>
                <Time
                  instant={updatedAt}
                  write={write}
                  labelAttributes={languageAttributes(localizer, localizer.labelLanguage)}
                />
              </Phrase>
            </span>
          </span>
        )}
        <ReadingTime minutes={article.readingMinutes} {...part} />
      </p>
    </div>
  );
}

/** The correction. It stands before the story, so that readers see it first. */
function Correction({ article, localizer, labelAttributes }: ArticleProps) {
  const text = oneLine(article.correction ?? '');
  if (!text) return null;
  return (
    <p class="correction" role="note">
      <strong {...labelAttributes}>{localizer.labels.correction}</strong> {text}
    </p>
  );
}

/** Width in CSS pixels from which a picture is wider than the text. */
const MIN_WIDE_PX = 800;

/** The article's picture above its text. Only one that is wider than high can be wider than the text. */
function LeadImage({ image, context }: { image: PageImage; context: PageContext }) {
  const { width = 0, height = 0, caption, credit } = image;
  const isWide = width >= MIN_WIDE_PX && width > height * 1.2;
  return (
    <figure class={isWide ? 'lead-image wide' : 'lead-image'}>
      <Picture image={image} place={isWide ? 'wide' : 'article'} context={context} />
      {(caption || credit) && (
        <figcaption>
          {caption} {credit && <span class={caption ? 'credit after-caption' : 'credit'}>{credit}</span>}
        </figcaption>
      )}
    </figure>
  );
}

function creditHtml(credit: string, isAfterCaption: boolean): string {
  return `<span class="credit${isAfterCaption ? ' after-caption' : ''}">${credit}</span>`;
}

/** Attached files: sound, film and others. Each kind has a heading. */
function Attachments(props: ArticleProps) {
  const files = prepareEnclosures(props.article, props.address);
  const { listen, watch, documents } = props.localizer.labels;
  const isSound = ({ type }: Enclosure) => type.startsWith('audio/');
  const isFilm = ({ type }: Enclosure) => type.startsWith('video/');
  return (
    <>
      <Files {...props} heading={listen} files={files.filter(isSound)} />
      <Files {...props} heading={watch} files={files.filter(isFilm)} />
      <Files {...props} heading={documents} files={files.filter(file => !isSound(file) && !isFilm(file))} />
    </>
  );
}

function Files({ heading, files, ...part }: ArticleProps & { heading: string; files: Enclosure[] }) {
  if (files.length === 0) return null;
  return (
    <section class="attachments">
      <h2>
        <span {...part.labelAttributes}>{heading}</span>
      </h2>
      <ul>
        {files.map(file => {
          const { url, title = fileName(url) } = file;
          const href = ownHref(url, part.context) ?? url;
          return (
            <li>
              <a href={href}>{title}</a>{' '}
              <span class="file-facts" dir="ltr">
                {fileFacts(file)}
              </span>
              {file.transcripts.map(({ url: text, type: textType }) => (
                <>
                  <a href={ownHref(text, part.context) ?? text} type={textType}>
                    {fileName(text)}
                  </a>{' '}
                </>
              ))}
              <Player file={file} src={href} title={title} article={part.article} context={part.context} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type PlayerProps = Pick<ArticleProps, 'article' | 'context'> & {
  file: Enclosure;
  src: string;
  title: string;
};

/** A player for sound or film. It fetches nothing before a reader starts it. */
function Player({ file: { type, transcripts }, src, title, article, context }: PlayerProps) {
  const controls = { controls: true, preload: 'none', src, 'aria-label': title } as const;
  const captions = transcripts.find(each => each.type === 'text/vtt')?.url;
  if (type.startsWith('audio/')) return <audio {...controls} />;
  if (!type.startsWith('video/')) return null;
  return (
    <video {...controls} playsInline>
      {captions && (
        <track kind="captions" src={ownHref(captions, context) ?? captions} srclang={article.language} />
      )}
    </video>
  );
}

function fileName(url: string): string {
  const { hostname, pathname } = new URL(url);
  return pathname.split('/').findLast(Boolean) ?? hostname;
}

/** Duration, media type, and size in megabytes (1,000,000 bytes), as far as they are known. */
function fileFacts({ type, length, duration }: Enclosure): string {
  const size = length > 0 && `${Math.max(length / 1_000_000, 0.1).toFixed(1)} MB`;
  return [duration && clock(duration), type, size].filter(Boolean).join(', ');
}

/** The related articles that the source lists. Those with an address are links. */
function Related({ article: { related }, context, localizer, labelAttributes }: ArticleProps) {
  if (related.length === 0) return null;
  return (
    <section class="related">
      <h2>
        <span {...labelAttributes}>{localizer.labels.related}</span>
      </h2>
      <ul>
        {related.map(({ title, url }) => {
          const address = url && webAddress(url);
          return (
            <li>
              {address ? <a href={ownHref(address, context) ?? address}>{title}</a> : <span>{title}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Tags({ article, context, localizer }: ArticleProps) {
  const tags = prepareTags(article.tags);
  if (tags.length === 0) return null;
  return (
    <nav aria-label={localizer.labels.tags}>
      <ul class="tags">
        {tags.map(name => (
          <li>
            {context.site.tags ? <a href={editionHref({ kind: 'tag', name }, context)}>{name}</a> : name}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Further stories of the section and of the authors, below links to all of their stories. */
function More({ article, more, context, localizer, labelAttributes }: ArticleProps) {
  const labels = listLabels(localizer.language);
  const section = { kind: 'section' as const, name: article.section };
  const groups = [
    { of: section, label: labels.more, stories: more.inSection },
    ...more.byAuthors.map(({ name, stories }) => ({
      of: { kind: 'author' as const, name },
      label: labels.moreBy,
      stories,
    })),
  ];
  return (
    <>
      {groups.map(({ of, label, stories }) => (
        <section class="more">
          <h2>
            <a href={editionHref(of, context)} {...labelAttributes}>
              <Phrase text={label}>
                <bdi>{editionName(of, context.site)}</bdi>
              </Phrase>
            </a>
          </h2>
          {stories.length > 0 && <Headlines entries={stories} context={context} page={localizer} />}
        </section>
      ))}
    </>
  );
}
