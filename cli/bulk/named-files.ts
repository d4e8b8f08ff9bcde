import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemFile } from '../../shared/model/system-files.ts';
import { pathError, UsageError } from '../output/usage-error.ts';
import { type FolderFile, filesBelow, type WalkOptions } from '../pipeline/folder.ts';

/** Maximum length of a key in S3, in UTF-8. */
const MAX_KEY_BYTES = 1_024;

/**
 * Finds the files named on the command line, with their keys. The key of a file is its name; the keys of files in a
 * folder are their paths below it.
 * @param prefix folder before every key
 * @param walk options for folders. A link that is named itself is followed
 * @throws UsageError if a file cannot be read, if two files have the same key, or if there is no file
 */
export async function namedFiles(
  named: readonly string[],
  prefix = '',
  walk: WalkOptions = {},
): Promise<FolderFile[]> {
  const folders = prefix.split('/').filter(Boolean);
  if (folders.some(folder => folder === '.' || folder === '..'))
    throw new UsageError(`A bucket has no folder ${prefix}: name it from the top, without "." and "..".`);
  const below = folders.join('/');
  const files = new Map<string, string>();
  for (const name of named)
    for (const { key, file } of await filesOf(name, walk)) {
      const whole = below === '' ? key : `${below}/${key}`;
      const other = files.get(whole);
      if (other !== undefined && path.resolve(other) !== path.resolve(file))
        throw new UsageError(`${other} and ${file} would have the same key, ${whole}: put them one by one.`);
      if (Buffer.byteLength(whole) > MAX_KEY_BYTES)
        throw new UsageError(
          `The key ${whole.slice(0, 60)}… is longer than S3 takes, ${MAX_KEY_BYTES} bytes.`,
        );
      files.set(whole, file);
    }
  if (files.size === 0) throw new UsageError(`There is no file in ${named.join(', ')}.`);
  return [...files].map(([key, file]) => ({ key, file }));
}

async function filesOf(name: string, walk: WalkOptions): Promise<FolderFile[]> {
  const found = await stat(name).catch((error: unknown) => {
    throw pathError('The file', name, error);
  });
  if (found.isDirectory()) return filesBelow(name, walk);
  if (isSystemFile(path.basename(name)))
    throw new UsageError(
      `${name} has the name of a file that a system or an editor leaves: give it another name to publish it.`,
    );
  return [{ file: name, key: path.basename(name).normalize('NFC') }];
}
