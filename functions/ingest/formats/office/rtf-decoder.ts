import iconv from '../../packages/iconv-lite.ts';
import { RTF_CODE_PAGES, RTF_SYMBOLS } from '../../words/rtf-words.ts';

/** Character set of the fonts Symbol and Wingdings. */
const SYMBOL_CHARSET = 2;

/** Code pages without Latin letters beyond ASCII. */
const OTHER_ALPHABETS = new Set([874, 932, 936, 949, 950, 1251, 1253, 1255, 1256, 10_007]);

/** Three letters beyond ASCII in succession, which Western words do not have. */
const FOREIGN_WORD = /[\x80-\xff]{3}/;

/** Names of code pages that iconv-lite does not know by their number. */
const NAMES = new Map([
  [708, 'iso-8859-6'],
  [874, 'windows-874'],
  [10_000, 'macintosh'],
  [10_001, 'shift_jis'],
  [10_006, 'macgreek'],
  [10_007, 'maccyrillic'],
  [10_029, 'maccenteuro'],
  [65_001, 'utf-8'],
]);

/** Decodes the bytes of an RTF document. The font of a run decides its code page. */
export class RtfDecoder {
  /** Code page of the document. */
  page = 1252;
  readonly #charsets = new Map<number, number>();
  readonly #pages = new Map<number, number>();
  /** Whether the fonts state a Western character set for text of another alphabet. */
  #isMisstated = false;

  setCharset(font: number, charset: number): void {
    this.#charsets.set(font, charset);
  }

  setPage(font: number, page: number): void {
    this.#pages.set(font, page);
  }

  /** @param bytes each byte as a Latin-1 character */
  decode(bytes: string, font: number | undefined): string {
    if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
    const charset = this.#charsets.get(font ?? -1);
    if (charset === SYMBOL_CHARSET)
      return [...bytes].map(char => (char < '\x80' ? char : symbolOf(char.charCodeAt(0)))).join('');
    let page = this.#pages.get(font ?? -1) ?? RTF_CODE_PAGES.get(charset ?? 1) ?? this.page;
    if (charset === 0 && OTHER_ALPHABETS.has(this.page)) {
      this.#isMisstated ||= FOREIGN_WORD.test(bytes);
      if (this.#isMisstated) page = this.page;
    }
    const name = NAMES.get(page) ?? `cp${page}`;
    return iconv.decode(Buffer.from(bytes, 'latin1'), iconv.encodingExists(name) ? name : 'windows-1252');
  }

  /** A character by its number in UTF-16. Symbol fonts have their signs at U+F000 to U+F0FF. */
  character(code: number): string {
    return code >= 0xf000 && code <= 0xf0ff ? symbolOf(code & 0xff) : String.fromCharCode(code);
  }
}

function symbolOf(byte: number): string {
  return RTF_SYMBOLS.get(byte) ?? '';
}
