import { isAbsolute, relative, sep } from 'node:path';

/** Tells whether `file` is `folder` or lies in it. Both are real paths, without links. */
export function isWithin(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
