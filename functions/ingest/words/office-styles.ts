import { phraseSet, words } from './tables.ts';

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

/** Authors and titles that programs fill in automatically, in lower case. */
export const MACHINE_PROPERTIES: ReadonlySet<string> = phraseSet(`
  user | admin | administrator | microsoft office user | microsoft office | windows user | python-docx | un-named
  word document | document1 | document | untitled | untitled document | normal
`);
