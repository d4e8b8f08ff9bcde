import type { TermContext } from '../../../functions/ingest/model/release-terms.ts';
import { readTermLine } from '../../../functions/ingest/release/line.ts';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';

/** A Monday. */
const CONTEXT: TermContext = { timeZone: 'UTC', filedAt: '2026-11-30T09:00:00.000Z' };

/** What a line comes to: an instant, `hold`, nothing. */
const meaning = (line: string, language: string) =>
  (readTermLine(line, { ...CONTEXT, language })?.terms ?? [])
    .map(term => ('at' in term ? term.at.slice(0, 10) : term.kind))
    .join(' ');

/** Notices of each language: an embargo until Friday, a hold, a draft, and “not for publication” in two wordings. */
const NOTICES: Readonly<Record<string, [embargo: string, ...holds: string[]]>> = {
  en: ['Embargoed until Friday', 'ON HOLD', 'DRAFT', 'Not for publication', 'Do not publish'],
  uk: ['Ембарго до п’ятниці', 'ЗАТРИМАТИ', 'ЧЕРНЕТКА', 'Не для публікації', 'Не публікувати'],
  ru: ['Эмбарго до пятницы', 'ЗАДЕРЖАТЬ', 'ЧЕРНОВИК', 'Не для публикации', 'Не публиковать'],
  de: [
    'Sperrfrist bis Freitag',
    'ZURÜCKHALTEN',
    'ENTWURF',
    'Nicht zur Veröffentlichung',
    'Nicht veröffentlichen',
  ],
  fr: ['Sous embargo jusqu’à vendredi', 'EN ATTENTE', 'BROUILLON', 'Ne pas publier', 'Ne pas diffuser'],
  es: ['Embargado hasta el viernes', 'RETENER', 'BORRADOR', 'No publicar', 'Prohibida su difusión'],
  it: ['Sotto embargo fino a venerdì', 'IN ATTESA', 'BOZZA', 'Non pubblicare', 'Da non pubblicare'],
  pt: ['Sob embargo até sexta-feira', 'EM ESPERA', 'RASCUNHO', 'Não publicar', 'Não divulgar'],
  nl: ['Onder embargo tot vrijdag', 'VASTHOUDEN', 'KLADVERSIE', 'Niet voor publicatie', 'Niet publiceren'],
  pl: ['Embargo do piątku', 'WSTRZYMAĆ', 'SZKIC', 'Nie do publikacji', 'Nie publikować'],
  cs: ['Embargo do pátku', 'POZDRŽET', 'NÁVRH', 'Není určeno k publikaci', 'Nezveřejňovat'],
  sv: ['Embargo till fredag', 'HÅLL INNE', 'UTKAST', 'Ej för publicering', 'Får ej publiceras'],
  da: [
    'Klausuleret til fredag',
    'TILBAGEHOLDT',
    'UDKAST',
    'Ikke til offentliggørelse',
    'Må ikke offentliggøres',
  ],
  no: ['Sperrefrist til fredag', 'HOLDES TILBAKE', 'UTKAST', 'Ikke for publisering', 'Må ikke publiseres'],
  fi: ['Julkaisukielto perjantaihin asti', 'ODOTTAA', 'LUONNOS', 'Ei julkaistavaksi', 'Ei saa julkaista'],
  tr: ['Cuma gününe kadar ambargolu', 'BEKLETİLECEK', 'TASLAK', 'Yayınlamayın', 'Yayımlanmaz'],
  ar: ['محظور النشر حتى الجمعة', 'معلق', 'مسودة', 'ليس للنشر', 'ممنوع النشر'],
  he: ['אמברגו עד יום שישי', 'בהמתנה', 'טיוטה', 'לא לפרסום', 'אין לפרסם'],
  fa: ['ممنوعیت انتشار تا جمعه', 'در انتظار', 'پیش‌نویس', 'انتشار ممنوع', 'غیر قابل انتشار'],
  hi: ['शुक्रवार तक प्रतिबंधित', 'होल्ड', 'मसौदा', 'प्रकाशन के लिए नहीं', 'प्रकाशित न करें'],
  ja: ['金曜日まで公開禁止', '保留', '下書き', '掲載不可', '報道禁止'],
  ko: ['금요일까지 엠바고', '보류', '초안', '보도 금지', '게재 금지'],
  zh: ['禁发至星期五', '暂缓发布', '草稿', '请勿发布', '暂停发布'],
  'zh-Hant': ['禁發至星期五', '暫緩發布', '草稿', '請勿發布', '暫停發布'],
};

/** Other languages of the region. Their dates are not all read. */
const OTHERS: Readonly<Record<string, string[]>> = {
  hu: ['Embargó péntekig', 'VISSZATARTVA', 'PISZKOZAT', 'Nem publikálható', 'Tilos közölni'],
  th: ['ห้ามเผยแพร่ก่อนวันศุกร์', 'ระงับการเผยแพร่', 'ฉบับร่าง', 'ห้ามเผยแพร่', 'ยังไม่เผยแพร่'],
  vi: ['Cấm đăng trước thứ Sáu', 'TẠM GIỮ', 'BẢN NHÁP', 'Không được công bố', 'KHÔNG ĐĂNG'],
  id: ['Embargo sampai Jumat', 'DITAHAN', 'DRAF', 'Jangan diterbitkan', 'Tidak untuk dipublikasikan'],
  ro: ['Sub embargo până vineri', 'REȚINUT', 'CIORNĂ', 'Nu pentru publicare', 'Nu publicați'],
  el: ['Εμπάργκο έως Παρασκευή', 'ΣΕ ΑΝΑΜΟΝΗ', 'ΠΡΟΣΧΕΔΙΟ', 'Όχι για δημοσίευση'],
  bg: ['Ембарго до петък', 'ЗАДЪРЖАНО', 'ЧЕРНОВА', 'Не за публикуване'],
  hr: ['Embargo do petka', 'ZADRŽANO', 'NACRT', 'Nije za objavu'],
  sk: ['Embargo do piatku', 'POZDRŽAŤ', 'NÁVRH', 'Nezverejňovať'],
};

test('each language of the labels has its notices', () => {
  expect(Object.keys(NOTICES).sort()).toEqual(Object.keys(LABELS).sort());
});

test.each(Object.entries(NOTICES))('an embargo until Friday ends on Friday: %s', (language, [embargo]) => {
  expect([embargo, meaning(embargo, language)]).toEqual([embargo, '2026-12-04']);
});

test.each(Object.entries({ ...NOTICES }))('notices hold the story: %s', (language, [, ...holds]) => {
  for (const line of holds) expect([line, meaning(line, language)]).toEqual([line, 'hold']);
});

test.each(Object.entries(OTHERS))('notices are not public at once: %s', (language, lines) => {
  for (const line of lines) expect([line, meaning(line, language)]).not.toEqual([line, '']);
});
