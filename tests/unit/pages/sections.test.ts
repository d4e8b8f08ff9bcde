import { navigationSections } from '../../../functions/publish/content/sections.ts';

test.each([
  ['uk', 'Громади Думки Економіка Культура'],
  ['tr', 'Çevre Sağlık Siyaset Şehir'],
  ['sv', 'Nöje Sport Åsikt Ärenden Öppet'],
  ['de', 'Ärzte Bildung Öffentlichkeit Politik'],
  ['ar', 'أعمال ثقافة رياضة سياسة'],
  ['cs', 'Cestování Časopis Domov Hokej Chata'],
  ['en', 'Ward 2 Ward 10'],
])('sections stand in the alphabetical order of the language: %s', (language, text) => {
  const inOrder = language === 'en' ? ['Ward 2', 'Ward 10'] : text.split(' ');
  for (const names of [inOrder, [...inOrder].reverse(), [...inOrder].sort()])
    expect(navigationSections(names, { language })).toEqual(inOrder);
});

test('after those of the setting, in its order', () => {
  const shown = { hidden: false, front: true };
  const sections = [
    { name: 'Sport', ...shown },
    { name: 'kultur', title: 'Kultur & Leben', ...shown },
  ];
  const site = { language: 'de', sections };
  const names = ['Ärzte', 'Kultur', 'Bildung', 'Sport'];
  expect(navigationSections(names, site)).toEqual(['Sport', 'Kultur', 'Ärzte', 'Bildung']);
});
