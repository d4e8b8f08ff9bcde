import { crc32, deflateRawSync } from 'node:zlib';

/** A file to be put into an archive; the other fields make what no honest program would. */
export interface Packed {
  name: string | Buffer;
  content: string | Uint8Array;
  /** Stored instead of deflated. */
  stored?: boolean;
  /** General purpose flags: 1 encrypted, 0x800 UTF-8 names. */
  flags?: number;
  /** Unix mode. */
  mode?: number;
  /** The size that the directory states. */
  claims?: number;
}

/** A ZIP archive (APPNOTE 4.3), byte for byte the same for the same files. */
export function makeZip(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, flags = 0x800, mode = 0o100644, claims } of files) {
    const raw = Buffer.from(content as Uint8Array);
    const data = stored ? raw : deflateRawSync(raw);
    const title = Buffer.from(name as Buffer);
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claims ?? raw.length, 18);
    common.writeUInt16LE(title.length, 22);
    common.copy(local, 4);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(0x031e, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, title, data);
    directory.push(entry, title);
    offset += local.length + title.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;

const ODT = 'application/vnd.oasis.opendocument.text';

/** An OpenDocument text of these parts; styles, properties and the manifest may be left out. */
export function makeOdt(content: string, styles?: string, meta?: string, manifest = '<manifest/>'): Buffer {
  return makeZip([
    { name: 'mimetype', content: ODT, stored: true },
    { name: 'content.xml', content },
    ...(styles ? [{ name: 'styles.xml', content: styles }] : []),
    ...(meta ? [{ name: 'meta.xml', content: meta }] : []),
    { name: 'META-INF/manifest.xml', content: manifest },
  ]);
}

/** A Word document of these parts; styles and properties may be left out. */
export function makeDocx(
  document: string,
  styles?: string,
  core?: string,
  comments?: string,
  custom?: string,
): Buffer {
  const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`;
  const inner = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
  return makeZip([
    { name: '[Content_Types].xml', content: TYPES },
    { name: '_rels/.rels', content: relations },
    { name: 'word/document.xml', content: document },
    ...(styles
      ? [
          { name: 'word/styles.xml', content: styles },
          { name: 'word/_rels/document.xml.rels', content: inner },
        ]
      : []),
    ...(core ? [{ name: 'docProps/core.xml', content: core }] : []),
    ...(comments ? [{ name: 'word/comments.xml', content: comments }] : []),
    ...(custom ? [{ name: 'docProps/custom.xml', content: custom }] : []),
  ]);
}
