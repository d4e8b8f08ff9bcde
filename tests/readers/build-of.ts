import { join } from 'node:path';
import { tool } from '../deploy/checkout.ts';

/** A build of an earlier commit, with its own dependencies. */
export interface EarlierBuild {
  folder: string;
  /** The commit and its subject. */
  title: string;
  remove(): Promise<void>;
}

/**
 * Checks a commit out beside the project.
 * @param work a folder for it
 * @throws Error if there is no such commit
 */
export async function buildOf(commit: string, root: string, work: string): Promise<EarlierBuild> {
  const folder = join(work, `build-${commit}`);
  await tool('git', ['worktree', 'add', '--quiet', '--detach', folder, commit], root);
  const remove = async () => {
    await tool('git', ['worktree', 'remove', '--force', folder], root);
  };
  try {
    await tool('npm', ['ci', '--no-audit', '--no-fund'], folder);
    const title = await tool('git', ['log', '-1', '--format=%h %s', commit], root);
    return { folder, title: title.trim(), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
