import { phraseSet, phrases, wordSet, words } from './tables.ts';

// Labels that newsrooms write around a story, in their languages. They are in lower case, without colons and
// brackets. A label counts only if it is alone on its line or before a colon.

/** Lines that only clear a story for release. */
export const RELEASE_LINES: ReadonlySet<string> = phraseSet(`
  for immediate release | for release | for immediate publication | press release | news release | media release
  zur sofortigen veröffentlichung | pressemitteilung | communiqué de presse | pour diffusion immédiate
  comunicado de prensa | nota de prensa | para publicación inmediata | para divulgação imediata
  comunicado de imprensa | comunicato stampa | persbericht | pressmeddelande | pressemelding | pressemeddelelse
  komunikat prasowy | informacja prasowa | tisková zpráva | прес-реліз | пресреліз | пресс-релиз | 新闻稿 | 新聞稿
  プレスリリース | 보도자료 | 即时发布
`);

/**
 * Marks of the end of a story. The mark is alone on its line. Brackets, dashes, stars and dots around it are
 * ignored.
 */
export const END_MARKS: ReadonlySet<string> = phraseSet(`
  30 | ### | ## | ends | end | endit | the end | eom | more to come | ende | fin | fine | fim | koniec | slut
  loppu | einde | кінець | конец | край | τέλος | son | النهاية | انتهى | סוף | 完 | 終 | 끝
`);

/** Headings of the notes after a press release. The notes are not part of the story. */
export const NOTES_LABELS: ReadonlySet<string> = phraseSet(`
  notes to editors | note to editors | editor’s notes | editor's notes | notes for editors | notes | contact
  contacts | media contact | media contacts | press contact | press contacts | press office | for more information
  for further information | for more information contact | media enquiries | media inquiries | press enquiries
  press inquiries | for media inquiries | contact information | kontakt | pressekontakt | ansprechpartner
  rückfragen | contact presse | contacts presse | contacto | contacto de prensa | contato | contacto de imprensa
  contatti | ufficio stampa | perscontact | noot voor de redactie | presskontakt | kontakt dla mediów
  kontakt prasowy | контакти | контакты | контакт | контакти для преси | контакти для змі | 联系方式 | 媒体联系 | お問い合わせ
  문의
`);

/** Labels before a caption or a picture credit. */
export const CAPTION_LABELS: ReadonlySet<string> = phraseSet(`
  caption | photo caption | cutline | photo credit | image credit | picture caption | image caption
  bildunterschrift | bildtext | légende | légende photo | crédit photo | pie de foto | legenda | didascalia
  bijschrift | підпис до фото | подпись к фото | 图片说明 | 圖片說明 | 写真説明 | photo | photos | file photo | foto | fotos
  fotografía | fotografia | fotoğraf | zdjęcie | fot | fotó | фото | світлина | фотографія | фотография | снимка
  φωτογραφία | 写真 | 照片 | 사진 | صورة | צילום | फोटो
`);

/** Fields of the labelled head of a text file, by their names. */
export const FIELD_LABELS: ReadonlyMap<string, CopyField> = new Map([
  ...field(
    'headline',
    `headline | hed | head | title | titel | überschrift | schlagzeile | titre | título | titulo | titolo | kop
     rubrik | tytuł | nadpis | заголовок | назва | titlu | cím | başlık | τίτλος | العنوان | כותרת | 标题 | 標題
     タイトル | 제목`,
  ),
  ...field(
    'dek',
    `dek | deck | standfirst | subhead | subheadline | subtitle | sub-headline | unterzeile | untertitel | chapeau
     chapô | sous-titre | subtítulo | bajada | sottotitolo | occhiello | підзаголовок | подзаголовок | podtytuł
     podtitul | ingress`,
  ),
  ...field(
    'byline',
    `byline | by | author | authors | reporter | writer | written by | autor | autorin | autoren | auteur
     auteurs | autora | autores | autore | autori | författare | forfatter | kirjoittaja | автор | автори
     авторка | авторы | yazar | yazan | συντάκτης | الكاتب | بقلم | מאת | 作者 | 記者 | 记者 | 기자`,
  ),
  ...field(
    'date',
    `date | published | publication date | published on | posted | datum | date de publication | fecha | data
     dato | päivämäärä | дата | опубліковано | опубликовано | veröffentlicht | publié le | publicado | pubblicato
     gepubliceerd | opublikowano | tarih | ημερομηνία | 日期 | 发布时间 | 日付 | 날짜 | التاريخ`,
  ),
  ...field(
    'updated',
    `updated | last updated | modified | aktualisiert | mis à jour | actualizado | aggiornato | оновлено
     обновлено | atualizado | zaktualizowano | bijgewerkt`,
  ),
  ...field(
    'section',
    `section | category | desk | ressort | rubrique | rubrik | sección | sezione | рубрика | розділ | раздел`,
  ),
  ...field(
    'tags',
    `tags | keywords | topics | schlagworte | mots-clés | etiquetas | теги | ключові слова | ключевые слова`,
  ),
  ...field('summary', 'summary | abstract | zusammenfassung | résumé | resumen | резюме | анотація'),
  ...field('slug', 'slug | slugline'),
]);
export type CopyField =
  | 'headline'
  | 'dek'
  | 'byline'
  | 'date'
  | 'updated'
  | 'section'
  | 'tags'
  | 'summary'
  | 'slug';

function field(name: CopyField, labels: string): [string, CopyField][] {
  return phrases(labels).map(label => [label, name]);
}

/** Words before a page number. */
export const PAGE_WORDS: readonly string[] = words(`
  page seite página pagina pág pag sida side sivu strona str strana oldal sayfa σελίδα стр страница сторінка с p s
  صفحة 第
`);

/** Words between a page number and the number of pages. */
export const PAGE_JOINERS: readonly string[] = phrases(`
  of | von | de | sur | di | van | av | af | z | ze | из | з | із | από | من | 页\\s?[/,，共]* | 頁\\s?[/,，共]*
`);

/** First parts of English and French words that are spelt with a hyphen. */
export const COMPOUND_STARTS: ReadonlySet<string> = wordSet(`
  all anti cross deep double eight eighty ex far fast fifty first five forty four full half hard high ill large
  late left life light long low mid mother multi nine ninety non north off old one open part post pro quasi right
  second self semi seven seventy short single six sixty slow so soft south step ten third thirty three top twenty
  two vice well wide year after-the editor father brother sister celui celle ceux celles peut est dit demi vingt
  trente quarante cinquante soixante quatre dix grand petit moi lui
`);

/** Words that a line of capitalised words has if it is no name: “Special Report”, “Die Lage”. */
export const NO_NAME_WORDS: readonly string[] = words(`
  analysis breaking city comment council cup desk division edition exclusive feature final guide interview league
  letter letters live match news notes opinion press profile release report review round special sport sports
  story the today update world der die das bericht kommentar zur im am le les en au el los il
`);

/** Frequent surnames of China and Korea, with which a name begins. */
export const EAST_ASIAN_SURNAMES: ReadonlySet<string> = new Set(
  '王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范范金石廖贾賈夏韦韋方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용',
);
