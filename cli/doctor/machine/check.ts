import type { Deployment } from '../../deployment/deployment.ts';

export interface Check {
  state: 'ok' | 'warn' | 'fail';
  /** Name of the check: `queue wiring`. */
  about: string;
  /** The result in one sentence. */
  says: string;
  /** What to do about it, with the command that mends it. Undefined if all is well. */
  todo?: string;
}

/** What the checks of a deployment read. */
export interface Examined extends Deployment {
  /** Milliseconds since the epoch. */
  now: number;
  /** The setting `feeds.entries`. */
  feedEntries: number;
  /** Whether the stack is compared with its template, which takes minutes. */
  drift: boolean;
}

/** A check of a deployment. It can throw. `about` is its name. */
export interface Look {
  about: string;
  look: (deployment: Examined) => Promise<Check | Check[]>;
}

/**
 * The command that undoes changes that somebody made by hand in the resources of a stack. CloudFormation compares them
 * with the template. A plain deployment compares the template only with the last one.
 */
export function undoByHand({ stackName = '' }: Pick<Deployment, 'stackName'>): string {
  const stage = /^Copydesk-(.+)$/.exec(stackName)?.[1];
  const command = `npx cdk deploy${stage === undefined ? '' : ` -c stage=${stage}`} --revert-drift`;
  return `If somebody changed it by hand, "${command}" undoes that.`;
}

export function ok(about: string, says: string): Check {
  return { state: 'ok', about, says };
}

export function warn(about: string, says: string, todo: string): Check {
  return { state: 'warn', about, says, todo };
}

export function fail(about: string, says: string, todo: string): Check {
  return { state: 'fail', about, says, todo };
}
