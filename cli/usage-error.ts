import { CopydeskError } from '../shared/errors.ts';

/** Thrown when a command was used wrongly. The message is one plain sentence for the person who typed it. */
export class UsageError extends CopydeskError {
  constructor(message: string, cause?: unknown) {
    super('usage', message, { cause });
  }
}

/** What a failure of the file system means to the person who named the path. */
export function pathError(what: string, path: string, cause: unknown): UsageError {
  const code = (cause as NodeJS.ErrnoException).code;
  const problem =
    code === 'ENOENT'
      ? 'does not exist'
      : code === 'EACCES' || code === 'EPERM'
        ? 'cannot be read: permission denied'
        : code === 'ENOTDIR'
          ? 'is not a folder'
          : code === 'EISDIR'
            ? 'is a folder'
            : `cannot be read: ${(cause as Error).message}`;
  return new UsageError(`${what} ${path} ${problem}.`, cause);
}
