import { CopydeskError } from '../../shared/errors/errors.ts';

/** Thrown when a command is used wrongly. The message is one sentence for the person who typed it. */
export class UsageError extends CopydeskError {
  constructor(message: string, cause?: unknown) {
    super('usage', message, { cause });
  }
}

/** Explains a failure of the file system to the person who named the path. */
export function pathError(
  what: string,
  path: string,
  cause: unknown,
  wanted: 'read' | 'written' = 'read',
): UsageError {
  return new UsageError(`${what} ${path} ${problemOf(cause as NodeJS.ErrnoException, wanted)}.`, cause);
}

function problemOf({ code, message }: NodeJS.ErrnoException, wanted: string): string {
  switch (code) {
    case 'ENOENT':
      return wanted === 'read' ? 'does not exist' : 'cannot be written: its folder does not exist';
    case 'EACCES':
    case 'EPERM':
      return `cannot be ${wanted}: permission denied`;
    case 'EROFS':
      return `cannot be ${wanted}: the disk is read-only`;
    case 'ENOSPC':
      return `cannot be ${wanted}: the disk is full`;
    // EEXIST: a file has the name of the folder to be made.
    case 'ENOTDIR':
    case 'EEXIST':
      return 'is not a folder';
    case 'EISDIR':
      return 'is a folder';
    default:
      return `cannot be ${wanted}: ${message}`;
  }
}
