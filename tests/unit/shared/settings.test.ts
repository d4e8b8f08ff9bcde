import { DEFAULT_SETTINGS, readSettings, readSettingsJson } from '../../../shared/settings.ts';

test('every field is optional', () => {
  expect(readSettings({})).toEqual(DEFAULT_SETTINGS);
  expect(readSettings({ site: { title: 'The Courier' } }).site).toMatchObject({
    title: 'The Courier',
    language: 'en',
  });
});

test.each([
  [{ site: { titel: 'x' } }, 'site.titel'],
  [{ sites: {} }, 'sites'],
  [{ site: { language: 'x y' } }, 'site.language'],
  [{ site: { baseUrl: 'ftp://example.org' } }, 'site.baseUrl'],
  [{ feeds: { entries: 0 } }, 'feeds.entries'],
  [{ feeds: { entries: 'many' } }, 'feeds.entries'],
  [{ articles: { timeZone: 'Mars/Olympus' } }, 'articles.timeZone'],
])('%j is refused in one sentence that names the field', (raw, field) => {
  let message = '';
  try {
    readSettings(raw);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain(`"${field}"`);
  expect(message).toMatch(/^The setting[^\n]+\.$/);
});

test('text that is not JSON names the file', () => {
  expect(() => readSettingsJson('{', 'copydesk.config.json')).toThrow(
    /^copydesk\.config\.json is not valid JSON/,
  );
});
