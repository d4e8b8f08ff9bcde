import { nextChangeOf } from '../../../shared/model/schedule.ts';
import { type Check, type Examined, fail, ok, undoByHand } from '../machine/check.ts';

/** Time after which a change counts as overdue. A tick comes at any time within its minute. */
const OVERDUE_AFTER_MS = 3 * 60_000;

/** Checks that embargoes end and articles expire on time. */
export async function schedule(deployment: Examined): Promise<Check> {
  const { articles, now } = deployment;
  const past = new Date(now - OVERDUE_AFTER_MS).toISOString();
  for await (const id of articles.due(past)) {
    const record = await articles.get(id);
    const due = record && nextChangeOf(record);
    if (record !== undefined && due !== undefined && due < past)
      return fail(
        'schedule',
        `${record.source.key} was due at ${due}, and has not changed`,
        `The schedule does not call the publish function each minute, or the function fails: docs/runbook.md, "The clock has stopped". ${undoByHand(deployment)}`,
      );
  }
  return ok('schedule', 'nothing is overdue');
}
