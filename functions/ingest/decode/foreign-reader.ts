import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

/** Most characters of what a package says about a file. */
const MAX_REASON_CHARS = 200;

/** What V8 says when memory has run out: its RangeError has no code. */
const OUT_OF_MEMORY = 'Array buffer allocation failed';

/**
 * Calls the reader of a third party on a file. What it throws means that the file is broken: packages throw whatever
 * comes, a TypeError too. Nothing but the package's own call belongs into `read`, because a fault of our code would be taken
 * for one of the file.
 * @param problem a sentence without its end, for the editor: `The Word document is damaged`
 * @throws Rejection `unreadable`; where memory, disk or handles ran out, the error as it came
 */
export async function readForeign<T>(problem: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CopydeskError || isOfMachine(cause)) throw cause;
    throw new Rejection('unreadable', `${problem}${reasonOf(cause)}.`, { cause });
  }
}

/** What a package says, where that is meant for a person: its TypeErrors are not. */
function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError || cause instanceof RangeError) return '';
  const why = cause instanceof Error ? cause.message : String(cause);
  return `: ${why.slice(0, MAX_REASON_CHARS).trim().replace(/\.$/, '')}`;
}

/** Whether an error says something about this computer, and nothing about the file. */
function isOfMachine(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || error.message === OUT_OF_MEMORY;
}
