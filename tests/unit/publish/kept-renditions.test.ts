import { htmlFile } from '../../../functions/publish/model/rendition.ts';
import { siteOf } from '../../../functions/publish/model/site.ts';
import { keptRendition, keptRenditions } from '../../../functions/publish/views/kept-renditions.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

const site = () => siteOf(DEFAULT_SETTINGS, 'https://news.example.org');

/** A rendition that says how many were made before it. */
function counted() {
  let made = 0;
  return () => htmlFile('a.html', String(made++));
}

test('equal content is rendered once', () => {
  const [where, render] = [site(), counted()];
  const bodyOf = (content: unknown) => keptRendition('page', content, where, render).body;
  expect([bodyOf([{ id: 'a' }, undefined]), bodyOf([{ id: 'a' }, undefined])]).toEqual(['0', '0']);
});

test.each([
  ['content', 'page', { id: 'b' }],
  ['kind', 'list', { id: 'a' }],
])('another %s is rendered by itself', (_, kind, content) => {
  const [where, render] = [site(), counted()];
  expect(keptRendition('page', { id: 'a' }, where, render).body).toBe('0');
  expect(keptRendition(kind, content, where, render).body).toBe('1');
});

test('each site is rendered by itself, also if its settings are equal', () => {
  const render = counted();
  const bodies = [site(), site()].map(where => keptRendition('page', {}, where, render).body);
  expect(bodies).toEqual(['0', '1']);
});

test('what is too large to keep is rendered each time', () => {
  const [where, render] = [site(), counted()];
  const large = () => [htmlFile('b.html', 'x'.repeat(20_000_000)), render()];
  const bodies = [0, 1].map(() => keptRenditions('page', {}, where, large)[1]?.body);
  expect(bodies).toEqual(['0', '1']);
});
