import { primaryLanguage } from '../words/labels.ts';

/** Fonts and leading of a script. Letters of Latin and Cyrillic languages have the values of the style sheet. */
interface Script {
  /** Language ranges of `:lang()`. A later script takes precedence. */
  languages: readonly string[];
  serif: string;
  sans: string;
  /** Line height of headlines and of bodies (`--leading` of the body's rule). */
  leading: readonly [headline: number, body: number];
}

/** The fonts are those of Apple and Windows, and Noto for all others. All letters and digits of a line are of one font. */
const SCRIPTS: readonly Script[] = [
  {
    languages: ['ja'],
    serif: "'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', 'Noto Serif JP'",
    sans: "'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP'",
    leading: [1.3, 1.85],
  },
  {
    languages: ['zh'],
    serif: "'Songti SC', 'Noto Serif CJK SC', 'Noto Serif SC', SimSun",
    sans: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC'",
    leading: [1.3, 1.85],
  },
  {
    languages: ['zh-Hant', 'zh-TW', 'zh-HK', 'zh-MO'],
    serif: "'Songti TC', 'Noto Serif CJK TC', 'Noto Serif TC', PMingLiU",
    sans: "'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC'",
    leading: [1.3, 1.85],
  },
  {
    languages: ['ko'],
    serif: "AppleMyungjo, 'Noto Serif CJK KR', 'Noto Serif KR', Batang",
    sans: "'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR', 'Noto Sans KR'",
    leading: [1.3, 1.75],
  },
  {
    languages: ['ar', 'fa', 'ur', 'ps', 'ckb', 'ug', 'sd'],
    serif: "'Noto Naskh Arabic', 'Geeza Pro', 'Sakkal Majalla', 'Times New Roman'",
    sans: "'Noto Sans Arabic', 'SF Arabic', 'Segoe UI', Tahoma",
    leading: [1.4, 1.85],
  },
  {
    languages: ['he', 'yi'],
    serif: "'Noto Serif Hebrew', 'Frank Ruehl CLM', 'New Peninim MT', David",
    sans: "'Noto Sans Hebrew', 'Arial Hebrew', 'Segoe UI', Arial",
    leading: [1.2, 1.65],
  },
  {
    languages: ['hi', 'mr', 'ne', 'sa'],
    serif: "'Noto Serif Devanagari', 'Kohinoor Devanagari', 'Nirmala UI', Mangal",
    sans: "'Noto Sans Devanagari', 'Kohinoor Devanagari', 'Nirmala UI'",
    leading: [1.4, 1.8],
  },
  {
    languages: ['th'],
    serif: "'Noto Serif Thai', Thonburi, 'Leelawadee UI'",
    sans: "'Noto Sans Thai', Thonburi, 'Leelawadee UI'",
    leading: [1.4, 1.8],
  },
];

/** Languages whose scripts join their letters, or have no slanted letters and no capitals. */
const UPRIGHT =
  'ar fa ur ps ckb ug sd he yi hi mr ne sa bn as gu pa ta te kn ml si th lo km my ka am ti dv ja ko zh'.split(
    ' ',
  );

const langs = (tags: readonly string[]) => `:is(${tags.map(tag => `:lang(${tag})`).join(',')})`;

function rulesOf({ languages, serif, sans, leading: [headline, body] }: Script): string {
  const leading = `--headline-leading: ${headline}; --leading: ${body};`;
  return `${langs(languages)} { --serif: var(--own) ${serif}, serif; --sans: var(--own-small) ${sans}, sans-serif; ${leading} }`;
}

/**
 * The font of a language for the style sheet of a feed, which knows only one language.
 * @param language BCP 47
 */
export function feedFontOf(language: string): string | undefined {
  return SCRIPTS.find(({ languages }) => languages.includes(primaryLanguage(language)))?.serif;
}

/**
 * Rules that depend on the script or the language of a text: fonts, leading, hyphenation and line breaks. A browser
 * hyphenates only in languages that it has a dictionary for.
 */
export const SCRIPT_CSS = `
/* Hyphens */
body { hyphens: auto; hyphenate-limit-chars: 10 4 4; }
:is(h1, h2, h3, .kicker, .headline) { hyphenate-limit-chars: 12 5 5; }
:is(.site-title, .masthead nav, .meta, .stamp time, .tags, .file-facts, .credit, .place, code, kbd, samp, pre) { hyphens: manual; }
.stamp .kicker { hyphens: auto; }
/* Scripts. Fonts are found where they are declared, so an element in another language declares its own. */
${SCRIPTS.map(rulesOf).join('\n')}
:where(article, .masthead, .headline a):where([lang]) { font-family: var(--serif); }
:lang(ja) { line-break: strict; }
/* Lines end with a phrase in headlines only. In paragraphs this leaves up to a third of a line empty. */
:is(h1, h2, h3, h4, .headline, .kicker, .front-heading, .masthead):lang(ja) { word-break: auto-phrase; }
:lang(ko) { word-break: keep-all; }
:is(:lang(ja), :lang(zh)) { text-spacing-trim: trim-start; }
/* Some scripts join their letters or have no slanted letters. They have no letter spacing and no italics. */
${langs(UPRIGHT)}:is(h1, h2, .site-title, .kicker, .place, .byline, .masthead a, .front-heading, .tagline, .after h2, blockquote, cite) {
  letter-spacing: 0 !important;
  font-style: normal !important;
}
${langs(UPRIGHT)}:is(h1, h2, h3, .site-title) { line-height: var(--headline-leading, 1.4); }
`;
