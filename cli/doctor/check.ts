/** What one look of the doctor found. */
export interface Check {
  state: 'ok' | 'warn' | 'fail';
  /** What was looked at: `queue wiring`. */
  about: string;
  /** What was found, in a sentence. */
  says: string;
  /** What to do about it; absent where all is well. */
  todo?: string;
}

/** What to do about what is not as it was deployed. CloudFormation changes only what the template changed. */
export const CHANGED_BY_HAND =
  'Somebody changed it by hand, and a deployment does not undo that: docs/runbook.md says how, under "Changes by hand".';

export function ok(about: string, says: string): Check {
  return { state: 'ok', about, says };
}

export function warn(about: string, says: string, todo: string): Check {
  return { state: 'warn', about, says, todo };
}

export function fail(about: string, says: string, todo: string): Check {
  return { state: 'fail', about, says, todo };
}
