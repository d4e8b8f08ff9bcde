import { wordSet } from './tables.ts';

/** Control words of RTF 1.9.1 that stand for characters. */
export const RTF_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', '\u2003'],
  ['enspace', '\u2002'],
  ['qmspace', '\u2005'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['zwj', '\u200d'],
  ['zwnj', '\u200c'],
  ['ltrmark', '\u200e'],
  ['rtlmark', '\u200f'],
  ['~', '\u00a0'],
  ['_', '\u2011'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
  ['\t', '\t'],
]);

/** Control words that end a paragraph. The last two are a backslash before a line end. */
export const RTF_PARAGRAPH_ENDS = new Set(['par', 'sect', 'page', 'column', 'nestcell', '\n', '\r']);

/** Groups without words of the story. Groups that begin with `\*` are in no list: the known ones are read by name. */
export const RTF_SKIPPED = wordSet(`
  colortbl filetbl listtable listoverridetable revtbl rsidtbl nonshppict shprslt xe tc tcn rxe bkmkstart bkmkend
  pntxta pntxtb ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn nonesttables template private background
  ffname ffdeftext ffformat ffhelptext ffstattext ffentrymcr ffexitmcr ffl txe
`);

/** Groups in which only certain groups are read: shapes, old drawings, and text in two forms. */
export const RTF_WRAPPERS = wordSet('shp shpinst do upr');

/** Headers and footers of pages. */
export const RTF_MARGINS = wordSet('header headerl headerr headerf footer footerl footerr footerf');

/** Code page of each character set of a font. Character set 1 is the default of the file. */
export const RTF_CODE_PAGES: ReadonlyMap<number, number> = new Map([
  [0, 1252],
  [77, 10_000],
  [78, 932],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
  [254, 437],
  [255, 850],
]);

/** Signs of the fonts Symbol and Wingdings that mark list items, by their byte. */
export const RTF_SYMBOLS: ReadonlyMap<number, string> = new Map([
  [0xa7, '▪'],
  [0xb7, '•'],
  [0xa8, '▪'],
  [0xd8, '•'],
  [0xfc, '✓'],
]);
