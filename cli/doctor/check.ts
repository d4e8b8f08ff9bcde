export interface Check {
  state: 'ok' | 'warn' | 'fail';
  /** Name of the check: `queue wiring`. */
  about: string;
  /** The result in one sentence. */
  says: string;
  /** What to do about it. Undefined if all is well. */
  todo?: string;
}

/** A check that can throw. `about` is its name. */
export interface Look {
  about: string;
  look: () => Promise<Check | Check[]>;
}

/** What to do about resources that were changed after the deployment. CloudFormation does not undo such changes. */
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
