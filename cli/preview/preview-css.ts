import { compactCss } from '../../functions/publish/assets/compact-css.ts';
import { PAGE_CSS } from '../output/page-css.ts';

/** The style sheet of the preview. */
export const PREVIEW_CSS = compactCss(`
${PAGE_CSS}
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { font-size: 0.9375rem; }

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
  .bar .status { display: none; }
  body:has(.preview) { display: flex; flex-direction: column; block-size: 100vh; }
  .preview { flex: 1; min-block-size: 0; grid-template-columns: minmax(0, 1fr) 24rem; }
  .page, .facts { overflow-y: auto; }
  .page iframe { block-size: 100%; }
  .facts { padding-inline: 1.5rem; border-block-start: 0; border-inline-start: 1px solid var(--rule); }
}

h1 { font-size: 1.25rem; line-height: 1.25; }
h2 { margin-block: 1.75rem 0.5rem; font-size: 0.8125rem; color: var(--soft); }
.publication { margin-block-start: 0.75rem; }
.warnings ul { display: grid; gap: 0.5rem; }
.warnings li { padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--warn); }
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
