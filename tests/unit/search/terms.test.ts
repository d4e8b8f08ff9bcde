import fc from 'fast-check';
import { hasTerm, packTerms, unpackTerms } from '../../../functions/publish/search/packed-terms.ts';
import { fold, termsOf } from '../../../functions/publish/search/terms.ts';

const hasAllOf = (text: string, query: string) => {
  const terms = termsOf(text);
  const wanted = [...termsOf(query)];
  return wanted.length > 0 && wanted.every(term => terms.has(term));
};

/** In a script of each language with labels: a text, and words that must find it. */
test.each([
  ['The Ports of São Tomé reopened', ['ports', 'PORT', 'sao tome', 'São']],
  ['Straßen und Häuser in Köln', ['strassen', 'Straße', 'koln', 'häuser']],
  ['L’eau d’été manque à l’école', ['eau', 'ete', 'école', 'ecole']],
  ['İstanbul ve Iğdır ılık', ['istanbul', 'iğdır', 'igdir', 'ılık', 'ilik']],
  ['Żółty łabędź płynie', ['zolty', 'łabędź', 'labedz']],
  ['Smørrebrød på Ærø', ['smorrebrod', 'smørrebrød', 'ærø', 'aero']],
  ['Уряд підтримав п’ятьох громадян', ["п'ятьох", 'пʼятьох', 'уряду', 'громадяни', 'УРЯД']],
  ['Ёлки и ещё война', ['елки', 'еще', 'войны']],
  ['Η κυβέρνηση της Ελλάδας', ['κυβερνηση', 'Ελλάδα', 'ΕΛΛΑΔΑ']],
  ['أعلنت الحكومة والمدارس عن ١٢ مشروعًا', ['اعلنت', 'حكومة', 'الحكومه', 'مدارس', '12', 'مشروعا']],
  ['دولت ایران می‌گوید ۱۵ کتاب', ['دولت', 'ايران', 'میگوید', '15', 'كتاب']],
  ['ארה"ב וישראל: שָׁלוֹם', ['ארה״ב', 'ארהב', 'שלום']],
  ['दिल्ली में ज़मीन की क़ीमत २०२६', ['दिल्ली', 'जमीन', 'क़ीमत', '2026']],
  ['東京都知事選の投票', ['東京', '知事選', '投票']],
  ['カタカナのニュース', ['ニュース', 'ﾆｭｰｽ']],
  ['정부는 서울에서 발표했다', ['정부', '서울', '발표']],
  ['台北市政府宣布', ['市政府', '台北']],
  ['รัฐบาลไทยประกาศ', ['รัฐบาล', 'ประกาศ']],
])('%s', (text, queries) => {
  for (const query of queries) expect([query, hasAllOf(text, query)]).toEqual([query, true]);
  expect(hasAllOf(text, 'zebra')).toBe(false);
});

test('letters that a language keeps apart stay apart', () => {
  expect(fold('мій')).not.toBe(fold('міи'));
  expect(fold('їжак')).not.toBe(fold('іжак'));
  expect(fold('が')).not.toBe(fold('か'));
  expect(hasAllOf('東京都', '京東')).toBe(false);
});

test('packed terms have each term, and seldom another one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 600 }), terms => {
      const hashes = unpackTerms(packTerms(terms));
      for (const term of terms) expect(hasTerm(hashes, term)).toBe(true);
      expect(hashes.size).toBeLessThanOrEqual(terms.length);
    }),
    { numRuns: 60 },
  );
  const hashes = unpackTerms(packTerms(Array.from({ length: 500 }, (_, at) => `word${at}`)));
  const others = Array.from({ length: 20_000 }, (_, at) => `other${at}`);
  // One in 2,100 by the number of bits.
  expect(others.filter(term => hasTerm(hashes, term)).length).toBeLessThan(30);
});

test('what is packed takes less than 15 bits a term', () => {
  const packed = packTerms(Array.from({ length: 300 }, (_, at) => `word${at}`));
  expect((packed.length * 6) / 300).toBeLessThan(15);
});
