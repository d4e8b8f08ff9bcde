/**
 * What newsrooms write around a story, in the languages they write it in. All lower-case, without the colon
 * or the brackets around them. A label only counts where it stands alone on its line or before a colon.
 */

/** Above or before the titles of other stories. */
export const RELATED_LABELS: ReadonlySet<string> = new Set([
  ...['related', 'related:', 'related stories', 'related story', 'related articles', 'related article'],
  ...['related news', 'related content', 'related coverage', 'related links', 'related reading', 'related posts'],
  ...['read also', 'also read', 'read more', 'read next', 'see also', 'more on this', 'more on this story'],
  ...['more on this topic', 'more stories', 'further reading', 'you may also like', 'you might also like'],
  ...['recommended', 'recommended reading', 'don’t miss', "don't miss", 'more from us', 'more coverage'],
  ...['mehr zum thema', 'lesen sie auch', 'lesen sie mehr', 'auch interessant', 'verwandte artikel', 'siehe auch'],
  ...['weitere artikel', 'lesen sie dazu', 'mehr dazu', 'das könnte sie auch interessieren'],
  ...['lire aussi', 'à lire aussi', 'a lire aussi', 'à lire', 'à lire également', 'voir aussi', 'sur le même sujet'],
  ...['articles liés', 'lire également', 'pour aller plus loin', 'articles similaires'],
  ...['lea también', 'lee también', 'lee más', 'leer también', 'leer más', 'te puede interesar', 'le puede interesar'],
  ...['relacionado', 'relacionados', 'noticias relacionadas', 'artículos relacionados', 'más información'],
  ...['ver también', 'también te puede interesar', 'leia também', 'leia mais', 'veja também', 'saiba mais'],
  ...['notícias relacionadas', 'artigos relacionados', 'ler também', 'leia ainda', 'relacionadas'],
  ...['leggi anche', 'articoli correlati', 'leggi di più', 'vedi anche', 'potrebbe interessarti'],
  ...['lees ook', 'lees meer', 'lees verder', 'gerelateerd', 'gerelateerde artikelen', 'zie ook'],
  ...['läs också', 'läs även', 'läs mer', 'relaterat', 'les også', 'les mer', 'relatert', 'læs også', 'læs mere'],
  ...['lue myös', 'aiheesta lisää', 'lue lisää', 'loe ka', 'loe veel', 'lasi arī', 'lasi vēl', 'taip pat skaitykite'],
  ...['skaitykite daugiau', 'czytaj też', 'czytaj także', 'czytaj również', 'przeczytaj także', 'zobacz też'],
  ...['zobacz także', 'zobacz również', 'powiązane', 'przeczytaj też', 'čtěte také', 'čtěte též', 'související'],
  ...['související články', 'mohlo by vás zajímat', 'prečítajte si aj', 'čítajte aj', 'súvisiace', 'pročitajte i'],
  ...['pročitajte još', 'povezano', 'povezani članci', 'preberite tudi', 'citește și', 'citeşte şi', 'citiți și'],
  ...['vezi și', 'pe aceeași temă', 'olvasta már', 'kapcsolódó', 'kapcsolódó cikkek', 'ezt is olvassa el'],
  ...['ilgili haberler', 'ayrıca okuyun', 'bunları da okuyun', 'ayrıca bakınız', 'i̇lgili haberler'],
  ...['διαβάστε επίσης', 'διαβάστε ακόμη', 'διαβάστε ακόμα', 'σχετικά άρθρα', 'δείτε επίσης', 'σχετικά'],
  ...['читайте також', 'читайте ще', 'дивіться також', 'також читайте', 'читати також', 'на цю тему', 'за темою'],
  ...['пов’язані новини', "пов'язані новини", 'до теми', 'по темі', 'читати далі', 'більше на тему'],
  ...['читайте также', 'читать также', 'смотрите также', 'по теме', 'материалы по теме', 'читайте ещё'],
  ...['похожие новости', 'ещё по теме', 'еще по теме', 'читать далее', 'чытайце таксама', 'глядзіце таксама'],
  ...['прочетете още', 'вижте още', 'свързани', 'прочитајте и', 'прочитајте још', 'повезано', 'прочитај и'],
  ...['اقرأ أيضا', 'اقرأ أيضًا', 'إقرأ أيضا', 'مواضيع ذات صلة', 'أخبار ذات صلة', 'اقرأ المزيد', 'ذات صلة', 'شاهد أيضا'],
  ...['بیشتر بخوانید', 'مطالب مرتبط', 'همچنین بخوانید', 'اخبار مرتبط', 'یہ بھی پڑھیں'],
  ...['קראו גם', 'קרא גם', 'כתבות נוספות', 'כתבות קשורות', 'קראו עוד', 'ראו גם'],
  ...['यह भी पढ़ें', 'ये भी पढ़ें', 'संबंधित खबरें', 'আরও পড়ুন', 'இதையும் படியுங்கள்'],
  ...['相关阅读', '相关新闻', '相关报道', '相关文章', '延伸阅读', '推荐阅读', '相關閱讀', '相關新聞', '相關報導', '延伸閱讀'],
  ...['関連記事', '関連', '関連ニュース', 'あわせて読みたい', '合わせて読みたい', 'こちらもおすすめ'],
  ...['관련 기사', '관련기사', '관련 뉴스', '함께 읽기', '더 읽기', '함께 보기'],
  ...['baca juga', 'berita terkait', 'artikel terkait', 'xem thêm', 'đọc thêm', 'tin liên quan', 'bài liên quan'],
  ...['อ่านเพิ่มเติม', 'ข่าวที่เกี่ยวข้อง', 'basahin din', 'soma pia', 'lees ook:'],
]);

/** Before the instant at which a story may be published. */
export const EMBARGO_WORDS: readonly string[] = [
  ...['strictly embargoed until', 'embargoed until', 'embargoed to', 'embargoed for', 'embargoed', 'embargo until'],
  ...['embargo', 'under embargo until', 'not for publication before', 'not for release before', 'hold until'],
  ...['not for publication until', 'not for release until', 'hold for release', 'release date and time'],
  ...['sperrfrist bis', 'sperrfrist', 'gesperrt bis', 'sous embargo jusqu’au', "sous embargo jusqu'au", 'sous embargo'],
  ...['embargado hasta', 'embargo hasta', 'embargado até', 'embargo até', 'sotto embargo fino al', 'embargo fino al'],
  ...['onder embargo tot', 'embargo tot', 'embargo do', 'under embargo till', 'ембарго до', 'эмбарго до', 'ембарго', 'эмбарго'],
];

/** Lines that clear a story for release and say nothing else. */
export const RELEASE_LINES: ReadonlySet<string> = new Set([
  ...['for immediate release', 'for release', 'for immediate publication', 'press release', 'news release'],
  ...['media release', 'zur sofortigen veröffentlichung', 'pressemitteilung', 'communiqué de presse'],
  ...['pour diffusion immédiate', 'comunicado de prensa', 'nota de prensa', 'para publicación inmediata'],
  ...['para divulgação imediata', 'comunicado de imprensa', 'comunicato stampa', 'persbericht', 'pressmeddelande'],
  ...['pressemelding', 'pressemeddelelse', 'komunikat prasowy', 'informacja prasowa', 'tisková zpráva'],
  ...['прес-реліз', 'пресреліз', 'пресс-релиз', '新闻稿', '新聞稿', 'プレスリリース', '보도자료', '即时发布'],
]);

/** The end of a story where nothing else is on the line; brackets, dashes, stars and dots around it are ignored. */
export const END_MARKS: ReadonlySet<string> = new Set([
  ...['30', '###', '##', 'ends', 'end', 'endit', 'the end', 'eom', 'more to come', 'ende', 'fin', 'fine', 'fim', 'koniec'],
  ...['slut', 'loppu', 'einde', 'кінець', 'конец', 'край', 'τέλος', 'son', 'النهاية', 'انتهى', 'סוף', '完', '終', '끝'],
]);

/** Headings of what follows a press release: not part of the story. */
export const NOTES_LABELS: ReadonlySet<string> = new Set([
  ...['notes to editors', 'note to editors', 'editor’s notes', "editor's notes", 'notes for editors', 'notes'],
  ...['contact', 'contacts', 'media contact', 'media contacts', 'press contact', 'press contacts', 'press office'],
  ...['for more information', 'for further information', 'for more information contact', 'media enquiries'],
  ...['media inquiries', 'press enquiries', 'press inquiries', 'for media inquiries', 'contact information'],
  ...['kontakt', 'pressekontakt', 'ansprechpartner', 'rückfragen', 'contact presse', 'contacts presse'],
  ...['contacto', 'contacto de prensa', 'contato', 'contacto de imprensa', 'contatti', 'ufficio stampa', 'perscontact'],
  ...['noot voor de redactie', 'presskontakt', 'kontakt dla mediów', 'kontakt prasowy', 'контакти', 'контакты'],
  ...['контакт', 'контакти для преси', 'контакти для змі', '联系方式', '媒体联系', 'お問い合わせ', '문의'],
]);

/** Before a caption or a picture credit. */
export const CAPTION_LABELS: ReadonlySet<string> = new Set([
  ...['caption', 'photo caption', 'cutline', 'photo credit', 'image credit', 'picture caption', 'image caption'],
  ...['bildunterschrift', 'bildtext', 'légende', 'légende photo', 'crédit photo', 'pie de foto', 'legenda'],
  ...['didascalia', 'bijschrift', 'підпис до фото', 'подпись к фото', '图片说明', '圖片說明', '写真説明'],
]);

/** Names of fields in copy that is filed with a labelled head, and what they state. */
export const FIELD_LABELS: ReadonlyMap<string, CopyField> = new Map([
  ...field('headline', 'headline', 'hed', 'head', 'title', 'titel', 'überschrift', 'schlagzeile', 'titre', 'título', 'titulo'),
  ...field('headline', 'titolo', 'kop', 'rubrik', 'tytuł', 'nadpis', 'заголовок', 'назва', 'titlu', 'cím', 'başlık', 'τίτλος'),
  ...field('headline', 'العنوان', 'כותרת', '标题', '標題', 'タイトル', '제목'),
  ...field('dek', 'dek', 'deck', 'standfirst', 'subhead', 'subheadline', 'subtitle', 'sub-headline', 'unterzeile', 'untertitel'),
  ...field('dek', 'chapeau', 'chapô', 'sous-titre', 'subtítulo', 'bajada', 'sottotitolo', 'occhiello', 'підзаголовок'),
  ...field('dek', 'подзаголовок', 'podtytuł', 'podtitul', 'ingress'),
  ...field('byline', 'byline', 'by', 'author', 'authors', 'reporter', 'writer', 'written by', 'autor', 'autorin', 'autoren'),
  ...field('byline', 'auteur', 'auteurs', 'autora', 'autores', 'autore', 'autori', 'författare', 'forfatter', 'kirjoittaja'),
  ...field('byline', 'автор', 'автори', 'авторка', 'авторы', 'yazar', 'yazan', 'συντάκτης', 'الكاتب', 'بقلم', 'מאת', '作者', '記者', '记者', '기자'),
  ...field('date', 'date', 'published', 'publication date', 'published on', 'posted', 'datum', 'date de publication', 'fecha'),
  ...field('date', 'data', 'dato', 'päivämäärä', 'дата', 'опубліковано', 'опубликовано', 'veröffentlicht', 'publié le'),
  ...field('date', 'publicado', 'pubblicato', 'gepubliceerd', 'opublikowano', 'tarih', 'ημερομηνία', '日期', '发布时间', '日付', '날짜', 'التاريخ'),
  ...field('updated', 'updated', 'last updated', 'modified', 'aktualisiert', 'mis à jour', 'actualizado', 'aggiornato'),
  ...field('updated', 'оновлено', 'обновлено', 'atualizado', 'zaktualizowano', 'bijgewerkt'),
  ...field('section', 'section', 'category', 'desk', 'ressort', 'rubrique', 'rubrik', 'sección', 'sezione', 'рубрика', 'розділ', 'раздел'),
  ...field('tags', 'tags', 'keywords', 'topics', 'schlagworte', 'mots-clés', 'etiquetas', 'теги', 'ключові слова', 'ключевые слова'),
  ...field('summary', 'summary', 'abstract', 'zusammenfassung', 'résumé', 'resumen', 'резюме', 'анотація'),
  ...field('slug', 'slug', 'slugline'),
]);
export type CopyField = 'headline' | 'dek' | 'byline' | 'date' | 'updated' | 'section' | 'tags' | 'summary' | 'slug';

function field(name: CopyField, ...labels: string[]): [string, CopyField][] {
  return labels.map(label => [label, name]);
}
