/** Words in and around bylines, lower-case. */

/** Before the names, without a colon: only where what follows looks like names. */
export const BYLINE_PREFIXES: readonly string[] = [
  ...['written by', 'reported by', 'reporting by', 'words by', 'story by', 'text by', 'posted by', 'by'],
  ...['ein gastbeitrag von', 'ein kommentar von', 'geschrieben von', 'von', 'text von', 'propos recueillis par'],
  ...['écrit par', 'publié par', 'rédigé par', 'par', 'escrito por', 'publicado por', 'por', 'scritto da', 'a cura di', 'di'],
  ...['geschreven door', 'door', 'skriven av', 'skrevet av', 'skrevet af', 'av', 'af', 'tekst:', 'de la', 'de:'],
  ...['γράφει ο', 'γράφει η', 'του', 'της', 'بقلم', 'بقلم:', 'كتب', 'كتبت', 'כתב', 'מאת', 'مؤلف'],
  ...['tác giả', 'oleh', 'yazan', 'ni'],
];

/** Before the names, with a colon or a slash. */
export const BYLINE_LABELS: ReadonlySet<string> = new Set([
  ...['by', 'byline', 'author', 'authors', 'writer', 'reporter', 'text', 'words', 'story', 'written by'],
  ...['autor', 'autorin', 'autoren', 'autorinnen', 'von', 'auteur', 'auteurs', 'auteure', 'texte', 'par'],
  ...['autora', 'autores', 'por', 'texto', 'autore', 'autori', 'autrice', 'testo', 'di', 'door', 'tekst'],
  ...['författare', 'forfatter', 'kirjoittaja', 'teksti', 'av', 'af', 'autorka', 'autorzy', 'opracował', 'opracowała'],
  ...['szerző', 'írta', 'yazan', 'yazar', 'haber', 'συντάκτης', 'κείμενο', 'γράφει'],
  ...['автор', 'автори', 'авторка', 'авторы', 'текст', 'аўтар', 'написав', 'написала', 'підготував', 'підготувала'],
  ...['بقلم', 'الكاتب', 'كتب', 'نویسنده', 'מאת', '作者', '记者', '記者', '撰文', '文', '文・', '執筆', '글', '기자', 'लेखक'],
  ...['oleh', 'penulis', 'tác giả'],
]);

/** Between two names. */
export const NAME_JOINERS: ReadonlySet<string> = new Set([
  ...['and', '&', 'und', 'et', 'y', 'e', 'i', 'en', 'och', 'og', 'ja', 'a', 'és', 'și', 'şi', 've', 'και', 'та', 'і', 'й'],
  ...['и', 'ו', 'و', 'with', 'mit', 'avec', 'con', 'com', 'met', 'with:', '和', '與', 'dan', 'và', '+'],
]);

/** Lower-case words inside names. */
export const NAME_PARTICLES: ReadonlySet<string> = new Set([
  ...['de', 'da', 'do', 'dos', 'das', 'del', 'della', 'di', 'du', 'des', 'la', 'le', 'los', 'las', 'el', 'al', 'der', 'den'],
  ...['van', 'von', 'vom', 'zu', 'zum', 'zur', 'ten', 'ter', 'te', "'t", 'af', 'av', 'bin', 'bint', 'ibn', 'abu', 'ap', 'ben'],
  ...['y', 'e', 'dello', 'degli', 'lo', 'ul', 'ur', 'est', 'st', 'd’', "d'", 'o’'],
]);

/** A part of a byline that holds one of these is a job, not a person. */
export const JOB_WORDS: ReadonlySet<string> = new Set([
  ...['staff', 'writer', 'writers', 'reporter', 'reporters', 'correspondent', 'correspondents', 'editor', 'editors'],
  ...['editor-in-chief', 'contributor', 'contributors', 'columnist', 'columnists', 'analyst', 'producer', 'freelance'],
  ...['special', 'senior', 'junior', 'chief', 'deputy', 'bureau', 'desk', 'journalist', 'journalists', 'photographer'],
  ...['intern', 'director', 'professor', 'critic', 'blogger', 'author', 'redakteur', 'redakteurin', 'korrespondent'],
  ...['korrespondentin', 'reporterin', 'journaliste', 'correspondant', 'correspondante', 'rédacteur', 'rédactrice'],
  ...['envoyé', 'envoyée', 'redactor', 'redactora', 'corresponsal', 'periodista', 'enviado', 'enviada', 'repórter'],
  ...['correspondente', 'jornalista', 'giornalista', 'corrispondente', 'inviato', 'redacteur', 'verslaggever'],
  ...['dziennikarz', 'dziennikarka', 'redaktor', 'redaktorka', 'кореспондент', 'кореспондентка', 'журналіст'],
  ...['журналістка', 'редактор', 'редакторка', 'корреспондент', 'журналист', 'оглядач', 'обозреватель'],
]);

/** News agencies: the byline of a story that names nobody else. Dropped where a person is named. */
export const AGENCIES: ReadonlySet<string> = new Set([
  ...['reuters', 'ap', 'associated press', 'the associated press', 'afp', 'agence france-presse', 'dpa', 'apa', 'efe'],
  ...['ansa', 'lusa', 'anp', 'belga', 'ntb', 'tt', 'ritzau', 'stt', 'pap', 'čtk', 'mti', 'tanjug', 'hina', 'bloomberg'],
  ...['upi', 'pa', 'pa media', 'press association', 'kyodo', 'kyodo news', 'yonhap', 'xinhua', 'pti', 'aap', 'cp'],
  ...['the canadian press', 'canadian press', 'ukrinform', 'укрінформ', 'interfax-ukraine', 'інтерфакс-україна', 'уніан'],
  ...['anadolu', 'anadolu agency', 'aa', 'cnn', 'cnn newsource', 'wam', 'spa', 'kuna', 'petra'],
]);
