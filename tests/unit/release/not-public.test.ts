import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Statements of newsrooms that a story is not public, in forms without an instant. Each kind has its guards. */

const HEADLINE = 'Harbour board widens the basin';
const BODY = [
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.',
  'Work will begin in March, the chairwoman said, and the fish market will move to the customs hall until the last pile has been driven.',
];
const TEXT = BODY.join('\n\n');
const HTML = BODY.map(text => `<p>${text}</p>`).join('');

async function read(key: string, text: string) {
  const article = await parseArticle({ bytes: Buffer.from(text), key, filedAt: '2026-11-30T09:00:00.000Z' });
  const isHeld = (article.hold ?? article.embargoUntil) !== undefined;
  return { ...article, isHeld, shown: [article.headline, article.dek, article.bodyText].join('\n') };
}

const mail = (subject: string, body = TEXT) =>
  `From: Ann Quay <a@example.org>\nSubject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;

const page = (head: string, body = HTML, title = HEADLINE) =>
  `<!doctype html><html><head>${head}<title>${title}</title></head><body><article><h1>${title}</h1>${body}</article></body></html>`;

const frontMatter = (fields: string) => `---\ntitle: ${HEADLINE}\n${fields}\n---\n\n${TEXT}\n`;

/** The files in which a line stands above the story, below its headline, and at its foot. */
const placesOf = (line: string): [string, string][] => [
  ['above.txt', `${line}\n\n${HEADLINE}\n\nBy Ann Quay\n\n${TEXT}\n`],
  ['below.txt', `${HEADLINE}\n${line}\nBy Ann Quay\n\n${TEXT}\n`],
  ['foot.md', `# ${HEADLINE}\n\n${TEXT}\n\n${line}\n`],
  ['page.html', page('', `<p>${line}</p>${HTML}`)],
  ['mail.eml', mail(HEADLINE, `${line}\n\n${TEXT}`)],
];

describe('a line whose end is an event, or is not known yet', () => {
  test.each([
    'Not before the AGM ends',
    'Not before AGM',
    'Nicht vor Ende der Hauptversammlung',
    'Pas avant la fin de l’audience',
    'No antes del cierre de la junta',
    'Non prima della fine della conferenza',
    'Не раніше закінчення зборів',
    'Не ранее окончания пресс-конференции',
    'Embargo expires at the close of the conference',
    'Embargo lifts when the minister stands up',
    'Embargo ends with the speech',
    'Embargo is lifted after the keynote',
    'Sperrfrist endet mit Beginn der Rede',
    'L’embargo prend fin à l’issue de la conférence',
    'El embargo termina al cierre de la conferencia',
    'Embargo vervalt na de toespraak',
    'Embargo wygasa po zakończeniu konferencji',
    'Ембарго діє до завершення наради',
    'For release once the verdict is read',
    'Release after the AGM',
    'Nicht vor der Hauptversammlung',
    'Embargo válido até o fim da coletiva',
    'Embargo cade al termine della conferenza',
    'Embargo gäller tills mötet är slut',
    'Embargo obowiązuje do zakończenia obrad',
    'ينتهي الحظر بعد المؤتمر الصحفي',
    '株主総会終了まで公開禁止',
    'エンバーゴは総会終了後に解除',
    '엠바고: 총회 종료까지',
    '禁发期至发布会结束',
    'Not to be used before the Queen speaks',
    'To be released when markets close',
    'Embargo: on delivery',
    'HOLD FOR VERDICT',
    'Embargo lifts: TBC',
    'Embargo date to be confirmed',
    'Embargo: à confirmer',
    'Embargo >>> tbc',
    'EMBARGOED (see date below)',
    'Sperrfrist (siehe unten)',
    'Embargo (voir ci-dessous)',
  ])('holds the story and leaves it: %s', async line => {
    for (const [key, text] of placesOf(line)) {
      const { isHeld, hold, headline, shown } = await read(key, text);
      expect([key, isHeld, headline]).toEqual([key, true, HEADLINE]);
      expect(shown).not.toContain(line);
      expect(hold).toContain('npx copydesk release');
    }
  });

  // A single word or phrase of a page can be a heading, so the line only counts in copy.
  test.each([
    'Hold until polls close',
    'Hold until the verdict',
    'Avvakta tills vallokalerna stänger',
    'Trattenere fino alla sentenza',
  ])('holds copy outside its prose: %s', async line => {
    for (const [key, text] of placesOf(line).filter(([name]) => name !== 'page.html')) {
      const { isHeld, headline, shown } = await read(key, text);
      expect([key, isHeld, headline]).toEqual([key, true, HEADLINE]);
      expect(shown).not.toContain(line);
    }
    const within = BODY.join(`\n\n${line}\n\n`);
    expect((await read('within.txt', `${HEADLINE}\n\n${within}`)).isHeld).toBe(false);
  });

  test.each([
    'Not before time: the harbour gets its pier',
    'Not before the war ends, general says',
    'Nicht vor der eigenen Haustür',
    'No antes de tiempo',
    'Embargo ends after nine months',
    'Grain embargo ends with the treaty',
    'Embargo on oil expires at the end of the year',
    'Embargo lifted after the ceasefire',
    'Embargo: what ends when the ships sail',
    'Hold for the verdict, judge tells the jury',
    '石油禁輸措置、総会終了後に延長',
    'تمديد حظر النفط بعد الاجتماع',
    'Release of the report planned once the vote is over',
  ])('is not “%s”', async line => {
    for (const [key, text] of placesOf(line))
      expect([key, (await read(key, text)).isHeld]).toEqual([key, false]);
  });
});

describe('an abbreviation for “not for publication”', () => {
  test.each([
    'NFP',
    'N.F.P.',
    '[NFP]',
    'NFP – do not use',
    'NFP until the vote',
    'NOT FOR PUB',
    'Not for pub',
    'NOT YET FOR PUB',
    'NYP',
    'DNP until cleared',
    'D.N.P.',
    'DNU',
    'HFR',
    'n.z.V.',
    'WIP',
    'Not yet public',
    'NOT YET PUBLIC',
  ])('holds the story from a line of its own: %s', async line => {
    for (const [key, text] of placesOf(line)) {
      const { isHeld, headline, shown } = await read(key, text);
      expect([key, isHeld, headline]).toEqual([key, true, HEADLINE]);
      expect(shown).not.toContain(line);
    }
  });

  test('holds the story from a subject', async () => {
    expect(await read('a.eml', mail(`NFP: ${HEADLINE}`))).toMatchObject({ isHeld: true, headline: HEADLINE });
  });

  test.each([
    'NFP: jobs growth slows in May',
    'NFP beats forecasts',
    'Not for pub landlords: the quiet life',
  ])('is not in the headline “%s”', async line => {
    for (const [key, text] of placesOf(line))
      expect([key, (await read(key, text)).isHeld]).toEqual([key, false]);
  });
});

describe('front matter that says who may see a story', () => {
  test.each([
    'flags: [embargo]',
    'flags: "embargo, urgent"',
    'flags:\n  - draft\n  - urgent',
    'flags: {embargo: true}',
    'flags: [Entwurf]',
    'flag: hold',
    'release_flags: [hold]',
    'marks: [NFP]',
    'labels: [embargo]',
    'labels: [trade, embargo, grain]',
    'labels: [not for publication]',
    'state: [draft]',
    'workflow: [in review]',
    'editorial_status: draft',
    'etat: brouillon',
    'visibility: private',
    'visibility: staff',
    'sichtbarkeit: privat',
    'visibilité: privée',
    'видимість: приватна',
    'access: internal',
    'access: staff only',
    'access_level: private',
    'zugriff: intern',
    'accès: interne',
    'acceso: interno',
    'доступ: внутренний',
    'audience: [staff]',
    'distribution: internal',
    'classification: confidential',
    'public: false',
    'published: false',
  ])('holds the story: %s', async fields => {
    expect(await read('a.md', frontMatter(fields))).toMatchObject({ isHeld: true, headline: HEADLINE });
  });

  test.each([
    'tags: [embargo]',
    'keywords: [draft, hold]',
    'topics: [embargo]',
    'category: embargo',
    'labels: [politics, embargo on grain]',
    'labels: [review, cancelled, archived]',
    'flags: [breaking, top]',
    'flags: []',
    'flags: none',
    'flags: [no embargo]',
    'flags: {embargo: false, breaking: true}',
    'access: subscribers',
    'access: not restricted',
    'access: by ferry',
    'audience: internal medicine doctors',
    'classification: sport',
    'distribution: national',
    'visibility: public',
    'state: Texas',
    'public: true',
  ])('does not hold the story: %s', async fields => {
    expect((await read('a.md', frontMatter(fields))).isHeld).toBe(false);
  });

  test('does not take lines of a story for front matter', async () => {
    const lines = 'Access: by ferry\nAudience: families';
    expect((await read('a.md', `${lines}\n\n${TEXT}\n`)).bodyText).toContain('Access: by ferry');
  });
});

describe('a page that says it is a draft', () => {
  const linked = (fields: object) =>
    `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: HEADLINE, ...fields })}</script>`;

  test.each([
    '<meta name="status" content="draft">',
    '<meta name="status" content="Entwurf">',
    '<meta name="status" content="embargoed">',
    '<meta property="article:status" content="draft">',
    '<meta name="dcterms.status" content="Draft">',
    '<meta itemprop="creativeWorkStatus" content="Draft">',
    '<meta name="workflow" content="not published">',
    '<meta name="visibility" content="private">',
    '<meta name="flags" content="embargo">',
    '<meta name="published" content="false">',
    linked({ creativeWorkStatus: 'Draft' }),
    linked({ creativeWorkStatus: ['In review'] }),
    linked({ creativeWorkStatus: 'https://schema.org/Draft' }),
    linked({ creativeWorkStatus: { '@type': 'DefinedTerm', name: 'Draft' } }),
  ])('is held: %s', async head => {
    expect((await read('a.html', page(head))).isHeld).toBe(true);
  });

  test.each([
    '<meta name="robots" content="noindex">',
    '<meta name="robots" content="unpublished">',
    '<meta name="keywords" content="draft, embargo">',
    '<meta name="status" content="pending">',
    '<meta name="status" content="published">',
    '<meta name="access" content="private">',
    '<meta name="audience" content="not for children">',
    '<meta name="live" content="false">',
    linked({ creativeWorkStatus: 'Published' }),
    linked({ creativeWorkStatus: 'Archived' }),
    linked({ isAccessibleForFree: false }),
    linked({ about: { '@type': 'Legislation', name: 'Ferry bill', creativeWorkStatus: 'Draft' } }),
    linked({ mentions: [{ '@type': 'NewsArticle', headline: 'Ferry sold', creativeWorkStatus: 'Draft' }] }),
  ])('is public: %s', async head => {
    expect((await read('a.html', page(head))).isHeld).toBe(false);
  });
});

describe('a subject or a headline that begins with the word', () => {
  test.each(['EMBARGO', 'EMBARGOED:', 'STRICT EMBARGO', 'SPERRFRIST'])('in capitals: %s', async word => {
    const line = `${word} ${HEADLINE}`;
    for (const [key, text] of [
      ['a.eml', mail(line)],
      ['a.txt', `${line}\n\nBy Ann Quay\n\n${TEXT}\n`],
      ['a.md', `# ${line}\n\n${TEXT}\n`],
      ['a.html', page('', HTML, line)],
    ] as const)
      expect({ key, ...(await read(key, text)) }).toMatchObject({ key, isHeld: true, headline: HEADLINE });
  });

  test.each([
    'Embargo',
    'embargo',
    'Re: Embargo',
    'Embargoed',
    'Embargoed copy',
    'Under embargo',
    'Sperrfrist',
  ])('in a subject, with a capital behind it: %s', async word => {
    expect(await read('a.eml', mail(`${word} ${HEADLINE}`))).toMatchObject({
      isHeld: true,
      headline: HEADLINE,
    });
  });

  test('holds a subject that may be a headline about an embargo', async () => {
    expect((await read('a.eml', mail('Embargo Act turns 200'))).isHeld).toBe(true);
  });

  test.each([
    'Embargo on grain lifted by Moscow',
    'Embargo hits farmers',
    'EMBARGO HITS FARMERS',
    'EMBARGO ON GRAIN LIFTED BY MOSCOW',
    'Embargo Lifted After Nine Months',
    'Embargo gegen Ölstaat verlängert',
    'Sperrfrist beim Arbeitslosengeld: Was jetzt gilt',
    'Draft pick Jones signs for Hawks',
  ])('is public: %s', async line => {
    expect(await read('a.eml', mail(line))).toMatchObject({ isHeld: false, headline: line });
  });
});

test.each([
  '#+EMBARGO: 2099-03-05',
  '#+DRAFT: true',
  'embargo:: 2099-03-05',
  '[embargo:: tbc]',
  ':embargo: 2099-03-05',
  '// embargo: 2099-03-05',
  'Embargo lifts: TBC',
  'EMBARGOED (see date below)',
])('a field of another program never becomes the headline: %s', async line => {
  for (const [key, text] of [
    ['a.txt', `${line}\n\n${HEADLINE}\n\n${TEXT}\n`],
    ['a.md', `${line}\n\n# ${HEADLINE}\n\n${TEXT}\n`],
    ['b.md', `${line}\n${HEADLINE}\n\n${TEXT}\n`],
  ] as const)
    expect({ key, ...(await read(key, text)) }).toMatchObject({ key, isHeld: true, headline: HEADLINE });
});
