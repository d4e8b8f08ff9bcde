/**
 * The one tag of Exif that readers need: which way up a picture is. The rest may tell where it was taken, by
 * whom and with what. Exif 2.3 (JEITA CP-3451C), TIFF 6.0.
 */

const ORIENTATION = 0x0112;
const SHORT = 3;

/** Most tags looked at. */
const MOST_TAGS = 1_000;

/** The orientation, 1 to 8, that a TIFF structure states; 1 where it states none, or none that can be read. */
export function orientationOf(tiff: Buffer): number {
  const mark = tiff.toString('latin1', 0, 4);
  const little = mark === 'II*\0';
  if ((!little && mark !== 'MM\0*') || tiff.length < 8) return 1;
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return 1;
  const count = Math.min(u16(start), MOST_TAGS);
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + 12 * index;
    if (at + 12 > tiff.length) return 1;
    if (u16(at) !== ORIENTATION) continue;
    const value = u16(at + 8);
    return u16(at + 2) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A TIFF structure that states an orientation, and nothing else. */
export function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** Whether a picture of this orientation is shown on its side. */
export function isTurned(orientation: number): boolean {
  return orientation >= 5;
}
