/**
 * Files that operating systems, editors and transfer programs leave next to copy. The inbox, `build`, `put`, zips and
 * ingest use this list to ignore them. Each rule matches a whole name or its ending, so that `backup.md`,
 * `story.part.md` and `tmp/story.md` count as copy.
 */

/** Names of folders without copy, in lower case. */
const SYSTEM_FOLDERS = new Set([
  '#recycle',
  '$recycle.bin',
  '@eadir',
  '__macosx',
  'lost+found',
  'node_modules',
  'system volume information',
]);

/** Whole names of files, in lower case. `Icon` ends with a carriage return. */
const SYSTEM_NAMES = new Set([
  'albumartsmall.jpg',
  'desktop.ini',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'icon\r',
  'picasa.ini',
  'thumbs.db',
  'thumbs.db:encryptable',
]);

/** Endings of unfinished files, of backups and of shortcuts. */
const LEFT_BY_PROGRAMS =
  /\.(?:aria2|asd|bak|crdownload|crswap|download|filepart|lck|lnk|opdownload|part|partial|sw[m-p]|swx|te?mp|!ut|url|wbk|webloc)$/;

/** Endings of backups after another extension: `story.md.old` is a backup, `poems.old` is copy. */
const LEFT_BEHIND_EXTENSION =
  /[^.]\.[a-z][a-z0-9]{0,4}\.(?:autosave|backup|bk|lock|old|orig|rej|save|tmp\d*|bak\d*)$/;

/** Tells whether a folder with this name is ignored. A name that begins with three dots is a title. */
export function isSystemFolder(name: string): boolean {
  return isHidden(name) || SYSTEM_FOLDERS.has(name.toLowerCase());
}

/** Tells by its key whether a file is a system file: by its name, or by one of its folders. */
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
    // A backup of Emacs, Vim or gedit. A name that is only a tilde is not a backup.
    (name.length > 1 && name.endsWith('~')) ||
    LEFT_BY_PROGRAMS.test(lower) ||
    LEFT_BEHIND_EXTENSION.test(lower)
  );
}

function isHidden(name: string): boolean {
  return name.startsWith('.') && name !== '.' && name !== '..' && !name.startsWith('...');
}
