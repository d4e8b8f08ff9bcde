import fc from 'fast-check';
import { withoutSiteName } from '../../../functions/ingest/metadata/titles.ts';
import { deriveHeadline, headlineFromKey } from '../../../functions/ingest/text/headline.ts';

describe('a headline made of the first paragraph', () => {
  it.each([
    [
      'en',
      'KYIV, Oct 1 (Reuters) - The city opened its new tram line on Tuesday, officials said.',
      'The city opened its new tram line on Tuesday',
    ],
    [
      'en',
      'WASHINGTON (AP) — The bank cut its key interest rate by a quarter point Wednesday, its first cut since December, and signaled that two more were likely this year.',
      'The bank cut its key interest rate by a quarter point Wednesday, its first cut since December',
    ],
    [
      'en',
      'The minister has expressed regret over limited support for farmers, according to an interview with a weekly.',
      'The minister has expressed regret over limited support for farmers',
    ],
    [
      'en',
      '“We could have done more,” the mayor said at the opening of the hall.',
      '“We could have done more,” the mayor said at the opening of the hall',
    ],
    [
      'uk',
      'Президент заявив, що країна отримає нові літаки вже цього року, повідомила пресслужба в понеділок.',
      'Президент заявив, що країна отримає нові літаки вже цього року',
    ],
    [
      'ja',
      '政府は月曜日、一月に発効する新しい経済対策を発表した。首相は支援を拡大すると述べた。',
      '政府は月曜日、一月に発効する新しい経済対策を発表した',
    ],
    [
      'de',
      'Die Regierung hat am Montag neue Maßnahmen beschlossen, wie ein Sprecher mitteilte.',
      'Die Regierung hat am Montag neue Maßnahmen beschlossen',
    ],
    [
      'fr',
      'PARIS, 3 mars (AFP) - Le gouvernement a annoncé lundi une série de mesures destinées à soutenir les agriculteurs touchés par la sécheresse, selon un communiqué du ministère.',
      'Le gouvernement a annoncé lundi une série de mesures destinées à soutenir les agriculteurs touchés',
    ],
    [
      'pt',
      'O Governo anunciou na segunda-feira um conjunto de medidas para apoiar as empresas afetadas pela subida dos preços da energia e das matérias-primas, segundo o ministro.',
      'O Governo anunciou na segunda-feira um conjunto de medidas',
    ],
    [
      'ru',
      'МОСКВА, 1 октября. /ТАСС/. Правительство приняло постановление о поддержке малого бизнеса в регионах, которые пострадали от наводнения, сообщили в пресс-службе.',
      'Правительство приняло постановление о поддержке малого бизнеса в регионах, которые пострадали от наводнения',
    ],
    [
      'el',
      'Η κυβέρνηση ανακοίνωσε τη Δευτέρα νέα μέτρα για τη στήριξη των αγροτών που επλήγησαν από τις πλημμύρες στη Θεσσαλία, σύμφωνα με το υπουργείο.',
      'Η κυβέρνηση ανακοίνωσε τη Δευτέρα νέα μέτρα για τη στήριξη των αγροτών που επλήγησαν από τις πλημμύρες',
    ],
    [
      'he',
      'הממשלה אישרה ביום שני תוכנית סיוע לחקלאים שנפגעו מהבצורת בדרום הארץ, כך מסר דובר משרד החקלאות.',
      'הממשלה אישרה ביום שני תוכנית סיוע לחקלאים שנפגעו מהבצורת בדרום הארץ',
    ],
    [
      'zh',
      '新华社北京10月1日电（记者张三）国务院今天公布了支持中小企业发展的一系列新措施，包括减税、降低贷款利率以及简化审批程序，这些措施将于明年一月起在全国范围内实施。',
      '国务院今天公布了支持中小企业发展的一系列新措施，包括减税、降低贷款利率以及简化审批程序',
    ],
    [
      'ko',
      '(서울=연합뉴스) 홍길동 기자 = 정부는 월요일 새로운 보조금 제도를 내년 4월부터 시행하기로 했다고 밝혔다.',
      '정부는 월요일 새로운 보조금 제도를 내년 4월부터 시행하기로 했다고 밝혔다',
    ],
  ])('%s: %s', (language, lede, headline) => {
    expect(deriveHeadline(lede, language)).toBe(headline);
  });

  it('is short, ends with a word, and leaves no quotation open', () => {
    const words = fc.constantFrom(
      'alpha',
      'the',
      'of',
      '“we',
      'said”',
      'beta,',
      'gamma;',
      'and',
      '(x',
      'y)',
      '漢字',
      '1,000',
      '\u{1f600}',
      'Über',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 5, maxLength: 60 }), parts => {
        const headline = deriveHeadline(parts.join(' '), 'en') ?? 'none';
        expect(headline.length).toBeLessThanOrEqual(110);
        expect(headline).not.toMatch(/[,;:…]$/);
        expect(headline).not.toMatch(/\p{Cs}/u);
        expect(headline.split('“').length).toBe(headline.split('”').length);
      }),
    );
  });

  it('never cuts a word', () => {
    const lede = `${'Hafenbrückenbauarbeiten '.repeat(12)}enden.`;
    expect(
      deriveHeadline(lede, 'de')
        ?.split(' ')
        .every(word => word === 'Hafenbrückenbauarbeiten'),
    ).toBe(true);
  });
});

it('the name of a file becomes words', () => {
  expect(headlineFromKey('sport/cup-final_report.v2.txt')).toBe('Cup final report v2');
  expect(headlineFromKey('...')).toBe('Untitled');
});

describe('titles without the name of the site', () => {
  it.each([
    ['Bridge to close - The Post', [], 'Bridge to close'],
    ['Bridge to close | News | The Post', [], 'Bridge to close'],
    ['The Post: Bridge to close', ['The Post'], 'Bridge to close'],
    [
      'Bridge to close – what to know about the detours now',
      [],
      'Bridge to close – what to know about the detours now',
    ],
    ['Mayor: bridge will stay', [], 'Mayor: bridge will stay'],
    ['Well-known authors', [], 'Well-known authors'],
  ])('%s', (title, names, expected) => {
    expect(withoutSiteName(title, names)).toBe(expected);
  });
});
