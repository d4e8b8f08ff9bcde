import { LOG_EVENTS, type Log, type LogLine } from '../../shared/aws/telemetry.ts';
import type { FileOutcome } from '../output/terminal.ts';
import { waitSentence } from '../output/waiting.ts';

/** Receives the lines of the functions' log as outcomes of files. */
export interface OutcomeListener {
  file(outcome: FileOutcome): void;
  /** An embargo ended or an article expired. */
  released?(message: string): void;
  /** A failure that does not belong to a file. It is tried again. */
  trouble?(message: string): void;
}

/**
 * Makes a log for the functions that reports to a person instead of CloudWatch.
 * @param timeZone time zone of the newsroom, for instants in messages
 */
export function outcomeLog(listener: OutcomeListener, timeZone: string): Log {
  return line => {
    if (line.event === LOG_EVENTS.ingested) listener.file(outcomeOf(line, timeZone));
    else if (line.event === LOG_EVENTS.released) listener.released?.(releaseOf(line));
    else if (line.event === LOG_EVENTS.ingestFailed)
      listener.file({
        outcome: 'failed',
        key: String(line.key ?? '(unknown)'),
        reason: String(line.message),
      });
    else if (line.event === LOG_EVENTS.recordFailed)
      listener.trouble?.(`${line.message} It stays as it was until that is mended.`);
    else if (line.event === LOG_EVENTS.publishFailed)
      listener.trouble?.(`Publishing failed and is tried again: ${line.message}`);
  };
}

function releaseOf({ headline, key, status }: LogLine): string {
  const story = `“${headline}” (${key})`;
  if (status === 'live') return `${story} is due: it is published now.`;
  return status === 'duplicate'
    ? `${story} is due, and is a duplicate: the same story is shown already.`
    : `${story} has expired: it is withdrawn now.`;
}

function outcomeOf(line: LogLine, timeZone: string): FileOutcome {
  const reason = line.reason as { message: string } | undefined;
  const hold = line.hold as string | undefined;
  const canonical = line.duplicateOfKey ?? (line.duplicateOf && `article ${line.duplicateOf}`);
  return {
    outcome: String(line.outcome),
    key: String(line.key),
    headline: line.headline as string | undefined,
    reason: reason?.message ?? (canonical ? `of ${canonical}` : undefined),
    wait: waitSentence({ hold, due: line.due as string | undefined }, timeZone),
    warnings: (line.warnings as string[] | undefined)?.filter(warning => warning !== hold),
    ms: line.ms as number | undefined,
  };
}
