import { phraseSet, phrases, words } from './tables.ts';

/**
 * Style names of headings in templates, without their number. Word itself stores `heading 1` in every
 * language.
 */
export const HEADING_STYLES: readonly string[] = words(`
  Überschrift Titre Título Titulo Titolo Kop Rubrik Overskrift Otsikko Nagłówek Nadpis Címsor Заголовок
  Επικεφαλίδα Başlık 見出し 标题 標題 제목
`);

/** Style names of headlines. */
export const TITLE_STYLES: readonly string[] = words(`
  Title Headline Titel Titre Título Titolo Tytuł Название Назва Заголовок 表題
`);

/** Style names of deks. */
export const SUBTITLE_STYLES: readonly string[] = words(`
  Subtitle Dek Standfirst Untertitel Sous-titre Subtítulo Sottotitolo Ondertitel Underrubrik Podtytuł Подзаголовок
  Підзаголовок 副題
`);

/** Style names of captions of pictures. Word itself stores `caption` in every language. */
export const CAPTION_STYLES: readonly string[] = words(`
  caption Caption Beschriftung Bildunterschrift Légende Leyenda Epígrafe Didascalia Bijschrift Bildtext Billedtekst
  Podpis Illustration Figure Подпись Підпис
`);

/** Words at the beginning of a line that is a caption, before a colon. In lower case. */
export const CAPTION_LABELS: ReadonlySet<string> = phraseSet(`
  caption | photo caption | picture caption | cutline | pictured | photo | picture | image | bildunterschrift | bu | bild
  | foto | bildtext | légende | photographie | image | leyenda | pie de foto | didascalia | bijschrift | onderschrift
  | billedtekst | kuvateksti | kuva | podpis | zdjęcie | popisek | подпись | подпись к фото | фото | підпис | світлина
  | キャプション | 写真 | 图片说明 | 图 | 사진 | تعليق الصورة | صورة | כיתוב | תמונה
`);

/** Words in front of the name of a photographer, in lower case. */
export const CREDIT_LABELS: ReadonlySet<string> = phraseSet(`
  photo | photos | photo by | photograph | photograph by | picture | picture by | image | image by | credit | photo credit
  | foto | fotos | bild | bilder | quelle | crédit | crédit photo | photo de | crédito | foto de | fotografía | foto di
  | fotografia | beeld | kuva | zdj | fot | фото | світлина | 写真 | 摄影 | 攝影 | 사진 | تصوير | צילום
`);

/** Style names of quotations. */
export const QUOTE_STYLES: readonly string[] = phrases(`
  Quote | Intense Quote | Quotations | Block Text | Block Quotation | Zitat | Intensives Zitat | Citation | Citation intense
  Cita | Cita destacada | Citazione | Citat | Cytat | Цитата 2 | Выделенная цитата | 引用文
`);

/** Authors and titles that programs fill in automatically, in lower case. */
export const MACHINE_PROPERTIES: ReadonlySet<string> = phraseSet(`
  user | admin | administrator | microsoft office user | microsoft office | windows user | python-docx | un-named
  word document | document1 | document | untitled | untitled document | normal
`);
