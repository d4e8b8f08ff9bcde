import { phraseSet, phrases, wordSet } from './tables.ts';

// Words in and around bylines, in lower case.

/** Prefixes before the names, without a colon. They count only if names follow. */
export const BYLINE_PREFIXES: readonly string[] = phrases(`
  written by | reported by | reporting by | words by | story by | text by | posted by | published by
  submitted by | article by | this article was written by | this post was written by | about the author - | by
  ein gastbeitrag von | ein kommentar von | ein artikel von
  ein beitrag von | ein interview von | ein text von | gespeichert von | geschrieben von | veröffentlicht von
  eingestellt von | erstellt von | verfasst von | gepostet von | von | vom | text von | propos recueillis par
  écrit par | publié par | rédigé par | par | escrito por | publicado por | por | scritto da | a cura di | di
  geschreven door | door | skriven av | skrevet av | skrevet af | av | af | tekst: | de la | de: | γράφει ο
  γράφει η | του | της | بقلم | بقلم: | كتب | كتبت | כתב | מאת | مؤلف | tác giả | oleh | yazan | ni | interview by
  interviewed by | interview von | interview: | das interview führte | das gespräch führte | die fragen stellte
  entretien réalisé par | entrevista de | entrevista por | intervista di | interview door | rozmawiał | rozmawiała
  беседовал | беседовала | розмовляв | розмовляла
`);

/** Labels before the names, with a colon or a slash. */
export const BYLINE_LABELS: ReadonlySet<string> = phraseSet(`
  by | byline | author | authors | writer | reporter | text | words | story | written by | autor | autorin
  autoren | autorinnen | von | auteur | auteurs | auteure | texte | par | autora | autores | por | texto | autore
  autori | autrice | testo | di | door | tekst | författare | forfatter | kirjoittaja | teksti | av | af | autorka
  autorzy | opracował | opracowała | szerző | írta | yazan | yazar | haber | συντάκτης | κείμενο | γράφει | автор
  автори | авторка | авторы | текст | аўтар | написав | написала | підготував | підготувала | بقلم | الكاتب | كتب
  نویسنده | מאת | 作者 | 记者 | 記者 | 撰文 | 文 | 文・ | 執筆 | 글 | 기자 | लेखक | oleh | penulis | tác giả
`);

/** Words between two names. */
export const NAME_JOINERS: ReadonlySet<string> = wordSet(`
  and & und et y e i en och og ja a és și şi ve και та і й и ו و with mit avec con com met with: 和 與 dan và +
`);

/** Lower-case words inside names. */
export const NAME_PARTICLES: ReadonlySet<string> = wordSet(`
  de da do dos das del della di du des la le los las el al der den van von vom zu zum zur ten ter te 't af av bin
  bint ibn abu ap ben y e dello degli lo ul ur est st d’ d' o’
`);

/** Words of job titles. A part of a byline with one of them is not a name. */
export const JOB_WORDS: ReadonlySet<string> = wordSet(`
  staff writer writers reporter reporters correspondent correspondents editor editors editor-in-chief contributor
  contributors columnist columnists analyst producer freelance special senior junior chief deputy bureau desk
  journalist journalists photographer intern director professor critic blogger author redakteur redakteurin
  korrespondent korrespondentin reporterin journaliste correspondant correspondante rédacteur rédactrice envoyé
  envoyée redactor redactora corresponsal periodista enviado enviada repórter correspondente jornalista
  giornalista corrispondente inviato redacteur verslaggever projektleiter projektleiterin pressesprecher
  pressesprecherin sprecher sprecherin geschäftsführer geschäftsführerin leiter leiterin referent referentin
  vorsitzender vorsitzende chefredakteur chefredakteurin volontär volontärin fotograf fotografin wissenschaftler
  wissenschaftlerin autorin expert specialist consultant coordinator engineer dietitian officer spokesperson
  spokesman spokeswoman manager president ceo founder dziennikarz dziennikarka redaktor redaktorka кореспондент
  кореспондентка журналіст журналістка редактор редакторка корреспондент журналист оглядач обозреватель
`);

/** News agencies. An agency is the author only if the byline names no person. */
export const AGENCIES: ReadonlySet<string> = phraseSet(`
  reuters | ap | associated press | the associated press | afp | agence france-presse | dpa | apa | efe | ansa
  lusa | anp | belga | ntb | tt | ritzau | stt | pap | čtk | mti | tanjug | hina | bloomberg | upi | pa | pa media
  press association | kyodo | kyodo news | yonhap | xinhua | pti | aap | cp | the canadian press | canadian press
  ukrinform | укрінформ | interfax-ukraine | інтерфакс-україна | уніан | anadolu | anadolu agency | aa | cnn
  cnn newsource | wam | spa | kuna | petra
`);

/** Degrees and honours after a name. */
export const DEGREES: ReadonlySet<string> = wordSet(`
  phd ph.d ph.d. md m.d m.d. rd rdn mba msc m.sc. bsc b.sc. ma m.a. ms m.s. mph rn jd j.d. dds do dphil llm ll.m.
  cpa esq obe mbe cbe mp
`);

/** Matches words after the writer's name that begin the credit of other work, such as photographs. */
export const OTHER_CREDITS =
  /\s(?:illustration(?:en|s)?|illustriert|fotos?|photos?|photograph(?:y|s|ie)|bilder|grafik(?:en)?|infografik|übersetzung|translation|edited|redigiert)(?:\s|:|$)/iu;

/** Matches words before the names of people who did not write the story. */
export const OTHER_ROLES =
  /(?:^|\s)(?:contact|edited|reviewed|checked|updated|translated|redigiert|bearbeitet|übersetzt|relu|traduit|revisado|editado|photos?|fotos?|illustrat\w{1,5})(?:\s|:|$)/iu;
