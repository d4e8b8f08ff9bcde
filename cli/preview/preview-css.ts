import { compactCss } from '../../functions/publish/assets/compact-css.ts';
import { PALETTE } from '../../shared/model/palette.ts';

/** The style sheet of the preview, with the colours of the site. */
export const PREVIEW_CSS = compactCss(`
:root {
  color-scheme: light dark;
  --paper: ${PALETTE.light.paper};
  --tint: ${PALETTE.light.tint};
  --ink: #1d1b18;
  --soft: #635d54;
  --rule: #ddd7cb;
  --accent: ${PALETTE.light.accent};
  --good: #1d6b34;
  --wait: #14599c;
  --care: #85530a;
  --bad: #a8201a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${PALETTE.dark.paper};
    --tint: ${PALETTE.dark.tint};
    --ink: #e8e4dc;
    --soft: #a8a196;
    --rule: #36383d;
    --accent: ${PALETTE.dark.accent};
    --good: #7fce94;
    --wait: #8ebdf0;
    --care: #e9b566;
    --bad: #ff9b92;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, p, ul, dl, dd { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: inherit; text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent); text-underline-offset: 0.2em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; inset-block-start: -10rem; padding: 0.5rem 1rem; background: var(--paper); }
.skip:focus { inset-block-start: 0; z-index: 1; }

.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.25rem 1.25rem;
  padding: 0.5rem 1rem;
  border-block-end: 1px solid var(--rule);
  background: var(--tint);
}
.bar .file { flex: 1 1 auto; font-weight: 600; }
.bar .what { margin-inline-end: 0.375rem; color: var(--soft); font-weight: 400; }
.bar nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.bar nav a { padding-block: 0.25rem; }
.follow { flex-basis: 100%; color: var(--bad); font-weight: 600; }
.follow:empty { display: none; }

.preview { display: grid; }
.page { min-inline-size: 0; background: var(--tint); }
.page iframe { display: block; inline-size: 100%; block-size: 85vh; border: 0; background: var(--paper); }
.narrow .page iframe { max-inline-size: 390px; margin-inline: auto; border-inline: 1px solid var(--rule); }
.facts { min-inline-size: 0; padding: 1.25rem 1rem 2rem; border-block-start: 1px solid var(--rule); }
.facts:focus { outline: none; }
@media (max-width: 59.99rem) { .bar .width { display: none; } }
@media (min-width: 60rem) {
  .bar .badge { display: none; }
  body:has(.preview) { display: flex; flex-direction: column; block-size: 100vh; }
  .preview { flex: 1; min-block-size: 0; grid-template-columns: minmax(0, 1fr) 24rem; }
  .page, .facts { overflow-y: auto; }
  .page iframe { block-size: 100%; }
  .facts { padding-inline: 1.5rem; border-block-start: 0; border-inline-start: 1px solid var(--rule); }
}

h1 { font-size: 1.25rem; line-height: 1.25; text-wrap: balance; }
h2 { margin-block: 1.75rem 0.5rem; font-size: 0.8125rem; color: var(--soft); }
.publication { margin-block-start: 0.75rem; }
.badge {
  display: inline-block;
  padding: 0 0.5em;
  border: 1px solid currentcolor;
  border-radius: 1em;
  color: var(--soft);
  font-size: 0.8125rem;
  font-weight: 600;
}
.badge.live { color: var(--good); }
.badge.scheduled, .badge.held { color: var(--wait); }
.badge.withdrawn, .badge.duplicate { color: var(--care); }
.badge.rejected, .badge.failed { color: var(--bad); }
.warnings ul { display: grid; gap: 0.5rem; }
.warnings li { padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--care); }
dl { margin-block-start: 1.75rem; border-block-start: 1px solid var(--rule); }
dl div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0.75rem; padding-block: 0.4375rem; border-block-end: 1px solid var(--rule); }
dt, .step, .small, .key { color: var(--soft); }
details { padding-block: 0.375rem; border-block-end: 1px solid var(--rule); }
summary { cursor: pointer; }
.step { font-size: 0.8125rem; }
.step { float: inline-end; margin-inline-start: 0.75rem; }
details ul { display: grid; gap: 0.375rem; margin-block: 0.375rem 0.25rem; padding-inline-start: 1rem; }
.left-out li { color: var(--soft); }
.small { margin-block-start: 1.75rem; font-size: 0.8125rem; }

.alone .facts { max-inline-size: 40rem; margin-inline: auto; border: 0; padding-block-start: 2.5rem; }
.list { max-inline-size: 48rem; margin-inline: auto; padding: 1.5rem 1rem 3rem; }
.stories li { padding-block: 0.75rem; border-block-end: 1px solid var(--rule); }
.stories a { font-size: 1.0625rem; font-weight: 600; }
.list .stories { margin-block-start: 1rem; }
.stories p { margin-block-start: 0.25rem; }
.stories .key { font-size: 0.8125rem; }
`);
