import type { Rejection } from '../../../shared/errors/rejection.ts';
import { type Article, type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import { nextChangeOf } from '../../../shared/model/schedule.ts';
import type { MailToAnswer } from '../model/mail-to-answer.ts';
import type { Stored } from './store.ts';

/** The outcome of one event. */
export interface Outcome {
  outcome:
    | 'live'
    | 'scheduled'
    | 'held'
    | 'withdrawn'
    | 'duplicate'
    | 'rejected'
    | 'deleted'
    /** The file is a zip. `members` holds the outcomes of its files. */
    | 'unpacked'
    /** The file is a picture or recording that articles can show. */
    | 'media'
    /** The event did not change the article. */
    | 'unchanged'
    /** A newer event of the same source was handled before. */
    | 'stale'
    /** The object does not exist any more. The event of its deletion follows. */
    | 'gone'
    /** The file is not copy: a folder marker, or a file that operating systems and editors leave. */
    | 'ignored';
  id: string;
  record?: ArticleRecord;
  /** Why the upload was rejected. An earlier article of the source stays. */
  rejection?: Rejection;
  /** Why the file was ignored. */
  ignored?: string;
  /** Key of the canonical file, which the site shows instead of this duplicate. */
  duplicateOfKey?: string | undefined;
  members?: Outcome[];
  /** The mail that brought the file, if its sender gets an answer. */
  answer?: MailToAnswer | undefined;
}

/** Derives the outcome of an event from the result of {@link store}. */
export function outcomeOf(stored: Stored, id: string, rejection: Rejection | undefined): Outcome {
  const { kind, record } = stored;
  if (kind === 'stale') return { outcome: 'stale', id };
  if (kind === 'repeat') return { outcome: 'unchanged', id, record };
  if (rejection !== undefined) return { outcome: 'rejected', id, record, rejection };
  const { before } = stored;
  const unchanged =
    before !== undefined &&
    before.status === record.status &&
    (isArticle(before) && isArticle(record)
      ? before.revision === record.revision && isSameWait(before, record)
      : before.status === 'media' && record.status === 'media' && before.file.sha256 === record.file.sha256);
  return { outcome: unchanged ? 'unchanged' : record.status, id, record };
}

/** Whether two versions of an article wait for the same instant and are held for the same reason. */
function isSameWait(before: Article, record: Article): boolean {
  return before.hold === record.hold && nextChangeOf(before) === nextChangeOf(record);
}
