import { isArticle } from '../../shared/model/article.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { type MailPart, mailWith, type Paragraph, wordDocument } from '../support/documents.ts';
import { article, mediaFiles } from '../support/illustrated.ts';
import { jpeg, png } from '../support/pictures.ts';

/** Attachments of mails: which are the story, what may be public, and what may not get lost. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

const KEY = 'world/a.eml';
const LEDE =
  'The harbour wall at Eastmere was rebuilt in eleven weeks, and boats use the quay again from Saturday.';
const MORE = 'Divers found the crack in March. Engineers closed the quay, and forty boats moved to Saltby.';
const MARKET = [
  'The market opens on Sunday with ninety stalls, the guild said on Friday.',
  'Fishers sell from eight. A band plays at noon, and children ride the carousel for nothing until two in the afternoon.',
  'Last year eleven thousand people came on the first day, and the guild expects more, because the quay is open again. Buses run from the station every ten minutes, and the car park at the mill is free until the evening.',
];
const STORY = MARKET.join('\n\n');
const HTML = MARKET.map(text => `<p>${text}</p>`).join('');

const quay = jpeg({ width: 800, height: 600, shade: 1 });
const boats = jpeg({ width: 700, height: 600, shade: 3 });
const logo = png({ width: 120, height: 30, shade: 7 });
const photo: MailPart = { name: 'quay.jpg', type: 'image/jpeg', content: quay };

function release(...paragraphs: Paragraph[]): MailPart {
  return {
    name: 'release.docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: wordDocument('Harbour wall holds', LEDE, ...paragraphs, MORE),
  };
}

async function file(mail: { subject?: string; text: string; html?: string }, ...parts: MailPart[]) {
  await desk.put(KEY, mailWith({ subject: 'Market opens', ...mail }, ...parts));
  await desk.settle();
}

async function statusOf(key: string): Promise<string | undefined> {
  return (await desk.record(key))?.status;
}

describe('release terms', () => {
  test.each([
    ['scheduled', 'Find attached our release, which is under embargo until 1 January 2099, 06:00 UTC.'],
    ['held', 'Hi, release attached - embargoed till the board has met. Thanks, Jane'],
    ['held', 'Attached is our release. Please do not publish before the board has met.'],
    ['scheduled', 'Anbei unsere Pressemitteilung mit der Bitte um Veröffentlichung ab dem 1. Januar 2099.'],
    ['held', '附件是新闻稿，董事会之前请勿发布，谢谢。'],
    ['live', 'Find attached our release for immediate release. There is no embargo.'],
    [
      'live',
      'Find attached our release. We hold a press conference at noon, and a draft law is on the agenda.',
    ],
  ])('%s: %s', async (status, note) => {
    await file({ text: `Dear Ada,\n\n${note}\n\nKind regards\nJane` }, release({ picture: quay }));
    expect(await statusOf(KEY)).toBe(status);
    expect(await mediaFiles(desk)).toHaveLength(status === 'live' ? 1 : 0);
  });

  test('in a note about several documents apply to each of them', async () => {
    const note = 'Find attached two releases, which are under embargo until 1 January 2099, 06:00 UTC.';
    await file({ text: note }, release(), { ...release('Ferries sail at night.'), name: 'ferry.docx' });
    expect(await statusOf(`${KEY}/release.docx`)).toBe('scheduled');
    expect(await statusOf(`${KEY}/ferry.docx`)).toBe('scheduled');
  });

  test('that only the document states apply to a mail that repeats it', async () => {
    await file(
      { text: `${LEDE}\n\n${MORE}\n\n${STORY}` },
      release('EMBARGOED UNTIL 1 January 2099 06:00 UTC', ...MARKET),
    );
    expect(await statusOf(`${KEY}/release.docx`)).toBe('scheduled');
    expect(await desk.feed()).toEqual([]);
  });

  test('a note about a document that cannot be read is no story', async () => {
    const { content, ...part } = release();
    await file({ text: 'Find attached our release.' }, { ...part, content: content.slice(0, 500) });
    expect(await article(desk, KEY)).toMatchObject({ status: 'held' });
  });
});

describe('pictures', () => {
  test.each([
    [
      'a quotation',
      '<div class="gmail_quote"><div class="gmail_attr">On Monday, Bo Reed wrote:</div><blockquote><img src="cid:q"><p>Here is my passport.</p></blockquote></div>',
    ],
    [
      'a message below its header',
      '<div><b>From:</b> Bo Reed<br><b>Sent:</b> Monday, 1 June 2026 10:00<br><b>To:</b> Jane<br><b>Subject:</b> Market</div><p>Here is my passport.</p><p><img src="cid:q"></p>',
    ],
    [
      'a quotation without introduction',
      '<blockquote type="cite"><p><img src="cid:q"></p><p>Here is my passport.</p></blockquote>',
    ],
  ])('of %s that the mail answers stay private', async (_, thread) => {
    await file(
      { subject: 'Re: Market opens', text: STORY, html: `${HTML}${thread}` },
      { type: 'image/jpeg', id: 'q', content: quay },
    );
    expect(await statusOf(KEY)).toBe('live');
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('below a signature are shown, its logo is not', async () => {
    await file(
      {
        text: STORY,
        html: `${HTML}<p>Kind regards<br>Ada Quill<br><img src="cid:l"></p><p><img src="cid:q"></p>`,
      },
      { type: 'image/jpeg', id: 'q', content: quay },
      { type: 'image/png', id: 'l', content: logo },
    );
    expect((await article(desk, KEY)).media).toHaveLength(1);
  });

  test('that only styles and markup of Outlook name are shown; a small one is decoration', async () => {
    const html = `${HTML}<!--[if vml]><v:imagedata src="cid:q"/><![endif]--><div style="background:url(cid:b)"></div><table background="cid:l"></table>`;
    await file(
      { text: STORY, html },
      { type: 'image/jpeg', id: 'q', content: quay },
      { type: 'image/jpeg', id: 'b', content: boats },
      { type: 'image/png', id: 'l', content: logo },
    );
    expect((await article(desk, KEY)).media).toHaveLength(2);
  });

  test('with the id of another picture are shown below the text', async () => {
    await file(
      { text: STORY, html: `${HTML}<img src="cid:q">` },
      { type: 'image/jpeg', id: 'q', content: quay },
      { type: 'image/jpeg', id: 'q', content: boats },
    );
    expect((await article(desk, KEY)).media).toHaveLength(2);
  });

  test('in a note are shown with the document; logos and earlier messages are not', async () => {
    const html =
      '<p>Find attached our release.</p><p><img src="cid:q"></p><p>Kind regards<br>Ada Quill<br><img src="cid:l"></p><blockquote type="cite"><p><img src="cid:b"></p><p>Here is my passport.</p></blockquote>';
    await file(
      { text: 'Find attached our release.', html },
      release(),
      { type: 'image/jpeg', id: 'q', content: quay },
      { type: 'image/jpeg', id: 'b', content: boats },
      { type: 'image/png', id: 'l', content: logo },
    );
    expect((await article(desk, KEY)).media).toHaveLength(1);
  });

  test('belong to the text of a mail that has another story attached', async () => {
    await file({ text: STORY }, release(), photo);
    expect((await article(desk, `${KEY}/message.txt`)).media).toHaveLength(1);
    expect((await article(desk, `${KEY}/release.docx`)).media).toBeUndefined();
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('beside several documents belong to none of them, which the editor learns', async () => {
    await file(
      { text: 'Two stories attached.' },
      release(),
      { ...release('Ferries.'), name: 'ferry.docx' },
      photo,
    );
    const record = await desk.record(KEY);
    expect(record && 'warnings' in record && record.warnings.join()).toContain('quay.jpg is in no story');
  });

  test('and documents without a useful name are not lost', async () => {
    await file(
      { text: STORY },
      { ...photo, name: 'noname' },
      { type: 'application/octet-stream', name: 'ATT00001.bin', content: boats },
      { ...release(), name: 'noname' },
    );
    expect((await article(desk, `${KEY}/message.txt`)).media).toHaveLength(2);
    expect(await statusOf(`${KEY}/noname`)).toBe('live');
  });
});

test('a document that is rejected is named in the reason', async () => {
  await file(
    { text: 'Find attached our scan.' },
    { name: 'scan.pdf', type: 'application/pdf', content: '%PDF-1.4\n%%EOF' },
  );
  const record = await desk.record(KEY);
  expect(record?.status === 'rejected' && record.reason.message).toContain('The attachment “scan.pdf”');
});

test('what comes beside a forwarded mail is shown or named', async () => {
  const inner = (subject: string) => mailWith({ subject, text: STORY });
  await file(
    { text: 'see below' },
    { name: 'a.eml', type: 'message/rfc822', content: inner('Market opens') },
    { name: 'b.eml', type: 'message/rfc822', content: inner('Second mail') },
    photo,
  );
  const record = await article(desk, KEY);
  expect(record.media).toHaveLength(1);
  expect(record.warnings.join()).toContain('The attachment “b.eml” was left out.');
});

test('a picture that was uploaded by itself below the key of a document stays when the document goes', async () => {
  await desk.put('world/wall.docx', wordDocument('Harbour wall holds', LEDE, { picture: quay }, MORE));
  await desk.settle();
  const key = (await article(desk, 'world/wall.docx')).media?.[0]?.key ?? '';
  await desk.put(key, quay);
  await desk.settle();
  await desk.remove('world/wall.docx');
  await desk.settle();
  expect(await statusOf(key)).toBe('media');
});

test('comments, deleted words and hidden words in HTML of Word are left out', async () => {
  const html = `<html><head><meta name=Generator content="Microsoft Word 15 (filtered)"></head><body><div class=WordSection1><p class=MsoTitle>Harbour wall holds</p><p class=MsoNormal>${LEDE}<a class=msocomanchor id="_anchor_1" href="#_msocom_1">[JR1]</a> <del>private</del> <span class=msoDel>private</span><span style='display:none;mso-hide:all'>private</span></p><p class=MsoNormal>${MORE}</p></div><div><hr class=msocomoff><div><div id="_com_1" class=msocomtxt><p class=MsoCommentText>private</p><p class=MsoNormal>Second paragraph: private</p></div></div></div></body></html>`;
  await desk.put('world/wall.html', html);
  await desk.settle();
  const { bodyHtml } = await article(desk, 'world/wall.html');
  expect(bodyHtml).toContain('forty boats');
  expect(bodyHtml).not.toMatch(/private|JR1/);
});

test('a box around a whole document is not taken for a comment', async () => {
  const html = `<html><body class="doc-content"><div><div><p class="title">Harbour wall holds</p><p>${LEDE}<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><p>${MORE}</p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>private</p><p>also private</p></div></div></div></body></html>`;
  await desk.put('world/wall.html', html);
  await desk.settle();
  const record = await desk.record('world/wall.html');
  expect(record && isArticle(record) && record.bodyHtml).toContain('forty boats');
  expect(record && isArticle(record) && record.bodyHtml).not.toContain('private');
});
