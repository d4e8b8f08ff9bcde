/**
 * Files of the look of a site: a style sheet at the top of the intake bucket, and the files of the folder `theme/`, such as
 * logos and fonts. They are no copy, and their records have the status `media`.
 */

/** Key of the style sheet that is added to that of the site. */
export const THEME_STYLES = 'theme.css';

const THEME_FOLDER = 'theme/';

/** Folder of the theme's files on the site. No section has the folder `assets/`. */
const PUBLISHED_FOLDER = 'assets/theme/';

/**
 * Form of the keys in the folder `theme/`. Names keep their spelling on the site, so they have only characters that need
 * no escape.
 */
const THEME_KEY = /^theme\/[A-Za-z0-9][\w.-]{0,99}$/;

/** Whether a file of the intake bucket belongs to the look of the site. */
export function isThemeFile(key: string): boolean {
  return key === THEME_STYLES || key.startsWith(THEME_FOLDER);
}

/** Whether a file of the folder `theme/` can be published under its name. */
export function isThemeKey(key: string): boolean {
  return THEME_KEY.test(key);
}

/** Path of a file of the folder `theme/` on the site. */
export function themeAddress(key: string): string {
  return PUBLISHED_FOLDER + key.slice(THEME_FOLDER.length);
}

export function isThemeAddress(path: string): boolean {
  return path.startsWith(PUBLISHED_FOLDER);
}
