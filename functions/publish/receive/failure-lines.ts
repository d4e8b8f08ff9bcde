import { LOG_EVENTS, type LogLine, levelOf } from '../../../shared/aws/telemetry.ts';
import { type CopydeskError, reportOf } from '../../../shared/errors/errors.ts';
import { BAD_STATE } from '../states/state.ts';

/** The log line of a record or state that cannot be read. */
export function brokenLine(error: CopydeskError): LogLine {
  const { code, subject } = error;
  // A broken state needs no alarm, because publishing makes it again at once.
  return code === BAD_STATE
    ? { event: LOG_EVENTS.stateBroken, key: subject, ...failureOf(error) }
    : recordFailed(subject, error);
}

/** The log line of a record that could not be read or changed. */
export function recordFailed(id: string, error: unknown): LogLine {
  return { event: LOG_EVENTS.recordFailed, id, ...failureOf(error), metrics: { RecordFailed: 1 } };
}

export function failureOf(error: unknown) {
  const report = reportOf(error);
  return { level: levelOf(report), ...report };
}
