import { CopydeskError } from '../../shared/errors/errors.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** Thrown if a question is not answered with yes. The command then changes nothing and ends with `exitCode`. */
export class NotConfirmed extends CopydeskError {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('not-confirmed', 'Nothing was changed.');
    this.exitCode = exitCode;
  }
}

/**
 * Asks for confirmation of a change, except with `--yes`.
 * @param what a sentence with the change and the deployment
 * @throws NotConfirmed if the answer is no, or Ctrl-C. Its exit code stops a calling script too
 * @throws UsageError without a terminal
 */
export async function confirmed(what: string, options: { yes?: boolean }): Promise<void> {
  if (options.yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`${what} Nobody is here to be asked: --yes does it without asking.`);
  // The module is loaded only for a question, so that other commands start faster.
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: `${what} Go on?`, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new NotConfirmed(EXIT.interrupted);
  if (!answer) throw new NotConfirmed(EXIT.someFailed);
}
