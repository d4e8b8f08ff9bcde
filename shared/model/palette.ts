import { nearestWithContrast } from '../text/contrast.ts';

/** Colours of the site, the preview and the desk, for readers who use light and dark colours. */
export const PALETTE = {
  light: {
    paper: '#fdfcf9',
    tint: '#f4f1ea',
    ink: '#1d1b18',
    soft: '#635d54',
    rule: '#ddd7cb',
    accent: '#a3231f',
  },
  dark: {
    paper: '#16171a',
    tint: '#1f2125',
    ink: '#e8e4dc',
    soft: '#a8a196',
    rule: '#36383d',
    accent: '#ff9284',
  },
} as const;

export type ColourScheme = keyof typeof PALETTE;

/** The colours behind text in the accent colour. The tint is behind small boxes. */
export function backgroundsOf(scheme: ColourScheme): string[] {
  const { paper, tint } = PALETTE[scheme];
  return [paper, tint];
}

/** Minimum contrast of text with what is behind it (WCAG 2.2, success criterion 1.4.3, level AA). */
export const TEXT_CONTRAST = 4.5;

/** The accent colours of a site. Without a colour for dark pages, it is the light one with as much white as it needs. */
export function accentOf(accent: { light: string; dark?: string | undefined }): Record<ColourScheme, string> {
  const dark = accent.dark ?? nearestWithContrast(accent.light, backgroundsOf('dark'), TEXT_CONTRAST);
  return { light: accent.light, dark };
}

/** Declares colours as custom properties of CSS with their names. */
export function declareColours(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}
