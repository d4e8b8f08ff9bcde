/** A binary file format with its signature. */
export interface Magic {
  /** Name with an article for the sentence “The file is …”. */
  name: string;
  /** Alternative signatures, each byte as a Latin-1 character. */
  bytes: readonly string[];
  /** Advice for the editor, if it differs from saving the file as text. */
  how?: string;
  /** Index of the first byte of the signature. Default: 0. */
  offset?: number;
}

/**
 * Advice for pictures and recordings of a publishable format. The parser does not read them; see `media/`.
 */
const UPLOAD_WITH_STORY = 'Upload it beside a story, and name it there.';
const PICTURE = 'Save it as JPEG, PNG or WebP and upload that.';
const SOUND = 'Save it as MP3 or M4A and upload that.';
const VIDEO = 'Save it as MP4 or WebM and upload that.';

/** Binary formats. Special formats come before general ones, and document formats come first. */
export const MAGIC_NUMBERS: readonly Magic[] = [
  { name: 'an old Microsoft Office document', bytes: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'] },
  { name: 'a ZIP archive', bytes: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'] },
  { name: 'a PNG image', bytes: ['\x89PNG\r\n'], how: UPLOAD_WITH_STORY },
  { name: 'a JPEG image', bytes: ['\xff\xd8\xff'], how: UPLOAD_WITH_STORY },
  { name: 'a GIF image', bytes: ['GIF87a', 'GIF89a'], how: UPLOAD_WITH_STORY },
  { name: 'a TIFF image', bytes: ['II*\x00', 'MM\x00*'], how: PICTURE },
  { name: 'a WebP image', bytes: ['WEBP'], offset: 8, how: UPLOAD_WITH_STORY },
  { name: 'a WAVE recording', bytes: ['WAVE'], offset: 8, how: UPLOAD_WITH_STORY },
  { name: 'an AVI video', bytes: ['AVI '], offset: 8, how: VIDEO },
  { name: 'a Photoshop image', bytes: ['8BPS'], how: PICTURE },
  {
    name: 'an HEIC or AVIF image',
    bytes: ['ftypheic', 'ftypheix', 'ftypmif1', 'ftypavif'],
    offset: 4,
    how: PICTURE,
  },
  { name: 'an MP4 video or sound file', bytes: ['ftyp'], offset: 4, how: VIDEO },
  { name: 'a Matroska or WebM video', bytes: ['\x1a\x45\xdf\xa3'], how: VIDEO },
  { name: 'an Ogg sound or video file', bytes: ['OggS'], how: UPLOAD_WITH_STORY },
  { name: 'an MP3 sound file', bytes: ['ID3', '\xff\xfb', '\xff\xf3'], how: UPLOAD_WITH_STORY },
  { name: 'a FLAC sound file', bytes: ['fLaC'], how: SOUND },
  { name: 'a gzip archive', bytes: ['\x1f\x8b'] },
  { name: 'a bzip2 archive', bytes: ['BZh'] },
  { name: 'an xz archive', bytes: ['\xfd7zXZ\x00'] },
  { name: 'a 7-Zip archive', bytes: ['7z\xbc\xaf\x27\x1c'] },
  { name: 'a RAR archive', bytes: ['Rar!\x1a\x07'] },
  { name: 'a Zstandard archive', bytes: ['\x28\xb5\x2f\xfd'] },
  { name: 'a tar archive', bytes: ['ustar'], offset: 257 },
  { name: 'a program (ELF)', bytes: ['\x7fELF'] },
  {
    name: 'a program (Mach-O)',
    bytes: ['\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'],
  },
  { name: 'a program (WebAssembly)', bytes: ['\x00asm'] },
  { name: 'a program (Windows)', bytes: ['MZ\x90\x00', 'MZ\x00\x00'] },
  { name: 'a SQLite database', bytes: ['SQLite format 3\x00'] },
  {
    name: 'a shortcut',
    bytes: ['[InternetShortcut]', '[{000214A0-0000-0000-C000-000000000046}]', '[Desktop Entry]'],
  },
  { name: 'a font', bytes: ['wOFF', 'wOF2', '\x00\x01\x00\x00\x00', 'OTTO'] },
];

/** Document formats that are zips, by the name of an entry near the start of the file. */
export const ZIP_KINDS: readonly (readonly [entry: string, name: string])[] = [
  ['word/', 'a Word document (DOCX)'],
  ['xl/', 'an Excel workbook (XLSX)'],
  ['ppt/', 'a PowerPoint presentation (PPTX)'],
  ['application/vnd.oasis.opendocument.text', 'an OpenDocument text (ODT)'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'an OpenDocument spreadsheet (ODS)'],
  ['application/vnd.oasis.opendocument.presentation', 'an OpenDocument presentation (ODP)'],
  ['application/vnd.oasis.opendocument', 'an OpenDocument file without a text'],
  ['.iwa', 'a document of Pages, Numbers or Keynote'],
  ['application/epub+zip', 'an EPUB book'],
  ['[Content_Types].xml', 'a Microsoft Office document'],
];

/**
 * Names of data formats that hold no single story. The key is the document element for XML and a key in
 * braces for JSON.
 */
export const OTHER_JSON_AND_XML: ReadonlyMap<string, string> = new Map([
  ['rss', 'an RSS feed: a list of stories, not one of them'],
  ['feed', 'an Atom feed: a list of stories, not one of them'],
  ['rdf', 'an RDF document or RSS 1.0 feed'],
  ['urlset', 'a sitemap'],
  ['sitemapindex', 'a list of sitemaps'],
  ['opml', 'an OPML list of feeds'],
  ['svg', 'an SVG picture'],
  ['plist', 'a property list'],
  ['kml', 'a KML map'],
  ['gpx', 'a GPX track'],
  ['document', 'the inside of an office document'],
  ['project', 'a project file'],
  ['tei', 'a TEI document'],
  ['article', 'a JATS or DocBook article'],
  ['book', 'a DocBook book'],
  ['{version}', 'a JSON Feed or another list in JSON'],
  ['{items}', 'a list in JSON'],
  ['{@context}', 'structured data (JSON-LD)'],
  ['{@graph}', 'structured data (JSON-LD)'],
]);
