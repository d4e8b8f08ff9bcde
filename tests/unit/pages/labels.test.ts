import { localizerOf } from '../../../functions/publish/components/localizer.ts';
import { feedLabels } from '../../../functions/publish/words/feed-labels.ts';
import { FEED_LABELS } from '../../../functions/publish/words/feed-labels-table.ts';
import { articleLabels, labelsIn } from '../../../functions/publish/words/labels.ts';
import { LABELS, type Labels, type Plural } from '../../../functions/publish/words/labels-table.ts';
import { listLabels } from '../../../functions/publish/words/list-labels.ts';
import { LIST_LABELS, type ListLabels } from '../../../functions/publish/words/list-labels-table.ts';

const languages = Object.entries<Labels>(LABELS);
const keys = Object.keys(LABELS.en);

/** The texts of a language. Of a label with plural forms, it is the form of most numbers. */
const textsOf = (words: Labels): [keyof Labels, string][] =>
  Object.entries(words).map(([key, label]: [string, string | Plural]) => [
    key as keyof Labels,
    typeof label === 'string' ? label : label.other,
  ]);

test('every language has a word for everything, with what is put in at the same places', () => {
  expect(languages.map(([language]) => language)).toEqual(
    expect.arrayContaining(
      'en uk ru de fr es it pt nl pl cs sv da no fi tr ar he fa hi ja ko zh zh-Hant'.split(' '),
    ),
  );
  for (const [language, words] of languages) {
    expect([language, Object.keys(words)]).toEqual([language, keys]);
    for (const [key, text] of textsOf(words)) {
      expect([language, key, text.trim()]).toEqual([language, key, text]);
      expect(text).not.toBe('');
      const slots = String(LABELS.en[key]).split('{}').length;
      expect([language, key, text.split('{}').length]).toEqual([language, key, slots]);
    }
  }
});

test('every language has the labels of lists', () => {
  for (const [language, words] of Object.entries<ListLabels>(LIST_LABELS))
    for (const [key, text] of Object.entries(words)) {
      const slots = LIST_LABELS.en[key as keyof ListLabels].split('{}').length;
      expect([language, key, text.split('{}').length]).toEqual([language, key, slots]);
    }
  for (const [language] of languages)
    if (language !== 'en') expect([language, listLabels(language)]).not.toEqual([language, LIST_LABELS.en]);
  expect(listLabels('zh-TW').home).toBe('首頁');
  expect(listLabels('zh').home).toBe('首页');
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
    'zh-Hant': 'Hani',
  };
  for (const [language, words] of languages) {
    const script = scripts[language as keyof typeof scripts] ?? (language === 'ja' ? undefined : 'Latn');
    if (script === undefined) continue;
    for (const [key, text] of textsOf(words))
      if (key !== 'by') expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
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
  expect(spoken('en')).toEqual(['November 2, 2026, 11:05', 'A, B and C']);
  expect(spoken('uk')).toEqual(['2 листопада 2026 р., 11:05', 'A, B і C']);
  expect(spoken('ja')).toEqual(['2026年11月2日 11:05', 'A、B、C']);
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

test('a number is in the label of each number, or the label is of this number only', () => {
  for (const [language, { minutes }] of languages) {
    const { count, number } = localizerOf([language], undefined);
    const said = new Map<string, number>();
    for (let value = 1; value <= 200; value += 1) {
      const text = count(minutes, value);
      expect([language, text, said.get(text)]).toEqual([language, text, undefined]);
      said.set(text, value);
      if (value > 2) expect(text).toContain(number(value));
      expect(text).not.toContain('{');
    }
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    if (typeof minutes !== 'string') expect(categories).toEqual(expect.arrayContaining(Object.keys(minutes)));
  }
  const arabic = localizerOf(['ar'], undefined);
  const forms = [1, 2, 3, 11].map(value => arabic.count(arabic.labels.minutes, value));
  expect(forms).toEqual(['دقيقة قراءة', 'دقيقتا قراءة', '3 دقائق قراءة', '11 دقيقة قراءة']);
});

test('Traditional Chinese has its own labels, by script or by region', () => {
  for (const tag of ['zh-Hant', 'zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant-US']) {
    expect(labelsIn(tag)).toBe(LABELS['zh-Hant']);
    expect(feedLabels(tag)).toBe(FEED_LABELS.get('zh-Hant'));
  }
  for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK']) expect(labelsIn(tag)).toBe(LABELS.zh);
  // These characters are Simplified only.
  const { Hant, Hans } = { Hant: LABELS['zh-Hant'], Hans: LABELS.zh };
  const traditional = JSON.stringify([Hant, FEED_LABELS.get('zh-Hant')]);
  for (const char of '订阅读转档复将这个络没发现页权认显')
    expect([char, traditional.includes(char)]).toEqual([char, false]);
  expect(JSON.stringify(Hans)).toMatch(/订阅/);
});

test('every language of labels has labels of feeds', () => {
  expect([...FEED_LABELS.keys()].sort()).toEqual(languages.map(([language]) => language).sort());
});

test('no label fits only one author or only one sex', () => {
  for (const [language, { by, author }] of languages) {
    // Words of a person are declined by number and sex in these languages, and the press prints the name alone.
    if (/^(?:uk|ru|pl|cs|hi)$/.test(language)) expect([language, by]).toEqual([language, '{}']);
    expect([language, author]).not.toEqual([
      language,
      expect.stringMatching(/^(?:Автор|Autor|Autore|लेखक|كاتب)$/),
    ]);
  }
});

test('pages of authors and tags are not those of sections', () => {
  for (const [language, { latestIn, latestBy, latestOn }] of languages)
    expect([language, latestIn === latestOn || latestOn === latestBy]).toEqual([language, false]);
  expect(articleLabels('uk').latestBy).not.toMatch(/розділ/);
});

test('an Arabic “and” is apart from a name in another script', () => {
  const list = (names: string[]) =>
    localizerOf(['ar'], undefined)
      .list(names)
      .map(({ value }) => value)
      .join('');
  expect(list(['سلمى', 'Jean-Luc Moreau'])).toBe('سلمى و Jean-Luc Moreau');
  expect(list(['سلمى', 'نور', 'آدم'])).toBe('سلمى ونور وآدم');
});
