import { retryFailed } from '../actions/retry-failed.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import type { ResultOptions } from '../output/results.ts';
import { UsageError } from '../output/usage-error.ts';

interface RetryOptions extends DeploymentOptions, ResultOptions {
  all?: boolean;
  /** Delete the named dead letters instead. */
  discard?: boolean;
  yes?: boolean;
}

/**
 * `copydesk retry`: tries failed work again. Dead letters go back to the intake queue. Changes that could not be published
 * are published. For changes that were given up, the site is rebuilt.
 * @returns exit code 1 if there is no dead letter of a given name, or if a change fails again
 */
export async function retry(names: readonly string[], options: RetryOptions): Promise<number> {
  if (options.discard && names.length === 0)
    throw new UsageError('Name the dead letters to discard: "copydesk failures" shows them.');
  if (options.all && names.length > 0)
    throw new UsageError('Choose one: --all, or the dead letters that are named.');
  return await withDeployment(options, deployment =>
    retryFailed(deployment, names, options, terminalDialogue(options)),
  );
}
