import { transformSync } from 'esbuild';
import { DESK_CSS } from '../../../cli/desk/pages/desk-css.ts';
import { PAGE_COLOURS } from '../../../cli/output/page-css.ts';
import { PREVIEW_CSS } from '../../../cli/preview/preview-css.ts';
import { compactCss } from '../../../functions/publish/assets/compact-css.ts';
import { feedCss } from '../../../functions/publish/assets/feed-css.ts';
import { SITE_CSS } from '../../../functions/publish/assets/site-css.ts';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';
import { TEXT_CONTRAST } from '../../../shared/model/palette.ts';
import { contrast } from '../../../shared/text/contrast.ts';
import { scriptOf } from '../../../shared/text/language-tag.ts';
import { SITE } from '../feeds/sample.ts';

test.each([
  ['site', SITE_CSS],
  ['feed', feedCss(SITE)],
  ['feed in Arabic', feedCss({ ...SITE, language: 'ar' })],
  ['feed in French', feedCss({ ...SITE, language: 'fr' })],
  ['desk', DESK_CSS],
  ['preview', PREVIEW_CSS],
])('the style sheet of the %s is valid and loads nothing', (_, css) => {
  expect(transformSync(css, { loader: 'css' }).warnings).toEqual([]);
  expect(css).not.toMatch(/url\(|@import|@font-face/);
});

test('a compact style sheet means what the long one does', () => {
  const long =
    '/* a, b */\n.a .b, a :is(b) {\n  margin: 0 auto;\n  x: calc(1px + 2px);\n}\n\n@media print {\n  .c { color: red; }\n}\n';
  expect(compactCss(long)).toBe(
    '.a .b, a :is(b){margin:0 auto;x:calc(1px + 2px)}@media print{.c{color:red}}',
  );
  const minified = (css: string) => transformSync(css, { loader: 'css', minify: true }).code;
  expect(minified(compactCss(long))).toBe(minified(long));
});

test('the styles of a page are below 24 KB', () => {
  expect(Buffer.byteLength(SITE_CSS)).toBeLessThan(24_000);
  expect(Buffer.byteLength(feedCss(SITE))).toBeLessThan(24_000);
});

test('the pages’ style sheet knows no left and right, so that it serves both directions', () => {
  const declarations = SITE_CSS.replace(/direction:ltr;text-align:left/, '').replace(
    /\.right\{text-align:right/,
    '',
  );
  expect(declarations).not.toMatch(/\b(?:left|right)\s*:|-(?:left|right)\b|:\s*(?:left|right)\b/);
});

test.each(Object.entries(PAGE_COLOURS))(
  'on %s pages every text of the site, the desk and the preview stands out from what is behind it',
  (_, { paper, tint, rule: _rule, ...texts }) => {
    const faint = Object.entries(texts).filter(([, text]) =>
      [paper, tint].some(behind => contrast(text, behind) < TEXT_CONTRAST),
    );
    expect(faint).toEqual([]);
  },
);

/** The declarations for a language, by the selectors that name it. */
const rulesFor = (language: string) =>
  SITE_CSS.split('}')
    .filter(rule => rule.includes(`:lang(${language})`))
    .join('}');

test('every language of labels in a script of its own has its own fonts and leading', () => {
  const own = Object.keys(LABELS).filter(language => !/^(?:Latn|Cyrl)$/.test(scriptOf(language) ?? ''));
  expect(own).toEqual(expect.arrayContaining(['ar', 'he', 'fa', 'hi', 'ja', 'ko', 'zh', 'zh-Hant']));
  for (const language of own) {
    expect([language, rulesFor(language)]).toEqual([
      language,
      expect.stringMatching(/--serif:var\(--own\) .*--sans:.*--leading/),
    ]);
    if (!language.includes('-')) expect(rulesFor(language)).toMatch(/letter-spacing:0 !important/);
    expect(feedCss({ ...SITE, language })).not.toContain('Charter');
  }
  expect(feedCss(SITE)).toContain('Charter');
});

test('the fonts of Traditional Chinese come after those of all Chinese, because both selectors match', () => {
  expect(SITE_CSS.indexOf(':lang(zh-TW)')).toBeGreaterThan(SITE_CSS.indexOf(':lang(zh){'));
  expect(rulesFor('zh-TW')).not.toMatch(/SC'/);
});

test('words are hyphenated in prose and headlines, and never in names, tags and code', () => {
  expect(SITE_CSS).toMatch(/body\{[^}]*hyphens:auto;hyphenate-limit-chars:10 4 4/);
  const [, without = ''] = /:is\(([^)]*)\)\{hyphens:manual\}/.exec(SITE_CSS) ?? [];
  expect(without.split(', ')).toEqual(
    expect.arrayContaining(['.meta', '.tags', 'code', '.credit', '.site-title']),
  );
});
