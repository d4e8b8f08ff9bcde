import iconv from 'iconv-lite';
import { decode } from '../../../functions/ingest/decode/decode.ts';

const ENGLISH = 'The mayor said “we will build it” – for €40 million. It’s a déjà vu.';
const POLISH =
  'Rada miejska przegłosowała we wtorek nowy plan. Burmistrz powiedział, że prace rozpoczną się wiosną.';
const UKRAINIAN =
  'У вівторок міська рада проголосувала за новий план. Мер сказав, що роботи почнуться навесні.';
const RUSSIAN =
  'Во вторник городской совет проголосовал за новый план. Мэр сказал, что работы начнутся весной.';
const JAPANESE = '市議会は火曜日、新しい計画を承認した。市長は春に工事を始めると述べた。\n';
const CHINESE = '市议会星期二通过了新计划。市长表示工程将在春天开始。\n';
const KOREAN = '시의회는 화요일 새로운 계획을 승인했다. 시장은 봄에 공사를 시작할 것이라고 말했다.\n';

/** @param name iconv-lite's name of the encoding, if it differs from the WHATWG name */
function bytesOf(text: string, name: string, addBOM = false): Uint8Array {
  return new Uint8Array(iconv.encode(text, name, { addBOM }));
}

test.each([ENGLISH, UKRAINIAN, JAPANESE])('UTF-8 with and without a mark, without a warning: %s', text => {
  const expected = { text, charset: 'utf-8', warnings: [] };
  expect(decode(bytesOf(text, 'utf-8'))).toEqual(expected);
  expect(decode(bytesOf(text, 'utf-8', true))).toEqual(expected);
});

test.each([
  ['utf-16le', ENGLISH],
  ['utf-16be', ENGLISH],
  ['utf-16le', UKRAINIAN],
  ['utf-16be', UKRAINIAN],
  ['utf-16le', KOREAN],
])('%s with and without a mark: %s', (charset, text) => {
  expect(decode(bytesOf(text, charset, true))).toEqual({ text, charset, warnings: [] });
  expect(decode(bytesOf(text, charset))).toEqual({ text, charset, warnings: [] });
});

test.each([
  ['windows-1250', `${POLISH} „Źródła są różne”.`],
  ['windows-1251', UKRAINIAN],
  ['iso-8859-2', `${POLISH} Źródła są różne.`],
  ['iso-8859-15', "Le maire a dit que le projet coûterait 40 millions d'€ à la région où l'été fut."],
  ['koi8-r', RUSSIAN],
  ['koi8-u', UKRAINIAN],
  ['shift_jis', JAPANESE],
  ['euc-jp', JAPANESE],
  ['gb18030', CHINESE],
  ['euc-kr', KOREAN],
])('%s that is declared nowhere is guessed, and the guess reported', (charset, text) => {
  const decoded = decode(bytesOf(text, charset));
  expect(decoded).toEqual({ text, charset, warnings: [expect.stringContaining(charset)] });
});

test.each([
  ENGLISH,
  'The mayor said “we will build it” – for €40 million. It’s cheap…',
  'Le maire a dit que le projet serait achevé à l’été, après les élections, et que la région y avait part.',
  'Der Bürgermeister sagte, die Brücke werde im Frühjahr gebaut, und nicht größer als nötig.',
  'El alcalde dijo que la obra empezará mañana: «¿Por qué no?», añadió el portavoz de la oposición.',
  'Byrådet vedtok tirsdag å bygge en ny bro over elven, og den skal være ferdig før sommeren.',
])('windows-1252 that can hardly be anything else gives no warning: %s', text => {
  expect(decode(bytesOf(text, 'windows-1252'))).toEqual({ text, charset: 'windows-1252', warnings: [] });
});

test.each([
  ['Czech', 'Obec dìti vìdìla. Starosta øekl, že práce zaènou na jaøe a skonèí v øíjnu.'],
  ['a Macintosh’s', 'The mayor said ÒWe will build it,Ó and that he didnÕt know when it would be done.'],
  ['a Polish name', 'The mayor of Poznañ said that the bridge will be built in the spring of this year.'],
  ['hardly any words', 'Zürich 12'],
])('windows-1252 that may be %s gives a warning', (_, text) => {
  const { charset, warnings } = decode(bytesOf(text, 'windows-1252'));
  if (charset === 'windows-1252') expect(warnings).toEqual([expect.stringContaining('accented letters')]);
  else expect(warnings).toHaveLength(1);
});

test.each([
  ['windows-1250', POLISH],
  ['windows-1251', UKRAINIAN],
  ['windows-1252', ENGLISH],
  ['iso-8859-15', "Le maire a dit que le projet coûterait 40 millions d'€."],
  ['koi8-r', RUSSIAN],
  ['gb18030', CHINESE],
  ['euc-kr', KOREAN],
  ['euc-jp', JAPANESE],
  ['koi8-u', UKRAINIAN],
  ['shift_jis', JAPANESE],
  ['iso-8859-2', POLISH],
])('%s that is declared is believed', (charset, text) => {
  const bytes = bytesOf(text, charset);
  expect(decode(bytes, { contentType: `text/plain; charset="${charset}"` })).toEqual({
    text,
    charset,
    warnings: [],
  });
});

test('latin-1 means windows-1252, as on the web', () => {
  const decoded = decode(bytesOf(ENGLISH, 'windows-1252'), { contentType: 'text/plain; charset=ISO-8859-1' });
  expect(decoded).toEqual({ text: ENGLISH, charset: 'windows-1252', warnings: [] });
});

test.each([
  ['<!doctype html><meta name="a"><meta charset=windows-1251><p>', ''],
  ['<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', ''],
  ['<?xml version="1.0" encoding="windows-1251"?><html>', ''],
])('the document’s own declaration: %s', head => {
  const text = `${head}${UKRAINIAN}`;
  expect(decode(bytesOf(text, 'windows-1251'))).toEqual({ text, charset: 'windows-1251', warnings: [] });
});

test('a declaration in UTF-16 that could be read as bytes means UTF-8', () => {
  const text = `<meta charset="utf-16">${UKRAINIAN}`;
  expect(decode(bytesOf(text, 'utf-8'))).toEqual({ text, charset: 'utf-8', warnings: [] });
});

test('declared as latin-1, but UTF-8', () => {
  const decoded = decode(bytesOf(ENGLISH, 'utf-8'), { contentType: 'text/plain; charset=latin1' });
  expect(decoded).toEqual({
    text: ENGLISH,
    charset: 'utf-8',
    warnings: [expect.stringContaining('declared as latin1')],
  });
});

test('declared as windows-1251, in which UTF-8 is readable nonsense', () => {
  const decoded = decode(bytesOf('День був довгий.', 'utf-8'), {
    contentType: 'text/plain; charset=windows-1251',
  });
  expect(decoded).toMatchObject({ text: 'День був довгий.', charset: 'utf-8' });
});

test.each([
  ['windows-1251', 'utf-8', UKRAINIAN],
  ['koi8-r', 'utf-8', RUSSIAN],
  ['shift_jis', 'utf-8', JAPANESE],
  ['gb18030', 'utf-8', CHINESE],
  ['euc-kr', 'utf-8', KOREAN],
  ['utf-8', 'windows-1250', POLISH],
  ['utf-8', 'koi8-r', RUSSIAN],
  ['utf-8', 'shift_jis', JAPANESE],
  ['utf-8', 'gb18030', CHINESE],
  ['utf-8', 'euc-kr', KOREAN],
  ['utf-8', 'utf-16', UKRAINIAN],
  ['utf-16le', 'utf-8', UKRAINIAN],
])('in %s, but declared as %s', (charset, label, text) => {
  const decoded = decode(bytesOf(text, charset), { contentType: `text/plain; charset=${label}` });
  expect({ text: decoded.text, charset: decoded.charset }).toEqual({ text, charset });
});

test('declared as UTF-8, but windows-1252', () => {
  const decoded = decode(bytesOf(ENGLISH, 'windows-1252'), { contentType: 'text/plain; charset=utf-8' });
  expect(decoded).toEqual({
    text: ENGLISH,
    charset: 'windows-1252',
    warnings: [expect.stringContaining('utf-8')],
  });
});

test('an unknown encoding is reported and the bytes decide', () => {
  const decoded = decode(bytesOf(ENGLISH, 'utf-8'), { contentType: 'text/plain; charset=klingon' });
  expect(decoded).toEqual({
    text: ENGLISH,
    charset: 'utf-8',
    warnings: [expect.stringContaining('klingon')],
  });
});

test('UTF-8 with an invalid byte stays UTF-8, and the byte is marked and reported', () => {
  const part = bytesOf(UKRAINIAN, 'utf-8');
  const broken = new Uint8Array([...part, 0xff, ...part]);
  const decoded = decode(broken, { contentType: 'text/plain; charset=utf-8' });
  expect(decoded.charset).toBe('utf-8');
  expect(decoded.text).toBe(`${UKRAINIAN}\uFFFD${UKRAINIAN}`);
  expect(decoded.warnings).toEqual([expect.stringContaining('One character')]);
});

test('any bytes are decoded without an error', () => {
  for (let seed = 1; seed < 200; seed++) {
    const bytes = Uint8Array.from({ length: seed }, (_, at) => (at * seed * 31 + seed * 7) % 256);
    expect(typeof decode(bytes).text).toBe('string');
  }
  expect(decode(new Uint8Array())).toEqual({ text: '', charset: 'utf-8', warnings: [] });
});
