/**
 * The orientation of a picture is the only Exif tag that stays. Other tags can tell where a picture was taken, by whom
 * and with which camera. Sources: Exif 2.3 (JEITA CP-3451C), TIFF 6.0.
 */

const ORIENTATION_TAG = 0x0112;
const SHORT_TYPE = 3;

/** Maximum number of tags that are read. */
const MAX_TAGS = 1_000;

/** Reads the orientation (1 to 8) from a TIFF structure. The default is 1. */
export function orientationOf(tiff: Buffer): number {
  const mark = tiff.toString('latin1', 0, 4);
  const little = mark === 'II*\0';
  if ((!little && mark !== 'MM\0*') || tiff.length < 8) return 1;
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return 1;
  const count = Math.min(u16(start), MAX_TAGS);
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + 12 * index;
    if (at + 12 > tiff.length) return 1;
    if (u16(at) !== ORIENTATION_TAG) continue;
    const value = u16(at + 8);
    return u16(at + 2) === SHORT_TYPE && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Writes a TIFF structure that holds only an orientation. */
export function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION_TAG, 10);
  tiff.writeUInt16BE(SHORT_TYPE, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/**
 * Whether browsers turn a picture with this orientation by 90 degrees, so that width and height change
 * places.
 */
export function isTurned(orientation: number): boolean {
  return orientation >= 5;
}
