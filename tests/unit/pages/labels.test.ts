import { localizerOf } from '../../../functions/publish/components/localizer.ts';
import { LABELS, type Labels } from '../../../functions/publish/words/labels-table.ts';

const languages = Object.entries<Labels>(LABELS);
const keys = Object.keys(LABELS.en);

test('every language has a word for everything, with what is put in at the same places', () => {
  expect(languages.map(([language]) => language)).toEqual(
    expect.arrayContaining('en uk ru de fr es it pt nl pl cs sv da no fi tr ar he fa hi ja ko zh'.split(' ')),
  );
  for (const [language, words] of languages) {
    expect([language, Object.keys(words)]).toEqual([language, keys]);
    for (const [key, text] of Object.entries(words)) {
      expect([language, key, text.trim()]).toEqual([language, key, text]);
      expect(text).not.toBe('');
      const slots = LABELS.en[key as keyof Labels].split('{}').length;
      expect([language, key, text.split('{}').length]).toEqual([language, key, slots]);
    }
  }
});

test('every language is written in its own script', () => {
  const scripts = {
    uk: 'Cyrl',
    ru: 'Cyrl',
    ar: 'Arab',
    fa: 'Arab',
    he: 'Hebr',
    hi: 'Deva',
    ko: 'Hang',
    zh: 'Hani',
  };
  for (const [language, words] of languages) {
    const script = scripts[language as keyof typeof scripts] ?? (language === 'ja' ? undefined : 'Latn');
    if (script === undefined) continue;
    for (const text of Object.values(words)) expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
  }
});

test('dates, numbers and lists are those of the language', () => {
  const instant = '2026-11-02T09:05:00.000Z';
  const spoken = (language: string, names = ['A', 'B', 'C']) => {
    const { write, list } = localizerOf([language], 'Europe/Kyiv');
    return [
      write(instant),
      list(names)
        .map(({ value }) => value)
        .join(''),
    ];
  };
  expect(spoken('en')).toEqual(['November 2, 2026, 11:05 GMT+2', 'A, B and C']);
  expect(spoken('uk')).toEqual(['2 листопада 2026 р., 11:05 GMT+2', 'A, B і C']);
  expect(spoken('ja')).toEqual(['2026年11月2日 11:05 GMT+2', 'A、B、C']);
  expect(localizerOf(['fa'], undefined).number(12)).toBe('۱۲');
});

test('the first language with words speaks, English where none has', () => {
  const chosen = (...of: string[]) => {
    const { language, direction, labels: words } = localizerOf(of, undefined);
    return [language, direction, words.correction];
  };
  expect(chosen('ar-EG', 'en')).toEqual(['ar-EG', 'rtl', 'تصحيح']);
  expect(chosen('nb', 'en')).toEqual(['nb', 'ltr', 'Rettelse']);
  expect(chosen('eo', 'he')).toEqual(['he', 'rtl', 'תיקון']);
  expect(chosen('eo', 'not a language', '__proto__')).toEqual(['en', 'ltr', 'Correction']);
});
