/**
 * Files that operating systems, editors and transfer programs leave beside copy. They are nobody's copy: the inbox,
 * `build`, `put`, zips and ingest pass over them, by this one list. Each rule is about a whole name or its ending,
 * so that `backup.md`, `story.part.md` and `tmp/story.md` stay copy. Imports nothing, so that every part can import it.
 */

/** Folders of which nothing is copy, in lower case. */
const SYSTEM_FOLDERS = new Set([
  '$recycle.bin',
  '@eadir',
  '__macosx',
  'lost+found',
  'node_modules',
  'system volume information',
]);

/** Whole names of files, in lower case. `Icon` ends with a carriage return. */
const SYSTEM_NAMES = new Set([
  'desktop.ini',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'icon\r',
  'thumbs.db',
  'thumbs.db:encryptable',
]);

/** Endings of what a program is still writing, or has kept of an earlier state. */
const LEFT_BY_PROGRAMS =
  /\.(?:aria2|bak|crdownload|download|filepart|lck|opdownload|part|partial|sw[m-p]|swx|te?mp|!ut)$/;

/** As {@link LEFT_BY_PROGRAMS}, but only behind another extension: `story.md.old` is left over, `poems.old` is copy. */
const LEFT_BEHIND_EXTENSION =
  /[^.]\.[a-z][a-z0-9]{0,4}\.(?:autosave|backup|bk|lock|old|orig|rej|save|tmp\d*|bak\d*)$/;

/** Whether a folder of this name holds no copy. A name of three dots or more is a title, not a hidden folder. */
export function isSystemFolder(name: string): boolean {
  return isHidden(name) || SYSTEM_FOLDERS.has(name.toLowerCase());
}

/** Whether a file is no copy, by its name or by a folder that it lies in. @param key folders are separated by `/` */
export function isSystemFile(key: string): boolean {
  const folders = key.split('/');
  const name = folders.pop() ?? '';
  return folders.some(isSystemFolder) || isSystemName(name);
}

function isSystemName(name: string): boolean {
  if (isHidden(name) || name.startsWith('~$') || /^#.*#$/s.test(name)) return true;
  const lower = name.toLowerCase();
  return (
    SYSTEM_NAMES.has(lower) ||
    // A backup of Emacs, Vim or gedit; a lone tilde is none.
    (name.length > 1 && name.endsWith('~')) ||
    LEFT_BY_PROGRAMS.test(lower) ||
    LEFT_BEHIND_EXTENSION.test(lower)
  );
}

function isHidden(name: string): boolean {
  return name.startsWith('.') && name !== '.' && name !== '..' && !name.startsWith('...');
}
