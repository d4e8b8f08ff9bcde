/** Names that templates give to headings, without their number. Word itself stores `heading 1` in any language. */
export const HEADING_STYLES: readonly string[] = [
  'Überschrift',
  'Titre',
  'Título',
  'Titulo',
  'Titolo',
  'Kop',
  'Rubrik',
  'Overskrift',
  'Otsikko',
  'Nagłówek',
  'Nadpis',
  'Címsor',
  'Заголовок',
  'Επικεφαλίδα',
  'Başlık',
  '見出し',
  '标题',
  '標題',
  '제목',
];

/** Names of the style that a headline has. */
export const TITLE_STYLES: readonly string[] = [
  'Title',
  'Headline',
  'Titel',
  'Titre',
  'Título',
  'Titolo',
  'Tytuł',
  'Название',
  'Назва',
  'Заголовок',
  '表題',
];

/** Names of the style that a dek has. */
export const SUBTITLE_STYLES: readonly string[] = [
  'Subtitle',
  'Dek',
  'Standfirst',
  'Untertitel',
  'Sous-titre',
  'Subtítulo',
  'Sottotitolo',
  'Ondertitel',
  'Underrubrik',
  'Podtytuł',
  'Подзаголовок',
  'Підзаголовок',
  '副題',
];

/** Authors and titles that programs fill in by themselves, in lower case. */
export const MACHINE_PROPERTIES: ReadonlySet<string> = new Set([
  'user',
  'admin',
  'administrator',
  'microsoft office user',
  'microsoft office',
  'windows user',
  'python-docx',
  'un-named',
  'word document',
  'document1',
  'document',
  'untitled',
  'untitled document',
  'normal',
]);
