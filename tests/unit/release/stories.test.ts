import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Headlines, first lines and last lines of stories about embargoes, holds, drafts, releases and withdrawals. */
const STORIES: [string, string[]][] = [
  [
    'en',
    [
      'Embargo on grain lifted after nine months',
      'Arms embargo until peace holds, says minister',
      'Oil embargo extended until December',
      'EMBARGO ON STEEL IMPORTS LIFTED',
      'Embargo: what it means for the harbour',
      'Draft law on ferries passes first reading',
      'Draft: islanders pick their first captain',
      'Hold the line, coach tells defenders',
      'Two held after hold-up at the post office',
      'Killed in the storm: the names of the crew',
      'Withdrawal of troops begins on Friday',
      'Release of hostages expected before Sunday',
      'Press release wrong, council admits',
      'Not for sale: the last lighthouse',
      'Publication of the report postponed until March',
      'Do not publish my letters, the poet begged',
      'CANCELLED',
      'Not for use in children',
      'Embargo lifted on Friday',
      'Album release: 5 March 2099',
      'Under embargo: how a port lived through ten lean years',
      'Journal retracts study on sea ice',
      'Embargo! cried the crowd on the quay',
      'Not for publication? A judge decides',
      '“Do not publish this,” the mayor wrote to the editor.',
      '“Embargo until Friday,” read the sheet on the door.',
    ],
  ],
  [
    'de',
    [
      'Embargo gegen Ölstaat bis Jahresende verlängert',
      'Gesetzentwurf zur Fähre vertagt',
      'Sperrfrist beim Arbeitslosengeld: Was jetzt gilt',
      'Brücke gesperrt bis Ostern: Pendler verärgert',
      'A8 gesperrt bis Montag',
      'Freigabe des Tunnels am Freitag erwartet',
      '„Nicht veröffentlichen“, schrieb der Bürgermeister.',
    ],
  ],
  [
    'fr',
    [
      'L’embargo sur les armes levé par le Conseil',
      'Projet de loi en attente : les élus s’impatientent',
      'La publication du rapport repoussée à vendredi',
      'Retrait des troupes avant la fin du mois',
      'Embargo pétrolier : ce qui change pour le port',
    ],
  ],
  [
    'es',
    [
      'El embargo a las importaciones sigue hasta mayo',
      'Borrador de la ley de puertos, a debate',
      'Bienes embargados por el juez: la lista completa',
      'Retirada de tropas antes del verano',
      '“No publicar”, escribió el alcalde.',
      'La difusión del vídeo, prohibida por la jueza',
    ],
  ],
  [
    'pt',
    [
      'Embargo às armas mantido até dezembro',
      'Obra embargada até nova decisão, diz juiz',
      'Rascunho do acordo divulgado',
    ],
  ],
  [
    'it',
    [
      'Embargo sul grano revocato dopo nove mesi',
      'Bozza della manovra, i sindaci protestano',
      'Ritirato il ricorso contro il porto',
    ],
  ],
  [
    'nl',
    [
      'Embargo op olie verlengd tot december',
      'Concept van de havenwet ligt klaar',
      'Publicatie van het rapport uitgesteld',
    ],
  ],
  [
    'pl',
    [
      'Embargo na zboże zniesione po dziewięciu miesiącach',
      'Szkic ustawy o portach trafi do Sejmu',
      'Wycofanie wojsk przed latem',
    ],
  ],
  [
    'uk',
    [
      'Ембарго на зерно скасували до кінця року',
      'Чернетка угоди викликала суперечки',
      'До публікації звіту лишився тиждень',
    ],
  ],
  [
    'ru',
    [
      'Эмбарго на нефть продлили до декабря',
      'Черновик договора попал в прессу',
      'Вывод войск начнется до лета',
    ],
  ],
  ['tr', ['Tahıl ambargosu aralık ayına kadar uzatıldı', 'Taslak yasa mecliste tartışıldı']],
  ['sv', ['Oljeembargot förlängs till december', 'Utkast till hamnlag väcker protester']],
  ['ja', ['石油禁輸措置、12月まで延長', '法案の草案をめぐり議論', 'アユ漁が解禁、川辺に釣り人の列']],
  ['zh', ['石油禁运延长至十二月', '港口法草案引发争议', '报告发布时间推迟一周']],
  ['ar', ['تمديد حظر النفط حتى ديسمبر', 'مسودة قانون الموانئ تثير الجدل']],
];

const BODY = [
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.',
  'Work will begin in March, the chairwoman said, and the fish market will move to the customs hall until the last pile has been driven.',
  'Opponents plan to appeal, and a hearing is expected before the summer, when the ferries bring the first visitors to the islands.',
];

const lines = STORIES.flatMap(([language, headlines]) => headlines.map(line => [language, line] as const));

test('there are sixty of them, in ten languages', () => {
  expect(lines.length).toBeGreaterThanOrEqual(60);
  expect(STORIES.length).toBeGreaterThanOrEqual(10);
});

test.each(lines)('a story about such things is public (%s): %s', async (_, line) => {
  const page = (head: string, foot: string) =>
    `<!doctype html><html><head><title>${line}</title></head><body><article><h1>${line}</h1>${head}${BODY.map(text => `<p>${text}</p>`).join('')}${foot}</article></body></html>`;
  const files: [string, string][] = [
    ['a.txt', `${line}\n\nBy Ann Quay\n\n${BODY.join('\n\n')}\n`],
    ['b.txt', `Harbour news\n\n${line}.\n\n${BODY.join('\n\n')}\n\n${line}.\n`],
    ['c.md', `# ${line}\n\n${line}\n\n${BODY.join('\n\n')}\n\n## ${line}\n\n${BODY[0]}\n\n${line}.\n`],
    [
      'd.md',
      `---\ntitle: "${line}"\ndescription: "${line}."\ntags: [embargo, draft]\n---\n\n${BODY.join('\n\n')}\n`,
    ],
    ['e.html', page(`<p class="dek">${line}.</p>`, `<p>${line}</p>`)],
    [
      'f.eml',
      `From: Ann Quay <a@example.org>\nSubject: =?utf-8?B?${Buffer.from(line).toString('base64')}?=\nMIME-Version: 1.0\nDate: Sun, 1 Nov 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n${BODY.join('\n\n')}\n`,
    ],
  ];
  for (const [key, text] of files) {
    const article = await parseArticle({
      bytes: Buffer.from(text),
      key,
      filedAt: '2026-11-02T00:00:00.000Z',
    });
    const { hold, embargoUntil, expiresAt, withdraw } = article;
    expect({ key, hold, embargoUntil, expiresAt, withdraw }).toEqual({ key });
  }
});
