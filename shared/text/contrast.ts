/** Contrast of colours by WCAG 2.2. A colour is `#rrggbb`. */

type Rgb = readonly [red: number, green: number, blue: number];

/** Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [a, b].map(luminance).sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance from 0 to 1 (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = rgbOf(colour)
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The lowest contrast of a colour with any of several backgrounds, and that background. */
export function lowestContrast(colour: string, backgrounds: readonly string[]) {
  const [lowest] = backgrounds
    .map(background => ({ background, ratio: contrast(colour, background) }))
    .sort((a, b) => a.ratio - b.ratio);
  return lowest ?? { background: colour, ratio: 1 };
}

/** Parts in which {@link nearestWithContrast} mixes black or white into a colour. One part is less than a step of a channel. */
const MIX_STEPS = 255;

/**
 * The colour nearest to the given one that has a contrast with all backgrounds. It has the same hue: black is mixed into
 * it on light backgrounds, and white on dark ones.
 * @param ratio a ratio that black or white has on all backgrounds
 */
export function nearestWithContrast(colour: string, backgrounds: readonly string[], ratio: number): string {
  const isDark = backgrounds.every(background => luminance(background) < 0.18);
  const end: Rgb = isDark ? [255, 255, 255] : [0, 0, 0];
  for (let step = 0; step < MIX_STEPS; step++) {
    const mixed = mix(rgbOf(colour), end, step / MIX_STEPS);
    if (lowestContrast(mixed, backgrounds).ratio >= ratio) return mixed;
  }
  return hexOf(end);
}

function mix(from: Rgb, to: Rgb, share: number): string {
  const [red, green, blue] = from.map((value, at) => Math.round(value + ((to[at] ?? 0) - value) * share));
  return hexOf([red ?? 0, green ?? 0, blue ?? 0]);
}

function rgbOf(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
  return [red, green, blue];
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}
