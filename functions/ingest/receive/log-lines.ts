import { LOG_EVENTS, type LogLine, levelOf } from '../../../shared/aws/telemetry.ts';
import type { ErrorReport } from '../../../shared/errors/errors.ts';
import { holdOf, nextChangeOf } from '../../../shared/model/schedule.ts';
import type { Outcome } from '../record/outcome.ts';
import { measuresOf } from './measures.ts';

/** The object that an event is about. */
interface About {
  key: string;
  bucket: string;
}

/**
 * The log lines of an outcome: one for each file of a zip, and one for the object itself.
 * @param ms time to handle the whole object, in milliseconds
 * @param allowedRejectedPercent percentage of rejected files above which an alarm rings; 100 means no alarm
 */
export function outcomeLines(
  outcome: Outcome,
  about: About,
  ms: number,
  allowedRejectedPercent = 100,
): LogLine[] {
  const line = (of: Outcome, key = about.key): LogLine => ({
    event: LOG_EVENTS.ingested,
    ...about,
    key,
    ...fieldsOf(of),
    ...measuresOf(of, allowedRejectedPercent),
  });
  const members = outcome.members ?? [];
  return [...members.map(member => line(member, member.record?.source.key)), { ...line(outcome), ms }];
}

/** The log line of an event or a message that failed. */
export function failureLine(report: ErrorReport, about: object): LogLine {
  return {
    event: LOG_EVENTS.ingestFailed,
    level: levelOf(report),
    ...about,
    ...report,
    metrics: { Failed: 1 },
  };
}

function fieldsOf({ outcome, id, record, rejection, ignored, duplicateOfKey }: Outcome) {
  const article = record && 'headline' in record ? record : undefined;
  return {
    ...(rejection && { level: 'WARN' as const }),
    outcome,
    id,
    reason: rejection
      ? { code: rejection.code, message: rejection.message }
      : ignored && { code: 'ignored', message: ignored },
    headline: article?.headline,
    revision: article?.revision,
    duplicateOf: article?.duplicateOf,
    duplicateOfKey,
    hold: article?.status === 'held' ? holdOf(article) : undefined,
    due: article?.status === 'scheduled' ? nextChangeOf(article) : undefined,
    warnings: record && 'warnings' in record ? record.warnings : undefined,
  };
}
