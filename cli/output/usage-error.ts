import { CopydeskError } from '../../shared/errors/errors.ts';

/** Thrown when a command was used wrongly. The message is one plain sentence for the person who typed it. */
export class UsageError extends CopydeskError {
  constructor(message: string, cause?: unknown) {
    super('usage', message, { cause });
  }
}

/** What a failure of the file system means to the person who named the path. */
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
    // EEXIST: what a folder was to be made of is a file.
    case 'ENOTDIR':
    case 'EEXIST':
      return 'is not a folder';
    case 'EISDIR':
      return 'is a folder';
    default:
      return `cannot be ${wanted}: ${message}`;
  }
}
