import { holdArticles } from '../actions/hold.ts';
import { withDeployment } from '../deployment/deployment.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import type { ChangeOptions } from './withdraw.ts';

/**
 * `copydesk hold`: holds stories until `release`, whatever is uploaded later.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function hold(
  names: readonly string[],
  options: ChangeOptions & { reason?: string },
): Promise<number> {
  return await withDeployment(options, deployment =>
    holdArticles(deployment, names, options, terminalDialogue(options)),
  );
}
