import type { ComponentChildren } from 'preact';
import type { Removal } from '../../functions/ingest/page/explain.ts';
import { type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import type { Shown } from '../actions/look-at.ts';
import type { FileVersion } from '../deployment/versions.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { otherWarnings } from '../output/waiting.ts';
import type { Preview as PreviewOfStory } from '../preview/preview-page.ts';
import { correctable } from './desk-actions.ts';
import { Hidden, Instant, Live, renderDeskPage, Status, type Where } from './frame.tsx';
import { Outcome, type OutcomeProps } from './outcome.tsx';
import { reasonOf } from './stories.ts';
import type { DiffPart } from './word-diff.ts';

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
          <div>
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
              {isLatest && ', the latest'}
              {versionId === source.versionId && ', the one shown'}
              {size !== undefined && before !== undefined && (
                <>
                  {' '}
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

/** The buttons that the status of a record allows. */
function Doing({ record }: { record: ArticleRecord }) {
  const article = record.id;
  const { status } = record;
  if (isKilled(record) || (isArticle(record) && record.withdrawnBy === 'cancellation'))
    return (
      <Box title="Restore" says="The story comes back to the site.">
        <Do action="restore" article={article} label="Restore" />
      </Box>
    );
  if (!isArticle(record))
    return (
      <Box
        title={status === 'rejected' ? 'Mend it' : 'File again'}
        says="Mend the file and file it again under the same name."
      >
        <p>
          <a class="button" href={`file?${new URLSearchParams({ prefix: folderOf(record.source.key) })}`}>
            File again
          </a>
        </p>
      </Box>
    );
  return (
    <>
      {status === 'held' && (
        <Box title="Release" says="The story is published, unless its time has not come yet.">
          <Do action="release" article={article} label="Release" isMain />
        </Box>
      )}
      {(status === 'live' || status === 'scheduled') && (
        <ClosedBox
          title="Hold …"
          says={
            status === 'live'
              ? 'The story leaves the site until it is released.'
              : 'The story does not come out before it is released.'
          }
        >
          <Do action="hold" article={article} label="Hold">
            <label>
              Reason, for other editors
              <input name="reason" maxLength={500} />
            </label>
          </Do>
        </ClosedBox>
      )}
      {status !== 'withdrawn' && (
        <ClosedBox
          title="Withdraw …"
          says="The story and its copies leave the site, also if they are filed again. Its page says that it was withdrawn."
        >
          <Do action="withdraw" article={article} label="Withdraw">
            <label>
              Reason, for readers
              <input name="reason" maxLength={500} />
            </label>
            <label class="check">
              <input type="checkbox" name="nameIt" value="yes" /> Its page names the headline
            </label>
          </Do>
        </ClosedBox>
      )}
    </>
  );
}

function folderOf(key: string): string {
  return key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : '';
}

interface BoxProps {
  title: string;
  says: string;
  children: ComponentChildren;
}

function Box({ title, says, children }: BoxProps) {
  return (
    <section class="box">
      <h2>{title}</h2>
      <p class="soft">{says}</p>
      {children}
    </section>
  );
}

/** A box that is closed, because it is needed rarely. */
function ClosedBox({ title, says, children }: BoxProps) {
  return (
    <details class="box">
      <summary>{title}</summary>
      <p class="soft">{says}</p>
      {children}
    </details>
  );
}

function Do({
  action,
  article,
  label,
  isMain = false,
  children,
}: {
  action: string;
  article: string;
  label: string;
  isMain?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <form method="post" action="do">
      <Hidden fields={{ action, article }} />
      {children}
      <button type="submit" class={isMain ? 'main' : undefined}>
        {label}
      </button>
    </form>
  );
}

function CorrectForm({
  record,
  timeZone,
}: {
  record: Extract<ArticleRecord, { headline: string }>;
  timeZone: string;
}) {
  const now = correctable(record);
  const waits = record.status === 'scheduled' || record.status === 'held';
  return (
    <section class="box">
      <h2>Correct</h2>
      <p class="soft">To correct the text, change the file and file it again.</p>
      <form method="post" action="do" class="correct">
        <Hidden fields={{ action: 'correct', article: record.id }} />
        <Area name="headline" label="Headline" value={now.headline} max={300} rows={2} />
        <Area name="dek" label="Dek" value={now.dek} max={600} rows={2} />
        <Line name="byline" label="Byline" value={now.byline} max={200} />
        <Line name="section" label="Section" value={now.section} max={100} />
        <Line name="tags" label="Tags, with commas between them" value={now.tags} max={1_000} />
        <Area name="summary" label="Summary" value={now.summary} max={2_000} rows={4} />
        <Area name="note" label="Correction note, for readers" value={now.note} max={500} rows={2} />
        {waits && (
          <Line
            name="publishAt"
            label={`Time of publication, such as “1 December 2026 18:00” (${timeZone}), or “none”`}
            value={now.publishAt}
            max={100}
          />
        )}
        <button type="submit">Correct</button>
      </form>
    </section>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string;
  max: number;
}

function Line({ name, label, value, max }: FieldProps) {
  return (
    <label>
      {label}
      <input name={name} value={value} maxLength={max} dir="auto" />
    </label>
  );
}

function Area({ name, label, value, max, rows }: FieldProps & { rows: number }) {
  return (
    <label>
      {label}
      <textarea name={name} rows={rows} maxLength={max} dir="auto">
        {value}
      </textarea>
    </label>
  );
}

interface ChangesProps {
  record: ArticleRecord;
  headline: readonly DiffPart[];
  body: readonly DiffPart[];
  /** Why the versions cannot be compared. */
  reason: string | undefined;
  /** Times of the uploads. */
  times: readonly [string | undefined, string | undefined];
}

/** What changed between two versions of a file. */
export function changesPage(
  where: Where,
  { record, headline, body, reason, times: [before, after] }: ChangesProps,
): string {
  return renderDeskPage({
    where,
    title: 'What changed',
    children: (
      <>
        <p>
          <a href={`story?id=${record.id}`}>{isArticle(record) ? record.headline : record.source.key}</a>
        </p>
        <h1>What changed</h1>
        {before && after && (
          <p>
            From <Instant at={before} timeZone={where.timeZone} /> to{' '}
            <Instant at={after} timeZone={where.timeZone} />
          </p>
        )}
        <p class="soft">
          <del>Words with a line through them</del> were taken out, <ins>underlined words</ins> were put in.
        </p>
        {reason ? (
          <p class="reason">{reason}</p>
        ) : (
          <article class="diff" dir="auto">
            <h2>
              <Diff parts={headline} />
            </h2>
            <p>
              <Diff parts={body} />
            </p>
          </article>
        )}
      </>
    ),
  });
}

function Diff({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <>
      {parts.map(({ text, kind }) =>
        kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : text,
      )}
    </>
  );
}
