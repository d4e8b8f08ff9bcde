export const ARTICLE_CSS = `
/* Articles */
.article { max-inline-size: 41rem; margin-inline: auto; }
.article h1 {
  margin-block: 0.625rem 0;
  font-size: clamp(1.875rem, 1.35rem + 2.3vw, 2.625rem);
  line-height: 1.12;
  letter-spacing: -0.022em;
  text-wrap: balance;
}
.dek { margin-block-start: 0.75rem; font-size: 1.3125rem; line-height: 1.4; color: var(--soft); text-wrap: pretty; }
.facts { margin-block-start: 1.25rem; padding-block: 0.75rem; border-block: 1px solid var(--rule); }
.facts .meta { font-size: 0.875rem; }
.place { text-transform: uppercase; letter-spacing: 0.03em; }
.correction { margin-block-start: 1rem; padding: 0.75rem 1rem; font-size: 0.9375rem; line-height: 1.5; background: var(--tint); border-inline-start: 3px solid var(--accent); }
.correction strong { margin-inline-end: 0.375em; color: var(--accent); }
.lead-image { margin-block-start: 1.75rem; }
/* A picture fits the window and keeps its shape. A wide one is wider than the text. */
.lead-image.wide { margin-inline: calc((min(41rem, 100vw - 2 * var(--edge)) - min(56rem, 100vw - 2 * var(--edge))) / 2); }
.lead-image img, .body img { max-block-size: 70vh; object-fit: contain; border-radius: 2px; }
.lead-image img { display: block; inline-size: auto; margin-inline: auto; }
.lead-image img:not([height]) { inline-size: 100%; }
.lead-image img:not([height]), .body img:not([height]) { aspect-ratio: auto 3 / 2; }
figcaption { margin-block-start: 0.5rem; font-size: 0.8125rem; line-height: 1.45; color: var(--soft); }
.after-caption::before { content: '\\00B7'; margin-inline-end: 0.4em; }

.body { margin-block-start: 1.75rem; font-size: 1.1875rem; line-height: var(--leading, 1.62); hanging-punctuation: first; }
.body > * + * { margin-block-start: 1.15em; }
.body > figure, .body > .scroll, .body > pre { margin-block: 1.75em; }
.body p { text-wrap: pretty; }
.body a { color: var(--accent); }
.body h2, .body h3, .body h4 { margin-block-start: 1.9em; }
.body h2 { font-size: 1.5rem; letter-spacing: -0.01em; }
.body h3 { font-size: 1.25rem; }
.body h4 { font-size: 1.0625rem; }
.body :is(h2, h3, h4) + * { margin-block-start: 0.6em; }
.body ul, .body ol { padding-inline-start: 1.375em; }
.body li + li, .body li > * + * { margin-block-start: 0.5em; }
.body li::marker { color: var(--accent); }
.body blockquote { padding-inline-start: 1rem; border-inline-start: 3px solid var(--accent); font-size: 1.15em; line-height: 1.45; }
.body blockquote > * + * { margin-block-start: 0.6em; }
.body blockquote :is(cite, .attribution) { font: 0.8125rem/1.5 var(--sans); color: var(--soft); }
.body blockquote blockquote { font-size: 1em; }
.body figure img { display: block; inline-size: auto; margin-inline: auto; }
.body hr { inline-size: 4rem; margin: 2.25rem auto; border: 0; border-block-start: 1px solid var(--soft); }
.body code, .body kbd, .body samp { font-family: var(--mono); font-size: 0.86em; background: var(--tint); padding: 0.1em 0.3em; border-radius: 3px; }
.body pre { overflow-x: auto; padding: 0.9375rem 1.125rem; background: var(--tint); border-radius: 3px; font: 0.875rem/1.5 var(--mono); direction: ltr; text-align: left; }
.body pre code { padding: 0; background: none; font-size: inherit; }
.scroll { overflow-x: auto; }
.body table { min-inline-size: 100%; border-collapse: collapse; font: 0.9375rem/1.45 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.body caption { text-align: start; padding-block-end: 0.5rem; color: var(--soft); }
.body th, .body td { padding-block: 0.5rem; padding-inline: 0 1.5rem; text-align: start; vertical-align: top; border-block-end: 1px solid var(--rule); }
/* Figures align at their units in every script, so this side is the same in both directions. */
.body .right { text-align: right; }
.body .center { text-align: center; }
.body :is(th, td):last-child { padding-inline-end: 0; }
.body th { border-block-end: 2px solid var(--ink); vertical-align: bottom; }
.body tbody th { border-block-end: 1px solid var(--rule); vertical-align: top; }
.body dt { font-weight: 700; }
.body dd { margin-inline-start: 1.375em; }
.body dd + dt { margin-block-start: 0.5em; }
.body mark { background: color-mix(in srgb, var(--accent) 18%, transparent); color: inherit; }
.body sup, .body sub { line-height: 0; font-size: 0.72em; }

.after { margin-block-start: 3rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem; }
.after h2 { font-size: 0.75rem; letter-spacing: 0.07em; text-transform: uppercase; color: var(--soft); margin-block-end: 0.625rem; }
.after section { padding-block-start: 1rem; border-block-start: 1px solid var(--rule); }
.after section ul { padding: 0; list-style: none; font-weight: 600; line-height: 1.35; }
.after section li + li { margin-block-start: 0.625rem; }
.after :is(audio, video) { display: block; inline-size: 100%; margin-block-start: 0.5rem; }
.headline .recording { font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
.file-facts { font-size: 0.8125rem; font-weight: 400; color: var(--soft); white-space: nowrap; }
.tags { display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0; list-style: none; font-size: 0.8125rem; }
.tags li { min-inline-size: 0; padding: 0.25rem 0.75rem; border: 1px solid var(--rule); border-radius: 1rem; }
.tags li:has(a) { padding: 0; }
.tags a { display: block; padding: 0.25rem 0.75rem; text-decoration: none; }
.tags li:hover { border-color: currentcolor; }
`;
