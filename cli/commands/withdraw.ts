import { restoreArticles } from '../actions/restore.ts';
import { type Notice, withdrawArticles } from '../actions/withdraw.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import type { ResultOptions } from '../output/results.ts';

export interface ChangeOptions extends DeploymentOptions, ResultOptions {
  yes?: boolean;
  /** False with `--no-wait`. */
  wait: boolean;
}

/**
 * `copydesk withdraw`: removes articles from the site. Later uploads do not bring them back.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function withdraw(names: readonly string[], options: ChangeOptions & Notice): Promise<number> {
  return await withDeployment(options, deployment =>
    withdrawArticles(deployment, names, options, terminalDialogue(options)),
  );
}

/**
 * `copydesk restore`: undoes {@link withdraw}, also for copies of a story whose own file is deleted.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function restore(names: readonly string[], options: ChangeOptions): Promise<number> {
  return await withDeployment(options, deployment =>
    restoreArticles(deployment, names, options, terminalDialogue(options)),
  );
}
