import { CopydeskError } from '../../shared/errors/errors.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** Thrown where a question was not answered with yes: the command ends with this exit code, and changes nothing. */
export class NotConfirmed extends CopydeskError {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('not-confirmed', 'Nothing was changed.');
    this.exitCode = exitCode;
  }
}

/**
 * Asks before something is changed; `--yes` answers.
 * @param what a whole sentence that says what will be done, and on which deployment
 * @throws NotConfirmed for a no and for Ctrl-C, so that what a script does after the command is not done
 * @throws UsageError where nobody is there to be asked
 */
export async function confirmed(what: string, options: { yes?: boolean }): Promise<void> {
  if (options.yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`${what} Nobody is here to be asked: --yes does it without asking.`);
  // Only to ask with: every other command starts faster without it.
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: `${what} Go on?`, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw new NotConfirmed(EXIT.interrupted);
  if (!answer) throw new NotConfirmed(EXIT.someFailed);
}
