import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder or lies in it; both are real paths. */
export function isWithin(file: string, folder: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
