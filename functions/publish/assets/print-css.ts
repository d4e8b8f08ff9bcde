export const PRINT_CSS = `
@media print {
  :root { --paper: #fff; --tint: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #000; }
  @page { margin: 2cm; }
  body { font-size: 11pt; }
  .masthead nav, .breadcrumb, .subscribe, .skip, .tags, .site-footer ul, .related, .more, audio, video { display: none; }
  .masthead, main, .site-footer { padding-inline: 0; }
  .masthead { border: 0; }
  .site-title, .slim .site-title { padding-block: 0 0.5rem; font-size: 14pt; text-align: start; }
  .masthead::after { max-inline-size: none; margin: 0; border-color: #000; }
  main { padding-block: 1rem; }
  .article { max-inline-size: none; }
  .article h1 { font-size: 22pt; }
  .body { font-size: 11pt; line-height: 1.45; }
  .lead-image.wide { margin-inline: 0; }
  .lead-image img, .body img { max-block-size: 10cm; inline-size: auto; }
  .body a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.8em; word-break: break-all; }
  .body pre { white-space: pre-wrap; }
  .front, .rail, .package, .plain, .solo .lead.with-image, .package .second.with-image { display: block; }
  .story { padding-block: 8pt; }
  .package .second { padding: 8pt 0; border-block-start: 1px solid var(--rule); }
  .lead h2, .plain .lead h2 { font-size: 22pt; }
  .second h2 { font-size: 15pt; }
  .river h2 { font-size: 12pt; }
  .lead .thumb { max-inline-size: 10cm; margin-block-end: 8pt; }
  .second .thumb { max-inline-size: 4cm; }
  .desks { columns: 2; display: block; margin-block-start: 12pt; }
  .older { display: none; }
  img { filter: none; }
  h1, h2, h3, h4 { break-after: avoid; }
  figure, blockquote, tr, .story, .correction { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
`;
