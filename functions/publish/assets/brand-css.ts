import { accentOf } from '../../../shared/model/palette.ts';
import { themeAddress } from '../../../shared/model/theme-file.ts';
import { SITE_FILES } from '../content/addresses.ts';
import type { Site } from '../model/site.ts';
import { compactCss } from './compact-css.ts';

/** Styles of the parts that only a site with settings of its own has. */
const BRAND_PARTS_CSS = `
.logo { display: block; inline-size: auto; block-size: clamp(2.5rem, 1.6rem + 3.4vw, 4.5rem); margin-inline: auto; background: none; object-fit: contain; }
.slim .logo { block-size: 2rem; margin: 0; }
.tagline { max-inline-size: 72rem; margin-inline: auto; padding-block-end: 1.25rem; font-style: italic; text-align: center; color: var(--soft); }
`;

/** The styles of a site's settings: its accent colour, its font, its logo. Empty for a site without any of them. */
export function brandCss(site: Site): string {
  const { accent, font, logo, tagline } = site;
  const colours = accent && accentOf(accent);
  const parts = [
    logo || tagline ? BRAND_PARTS_CSS : '',
    colours ? `:root { --accent: ${colours.light}; }` : '',
    colours ? `@media (prefers-color-scheme: dark) { :root { --accent: ${colours.dark}; } }` : '',
    ...(font?.files ?? []).map(file => fontFace(font?.family ?? '', file)),
    font ? fontOf(font) : '',
  ];
  return compactCss(parts.join('\n'));
}

type Font = NonNullable<Site['font']>;

/** Text shows in a font of the system until the file is there, so that readers never wait for it. */
function fontFace(family: string, { file, weight, style }: Font['files'][number]): string {
  const source = themeAddress(file).slice(SITE_FILES.styles.lastIndexOf('/') + 1);
  return `@font-face { font-family: '${family}'; src: url('${source}') format('woff2'); font-weight: ${weight}; font-style: ${style}; font-display: swap; }`;
}

/** The fonts of the system stay behind the family, because it can lack letters: see `--own` in the style sheet. */
function fontOf({ family, for: use }: Font): string {
  const small = use === 'all' ? ` --own-small: '${family}',;` : '';
  return `:root { --own: '${family}',;${small} }`;
}
