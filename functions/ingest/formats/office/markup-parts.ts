import { Rejection } from '../../../../shared/errors/rejection.ts';
import { listZip } from '../../decode/zip.ts';
import { depthOf } from '../../html/xml.ts';

/** Maximum number of entries in a document. A document with hundreds of pictures has fewer. */
const MAX_ENTRIES = 5_000;

/** Maximum size of one part's markup, in unpacked bytes. A novel has some 10 MB. */
const MAX_PART_BYTES = 12_000_000;

/** Maximum size of all parts' markup, in unpacked bytes. */
const MAX_TOTAL_BYTES = 24_000_000;

/** Maximum number of unpacked bytes per packed byte. Word's markup packs about 20 to 1. */
const MAX_RATIO = 150;

/**
 * Size, in unpacked bytes, up to which the ratio is not checked, because small parts of repeated markup pack
 * very well.
 */
const UNCHECKED_RATIO_BYTES = 1_000_000;

/** Maximum depth of elements. Mammoth is recursive. Tables in tables have a depth of some forty. */
const MAX_DEPTH = 250;

/**
 * Maximum number of tags in all parts. Mammoth cannot be interrupted, and needs almost a kilobyte per tag.
 * More tags do not fit into 512 MB.
 */
const MAX_TAGS = 500_000;

/** The byte `<`. */
const TAG_START = 0x3c;

/**
 * Unpacks the parts of an office document that hold markup. Media is not unpacked.
 * @param kind the name of the format in messages: `Word document`
 * @param isWanted tells by its name whether a part is needed
 * @throws Rejection `too-large` for more markup than a document has, `unreadable` for encrypted or hostile markup
 */
export async function readMarkupParts(
  bytes: Uint8Array,
  kind: string,
  isWanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  const entries = await listZip(bytes, MAX_ENTRIES);
  const wanted = entries.filter(({ name }) => isWanted(name));
  let total = 0;
  for (const { name, size, compressedSize, isEncrypted } of wanted) {
    if (isEncrypted)
      throw new Rejection('unreadable', `The ${kind} is encrypted. Save it without a password.`);
    total += size;
    const ratio = size / Math.max(1, compressedSize);
    if (
      size > MAX_PART_BYTES ||
      total > MAX_TOTAL_BYTES ||
      (size > UNCHECKED_RATIO_BYTES && ratio > MAX_RATIO)
    )
      throw new Rejection('too-large', `The ${kind} unpacks to too much: ${name} alone has ${size} bytes.`);
  }
  const parts = new Map<string, Uint8Array>();
  let tags = 0;
  for (const entry of wanted) {
    const part = await entry.read();
    for (let at = part.indexOf(TAG_START); at >= 0; at = part.indexOf(TAG_START, at + 1)) tags += 1;
    if (tags > MAX_TAGS) throw new Rejection('too-large', `The ${kind} has more than ${MAX_TAGS} tags.`);
    refuseHostile(part, `The ${kind} holds markup that no office program writes, in ${entry.name}.`);
    parts.set(entry.name, part);
  }
  return parts;
}

/**
 * Refuses parts with a DOCTYPE, which ECMA-376 part 2, section 8.1.4 forbids and OpenDocument does not use, and parts
 * that nest too deeply.
 */
function refuseHostile(part: Uint8Array, message: string): void {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
  const bad = xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY') || depthOf(xml) > MAX_DEPTH;
  if (bad) throw new Rejection('unreadable', message);
}
