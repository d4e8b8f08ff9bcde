import { words } from './tables.ts';

/**
 * Encodings by their lower-case labels, as in the WHATWG Encoding Standard (§ 4.2). `latin1` means
 * windows-1252 and `gb2312` means the larger GB 18030.
 */
export const CHARSET_LABELS: ReadonlyMap<string, string> = new Map([
  ...aliases('utf-8', 'utf8 unicode-1-1-utf-8 x-unicode20utf8 utf8mb4'),
  ...aliases('utf-16le', 'utf-16 utf16 utf16le unicode ucs-2 iso-10646-ucs-2 csunicode'),
  ...aliases('utf-16be', 'utf16be unicodefffe'),
  ...aliases(
    'windows-1252',
    `latin1 latin-1 l1 iso-8859-1 iso8859-1 iso88591 iso_8859-1 ascii us-ascii ansi cp1252 x-cp1252 cp819
     ansi_x3.4-1968`,
  ),
  ...aliases('windows-1250', 'cp1250 x-cp1250'),
  ...aliases('windows-1251', 'cp1251 x-cp1251'),
  ...aliases('windows-1253', 'cp1253 x-cp1253'),
  ...aliases('windows-1254', 'cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5'),
  ...aliases('windows-1255', 'cp1255 x-cp1255'),
  ...aliases('windows-1256', 'cp1256 x-cp1256'),
  ...aliases('windows-1257', 'cp1257 x-cp1257'),
  ...aliases('windows-1258', 'cp1258 x-cp1258'),
  ...aliases('windows-874', 'tis-620 iso-8859-11 iso8859-11 dos-874'),
  ...aliases('iso-8859-2', 'latin2 latin-2 l2 iso8859-2 iso88592 iso_8859-2'),
  ...aliases('iso-8859-15', 'latin9 latin-9 l9 iso8859-15 iso_8859-15'),
  ...aliases('iso-8859-5', 'cyrillic iso8859-5 iso_8859-5'),
  ...aliases('iso-8859-6', 'arabic iso8859-6 iso_8859-6 asmo-708'),
  ...aliases('iso-8859-7', 'greek greek8 iso8859-7 iso_8859-7'),
  ...aliases('iso-8859-8', 'hebrew iso8859-8 iso_8859-8 iso-8859-8-i visual logical'),
  ...aliases('koi8-r', 'koi koi8 koi8_r cskoi8r'),
  ...aliases('koi8-u', 'koi8-ru'),
  ...aliases('ibm866', '866 cp866 csibm866'),
  ...aliases('macintosh', 'mac x-mac-roman csmacintosh'),
  ...aliases('x-mac-cyrillic', 'x-mac-ukrainian'),
  ...aliases('shift_jis', 'sjis shift-jis x-sjis ms_kanji windows-31j ms932 cp932'),
  ...aliases('euc-jp', 'x-euc-jp eucjp'),
  ...aliases('gb18030', 'gbk gb2312 gb_2312-80 x-gbk cp936 chinese hz-gb-2312'),
  ...aliases('big5', 'big5-hkscs cn-big5 x-x-big5 cp950'),
  ...aliases('euc-kr', 'ks_c_5601-1987 ksc5601 korean windows-949 cp949 uhc'),
]);

/** iconv-lite's names of encodings that differ from the WHATWG names. */
export const ICONV_NAMES: ReadonlyMap<string, string> = new Map([
  ['shift_jis', 'cp932'],
  ['euc-kr', 'cp949'],
  ['big5', 'big5hkscs'],
  ['x-mac-cyrillic', 'maccyrillic'],
  ['ibm866', 'cp866'],
]);

/** Encodings with two bytes per character. Their bytes are sometimes valid UTF-8 by chance. */
export const TWO_BYTE_CHARSETS: ReadonlySet<string> = new Set([
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
]);

function aliases(name: string, labels: string): [string, string][] {
  return [name, ...words(labels)].map(label => [label, name]);
}
