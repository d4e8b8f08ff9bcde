import type { ComponentChildren } from 'preact';
import type { Removal } from '../../../functions/ingest/page/explain.ts';
import { type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import type { Shown } from '../../actions/look-at.ts';
import type { FileVersion } from '../../deployment/versions.ts';
import { canonicalName } from '../../output/canonical-name.ts';
import { otherWarnings } from '../../output/waiting.ts';
import type { Preview as PreviewOfStory } from '../../preview/preview-page.ts';
import { reasonOf } from '../backend/stories.ts';
import { Instant, Live, renderDeskPage, Status, type Where } from './frame.tsx';
import { Outcome, type OutcomeProps } from './outcome.tsx';
import { CorrectForm, Doing } from './story-forms.tsx';

interface StoryProps {
  where: Where;
  shown: Shown;
  /** The preview, or why there is none. */
  preview: Pick<PreviewOfStory, 'page' | 'removals'> | { trouble: string };
  outcome?: OutcomeProps | undefined;
}

/** The page of one story: what it is, how it looks, what can be done with it, and its versions. */
export function storyPage(props: StoryProps): string {
  const { where, shown, preview, outcome } = props;
  const { record } = shown;
  const title = isArticle(record) ? record.headline : record.source.key;
  return renderDeskPage({
    where,
    title,
    children: (
      <>
        {outcome && <Outcome {...outcome} />}
        <Live where={where}>
          <Head {...props} title={title} />
        </Live>
        <div class="columns">
          <div>
            {'trouble' in preview ? (
              <p class="reason">There is no preview: {preview.trouble}</p>
            ) : (
              <>
                {preview.page !== undefined && <Preview id={record.id} page={preview.page} />}
                {preview.removals && <LeftOut removals={preview.removals} />}
              </>
            )}
            <Versions record={record} versions={shown.versions} timeZone={where.timeZone} />
          </div>
          <div id="doing">
            <Doing record={record} />
            {isArticle(record) && record.status !== 'withdrawn' && (
              <CorrectForm record={record} timeZone={where.timeZone} />
            )}
          </div>
        </div>
      </>
    ),
  });
}

function Head({ where, shown, title }: StoryProps & { title: string }) {
  const { record, published, canonical, duplicates, similar } = shown;
  const reason = reasonOf(record, where.timeZone);
  const warnings = 'warnings' in record ? otherWarnings(record) : [];
  return (
    <header class="story-head">
      <p>
        <Status status={record.status} />{' '}
        {isArticle(record) && (
          <>
            <bdi>{record.section}</bdi> · <Instant at={record.publishedAt} timeZone={where.timeZone} />
          </>
        )}
      </p>
      <h1 dir="auto">{title}</h1>
      {reason && <p class={`reason ${record.status}`}>{reason}</p>}
      {record.status === 'duplicate' && (
        <p class="reason duplicate">The same story as {canonicalName(record, canonical)}.</p>
      )}
      {warnings.length > 0 && (
        <section class="notes" aria-label="Notes">
          <ul>
            {warnings.map(warning => (
              <li>{warning}</li>
            ))}
          </ul>
        </section>
      )}
      <dl class="facts">
        {title !== record.source.key && <Fact name="File">{record.source.key}</Fact>}
        {isArticle(record) && record.authors.length > 0 && (
          <Fact name="By">{record.authors.map(({ name }) => name).join(', ')}</Fact>
        )}
        {isArticle(record) && record.edited && record.edited.length > 0 && (
          <Fact name="Corrected here">{record.edited.join(', ')}</Fact>
        )}
        {published && (
          <Fact name="Page">
            {published.url === undefined ? (
              'not on the site'
            ) : (
              <a href={published.url} rel="noreferrer">
                {published.url}
              </a>
            )}
          </Fact>
        )}
        {duplicates.length > 0 && (
          <Fact name="Copies">
            {duplicates.map(({ id, key }) => (
              <>
                <a href={`story?id=${id}`}>{key}</a>{' '}
              </>
            ))}
          </Fact>
        )}
        {similar && (
          <Fact name="Similar to">
            <a href={`story?id=${similar.id}`}>{similar.source.key}</a>
          </Fact>
        )}
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

/** The page of the story in a frame without scripts. */
function Preview({ id, page }: { id: string; page: string }) {
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">Preview</h2>
      <a class="skip" href="#doing">
        Skip the preview
      </a>
      <iframe
        class="preview"
        title="The page of the story, as it is published"
        src={`look/${id}/${encodeURI(page)}`}
        sandbox="allow-same-origin"
      />
    </section>
  );
}

const MAX_LEFT_OUT_CHARS = 400;

function LeftOut({ removals }: { removals: readonly Removal[] }) {
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">What the parser left out</h2>
      {removals.length === 0 && <p class="soft">Nothing was left out.</p>}
      {removals.length > 0 && (
        <ul class="left-out">
          {removals.map(({ why, text }) => (
            <li>
              <q dir="auto">
                {text.length > MAX_LEFT_OUT_CHARS ? `${text.slice(0, MAX_LEFT_OUT_CHARS)}…` : text}
              </q>{' '}
              <span class="soft">{why}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Versions({
  record: { id, source },
  versions,
  timeZone,
}: {
  record: ArticleRecord;
  versions: readonly FileVersion[];
  timeZone: string;
}) {
  const files = versions.filter(({ size }) => size !== undefined);
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Versions of the file</h2>
      {versions.length === 0 && <p class="soft">The bucket has no version of it.</p>}
      <ol class="versions">
        {versions.map(version => {
          const { versionId, at, size, isLatest } = version;
          const before = files[files.indexOf(version) + 1];
          const query = new URLSearchParams({ id, from: before?.versionId ?? '', to: versionId });
          return (
            <li>
              <Instant at={at} timeZone={timeZone} />
              {' · '}
              {size === undefined ? 'deleted' : `${size.toLocaleString('en-GB')} bytes`}
              {isLatest && ' · the latest'}
              {versionId === source.versionId && ' · the one shown'}
              {size !== undefined && before !== undefined && (
                <>
                  {' · '}
                  <a href={`changes?${query}`}>what changed</a>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
