import fc from 'fast-check';
import { summarize } from '../../../functions/ingest/article/summary.ts';
import { withoutDateline } from '../../../functions/ingest/text/dateline.ts';

describe('a first paragraph loses its dateline', () => {
  it.each([
    ['KYIV, Oct 1 (Reuters) — The city opened a line.', 'The city opened a line.'],
    ['WASHINGTON (AP) — The bank cut its rate.', 'The bank cut its rate.'],
    ['LONDON - The council voted on Monday.', 'The council voted on Monday.'],
    ['SPRINGFIELD, Ill. — The governor signed it.', 'The governor signed it.'],
    ['Köln/Bonn (dpa/lnw) – Der Flughafen bleibt offen.', 'Der Flughafen bleibt offen.'],
    ['Berlin, 12. Januar 2022 – Der Verband fordert Geld.', 'Der Verband fordert Geld.'],
    ['PARIS, 3 mars (AFP) - Le gouvernement a annoncé.', 'Le gouvernement a annoncé.'],
    ['(ANSA) - ROMA, 01 OTT - Il governo ha varato la manovra.', 'Il governo ha varato la manovra.'],
    ['Madrid, 1 oct (EFE).- El Gobierno aprobó la ley.', 'El Gobierno aprobó la ley.'],
    ['LISBOA, 1 out (Lusa) – O Governo anunciou medidas.', 'O Governo anunciou medidas.'],
    ['КИЇВ, 1 жовтня (Укрінформ) — Уряд ухвалив рішення.', 'Уряд ухвалив рішення.'],
    ['Київ. 1 жовтня. УНІАН. Уряд ухвалив рішення про допомогу.', 'Уряд ухвалив рішення про допомогу.'],
    ['МОСКВА, 1 октября. /ТАСС/. Правительство приняло закон.', 'Правительство приняло закон.'],
    ['القاهرة 1 أكتوبر (رويترز) - أعلنت الحكومة إجراءات جديدة.', 'أعلنت الحكومة إجراءات جديدة.'],
    ['नई दिल्ली, 1 अक्टूबर (भाषा) सरकार ने नए उपायों की घोषणा की।', 'सरकार ने नए उपायों की घोषणा की।'],
    ['新华社北京10月1日电（记者张三）国务院今天公布了新的措施。', '国务院今天公布了新的措施。'],
    ['【東京＝共同】政府は新しい措置を発表した。', '政府は新しい措置を発表した。'],
    ['(서울=연합뉴스) 홍길동 기자 = 정부는 새로운 조치를 발표했다.', '정부는 새로운 조치를 발표했다.'],
  ])('%s', (text, expected) => {
    expect(withoutDateline(text)).toBe(expected);
    expect(summarize([text], 'en')).toBe(expected);
  });

  it.each([
    'NATO – das Bündnis der Staaten – tagt heute.',
    'Angela Beispiel (CDU) - die frühere Ministerin - kommt.',
    'The plan - first floated in May - is dead.',
    'Paris — a city of light — sleeps tonight.',
    'Ein Mann (42) - er war allein - wurde verletzt.',
    'On Oct. 1 - a Tuesday - the line opened.',
  ])('and keeps what is none: %s', text => {
    expect(withoutDateline(text)).toBe(text);
  });

  it('what is left is the end of what was there', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), text => text.endsWith(withoutDateline(text))));
  });
});
