import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

/** Maximum length of a package's message in a rejection. */
const MAX_REASON_CHARS = 200;

/** Message of the RangeError that V8 throws if memory runs out. The error has no code. */
const OUT_OF_MEMORY = 'Array buffer allocation failed';

/**
 * Calls a third-party package that reads a file. Any error of the package, even a TypeError, means that the
 * file is broken. `read` must contain only the call of the package, because an error in our own code would
 * count as a broken file.
 * @param problem a sentence without its full stop, for the editor: `The Word document is damaged`
 * @throws Rejection `unreadable`. If memory, disk or handles run out, the original error is thrown.
 */
export async function readForeign<T>(problem: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CopydeskError || isMachineError(cause)) throw cause;
    throw new Rejection('unreadable', `${problem}${reasonOf(cause)}.`, { cause });
  }
}

/** Returns the package's message for a person. The message of a TypeError or RangeError is left out. */
function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError || cause instanceof RangeError) return '';
  const why = cause instanceof Error ? cause.message : String(cause);
  return `: ${why.slice(0, MAX_REASON_CHARS).trim().replace(/\.$/, '')}`;
}

/** True for an error of this computer, such as a full disk. Such an error does not mean that the file is broken. */
function isMachineError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || error.message === OUT_OF_MEMORY;
}
