import { parseArticle } from '../../../functions/ingest/parse.ts';

const STORY = 'The ferry sailed on Monday, as it does each week, and came back on the same day.';

/** Copy that states an address and a language, in formats that once had rules of their own for both. */
const FILES: Record<string, (address: string, language: string) => string> = {
  'a.md': (address, language) =>
    `---\ntitle: Ferry sails\ncanonical: "${address}"\nlanguage: "${language}"\n---\n\n${STORY}\n`,
  'a.html': (address, language) =>
    `<html lang="${language}"><head><title>Ferry sails</title><link rel="canonical" href="${address}"></head><body><p>${STORY}</p></body></html>`,
  'a.json': (address, language) =>
    JSON.stringify({
      uri: 'https://agency.example/1',
      type: 'text',
      version: '1',
      language,
      canonicalurl: address,
      headline: 'Ferry sails',
      body_text: STORY,
    }),
};

describe.each(Object.keys(FILES))('in %s', key => {
  const parsed = (address: string, language = 'en') =>
    parseArticle({ bytes: Buffer.from(FILES[key]?.(address, language) ?? ''), key });

  test.each([
    ['//e.example/a', 'https://e.example/a'],
    [' https://e.example/a ', 'https://e.example/a'],
    [`https://e.example/${'a'.repeat(5_000)}`, undefined],
    ['javascript:alert(1)', undefined],
  ])('the address %.40s', async (address, canonicalUrl) => {
    expect((await parsed(address)).canonicalUrl).toBe(canonicalUrl);
  });

  test.each([
    ['en_gb', 'en-GB'],
    ['en-us,en', 'en-US'],
  ])('the language %s', async (language, tag) => {
    expect((await parsed('https://e.example/a', language)).language).toBe(tag);
  });
});

test('a name is no language tag', async () => {
  const { language, warnings } = await parseArticle({
    bytes: Buffer.from(STORY),
    key: 'a.txt',
    metadata: { language: 'English' },
  });
  expect(language).toBe('en');
  expect(warnings.join()).toContain('The language "English"');
});
