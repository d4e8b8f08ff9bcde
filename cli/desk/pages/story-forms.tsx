import type { ComponentChildren } from 'preact';
import { type ArticleRecord, isArticle, isKilled } from '../../../shared/model/article.ts';
import { localTime } from '../../output/waiting.ts';
import { correctable } from '../backend/desk-actions.ts';
import { Hidden } from './frame.tsx';

/** The buttons that the status of a record allows. */
export function Doing({ record }: { record: ArticleRecord }) {
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
        title="File again"
        says={
          status === 'rejected'
            ? 'Mend the file, and file it again under the same name.'
            : 'A file with the same name takes its place.'
        }
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

/** The form with which the fields of a story are corrected. */
export function CorrectForm({
  record,
  timeZone,
}: {
  record: Extract<ArticleRecord, { headline: string }>;
  timeZone: string;
}) {
  const now = correctable(record);
  const waits = record.status === 'scheduled' || record.status === 'held';
  const due = now.publishAt === '' ? '' : localTime(now.publishAt, timeZone).replace(/ \(.*/, '');
  return (
    <section class="box">
      <h2>Correct</h2>
      <p class="soft">To correct the text, change the file and file it again.</p>
      <form method="post" action="do" class="correct">
        <Hidden fields={{ action: 'correct', article: record.id, ...(waits && { shownPublishAt: due }) }} />
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
            value={due}
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
