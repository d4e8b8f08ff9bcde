/**
 * Words with which the name of an opinion section begins, in the languages of the labels: in lower case, as `NFKC`.
 * Scripts without spaces between words are in {@link UNSPACED}.
 */
const FIRST_WORDS: ReadonlySet<string> = new Set(
  `opinion opinions op-ed op-eds editorial editorials comment commentary commentaries columns columnists views viewpoints
  meinung meinungen kommentar kommentare leitartikel standpunkt standpunkte
  éditorial éditoriaux édito éditos tribune tribunes chroniques idées débats
  opinión opiniones editoriales columnas tribuna tribunas opinião opiniões editoriais colunas colunistas
  opinione opinioni editoriale editoriali commenti opinie opinies commentaar
  kommentarer ledare leder ledere debatt debat opinioner meninger mening meningen
  mielipide mielipiteet pääkirjoitus pääkirjoitukset opinia komentarze felietony publicystyka názory názor komentáře
  думки думка колонки мнение мнения колумнисты коментарі
  yorum yorumlar görüş görüşler başyazı
  رأي الرأي آراء افتتاحية دیدگاه یادداشت سرمقاله דעות דעה פרשנות विचार राय मत संपादकीय सम्पादकीय`
    .normalize('NFKC')
    .split(/\s+/),
);

/** Beginnings of names of opinion sections in scripts without spaces between words. */
const UNSPACED = [
  '社説',
  '論説',
  'オピニオン',
  'コラム',
  '评论',
  '社论',
  '观点',
  '評論',
  '社論',
  '觀點',
  '사설',
  '오피니언',
  '칼럼',
];

/** Whether the name of a section is that of an opinion section, in any language of the labels. */
export function isOpinionName(section: string): boolean {
  const name = section.normalize('NFKC').toLowerCase().trim();
  const [first = ''] = name.split(/[^\p{L}\p{M}-]+/u);
  return FIRST_WORDS.has(first) || UNSPACED.some(word => name.startsWith(word));
}
