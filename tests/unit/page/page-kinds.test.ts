import { parseArticle } from '../../../functions/ingest/parse.ts';

// Kinds of pages that once lost words of their story or kept words of others, with near misses.
const DE = [
  'Der Stadtrat von Bruckhafen hat am Dienstagabend beschlossen, die Winterfähre bis Ende März fahren zu lassen, nach drei Stunden Debatte über die Kosten.',
  'Neun Mitglieder stimmten dafür, vier dagegen, und zwei verließen den Saal vor der Auszählung, was der Bürgermeister eine Frage des Gewissens nannte.',
  'Das Geld kommt aus der Rücklage für Sturmschäden, die seit der Reparatur der Mole vor elf Jahren nicht angetastet wurde, sagte die Kämmerin.',
  'Die Gegner des Plans sagten, die Rücklage sei für Notfälle gedacht, und warnten, der nächste Sturm werde die Stadt ohne einen Pfennig antreffen.',
];
const FR = [
  'Le conseil municipal de Port-Vallon a décidé mardi soir de maintenir la navette d’hiver jusqu’à la fin du mois de mars, après trois heures de débat.',
  'Neuf élus ont voté pour, quatre contre, et deux ont quitté la salle avant le décompte, ce que la maire a qualifié de question de conscience.',
  'L’argent viendra de la réserve pour les tempêtes, à laquelle personne n’avait touché depuis la réparation de la digue il y a onze ans, a dit le trésorier.',
];
const ES = [
  'El concejo de Puerto Salina votó el martes por la noche mantener la lancha de invierno hasta finales de marzo, tras tres horas de discusión sobre el gasto.',
  'Nueve concejales votaron a favor, cuatro en contra, y dos salieron de la sala antes del recuento, lo que el alcalde llamó un asunto de conciencia.',
  'El dinero saldrá de la reserva para temporales, que nadie había tocado desde que se reparó el rompeolas hace once años, dijo la tesorera del concejo.',
];
const JA = [
  '港の議会は火曜日の夜、冬の渡し船を三月末まで続けることを決めた。燃料の費用をめぐる議論は三時間に及んだ。',
  '賛成は九人、反対は四人で、二人は採決の前に退席した。市長は「党ではなく良心の問題だ」と述べた。',
  '費用は嵐に備えた積立金から出る。防波堤が十一年前に直されてから使われていなかったと会計係は話した。',
];
const p = (lines: readonly string[]) => lines.map(line => `<p>${line}</p>`).join('');
const page = (title: string, body: string, lang = 'de') =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
const H = '<h1>Die Winterfähre fährt weiter</h1>';
const german = (body: string) => page('Die Winterfähre fährt weiter', body);

const CASES: [name: string, source: string, kept: string[], gone?: string[]][] = [
  [
    'a random id',
    german(`<article>${H}<p>${DE[0]}</p><p id="p-xAdZqT4kk">${DE[1]}</p>${p(DE.slice(2))}</article>`),
    [DE[1] ?? ''],
  ],
  [
    'a heading whose id is a slug',
    german(
      `<article>${H}${p(DE)}<h2 id="tools-fuer-die-werbung-und-den-newsletter">Wie es weitergeht</h2>${p([...DE].reverse().map(line => `${line} Das gilt auch im Mai.`))}</article>`,
    ),
    ['Wie es weitergeht'],
  ],
  [
    'paragraphs named after a promotion',
    german(`<article>${H}<p>${DE[0]}</p><p class="promo-text">${DE[1]}</p><p>${DE[2]}</p></article>`),
    [DE[1] ?? ''],
  ],
  [
    'rows of a grid that is named after its sidebar',
    page(
      'La navette continue',
      `<main><h1>La navette continue</h1>${FR.map(line => `<div class="col-sidebar-layout"><p>${line}</p></div>`).join('')}</main>`,
      'fr',
    ),
    FR,
  ],
  [
    'a promotion with links, named so',
    german(
      `<article>${H}${p(DE)}<div class="promo-box"><a href="/a">Fünf Boote im Test</a> <a href="/b">Was Fähren kosten</a></div></article>`,
    ),
    DE,
    ['Fünf Boote'],
  ],
  [
    'sentences that begin like remarks of a page',
    page(
      'La navette continue',
      `<article><h1>La navette continue</h1><p>${FR[0]}</p><p>Partager la digue avec les cyclistes ne plaît pas aux pêcheurs, selon le syndicat.</p><p>Imprimer les billets à bord coûterait trop cher, a répondu la compagnie mardi.</p><p>${FR[1]}</p></article>`,
      'fr',
    ),
    ['Partager la digue', 'Imprimer les billets'],
  ],
  [
    'Spanish sentences of that kind',
    page(
      'La lancha sigue',
      `<article><h1>La lancha sigue</h1><p>${ES[0]}</p><p>Compartir el muelle con los veleros es posible, dijo el práctico del puerto.</p><p>Publicidad engañosa fue el cargo contra la naviera en el juicio de mayo.</p><p>${ES[1]}</p></article>`,
      'es',
    ),
    ['Compartir el muelle', 'Publicidad engañosa'],
  ],
  [
    'labels of a page within the story',
    german(
      `<article>${H}<p>${DE[0]}</p><p>Anzeige</p><p>${DE[1]}</p><p>Artikel teilen</p><p>${DE[2]}</p></article>`,
    ),
    [DE[2] ?? ''],
    ['Anzeige', 'teilen'],
  ],
  [
    'a sentence that is a link',
    page(
      'La lancha sigue',
      `<article><h1>La lancha sigue</h1><p>${ES[0]}</p><div class="b"><p><a href="/x">La naviera había anunciado en enero que retiraría el barco más viejo antes del verano.</a></p></div><p>${ES[1]}</p></article>`,
      'es',
    ),
    ['La naviera había anunciado'],
  ],
  [
    'a title that is a link',
    german(
      `<article>${H}<p>${DE[0]}</p><p><a href="/x">Die Mole und ihr Geheimnis</a></p>${p(DE.slice(1))}</article>`,
    ),
    DE,
    ['Die Mole und'],
  ],
  [
    'a list of links after its introduction',
    page(
      'Trois livres',
      `<article><h1>Trois livres</h1><p>${FR[0]}</p><p>Voici trois livres que la rédaction a aimés cette semaine :</p><ul><li><a href="/1">La nuit des pilotes</a></li><li><a href="/2">Le sel et la corde</a></li><li><a href="/3">Pourquoi les mouettes rient</a></li></ul><p>${FR[1]}</p></article>`,
      'fr',
    ),
    ['La nuit des pilotes', 'Pourquoi les mouettes rient'],
  ],
  [
    'a list of the story that is named a list and begins its items with links',
    german(
      `<article>${H}${p(DE)}<ul class="list">${[1, 2, 3].map(n => `<li><a href="/${n}">Antrag ${n} zur Winterfähre</a>: angenommen nach einer kurzen Aussprache</li>`).join('')}</ul></article>`,
    ),
    ['Antrag 1 zur Winterfähre', 'Antrag 3 zur Winterfähre'],
  ],
  [
    'a long list of that kind after its introduction',
    german(
      `<article>${H}${p(DE)}<p>Über diese Anträge hat der Stadtrat am Abend abgestimmt:</p><ul>${Array.from({ length: 14 }, (_, n) => `<li><a href="/${n}">Antrag ${n} zur Winterfähre</a>: angenommen</li>`).join('')}</ul><p>${DE[1]} Das gilt auch im Mai.</p></article>`,
    ),
    ['Antrag 0 zur Winterfähre', 'Antrag 13 zur Winterfähre'],
  ],
  [
    'a table of links with head cells',
    german(
      `<article>${H}${p(DE)}<table><tr><th>Verein</th><th>Punkte</th></tr><tr><td><a href="/1">Bruckhafen 04</a></td><td>20</td></tr><tr><td><a href="/2">Inselkickers</a></td><td>18</td></tr></table></article>`,
    ),
    ['Bruckhafen 04', 'Inselkickers'],
  ],
  [
    'a lede in the box of the headline',
    page(
      'La navette continue',
      `<main><div class="hero"><h1>La navette continue</h1>${p(FR.slice(0, 2))}</div><div class="hero">${p([FR[2] ?? '', ...DE])}</div></main>`,
      'fr',
    ),
    [FR[0] ?? '', DE[3] ?? ''],
  ],
  [
    'a short notice above longer notes',
    page(
      'Fehler',
      `<article><h1>Fehler</h1><p>Wir haben am Montag einen Namen falsch geschrieben.</p><p>Er lautet richtig Maren Tolk.</p></article><section class="notes"><ol><li>Der Name steht so in der Liste der Hafenmeister, Seite 14.</li><li>Die Liste liegt im Archiv der Stadt aus und ist dort zu lesen.</li></ol></section>`,
    ),
    ['Wir haben am Montag', 'Er lautet richtig'],
  ],
  [
    'a second article with its own headline',
    page(
      'La lancha sigue',
      `<main><article><h1>La lancha sigue</h1>${p(ES)}</article><article><h1>El faro se apaga</h1>${p(FR)}${p(FR.map(line => `${line} Voilà.`))}</article></main>`,
      'es',
    ),
    ES,
    ['El faro', 'Le conseil'],
  ],
  [
    'a second article without an element of that name',
    page(
      'La lancha sigue',
      `<div><div class="nota"><h1>La lancha sigue</h1>${p(ES)}</div><div class="nota"><h1>El faro se apaga</h1><time>5 de marzo</time>${p(FR)}</div></div>`,
      'es',
    ),
    ES,
    ['El faro', 'Le conseil'],
  ],
  [
    'sections that each have a heading of the first level',
    page(
      'La lancha sigue',
      `<div><section class="s"><h1>La lancha sigue</h1>${p(ES)}</section><section class="s"><h1>¿Y ahora?</h1>${p(FR)}</section></div>`,
      'es',
    ),
    ['¿Y ahora?', FR[0] ?? ''],
  ],
  [
    'posts of a live page, with a heading each',
    german(
      `<main>${H}${DE.map((line, index) => `<article><h2>17:0${index}</h2><p>${line}</p></article>`).join('')}</main>`,
    ),
    DE,
  ],
  [
    'a hidden copy of the story',
    german(
      `<article>${H}<div>${p(DE)}</div><div style="visibility: hidden">${DE.join(' ')} Kopie</div></article>`,
    ),
    DE,
    ['Kopie'],
  ],
  [
    'a class that hides',
    german(
      `<article>${H}<p>${DE[0]}</p><p class="note d-none">Dieser Satz wartet hier auf ein Programm, und kaum jemand wird ihn je zu lesen bekommen.</p>${p(DE.slice(1))}</article>`,
    ),
    DE,
    ['wartet hier'],
  ],
  [
    'a class that hides only on small screens',
    german(
      `<article>${H}<p>${DE[0]}</p><div class="hidden md:block"><p>${DE[1]}</p></div>${p(DE.slice(2))}</article>`,
    ),
    DE,
  ],
  [
    'panels that readers open',
    german(
      `<article>${H}<p>Die wichtigsten Fragen und Antworten zur Fähre im Winter.</p>${DE.map((line, index) => `<h3>Frage ${index + 1}</h3><div style="display:none"><p>${line}</p></div>`).join('')}</article>`,
    ),
    DE,
  ],
  [
    'a Japanese story above a longer notice',
    page(
      '渡し船は続く',
      `<main><article><h1>渡し船は続く</h1><section>${p(JA)}</section></article><div><h3>会員登録のご案内</h3><p>会員登録をすると、毎朝ニュースレターをメールアドレス宛てにお送りします。配信の解除はいつでもできます。登録された個人情報は配信の目的に限って利用し、ほかのサービスに自動で登録されることはありません。詳しくはご利用の案内をご覧ください。</p></div></main>`,
      'ja',
    ),
    JA,
    ['会員登録'],
  ],
  [
    'a refrain',
    page(
      'Lied vom Hafen',
      `<article><h1>Lied vom Hafen</h1>${DE.map(line => `<p>${line}</p><p>Zieht das Boot,<br>zieht das Boot, der Abend ist rot.</p>`).join('')}</article>`,
    ),
    ['zieht das Boot, der Abend ist rot.'],
  ],
  [
    'slides of a carousel',
    german(
      `<article>${H}<div class="s"><span>1/3</span><p>Boote am Kai (Bild: Archiv)</p></div><div class="s"><span>2/3</span><p>Der Rat am Dienstag (Bild: Archiv)</p></div><div class="s"><span>3/3</span><p>Die Mole (Bild: Archiv)</p></div>${p(DE)}</article>`,
    ),
    DE,
    ['1/3', '2/3', 'Boote am Kai'],
  ],
  ['a score', german(`<article>${H}${p(DE)}<p>Ergebnis</p><p>3/4</p></article>`), ['3/4']],
  [
    'a box that asks for consent',
    page(
      'La navette continue',
      `<article><h1>La navette continue</h1><p>${FR[0]}</p><div class="e"><p>Contenu externe</p><p>En cliquant sur « accepter », vous donnez votre consentement au dépôt de cookies par YouTube.</p><p>Consultez notre politique de confidentialité.</p></div>${p(FR.slice(1))}</article>`,
      'fr',
    ),
    FR,
    ['Contenu externe', 'confidentialité'],
  ],
  [
    'an offer of a subscription',
    german(
      `<article>${H}${p(DE.slice(0, 3))}<div class="row"><div><h3>Vier Wochen gratis testen</h3><p>Danach 9,90 Euro monatlich, jederzeit kündbar.</p></div></div><p>${DE[3]}</p></article>`,
    ),
    DE,
    ['gratis testen'],
  ],
  [
    'a story about privacy and subscriptions',
    german(
      `<article>${H}<div class="s"><h2>Datenschutz</h2><p>Die Nutzer müssen der neuen Datenschutzerklärung zustimmen, entschied das Gericht.</p></div><div class="s"><h2>Hafen</h2>${p(DE)}</div></article>`,
    ),
    ['Die Nutzer müssen'],
  ],
  [
    'the ingredients of a soup in a column of their own',
    page(
      'Soupe du port',
      `<main><h1>Soupe du port</h1><aside-free><div class="c"><h3>Ingrédients</h3><ul><li>500 g de cabillaud</li><li>2 oignons</li><li>1 l de bouillon</li></ul></div></aside-free><div class="m"><h3>Préparation</h3>${p(FR)}</div></main>`,
      'fr',
    ),
    ['500 g de cabillaud', '1 l de bouillon'],
  ],
];

test.each(CASES)('%s', async (_, source, kept, gone = []) => {
  const { bodyText } = await parseArticle({ bytes: Buffer.from(source), key: 'page.html' });
  for (const words of kept) expect(bodyText).toContain(words);
  for (const words of gone) expect(bodyText).not.toContain(words);
});

it('prints a refrain each time', async () => {
  const source = CASES.find(([name]) => name === 'a refrain')?.[1] ?? '';
  const { bodyText } = await parseArticle({ bytes: Buffer.from(source), key: 'page.html' });
  expect(bodyText.split('Abend ist rot').length).toBe(5);
});

describe('text that stands only in JSON-LD', () => {
  const data = (body: string) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Die Fähre fährt', articleBody: body })}</script>`;
  it.each([
    ['lines', DE.join('\n')],
    ['markup', p(DE)],
  ])('is the body: %s', async (_, body) => {
    const source = page('Die Fähre fährt', `<div id="app"><h1>Die Fähre fährt</h1></div>${data(body)}`);
    const { bodyHtml } = await parseArticle({ bytes: Buffer.from(source), key: 'page.html' });
    expect(bodyHtml).toBe(p(DE));
  });
  it('is left alone where the page shows a story', async () => {
    const source = page(
      'Die Fähre fährt',
      `<article><h1>Die Fähre fährt</h1>${p(DE)}</article>${data('Kurz gesagt.')}`,
    );
    const { bodyHtml } = await parseArticle({ bytes: Buffer.from(source), key: 'page.html' });
    expect(bodyHtml).toBe(p(DE));
  });
});

describe('a page whose story is only in the data of a script', () => {
  const story = `<div>${p(DE)}</div>`;
  const consent = `<div>${p(DE.map(() => 'Wir und unsere Partner verwenden Cookies, um Inhalte und Anzeigen zu messen und zu verbessern.'))}</div>`;
  const parse = (data: string) =>
    parseArticle({
      bytes: Buffer.from(german(`<div id="root">Lädt …</div><script>${data}</script>`)),
      key: 'a.html',
    });
  const inScript = (text: string) => JSON.stringify(text).replaceAll('<', '\\u003c');
  it.each([
    ['in a call', `push([1,${inScript(story)}])`],
    [
      'in an object',
      `window.state = {"note":"\\"","consent":${inScript(consent)},"body":${inScript(story)}}`,
    ],
    ['in data within a string', `push([1,${JSON.stringify(`0:{"body":${inScript(story)}}`)}])`],
    ['with marks of the script', `push(${inScript(`$$AD_TOP$$${story}`)})`],
  ])('is read %s', async (_, data) => {
    expect((await parse(data)).bodyText).toBe(DE.join('\n'));
  });

  it('has no story if its data are about something else', async () => {
    expect((await parse(`show(${inScript(consent)})`)).bodyText).not.toContain('Partner');
  });

  it('is read in linear time if its strings have no end', async () => {
    const { bodyText } = await parse(`"<p>${'\\"'.repeat(500_000)}`);
    expect(bodyText).not.toContain('"');
  });
});

it('reads a page with NUL characters and one whose doctype has no space', async () => {
  const nul = german(`<article>${H}${p(DE)}</article>`).replaceAll('<p>', '\0<p>');
  expect((await parseArticle({ bytes: Buffer.from(nul), key: 'a.html' })).bodyHtml).toBe(p(DE));
  const short = `<!doctypehtml><html xmlns=http://www.w3.org/1999/xhtml><title>Die Fähre fährt</title><h1>Die Fähre fährt</h1>${p(DE)}</html>`;
  expect((await parseArticle({ bytes: Buffer.from(short), key: 'a.html' })).bodyHtml).toBe(p(DE));
});

it('keeps the readings of ruby in the markup and out of the text', async () => {
  const source = page(
    '港',
    `<article><h1>港</h1><p>${JA[0]}<ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>は大きい。</p>${p(JA)}</article>`,
    'ja',
  );
  const { bodyText, bodyHtml } = await parseArticle({ bytes: Buffer.from(source), key: 'a.html' });
  expect(bodyText).toContain('港は大きい');
  expect(bodyHtml).toContain('<rt>みなと</rt>');
});

it.each([
  ['·', 'ul'],
  ['•', 'ul'],
  ['1.', 'ol'],
])('makes a list of the paragraphs that Word shows with %s', async (mark, list) => {
  const item = (text: string) => `<p class="MsoListParagraphCxSpMiddle">${mark}&nbsp;&nbsp; ${text}</p>`;
  const source = page('Liste', `<p>${DE[0]}</p>${item('Boote')}${item('Kräne')}<p>${DE[1]}</p>`);
  const { bodyHtml } = await parseArticle({ bytes: Buffer.from(source), key: 'a.html' });
  expect(bodyHtml).toContain(`<${list}><li>Boote</li><li>Kräne</li></${list}>`);
});
