import { declareColours, PALETTE } from '../../shared/model/palette.ts';

/** Colours of the desk and the preview: those of the site, and one for each kind of status. */
export const PAGE_COLOURS = {
  light: { ...PALETTE.light, good: '#1b6b3a', wait: '#1d5a8f', warn: '#8a5200', bad: '#a3231f' },
  dark: { ...PALETTE.dark, good: '#7fd39b', wait: '#8fc4f0', warn: '#f0b863', bad: '#ff9284' },
};

/** Styles that the desk and the preview share. */
export const PAGE_CSS = `
:root { color-scheme: light dark; ${declareColours(PAGE_COLOURS.light)} }
@media (prefers-color-scheme: dark) { :root { ${declareColours(PAGE_COLOURS.dark)} } }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; overflow-wrap: anywhere; }
h1, h2, p, ul, ol, dl, dd, fieldset, pre { margin: 0; }
h1 { text-wrap: balance; }
ul, ol { padding: 0; list-style: none; }
a { color: inherit; text-underline-offset: 0.16em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; z-index: 1; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 0.5rem; inset-block-start: 0.5rem; padding: 0.5rem 1rem; background: var(--accent); color: var(--paper); }
.status { display: inline-block; padding: 0 0.5rem; border: 1px solid currentcolor; border-radius: 2rem; font-size: 0.8125rem; font-weight: 600; white-space: nowrap; color: var(--soft); }
.status.live { color: var(--good); }
.status.scheduled, .status.held { color: var(--wait); }
.status.withdrawn, .status.duplicate { color: var(--warn); }
.status.rejected, .status.failed { color: var(--bad); }
`;
