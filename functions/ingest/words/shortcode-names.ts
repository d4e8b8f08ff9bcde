/** Shortcodes of WordPress itself. They may stand without attributes. */
export const SHORTCODE_NAMES: ReadonlySet<string> = new Set([
  'audio',
  'caption',
  'embed',
  'gallery',
  'playlist',
  'video',
  'wp_caption',
]);
