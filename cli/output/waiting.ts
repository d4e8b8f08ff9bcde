import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { holdOf, nextChangeOf } from '../../shared/model/schedule.ts';

/** Formats an instant in the newsroom's time zone: `2026-12-01 08:00 (Europe/Kyiv)`. */
export function localTime(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(each => each.type === type)?.value ?? '';
  const seconds = part('second') === '00' ? '' : `:${part('second')}`;
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}${seconds} (${timeZone})`;
}

/** Makes the sentence about a story that waits: `held: REASON`, or `scheduled: due INSTANT`. */
export function waitSentence(
  { hold, due }: { hold?: string | undefined; due?: string | undefined },
  timeZone: string,
): string | undefined {
  if (hold !== undefined) return `held: ${hold}`;
  return due === undefined ? undefined : `scheduled: due ${localTime(due, timeZone)}`;
}

/** Makes the {@link waitSentence} of a record. Undefined if the record does not wait. */
export function waitOf(record: ArticleRecord, timeZone: string): string | undefined {
  if (!isArticle(record)) return undefined;
  const hold =
    record.status === 'held'
      ? (holdOf(record) ?? record.hold ?? 'an editor set the status by hand.')
      : undefined;
  const due = record.status === 'scheduled' ? nextChangeOf(record) : undefined;
  return waitSentence({ hold, due }, timeZone);
}

/** The {@link waitSentence} without the status, where the status stands beside it. */
export function waitReason(sentence: string): string {
  return sentence.replace(/^\w+: (.)/, (_, first: string) => first.toUpperCase());
}

/** What a file is of which only stories that refer to it are published. */
export const MEDIA_SENTENCE = 'It is no story. Stories that refer to it show it.';

export function withdrawalOf({ withdrawnBy, expiresAt }: Article): string {
  if (withdrawnBy === 'cancellation') return 'Another file cancels it.';
  if (withdrawnBy === 'source') return 'Its own file withdraws it.';
  return withdrawnBy === 'expiry' ? `It expired at ${expiresAt}.` : 'An editor has withdrawn it.';
}

/** Returns the warnings of a record except the reason of its hold, which is shown separately. */
export function otherWarnings(record: { warnings: string[]; hold?: string | undefined }): string[] {
  return record.warnings.filter(warning => warning !== record.hold);
}
