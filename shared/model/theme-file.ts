/** Folder of the intake bucket with the files of the look of a site, such as logos and fonts. They are no copy. */
const THEME_FOLDER = 'theme/';

/** Folder of the theme's files on the site. No section has the folder `assets/`. */
const PUBLISHED_FOLDER = 'assets/theme/';

/** Path of a file of the folder `theme/` on the site. */
export function themeAddress(key: string): string {
  return PUBLISHED_FOLDER + key.slice(THEME_FOLDER.length);
}
