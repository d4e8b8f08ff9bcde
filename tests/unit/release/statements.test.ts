import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Statements in places that only some programs have: tags, mail headers, meta elements, data without a story. */

const HEADLINE = 'Harbour board widens the basin';
const BODY =
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.\n\nWork will begin in March, the chairwoman said, and the fish market will move to the customs hall until the last pile has been driven.';

async function read(key: string, text: string) {
  const article = await parseArticle({ bytes: Buffer.from(text), key, filedAt: '2026-11-30T09:00:00.000Z' });
  return { ...article, isPublic: (article.hold ?? article.embargoUntil ?? article.withdraw) === undefined };
}

const txt = (line: string) => `${line}\n\n${HEADLINE}\n\n${BODY}\n`;
const fields = (line: string) => `---\ntitle: ${HEADLINE}\n${line}\n---\n\n${BODY}\n`;
const mail = (header: string) =>
  `From: Ann Quay <a@example.org>\nSubject: ${HEADLINE}\n${header}\n\n${BODY}\n`;
const meta = (name: string) =>
  `<!doctype html><html><head><title>${HEADLINE}</title><meta name="${name}" content="2027-03-05"></head><body><article><h1>${HEADLINE}</h1><p>${BODY}</p></article></body></html>`;

test.each([
  ['a.txt', txt('EMB: Friday')],
  ['a.txt', txt('Release: on signal')],
  ['a.txt', txt('Freigabe: auf Zuruf')],
  ['a.txt', txt('#harbour #embargo')],
  ['a.txt', txt('#notforpublication')],
  ['a.md', fields('nbf: 2027-03-05')],
  ['a.md', fields('sunrise: 2027-03-05')],
  ['a.md', fields('date_gmt: 2027-03-05')],
  ['a.md', fields('release: on signal')],
  ['a.md', fields('release: once the minister spoke')],
  ['a.eml', mail('Deferred-Delivery: Fri, 05 Mar 2027 06:00:00 +0000')],
  ['a.eml', mail('Keywords: embargo, harbour')],
  ['a.html', meta('DC.date.available')],
  ['a.html', meta('dcterms.available')],
])('%s is not public: %j', async (key, text) => {
  const article = await read(key, text);
  expect(article.isPublic).toBe(false);
  expect(article.headline).toBe(HEADLINE);
});

test.each([
  ['a.txt', txt('Kein Embargo')],
  ['a.txt', txt('Sans embargo')],
  ['a.txt', txt('Ambargo yok')],
  ['a.txt', `${HEADLINE}\n\n${BODY}\n\nDirector: Ann Quay\nRelease date: 5 March 2027\n`],
  ['a.txt', `${HEADLINE}\n\nThe embargo holds. ${BODY}\n\n#harbour #embargo\n`],
  ['a.md', fields('sunrise: 06:12')],
  ['a.md', fields('release: Sea Songs')],
  ['a.md', `# ${HEADLINE}\n\n\`\`\`json\n{"status": "draft"}\n\`\`\`\n\n${BODY}\n`],
  ['a.md', `% ${HEADLINE}\n% Ann Quay\n\n${BODY}\n`],
  ['a.eml', mail('Keywords: harbour')],
])('%s is public: %j', async (key, text) => {
  const article = await read(key, text);
  expect(article.isPublic).toBe(true);
  expect(article.headline).toBe(HEADLINE);
});

test.each(['Off the record shop opens in the old town', 'Release: “Sea Songs”, Friday'])(
  'a headline is public: %s',
  async headline => {
    expect((await read('a.txt', `${headline}\n\n${BODY}\n`)).isPublic).toBe(true);
  },
);

const item = (uri: string, pubstatus: string) => ({ uri, pubstatus, headline: HEADLINE, body_text: BODY });

test.each([
  ['a.md', '{"status": "withdrawn"}'],
  ['a.json', JSON.stringify([item('urn:1', 'canceled')])],
  ['a.json', JSON.stringify({ items: [{ uri: 'urn:1', pubstatus: 'canceled' }] })],
  ['a.anpa', `ZCZC ABC0123\nHARBOUR-BASIN, ELIMINATION\n${HEADLINE}\n\n${BODY}\nNNNN\n`],
])('%s withdraws the story: %j', async (key, text) => {
  expect((await read(key, text)).withdraw).toBe(true);
});

test('a list of items cancels the other items that it names', async () => {
  const { wire } = await read('a.json', JSON.stringify([item('urn:1', 'usable'), item('urn:2', 'canceled')]));
  expect(wire?.cancels).toEqual(['urn:2']);
});

test('front matter that is typed into a document states its facts', async () => {
  const lines = ['---', `title: ${HEADLINE}`, 'embargo: 2027-03-05', '---', ...BODY.split('\n\n')];
  const article = await read('a.rtf', `{\\rtf1\\ansi ${lines.join('\\par ')}\\par }`);
  expect(article.headline).toBe(HEADLINE);
  expect(article.embargoUntil).toBe('2027-03-05T00:00:00.000Z');
});

test('a dialogue between two rules in a document is text', async () => {
  const lines = [HEADLINE, ...BODY.split('\n\n')];
  const dialogue = ['---', 'Anna: The wall holds.', 'Ben: We shall see.', '---'];
  const article = await read('a.rtf', `{\\rtf1\\ansi ${[...dialogue, ...lines].join('\\par ')}\\par }`);
  for (const line of ['The wall holds.', 'We shall see.']) expect(article.bodyText).toContain(line);
});
