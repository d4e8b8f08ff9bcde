import { parseArticle } from '../../../functions/ingest/parse.ts';

const HEADLINE = 'Harbour board widens the basin';
const BODY = [
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.',
  'Work will begin in March, the chairwoman said, and the fish market will move to the customs hall until the last pile has been driven.',
];
const TEXT = BODY.join('\n\n');
const HTML = BODY.map(text => `<p>${text}</p>`).join('');

async function read(key: string, text: string, metadata?: Record<string, string>) {
  return parseArticle({ bytes: Buffer.from(text), key, metadata, filedAt: '2026-11-30T09:00:00.000Z' });
}

function mail(subject: string, body: string, headers = '', type = 'text/plain'): string {
  const encoded = Buffer.from(subject).toString('base64');
  return `From: Ann Quay <a@example.org>\nSubject: =?utf-8?B?${encoded}?=\nMIME-Version: 1.0\n${headers}Content-Type: ${type}; charset=utf-8\n\n${body}`;
}

const page = (top: string, foot = '') =>
  `<!doctype html><html><head><title>${HEADLINE}</title></head><body><nav><a href="/">Home</a></nav><article><h1>${HEADLINE}</h1>${top}${HTML}${foot}</article></body></html>`;

/** Where a line can stand that says when a story may be public. */
const PLACES: Record<string, (term: string) => [string, string]> = {
  'above plain text': term => ['a.txt', `${term}\n\n${HEADLINE}\n\nBy Ann Quay\n\n${TEXT}\n`],
  'below the headline': term => ['a.txt', `${HEADLINE}\n${term}\nBy Ann Quay\n\n${TEXT}\n`],
  'below the byline': term => ['a.txt', `${HEADLINE}\nBy Ann Quay\n${term}\n\n${TEXT}\n`],
  'beside the headline': term => ['a.txt', `${term}: ${HEADLINE}\n\n${TEXT}\n`],
  'between paragraphs': term => ['a.txt', `${HEADLINE}\n\n${BODY[0]}\n\n${term}\n\n${BODY[1]}\n`],
  'at the foot': term => ['a.txt', `${HEADLINE}\n\n${TEXT}\n\n${term}\n`],
  'below the end mark': term => ['a.txt', `${HEADLINE}\n\n${TEXT}\n\nENDS\n\n${term}\n`],
  'in bold Markdown': term => ['a.md', `# ${HEADLINE}\n\n**${term}**\n\n${TEXT}\n`],
  'as a heading above': term => ['a.md', `# ${term}\n\n# ${HEADLINE}\n\n${TEXT}\n`],
  'at the beginning of a long paragraph': term => [
    'a.md',
    `# ${HEADLINE}\n\n${term}. ${BODY[0]} ${BODY[0]} ${BODY[0]}\n\n${BODY[1]}\n`,
  ],
  'in a quotation': term => ['a.md', `# ${HEADLINE}\n\n> ${term}\n\n${TEXT}\n`],
  'within a paragraph of Markdown': term => ['a.md', `# ${HEADLINE}\n\nBy Ann Quay\n${term}\n\n${TEXT}\n`],
  'in a comment': term => ['a.md', `<!-- ${term} -->\n\n# ${HEADLINE}\n\n${TEXT}\n`],
  'in a box of a page': term => ['a.html', page(`<div><strong>${term}</strong></div>`)],
  'in a row of a table': term => [
    'a.html',
    page(`<table><tr><td>Desk</td><td>News</td></tr><tr><td colspan="2">${term}</td></tr></table>`),
  ],
  'beside the story of a page': term => ['a.html', page(`<aside>${term}</aside>`)],
  'at the foot of a page': term => ['a.html', page('', `<p><em>${term}</em></p>`)],
  'between line breaks': term => [
    'a.html',
    `<h1>${HEADLINE}</h1><p>By Ann Quay<br>${term}<br>${BODY[0]}</p><p>${BODY[1]}</p>`,
  ],
  'in a title': term => ['a.html', page('').replaceAll(HEADLINE, `${term}: ${HEADLINE}`)],
  'in a subject': term => ['a.eml', mail(`Fwd: ${term} - ${HEADLINE}`, TEXT)],
  'in the brackets of a subject': term => ['a.eml', mail(`[${term}] ${HEADLINE}`, TEXT)],
  'in the text of a mail': term => ['a.eml', mail(HEADLINE, `${term}\n\n${TEXT}\n`)],
  'in the HTML of a mail': term => ['a.eml', mail(HEADLINE, `<p><b>${term}</b></p>${HTML}`, '', 'text/html')],
  'in a note to editors': term => [
    'a.json',
    JSON.stringify({ uri: 'urn:x:1', type: 'text', headline: HEADLINE, ednote: term, body_html: HTML }),
  ],
};
const TERMS = [
  'EMBARGOED UNTIL 6 a.m. on 5 March 2099',
  'NOT FOR PUBLICATION',
  'EMBARGOED UNTIL THE MINISTER STANDS UP',
];

test.each(Object.entries(PLACES).flatMap(([name, make]) => TERMS.map(term => [name, term, make] as const)))(
  'a term holds the story and leaves it, %s: %s',
  async (_, term, make) => {
    const article = await read(...make(term));
    expect(article.hold ?? article.embargoUntil).toEqual(
      expect.stringMatching(/npx copydesk release|^2099-03-05T06:00/),
    );
    expect(article.headline).toBe(HEADLINE);
    const shown = [article.headline, article.dek, article.summary, article.bodyText].join('\n');
    expect(shown).not.toContain(term.slice(0, 9));
    for (const paragraph of BODY) expect(article.bodyText).toContain(paragraph);
  },
);

const FIELDS = `title: ${HEADLINE}\nembargo: 2099-03-05`;
const JSON_FIELDS = `"title": "${HEADLINE}", "embargo": "2099-03-05"`;

/** How front matter is typed. */
const LAYOUTS: Record<string, string> = {
  'below blank lines': `\n \n---\n${FIELDS}\n---\n\n`,
  'behind a byte order mark': `\ufeff\n---\n${FIELDS}\n---\n\n`,
  'between longer lines': `-----\n${FIELDS}\n----\n\n`,
  'without its last line': `---\n${FIELDS}\n\n`,
  'with indented keys': `---\ntitle: ${HEADLINE}\n  embargo: 2099-03-05\n---\n\n`,
  'with tabs': `---\ntitle: ${HEADLINE}\n\tembargo: 2099-03-05\n---\n\n`,
  'with a value on the next line': `---\ntitle: ${HEADLINE}\nembargo:\n2099-03-05\n---\n\n`,
  'with a colon in the title and a comment': `---\ntitle: "${HEADLINE}"\nnote: a: b\nembargo: 2099-03-05 # late\n---\n\n`,
  'beyond 32 KB': `---\n${FIELDS}\n${'key: some value\n'.repeat(3_000)}---\n\n`,
  'with nested keys': `---\ntitle: ${HEADLINE}\nrelease:\n  embargo: 2099-03-05\n---\n\n`,
  'in TOML without quotes': `+++\ntitle = ${HEADLINE}\nembargo = 2099-03-05\n+++\n\n`,
  'in JSON on one line': `{${JSON_FIELDS}}\n\n`,
  'in JSON with a comma too many': `{\n${JSON_FIELDS},\n}\n`,
  'in JSON that is cut off': `{\n${JSON_FIELDS}\n\n`,
  'in JSON between semicolons': `;;;\n${JSON_FIELDS}\n;;;\n`,
  'in JSON between dashes': `---\n{${JSON_FIELDS}}\n---\n`,
  'in JSON that is named': `---json\n{${JSON_FIELDS}}\n---\n`,
  'without fences': `${FIELDS}\n\n`,
  'without its first line': `${FIELDS}\n---\n\n`,
  'between rules of other marks': `* * *\n${FIELDS}\npriority: 4\n* * *\n\n`,
  'between equals signs': `===\n${FIELDS}\n===\n\n`,
  'in a code block': `\`\`\`yaml\n${FIELDS}\n\`\`\`\n\n`,
  'in a code block around its fences': `\`\`\`\n---\n${FIELDS}\n---\n\`\`\`\n\n`,
  'in a code block of JSON': `\`\`\`json\n{${JSON_FIELDS}}\n\`\`\`\n\n`,
  'in a quotation': `> ${FIELDS.replace('\n', '\n> ')}\n\n`,
  'below a comment': `<!-- v2: check the names -->\n\n---\n${FIELDS}\n---\n\n`,
  'with wide colons': `---\n${FIELDS.replaceAll(': ', '：')}\n---\n\n`,
  'with keys in bold': `**Title:** ${HEADLINE}\n**Embargo:** 2099-03-05\n\n`,
  'in JSON with comments': `{\n  // soon\n  ${JSON_FIELDS.replace(', ', ', /* ask */\n  ')}\n}\n\n`,
  'in JSON with curly quotation marks': `{\n${JSON_FIELDS.replace(/"([^"]*)"/g, '“$1”')}\n}\n\n`,
  'indented with its fences': `  ---\n  ${FIELDS.replace('\n', '\n  ')}\n  ---\n\n`,
};

test.each(Object.entries(LAYOUTS))('front matter is read and not printed, %s', async (_, front) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const article = await read('a.md', `${front}${TEXT}\n`.replaceAll('\n', end));
    expect(article.hold ?? article.embargoUntil).toBeDefined();
    expect(article.headline).toBe(HEADLINE);
    expect(article.bodyText).toBe(BODY.join('\n'));
  }
});

test('front matter that is not closed holds the story', async () => {
  const article = await read('a.md', `---\ntitle: ${HEADLINE}\ntags: [a]\n\n${TEXT}\n`);
  expect(article.hold).toContain('The front matter is not closed');
});

test('front matter that is indented with its fences is closed, and so is one with an indented last line', async () => {
  for (const text of [
    `  ---\n  title: ${HEADLINE}\n  ---\n\n${TEXT}`,
    `---\ntitle: ${HEADLINE}\n  ---\n\n${TEXT}`,
  ])
    expect(await read('a.md', text)).toMatchObject({ headline: HEADLINE, bodyText: BODY.join('\n') });
  const article = await read('a.md', `  ---\n  title: ${HEADLINE}\n  ---\n\n${TEXT}`);
  expect(article.hold).toBeUndefined();
});

test('a meta element of a page states an embargo', async () => {
  const html = (name: string, content: string) =>
    page('').replace('<title>', `<meta name="${name}" content="${content}"><title>`);
  expect((await read('a.html', html('embargo', '2099-03-05'))).embargoUntil).toMatch('2099-03-05');
  expect((await read('a.html', html('publish-at', '2099-03-05'))).embargoUntil).toMatch('2099-03-05');
  expect((await read('a.html', html('publish_time', '17:00'))).hold).toBeUndefined();
  expect((await read('a.html', html('status', 'pending'))).hold).toBeUndefined();
  expect((await read('a.html', html('expires', '2020-01-01'))).expiresAt).toBeUndefined();
});

test('a term that is wrapped over lines counts as a whole', async () => {
  const term =
    'This release is issued under strict embargo and is not for publication or\nbroadcast in any form before 06:00 on 5 March 2099.';
  for (const text of [`${HEADLINE}\n\n${term}\n\n${TEXT}\n`, `${term}\n\n${HEADLINE}\n\n${TEXT}\n`]) {
    const article = await read('a.txt', text);
    expect([article.embargoUntil, article.headline]).toEqual(['2099-03-05T06:00:00.000Z', HEADLINE]);
    expect(article.bodyText).toBe(BODY.join('\n'));
  }
});

test('a term that is underlined as a heading leaves the headline below it', async () => {
  const article = await read('a.md', `EMBARGOED UNTIL 5 MARCH 2099\n====\n\n${HEADLINE}\n----\n\n${TEXT}\n`);
  expect([article.embargoUntil, article.headline]).toEqual(['2099-03-05T00:00:00.000Z', HEADLINE]);
});

test.each<[string, string, string | undefined]>([
  [
    'Please find below our release, which is under embargo until 5 March 2099, 6am.',
    '2099-03-05T06:00',
    undefined,
  ],
  ['Hello. The text is embargoed until the board has met. Call me.', '', 'embargoed until the board'],
  ['Do not print the address of the chairwoman.', '', undefined],
])('a note above forwarded copy states an embargo in a sentence: %s', async (note, at, hold) => {
  const article = await read('a.eml', mail(HEADLINE, `Dear all,\n\n${note}\n\nBest,\nAnn\n\n${TEXT}\n`));
  expect([article.embargoUntil?.slice(0, 16) ?? '', article.hold?.includes(hold ?? '')]).toEqual([
    at,
    hold === undefined ? undefined : true,
  ]);
});

/** Notes of agencies to editors, and whether they hold the story. */
const NOTES: [note: string, isHeld: boolean][] = [
  ['With pictures. The text is under embargo until the verdict.', true],
  ['Do not publish without approval', true],
  ['Not for publication until the family is told. Corrects spelling in par 2.', true],
  ['Clients are asked not to publish before the verdict.', true],
  ['Do not use this story until the desk has checked it.', true],
  ['Family not yet told, do not publish', true],
  ['Ne pas publier avant feu vert', true],
  ['No publicar hasta confirmación', true],
  ['Niet publiceren voor akkoord', true],
  ['Nicht vor Freigabe veröffentlichen', true],
  ['STAND BY – HOLD FOR CONFIRMATION', true],
  ['HOLD: awaiting family notification', true],
  ['Eds: hold pending checks.', true],
  ['Corrects name; hold pending checks.', true],
  ['EDITORS: HOLD THIS STORY, FIGURES IN DOUBT', true],
  ['Draft.', true],
  ['Embargo lifted Friday 6am', true],
  ['Embargo lifted.', false],
  ['The embargo has been lifted. Adds quote.', false],
  ['EDITORS: for use in print', false],
  ['Corrects spelling', false],
  ['Holds for 2nd graf', false],
  ['Story moves early', false],
  ['Corrects par 2. A hold on the sale was lifted.', false],
  ['The hold on exports is explained in par 3.', false],
  ['Replaces earlier version, held in Rome', false],
  ['Corrects par 3 to say the firm did not publish results.', false],
  ['Contact details (not for publication): Ana Brandt, +49 30 123456', false],
  ['Do not publish the phone number below.', false],
  ['Do not use photo 3 of the earlier version.', false],
];

const NOTED: Record<string, (note: string) => [string, string]> = {
  ninjs: ednote => [
    'a.json',
    JSON.stringify({ uri: 'urn:x:1', type: 'text', headline: HEADLINE, ednote, body_html: HTML }),
  ],
  NITF: note => [
    'a.xml',
    `<nitf><head><docdata><ed-msg info="${note}"/></docdata></head><body><body.head><hedline><hl1>${HEADLINE}</hl1></hedline></body.head><body.content>${HTML}</body.content></body></nitf>`,
  ],
  'NewsML-G2': note => [
    'a.xml',
    `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta><edNote>${note}</edNote></itemMeta><contentMeta><headline>${HEADLINE}</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>${HTML}</body></html></inlineXML></contentSet></newsItem>`,
  ],
};

test.each(
  Object.entries(NOTED).flatMap(([name, make]) =>
    NOTES.map(([note, isHeld]) => [name, note, isHeld, make] as const),
  ),
)('a note to editors in %s: “%s”: held %s', async (_, note, isHeld, make) => {
  const article = await read(...make(note));
  expect([article.hold !== undefined || article.embargoUntil !== undefined, article.headline]).toEqual([
    isHeld,
    HEADLINE,
  ]);
});

test('rights that forbid uses hold no story', async () => {
  const item = { uri: 'urn:x:1', type: 'text', headline: HEADLINE, body_html: HTML };
  const rights = ['Do not publish without permission.', 'May not be published, broadcast or rewritten.'];
  for (const usageterms of rights)
    expect((await read('a.json', JSON.stringify({ ...item, usageterms }))).hold).toBeUndefined();
});

test.each([
  ['Embargoed until Mon. March 15 2027', '2027-03-15T00:00:00.000Z'],
  ['Embargo until Fri. Dec. 25, 2026, 9 a.m. EST. Adds quote.', '2026-12-25T14:00:00.000Z'],
  ['Embargoed until\n5 March 2027', '2027-03-05T00:00:00.000Z'],
])(
  'the end of an embargo in a note can stand behind a short name of a day or in the next line: %j',
  async (note, at) => {
    expect((await read(...(NOTED.ninjs?.(note) ?? ['', '']))).embargoUntil).toBe(at);
  },
);

test('a date that stands below a term in lines of its own belongs to it', async () => {
  const article = await read('a.txt', `EMBARGO:\nFriday 18:00\n\n${HEADLINE}\n\n${TEXT}\n`);
  expect([article.embargoUntil, article.headline]).toEqual(['2026-12-04T18:00:00.000Z', HEADLINE]);
});

test('NITF of a later release is scheduled, whatever its status', async () => {
  const nitf = (norm: string) =>
    `<nitf><head><docdata><date.release norm="${norm}"/></docdata></head><body><body.head><hedline><hl1>${HEADLINE}</hl1></hedline></body.head><body.content>${HTML}</body.content></body></nitf>`;
  expect((await read('a.xml', nitf('20990305T060000Z'))).embargoUntil).toBe('2099-03-05T06:00:00.000Z');
  expect((await read('a.xml', nitf('20200305T060000Z'))).hold).toBeUndefined();
});

/** Tables whose first row has the labels, and whose second row has the values. */
const TABLES: [string, string][] = [
  [
    'a.html',
    `<table><tr><th>Embargo</th><th>Desk</th></tr><tr><td>5.3.2099</td><td>City</td></tr></table><h1>${HEADLINE}</h1>`,
  ],
  [
    'b.html',
    `<h1>${HEADLINE}</h1><table><tr><td>Rubrique</td><td>Embargo</td></tr><tr><td>Ville</td><td>vendredi 18h</td></tr></table>`,
  ],
  [
    'c.md',
    `# ${HEADLINE}\n\n| Desk | Sperrfrist | Autor |\n|---|---|---|\n| Lokales | Freitag | A. Quill |\n\n`,
  ],
  ['d.txt', `Desk      Status     Slug\nCity      On hold    ferry\n\n${HEADLINE}\n\n`],
];

test.each(TABLES)('a table of labels and values states the terms: %s', async (key, head) => {
  const body = key.endsWith('.html') ? BODY.map(text => `<p>${text}</p>`).join('') : TEXT;
  const article = await read(key, `${head}${body}\n`);
  expect(article.hold ?? article.embargoUntil).toBeDefined();
  expect(article.headline).toBe(HEADLINE);
  expect(article.bodyText).not.toMatch(/embargo|sperrfrist|on hold/i);
});

test.each([
  '| Country | Embargo |\n|---|---|\n| Cuba | 1962 |',
  '| Country | Embargo | Until |\n|---|---|---|\n| Cuba | yes | 1990 |\n| Iraq | no | 2003 |',
  '| Film | Release date |\n|---|---|\n| Sea | 5 March 2099 |',
])('a table of data states none: %j', async table => {
  const article = await read('a.md', `# ${HEADLINE}\n\n${table}\n\n${TEXT}\n`);
  expect([article.hold, article.embargoUntil]).toEqual([undefined, undefined]);
});

test('a sentence that may be of the story holds it, and stays in it', async () => {
  const article = await read(
    'a.md',
    `# ${HEADLINE}\n\n${BODY[0]}\n\nThe embargo ends on 5 March 2099.\n\n${BODY[1]}`,
  );
  expect(article.embargoUntil).toBe('2099-03-05T00:00:00.000Z');
  expect(article.bodyText).toContain('The embargo ends on 5 March 2099.');
});

test.each([
  ['a rule', `---\n\n${BODY[0]}\n\nNote: this was written later.\n\n---\n\n${BODY[1]}\n`],
  ['a rule of stars', `***\n\n${BODY[0]}\n\nNote: this was written later.\n\n***\n\n${BODY[1]}\n`],
  [
    'a rule above labelled prose',
    `* * *\n\nTitle: the word is old, and came by sea.\nNote: this was written later.\n\n* * *\n\n${TEXT}\n`,
  ],
  ['a rule above a note', `---\nNote: this was written later.\n\n${BODY[0]}\n\n---\n\n${BODY[1]}\n`],
])('%s at the beginning is no front matter, and no word is lost', async (_, text) => {
  const article = await read('a.md', text);
  expect(article.hold).toBeUndefined();
  for (const words of [...BODY, 'Note: this was written later.']) expect(article.bodyText).toContain(words);
});

test.each<[string, Record<string, string>, string, string | undefined]>([
  [
    'an explicit “none” lifts what a line holds',
    { embargo: 'none' },
    `NOT FOR PUBLICATION\n\n${TEXT}`,
    undefined,
  ],
  [
    'no “none” lifts a draft',
    { embargo: 'none' },
    `---\ndraft: true\n---\n\n${TEXT}`,
    '“draft: true” holds the story.',
  ],
  ['a date takes the place of “embargoed”', { status: 'embargoed', embargo: '2020-01-01' }, TEXT, undefined],
  [
    'a date of publication is no end of an embargo',
    { embargo: 'true', date: '2020-01-01' },
    TEXT,
    '“embargo: true”',
  ],
  [
    '“scheduled” refers to the date of publication',
    { status: 'scheduled', date: '2020-01-01' },
    TEXT,
    undefined,
  ],
  ['“scheduled” without a date holds', { status: 'scheduled' }, TEXT, '“status: scheduled”'],
])('%s', async (_, metadata, text, hold) => {
  const article = await read('a.md', text, metadata);
  if (hold === undefined) expect(article.hold).toBeUndefined();
  else expect(article.hold).toContain(hold);
});

test('of several embargoes the latest counts, and of expiries the first', async () => {
  const metadata = { embargo: '2099-01-01', expires: '2100-01-01' };
  const article = await read(
    'a.md',
    `---\nembargo: 2099-03-05\nexpires: 2099-12-31\n---\n\n${TEXT}`,
    metadata,
  );
  expect([article.embargoUntil, article.expiresAt]).toEqual([
    '2099-03-05T00:00:00.000Z',
    '2099-12-31T00:00:00.000Z',
  ]);
});

test('headers of a mail state terms, those of mail programs do not', async () => {
  expect((await read('a.eml', mail(HEADLINE, TEXT, 'X-Embargo: 2099-03-05\n'))).embargoUntil).toMatch(
    '2099-03-05',
  );
  expect((await read('a.eml', mail(HEADLINE, TEXT, 'Status: RO\nX-Status: D\n'))).hold).toBeUndefined();
});
