import { UsageError } from '../usage-error.ts';

/**
 * Asks before something is changed; `--yes` answers.
 * @param what a whole sentence that says what will be done, and on which deployment
 * @returns whether to go on
 * @throws UsageError where nobody is there to be asked
 */
export async function mayGoOn(what: string, options: { yes?: boolean }): Promise<boolean> {
  if (options.yes) return true;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`${what} Nobody is here to be asked: --yes does it without asking.`);
  // Only to ask with: every other command starts faster without it.
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: `${what} Go on?`, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}
