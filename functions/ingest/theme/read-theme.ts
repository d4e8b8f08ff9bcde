import { Rejection } from '../../../shared/errors/rejection.ts';
import { isThemeKey, THEME_STYLES } from '../../../shared/model/theme-file.ts';
import { mediaKind } from '../media/media-kind.ts';
import type { StrippedMedia } from '../media/stripped.ts';
import { checkThemeCss } from './theme-css.ts';
import { checkSvg } from './theme-svg.ts';

/** Sizes of a PNG that is the icon of the site, in pixels. Apple's devices show 180, and feed readers 144. */
const ICON_PIXELS = { min: 180, max: 1_024 };

const KINDS = 'The folder theme/ holds .svg, .png, .webp and .woff2 files.';

/**
 * Checks a file of the look of the site. Its bytes stay as they are.
 * @param icon key of the file that is the icon of the site
 * @throws Rejection with a sentence
 */
export async function readThemeFile(
  bytes: Uint8Array,
  key: string,
  icon: string | undefined,
): Promise<StrippedMedia> {
  const file = Buffer.from(bytes);
  if (key === THEME_STYLES) {
    await checkThemeCss(bytes);
    return { bytes: file, type: 'text/css' };
  }
  if (!isThemeKey(key))
    throw new Rejection(
      'bad-key',
      'A file of the folder theme/ is directly in it, and its name has only letters from A to Z, digits, hyphens, dots and underscores.',
    );
  switch (key.slice(key.lastIndexOf('.') + 1)) {
    case 'svg':
      checkSvg(bytes);
      return { bytes: file, type: 'image/svg+xml' };
    case 'png':
      return { bytes: file, type: 'image/png', ...pngSize(file, key === icon) };
    case 'webp':
      if (mediaKind(bytes) !== 'webp') throw new Rejection('not-text', 'The file is no WebP picture.');
      return { bytes: file, type: 'image/webp' };
    case 'woff2':
      if (file.toString('latin1', 0, 4) !== 'wOF2')
        throw new Rejection('not-text', 'The file is no WOFF2 font.');
      return { bytes: file, type: 'font/woff2' };
    default:
      throw new Rejection('not-text', KINDS);
  }
}

/** The size of a PNG in its first chunk, IHDR. */
function pngSize(file: Buffer, isIcon: boolean): { width: number; height: number } {
  if (mediaKind(file) !== 'png' || file.length < 24 || file.toString('latin1', 12, 16) !== 'IHDR')
    throw new Rejection('not-text', 'The file is no PNG picture.');
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const { min, max } = ICON_PIXELS;
  if (isIcon && (width !== height || width < min || width > max))
    throw new Rejection(
      'unreadable',
      `The icon of the site must be a square of ${min} to ${max} pixels, and it has ${width} × ${height}.`,
    );
  return { width, height };
}
