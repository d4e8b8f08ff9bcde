import fc from 'fast-check';
import { deriveHeadline } from '../../../functions/ingest/text/headline.ts';
import { sentencesOf, wholeGraphemes } from '../../../functions/ingest/text/sentences.ts';

const graphemesOf = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

it.each([
  ['zh', '市议会批准了港口新桥的建设计划，市长星期四表示。', '市议会批准了港口新桥的建设计划'],
  [
    'fa',
    'شورای شهر روز دوشنبه طرح ساخت پل جدید بندر را با نه رأی موافق تصویب کرد؛ کار از بهار آغاز می‌شود و سه سال ادامه خواهد داشت.',
    'شورای شهر روز دوشنبه طرح ساخت پل جدید بندر را با نه رأی موافق تصویب کرد',
  ],
  [
    'ur',
    'سٹی کونسل نے پیر کے روز بندرگاہ کے نئے پل کی منظوری دے دی، جس پر کام اگلے موسم بہار میں شروع ہوگا اور تین سال میں مکمل ہونے کی توقع ہے۔',
    'سٹی کونسل نے پیر کے روز بندرگاہ کے نئے پل کی منظوری دے دی',
  ],
  [
    'my',
    'မြို့တော်ကောင်စီသည် တနင်္လာနေ့တွင် ဆိပ်ကမ်းတံတားသစ် တည်ဆောက်ရေးစီမံကိန်းကို အတည်ပြုခဲ့ပြီး၊ လာမည့်နွေဦးတွင် စတင်မည်ဖြစ်ကာ သုံးနှစ်အတွင်း ပြီးစီးမည်။',
    'မြို့တော်ကောင်စီသည် တနင်္လာနေ့တွင် ဆိပ်ကမ်းတံတားသစ် တည်ဆောက်ရေးစီမံကိန်းကို အတည်ပြုခဲ့ပြီး',
  ],
  [
    'ko',
    '서울시는 월요일 한강을 가로지르는 새 보행교를 내년 봄부터 건설하기로 했으며, 총사업비 사백억 원 가운데 절반을 국비로 충당하고 나머지는 시 예산으로 마련할 계획이라고 밝혔다.',
    '서울시는 월요일 한강을 가로지르는 새 보행교를 내년 봄부터 건설하기로 했으며',
  ],
  [
    'tr',
    'İstanbul Belediyesi pazartesi günü limandaki yeni köprünün gelecek baharda açılacağını duyurdu, according to Reuters.',
    'İstanbul Belediyesi pazartesi günü limandaki yeni köprünün gelecek baharda açılacağını duyurdu',
  ],
  [
    'en',
    'The treasurer said “nobody expects crowds in January, but somebody has to begin with it, and we are glad” when the council voted on Thursday.',
    'The treasurer said “nobody expects crowds in January, but somebody has to begin with it, and we are glad”',
  ],
  [
    'en',
    'The council, which voted “no” (twice, in June and in July) on the plan, has now agreed to it after a night of talks with the owners of the old pier.',
    'The council, which voted “no” (twice, in June and in July) on the plan',
  ],
])('%s: %s', (language, lede, headline) => {
  expect(deriveHeadline(lede, language)).toBe(headline);
});

it('in any script is 110 UTF-16 units at most and made of whole graphemes', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'e\u0301',
      'क्षि',
      'กำ',
      'ကြော်',
      '한',
      '각',
      '👨‍👩‍👧‍👦',
      '🇺🇦',
      '字',
      '、',
      '，',
      '「',
      '」',
      '“',
      ' ',
      '.',
      'ا',
      '،',
      'נְ',
    ],
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 30, maxLength: 400 }),
      fc.constantFrom('en', 'ja', 'zh', 'th', 'hi', 'ar', 'x'),
      (pieces, language) => {
        const lede = pieces.join('');
        const headline = deriveHeadline(lede, language);
        if (headline === undefined) return;
        expect(headline.length).toBeLessThanOrEqual(110);
        // Quotation marks inside the text can be removed, so the check compares single graphemes and not runs.
        const given = new Set(graphemesOf(lede).flatMap(each => [each, each.normalize()]));
        const bare = headline.replace(/[“”「」]/g, '');
        expect(graphemesOf(bare).filter(each => !given.has(each) && !lede.includes(each))).toEqual([]);
        expect(lede.replace(/[“”「」\s]/g, '')).toContain(bare.replace(/\s/g, ''));
      },
    ),
    { numRuns: 300 },
  );
});

it('a letter and what is written above it are cut off together', () => {
  expect(deriveHeadline(`${'a'.repeat(109)}${'e\u0301'.repeat(40)}`, 'en')).toBe('a'.repeat(109));
  expect(wholeGraphemes('ab👨‍👩‍👧‍👦c', 5)).toBe('ab');
  expect(wholeGraphemes('👨‍👩‍👧‍👦', 3)).toBe('');
  expect(wholeGraphemes('abc', 3)).toBe('abc');
});

it('sentences end with the marks of their script', () => {
  expect(sentencesOf('नगर परिषद ने पुल को मंजूरी दी। काम वसंत में शुरू होगा।', 'hi')).toHaveLength(2);
  expect(sentencesOf('橋が開いた。船は止まる。', 'ja')).toHaveLength(2);
});
