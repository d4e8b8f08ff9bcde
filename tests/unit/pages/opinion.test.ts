import { isOpinion } from '../../../functions/publish/content/sections.ts';
import { arrange } from '../../../functions/publish/pages/front-order.ts';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { SITE, sampleEntries } from '../feeds/sample.ts';
import { readPage } from './sample-article.ts';

const ALL = { kind: 'all' } as const;

test.each([
  'Opinion',
  'Opinions et débats',
  'Meinung und Debatte',
  'LEITARTIKEL',
  'Думки та дискусії',
  'الرأي والتحليل',
  'דעות ופרשנות',
  '社説・オピニオン',
  '评论与观点',
  '評論',
  'विचार और बहस',
  'Opinião e análise',
  'Yorum ve tartışma',
])('the section %s is known as opinion by its name', section => {
  expect(isOpinion(section, { language: 'en' })).toBe(true);
});

test.each(['News', 'Common ground', 'Public opinion', 'Kultur', '影视评论', 'Société et opinions', ''])(
  'the section %s is news',
  section => expect(isOpinion(section, { language: 'en' })).toBe(false),
);

test('a setting decides about a section, and its name about the others', () => {
  const section = { hidden: false, front: true };
  const site = {
    language: 'en',
    sections: [
      { ...section, name: 'The Long View', opinion: true },
      { ...section, name: 'Comment', opinion: false },
      { ...section, name: 'desk-7', title: 'Opinion' },
    ],
  };
  expect(isOpinion('The long view', site)).toBe(true);
  expect(isOpinion('Comment', site)).toBe(false);
  expect(isOpinion('desk-7', site)).toBe(true);
  expect(isOpinion('Views', site)).toBe(true);
  expect(isOpinion('News', site)).toBe(false);
});

test('every story stands once on the front page, opinion beside news, each in its order', () => {
  for (const count of [1, 2, 3, 12, 60]) {
    const entries = sampleEntries(count).map((entry, index) =>
      index % 4 === 1 ? { ...entry, section: 'Opinion' } : entry,
    );
    const { top, river, opinion, rest } = arrange(entries, ALL, { language: 'en' });
    const all = [...top, ...river, ...opinion, ...rest];
    expect(new Set(all)).toEqual(new Set(entries));
    expect(all).toHaveLength(count);
    for (const part of [top, river, opinion, rest])
      expect(part.map(entry => entries.indexOf(entry))).toEqual(
        part.map(entry => entries.indexOf(entry)).sort((a, b) => a - b),
      );
    expect(opinion.every(({ section }) => section === 'Opinion')).toBe(true);
    expect(opinion.length > 0).toBe(count >= 12);
  }
});

test('a story of opinion is marked wherever it stands with a summary, and news never is', () => {
  const entries = sampleEntries(20).map((entry, index) =>
    index % 3 === 1 ? { ...entry, section: 'Opinion' } : entry,
  );
  const $ = readPage(frontPage({ of: ALL, entries }, SITE, { sections: ['City', 'Opinion'] }));
  const marked = (selector: string) =>
    $(selector)
      .map((_, story) => $(story).find('.kicker').text())
      .get();
  expect(new Set(marked('.story.opinion'))).toEqual(new Set(['Opinion']));
  expect(marked('.story:not(.opinion)')).not.toContain('Opinion');
  expect($('.rail .story.opinion').length).toBeGreaterThan(1);
});
