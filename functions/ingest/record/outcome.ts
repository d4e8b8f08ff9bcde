import type { Rejection } from '../../../shared/errors/rejection.ts';
import { type Article, type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import { nextChangeOf } from '../../../shared/model/schedule.ts';
import type { Stored } from './store.ts';

/** What became of one event. */
export interface Outcome {
  outcome:
    | 'live'
    | 'scheduled'
    | 'held'
    | 'withdrawn'
    | 'duplicate'
    | 'rejected'
    | 'deleted'
    /** An archive: `members` says what became of its files. */
    | 'unpacked'
    /** A picture or recording that articles can show. */
    | 'media'
    /** The article is what it was. */
    | 'unchanged'
    /** A newer event of the same source came first. */
    | 'stale'
    /** The object is gone already; the event of its deletion follows. */
    | 'gone'
    /** No copy: a folder marker, or a file that systems and editors leave. */
    | 'ignored';
  id: string;
  record?: ArticleRecord;
  /** Why the upload was rejected, also where an earlier article of the source stays. */
  rejection?: Rejection;
  /** Why the file was ignored. */
  ignored?: string;
  /** Key of the file that is shown instead of a duplicate. */
  duplicateOfKey?: string | undefined;
  members?: Outcome[];
}

/** What came of an event, from what was stored. */
export function outcomeOf(stored: Stored, id: string, rejection: Rejection | undefined): Outcome {
  const { kind, record } = stored;
  if (kind === 'stale') return { outcome: 'stale', id };
  if (rejection !== undefined) return { outcome: 'rejected', id, record, rejection };
  if (kind === 'repeat') return { outcome: 'unchanged', id, record };
  const { before } = stored;
  const unchanged =
    before !== undefined &&
    before.status === record.status &&
    (isArticle(before) && isArticle(record)
      ? before.revision === record.revision && isSameWait(before, record)
      : before.status === 'media' && record.status === 'media' && before.file.sha256 === record.file.sha256);
  return { outcome: unchanged ? 'unchanged' : record.status, id, record };
}

/** Whether two versions of an article wait for the same instant, or are held for the same reason. */
function isSameWait(before: Article, record: Article): boolean {
  return before.hold === record.hold && nextChangeOf(before) === nextChangeOf(record);
}
