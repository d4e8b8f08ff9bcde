import iconv from 'iconv-lite';
import { refuseControls } from '../../../functions/ingest/decode/binary.ts';
import { decode } from '../../../functions/ingest/decode/decode.ts';

const GREEK =
  'Το δημοτικό συμβούλιο αποφάσισε την Πέμπτη να επεκτείνει την παλιά αγορά, παρά τις αντιρρήσεις των κατοίκων. Οι εργασίες θα αρχίσουν τον Μάρτιο, είπε η πρόεδρος.';
const HEBREW =
  'מועצת העיר החליטה ביום חמישי להרחיב את השוק הישן, למרות התנגדות התושבים. העבודות יתחילו במרץ, אמרה יושבת הראש, והדגים יימכרו בבית המכס.';
const BULGARIAN =
  'Общинският съвет реши в четвъртък да разшири стария пазар, въпреки възраженията на жителите. Работата започва през март, каза председателката.';
const POLISH =
  'Rada miejska zdecydowała w czwartek o rozbudowie dawnego targu, mimo że mieszkańcy od lat się temu sprzeciwiali. Prace rozpoczną się w marcu, powiedziała przewodnicząca, a ryby będą sprzedawane w urzędzie celnym.';
const TURKISH =
  'Belediye meclisi perşembe günü eski çarşının genişletilmesine karar verdi; mahalle sakinleri gürültü yüzünden yıllardır buna karşı çıkıyordu. Başkan, çalışmaların mart ayında başlayacağını söyledi.';
const PERSIAN =
  'شوراي شهر روز پنجشنبه با گسترش بازار قديم موافقت کرد و کار از ماه آينده آغاز خواهد شد، رئيس شورا گفت.';
const ICELANDIC =
  'Bæjarstjórnin ákvað á fimmtudag að stækka gamla torgið þrátt fyrir mótmæli íbúa. Verkið hefst í mars, sagði forseti bæjarstjórnar, og fiskurinn verður seldur í tollhúsinu.';
const FRENCH =
  'Le conseil a voté jeudi l’agrandissement du marché, malgré l’opposition des riverains. Les travaux débuteront en mars, a déclaré la présidente, et la halle aux poissons déménagera à la douane.';

const STYLE = `<style>${'p.text{margin:0 0 1em;color:#222} '.repeat(60)}</style>`;

function page(text: string, head: string): string {
  return `<!doctype html><html><head>${head}</head><body><h1>${text.slice(0, 40)}</h1><p>${text}</p></body></html>`;
}

const LANGUAGES = [
  ['windows-1253', GREEK],
  ['windows-1255', HEBREW],
  ['windows-1251', BULGARIAN],
  ['windows-1250', POLISH],
  ['windows-1254', TURKISH],
  ['windows-1256', PERSIAN],
] as const;

test.each(LANGUAGES)('%s is read from a page that declares nothing', (charset, text) => {
  const html = page(text, STYLE);
  expect(decode(iconv.encode(html, charset)).text).toBe(html);
});

test.each(LANGUAGES)('%s is read from a page that declares a Western encoding', (charset, text) => {
  const html = page(text, `<meta charset="iso-8859-1">${STYLE}`);
  expect(decode(iconv.encode(html, charset)).text).toBe(html);
});

test.each([...LANGUAGES, ['windows-1252', FRENCH]] as const)(
  '%s is read if it is declared late',
  (charset, text) => {
    const html = page(
      text,
      `${STYLE}<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`,
    );
    expect(decode(iconv.encode(html, charset))).toEqual({ text: html, charset, warnings: [] });
  },
);

test.each([FRENCH, ICELANDIC])('a true Western declaration is believed: %s', text => {
  const html = page(text, '<meta charset="iso-8859-1">');
  expect(decode(iconv.encode(html, 'windows-1252'))).toEqual({
    text: html,
    charset: 'windows-1252',
    warnings: [],
  });
});

test('a Cyrillic declaration of French is a mistake', () => {
  const html = page(FRENCH, '<meta charset="windows-1251">');
  expect(decode(iconv.encode(html, 'windows-1252')).text).toBe(html);
});

test('a declaration in the text of a page is text', () => {
  const html = page(`${FRENCH} Écrivez &lt;meta charset>, et non <meta charset="koi8-r">.`, '');
  expect(decode(iconv.encode(html, 'windows-1252')).text).toBe(html);
});

test('stray NULs are no letters', () => {
  expect(
    decode(Buffer.from(`${'<p>The council voted on Thursday to widen the basin.</p>'.repeat(3)}\0`)).text,
  ).not.toContain('\0');
});

/** Returns bytes that look random and are the same in every run. */
function noise(length: number, byte: (random: number) => number): Uint8Array {
  let seed = 7;
  return Uint8Array.from({ length }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return byte(Math.floor(seed / 2 ** 16) % 256);
  });
}

test.each([
  ['from 0x80', (random: number) => 0x80 | random],
  ['from 0xA0', (random: number) => 0xa0 + (random % 96)],
  ['from 0xC0', (random: number) => 0xc0 + (random % 64)],
  ['of East Asian lead bytes', (random: number) => 0x81 + (random % 126)],
  ['with line breaks', (random: number) => (random < 20 ? 10 : 0x80 | random)],
  ['with ASCII', (random: number) => (random < 128 ? 32 + (random % 95) : random)],
])('random bytes %s are no text', (_, byte) => {
  const { text } = decode(noise(4_000, byte));
  expect(() => refuseControls(text)).toThrow(/is not text/);
});

test.each([
  ...LANGUAGES.map(([, text]) => text),
  FRENCH,
  ICELANDIC,
  'ГОРОДСКОЙ СОВЕТ ОДОБРИЛ СТРОИТЕЛЬСТВО НОВОЙ НАБЕРЕЖНОЙ, сообщил мэр. Цена: 5 млн ₽ (±3 %).',
  'Привет😀 мир🎉 дом🏠 кот🐈 лес🌲 море🌊 снег❄ солнце☀ хлеб🍞 рыба🐟',
  '市議会は木曜日、港の拡張を可決した。工事は三月に始まり、魚市場は税関の建物に移る。',
  'Grüße aus Köln: 20 °C, 5 m², ½ Liter Öl für 3 € – „so günstig“ wie nie, sagt Frau Müßig-Äpfelböck.',
])('a text of few words is text: %s', text => {
  expect(() => refuseControls(text.repeat(3))).not.toThrow();
});
