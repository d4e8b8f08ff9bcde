import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printable } from '../../functions/publish/content/text.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import type { Preview, PreviewedStory } from './preview-page.ts';
import { attributesOf, StatusBadge, StoryPanel } from './story-panel.tsx';
import { publicationOf, type StoryOrigin, titleOf, warningCount } from './story-words.ts';

/** A line of the list of previews. */
export interface PreviewLine {
  name: string;
  /** Undefined while the file was not looked at. */
  record: ArticleRecord | undefined;
}

interface ViewProps {
  name: string;
  origin: StoryOrigin;
  timeZone: string;
  /** Counts the changes of the file, so that the script knows whether the page is current. */
  version: number;
  isOneOfMany: boolean;
  /** The query of the address: `width=phone`, and `story` with the id of one of several. */
  query: URLSearchParams;
}

/** The page with the preview of a story. Addresses are relative to `N/`. */
export function previewView(
  preview: Preview | undefined,
  story: PreviewedStory | undefined,
  props: ViewProps & { problem?: string | undefined },
): string {
  const { name, origin, query, problem } = props;
  const isNarrow = query.get('width') === 'phone';
  return render(
    `${story ? titleOf(story.record) : name} (preview)`,
    <>
      <a class="skip" href="#facts">
        To the facts of the story
      </a>
      <header class="bar">
        <p class="file">
          <span class="what">Preview</span> <bdi>{name}</bdi>{' '}
          {story && <StatusBadge record={story.record} origin={origin} />}
        </p>
        <nav aria-label="Preview">
          {props.isOneOfMany && <a href="../">All files</a>}
          {story?.page && (
            <a class="width" href={addressWith(query, 'width', isNarrow ? undefined : 'phone')}>
              {isNarrow ? 'Full width' : 'As on a phone'}
            </a>
          )}
          {story?.page && <a href={`site/${encodeURI(story.page)}`}>Only the page</a>}
          <a href={`./?${query}`}>Reload</a>
        </nav>
        <p class="follow" role="status" />
      </header>
      <main class={story?.page ? `preview${isNarrow ? ' narrow' : ''}` : 'alone'}>
        {story?.page && (
          <div class="page">
            <iframe
              title="The page as it would be published"
              sandbox="allow-same-origin"
              src={`site/${encodeURI(story.page)}`}
            />
          </div>
        )}
        <section id="facts" class="facts" aria-label="About the story" tabIndex={-1}>
          {story === undefined && <h1>{name}</h1>}
          {problem && <p class="publication">{problem}</p>}
          {story && <StoryPanel story={story} origin={origin} timeZone={props.timeZone} />}
          {story && !story.page && isArticle(story.record) && (
            <p class="publication">It has no words that could be published.</p>
          )}
          {preview && preview.members.length > 0 && <Members {...props} members={preview.members} />}
          <p class="small">
            {origin === 'file' ? 'Nothing is filed.' : 'Nothing is changed.'}
            {story?.page && ' The site in this preview has no other stories, so the page names none.'}
          </p>
        </section>
      </main>
    </>,
    { version: props.version, follows: origin === 'file', folder: '../' },
  );
}

/** The address of the same page with another value in its query. */
function addressWith(query: URLSearchParams, name: string, value: string | undefined): string {
  const changed = new URLSearchParams(query);
  if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return `./?${changed}`;
}

function Members({
  members,
  origin,
  timeZone,
}: Pick<ViewProps, 'origin' | 'timeZone'> & { members: readonly PreviewedStory[] }) {
  return (
    <section aria-labelledby="members">
      <h2 id="members">Files in it</h2>
      <ul class="stories">
        {members.map(({ record }) => (
          <li>
            <a href={`./?story=${record.id}`} {...attributesOf(record)}>
              {titleOf(record)}
            </a>
            <p>
              <StatusBadge record={record} origin={origin} /> {publicationOf(record, origin, timeZone)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The page that lists the previews of several files. Addresses are relative to the folder of all. */
export function previewList(
  lines: readonly PreviewLine[],
  { origin, timeZone, version }: Pick<ViewProps, 'origin' | 'timeZone' | 'version'>,
): string {
  return render(
    'Preview',
    <>
      <header class="bar">
        <p class="file">
          <span class="what">Preview</span> {lines.length} files
        </p>
        <nav aria-label="Preview">
          <a href="./">Reload</a>
        </nav>
        <p class="follow" role="status" />
      </header>
      <main class="list">
        <h1>Stories to look at</h1>
        <ul class="stories">
          {lines.map(({ name, record }, index) => (
            <li>
              <a href={`${index + 1}/`} {...(record && attributesOf(record))}>
                {record ? titleOf(record) : name}
              </a>
              {record && (
                <p>
                  <StatusBadge record={record} origin={origin} /> {publicationOf(record, origin, timeZone)}{' '}
                  {warningCount(record)}
                </p>
              )}
              {record && isArticle(record) && (
                <p class="key">
                  <bdi>{name}</bdi>
                </p>
              )}
            </li>
          ))}
        </ul>
      </main>
    </>,
    { version, follows: origin === 'file', folder: './' },
  );
}

/** @param page.folder relative address of the folder with the style sheet and the script */
function render(
  title: string,
  content: ComponentChildren,
  page: { version: number; follows: boolean; folder: string },
): string {
  const { version, follows, folder } = page;
  return printable(
    `<!doctype html>\n${renderToString(
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={`${folder}preview.css`} />
          {follows && <script src={`${folder}preview.js`} defer />}
        </head>
        <body data-version={version}>{content}</body>
      </html>,
    )}\n`,
  );
}
