import { releaseArticles } from '../actions/release.ts';
import { withDeployment } from '../deployment/deployment.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import type { ChangeOptions } from './withdraw.ts';

/**
 * `copydesk release`: releases stories that are held by their own file. The released hold is recorded, so that the same
 * file is not held again.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function release(names: readonly string[], options: ChangeOptions): Promise<number> {
  return await withDeployment(options, deployment =>
    releaseArticles(deployment, names, options, terminalDialogue(options)),
  );
}
