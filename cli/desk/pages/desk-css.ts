import { compactCss } from '../../../functions/publish/assets/compact-css.ts';
import { declareColours } from '../../../shared/model/palette.ts';
import { PAGE_CSS } from '../../output/page-css.ts';

/** Colours that only the desk has: edges of fields, the band at the top, and changed words. */
const OWN_COLOURS = {
  light: { edge: '#8a8378', band: '#e9e4d9', 'band-ink': '#1d1b18', added: '#d9f0df', removed: '#fadcd9' },
  dark: { edge: '#85807a', band: '#2a2c31', 'band-ink': '#e8e4dc', added: '#173d25', removed: '#4d1f1b' },
};

/** The style sheet of the desk. The band at the top has a colour of its own for a deployed stack. */
export const DESK_CSS = compactCss(`
${PAGE_CSS}
:root { ${declareColours(OWN_COLOURS.light)} }
.deployed { --band: #6b1f7a; --band-ink: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { ${declareColours(OWN_COLOURS.dark)} }
  .deployed { --band: #55206b; --band-ink: #ffffff; }
}
h1 { font-size: 1.5rem; line-height: 1.2; }
h2 { font-size: 1.0625rem; line-height: 1.3; }
.soft, .key, .time { color: var(--soft); font-size: 0.875rem; }
.columns .skip:focus { position: static; }
.where { padding: 0.375rem clamp(1rem, 4vw, 2.5rem); background: var(--band); color: var(--band-ink); font-size: 0.875rem; }
.top nav { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.5rem; padding: 0.5rem clamp(1rem, 4vw, 2.5rem); border-block-end: 1px solid var(--rule); }
.top .name { font-weight: 800; letter-spacing: -0.01em; }
.top ul { display: flex; gap: 1.25rem; }
.top nav a { display: inline-block; padding-block: 0.375rem; text-decoration: none; }
.top nav a[aria-current] { border-block-end: 3px solid var(--accent); }
main { display: grid; gap: 1.25rem; max-inline-size: 84rem; margin-inline: auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; }
main > *, .columns > *, #live > * { min-inline-size: 0; }
#live { display: grid; gap: 1.5rem; }
.news { min-block-size: 0; color: var(--wait); }
.news:empty { display: none; }

/* Forms */
label { display: block; font-size: 0.875rem; font-weight: 600; }
input, select, textarea { display: block; inline-size: 100%; min-block-size: 2.5rem; margin-block-start: 0.25rem; padding: 0.375rem 0.5rem; border: 1px solid var(--edge); border-radius: 4px; background: var(--paper); color: inherit; font: inherit; font-weight: 400; }
.check { display: flex; align-items: center; gap: 0.5rem; font-weight: 400; }
.check input { inline-size: 1.25rem; min-block-size: 1.25rem; margin: 0; flex: none; }
button, .button { display: inline-block; min-block-size: 2.5rem; padding: 0.4375rem 1rem; border: 1px solid var(--edge); border-radius: 4px; background: var(--tint); color: var(--ink); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--accent); color: var(--accent); }
button.main { border-color: var(--accent); background: var(--accent); color: var(--paper); }
button.main:hover { background: var(--ink); border-color: var(--ink); color: var(--paper); }
button.quiet { min-block-size: 2rem; padding: 0.125rem 0.625rem; font-size: 0.875rem; font-weight: 400; }
fieldset { display: grid; gap: 0.875rem; min-inline-size: 0; padding: 1rem; border: 1px solid var(--rule); border-radius: 6px; }
legend { padding-inline: 0.375rem; font-weight: 700; }
.filing { display: grid; gap: 1rem; max-inline-size: 44rem; }
.drop { border: 2px dashed var(--edge); }
.is-over .drop, .is-over .empty { border-color: var(--accent); background: var(--tint); }
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; }
.filters nav { flex-basis: 100%; }
.filters nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 0.375rem; }
.filters nav a { display: block; padding: 0.25rem 0.75rem; border: 1px solid var(--rule); border-radius: 2rem; font-size: 0.875rem; text-decoration: none; }
.filters nav a[aria-current] { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.filters select { inline-size: auto; min-inline-size: 9rem; max-inline-size: 100%; }
.filters label:has(input) { flex: 1 1 14rem; max-inline-size: 26rem; }

/* The list */
.stories { inline-size: 100%; border-collapse: collapse; }
section > h2 { margin-block-end: 0.5rem; }
.stories th { padding: 0.25rem 0.75rem 0.25rem 0; border-block-end: 2px solid var(--ink); font-size: 0.8125rem; text-align: start; }
.stories td { padding: 0.625rem 0.75rem 0.625rem 0; border-block-end: 1px solid var(--rule); vertical-align: top; }
.stories th:first-child { inline-size: 7.5rem; }
.stories th:nth-child(3) { inline-size: 10rem; }
.stories th:last-child { inline-size: 11rem; }
.headline { display: block; font-weight: 600; }
.key, .reason, .warnings { display: block; }
.reason { color: var(--bad); }
.reason.held, .reason.scheduled { color: var(--wait); }
.reason.media { color: var(--soft); }
.reason.withdrawn, .reason.duplicate { color: var(--warn); }
.warnings { color: var(--warn); font-size: 0.875rem; }
.row-actions { display: flex; gap: 0.5rem; margin-block-start: 0.5rem; }
.pages { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
.pages a { padding-block: 0.25rem; }
.empty { padding: clamp(2rem, 8vw, 5rem) 1rem; border: 2px dashed var(--edge); border-radius: 6px; text-align: center; }

/* A story */
.story-head { display: grid; gap: 0.5rem; }
.notes { padding: 0.625rem 0.875rem; border-inline-start: 4px solid var(--warn); background: var(--tint); }
.facts { display: grid; gap: 0.125rem; font-size: 0.875rem; }
.facts div { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.5rem; }
.facts dt { color: var(--soft); }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; align-items: start; }
.columns > div { display: grid; gap: 1.25rem; }
.preview { display: block; inline-size: 100%; block-size: 44rem; border: 1px solid var(--edge); background: var(--paper); }
.box summary { font-weight: 700; cursor: pointer; }
.box { display: grid; gap: 0.625rem; padding: 1rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--tint); }
details.box:not([open]) { row-gap: 0; padding-block: 0.75rem; }
.box h2 { margin: 0; }
.box form { display: grid; gap: 0.75rem; justify-items: start; }
.box label { inline-size: 100%; }
.left-out li, .versions li, .filed li { padding-block: 0.5rem; border-block-end: 1px solid var(--rule); }
.left-out q { display: block; quotes: none; }
.outcome { display: grid; gap: 0.5rem; padding: 0.875rem 1rem; border-inline-start: 4px solid var(--good); background: var(--tint); }
.outcome.trouble { border-color: var(--bad); }
.outcome .note { color: var(--warn); }
.outcome p.result { white-space: pre-line; }
.question { display: grid; gap: 1rem; max-inline-size: 44rem; }
.question form { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.command { min-inline-size: 0; font-size: 0.8125rem; color: var(--soft); }
.command pre { padding: 0.375rem 0.5rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--paper); color: var(--ink); white-space: pre-wrap; }
.command span { display: inline-block; max-inline-size: 100%; }
.diff { max-inline-size: 46rem; font-family: Charter, 'Noto Serif', Georgia, serif; font-size: 1.0625rem; white-space: pre-line; }
del + ins { margin-inline-start: 0.25em; }
.diff h2 { margin-block-end: 0.75rem; font-size: 1.5rem; }
ins { background: var(--added); text-decoration: underline; text-decoration-thickness: 2px; }
del { background: var(--removed); text-decoration: line-through; }
progress { display: block; inline-size: 100%; max-inline-size: 30rem; accent-color: var(--accent); }
.sending li { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; padding-block: 0.25rem; }

@media (max-width: 46rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .stories thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .stories, .stories tbody, .stories tr, .stories td { display: block; }
  .stories tr { padding-block: 0.625rem; border-block-end: 1px solid var(--rule); }
  .stories td { padding: 0; border: 0; }
  .stories td:first-child { margin-block-end: 0.25rem; }
  .stories td:nth-child(3), .stories td:nth-child(4) { display: inline; font-size: 0.875rem; color: var(--soft); }
  .stories td:nth-child(3):not(:empty)::after { content: '\\00B7'; margin-inline: 0.375rem; }
  .facts div { grid-template-columns: 1fr; gap: 0; }
}
`);
