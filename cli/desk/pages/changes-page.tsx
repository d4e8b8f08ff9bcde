import { type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import type { DiffPart } from '../backend/word-diff.ts';
import { Instant, renderDeskPage, type Where } from './frame.tsx';

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
      {parts.map(part => {
        // The text of a body has one line for each paragraph.
        const text = part.text.replaceAll('\n', '\n\n');
        return part.kind === 'added' ? <ins>{text}</ins> : part.kind === 'removed' ? <del>{text}</del> : text;
      })}
    </>
  );
}
