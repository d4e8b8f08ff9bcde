import { isArticle } from '../../shared/model/article.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { mailWith, type Paragraph, wordDocument } from '../support/documents.ts';
import { article, mediaFiles, page } from '../support/illustrated.ts';
import { jpeg, png } from '../support/pictures.ts';
import { mp3 } from '../support/recordings.ts';
import { makeZip } from '../support/zip.ts';

/** Pictures, recordings and documents inside other files: they come with the story, change with it, and go with it. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(() => desk.close());

const LEDE =
  'The harbour wall at Eastmere was rebuilt in eleven weeks, and boats use the quay again from Saturday.';
const MORE = 'Divers found the crack in March. Engineers closed the quay, and forty boats moved to Saltby.';
const OTHER =
  'The ferry sails at night from July, the operator said. It leaves at eleven, and bicycles travel free.';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const quay = jpeg({ width: 80, height: 60, shade: 1 });
const piles = png({ width: 90, height: 60, shade: 2 });
const boats = jpeg({ width: 100, height: 60, shade: 3 });

function report(...pictures: Uint8Array[]): Buffer {
  const shown = pictures.flatMap((picture, at): Paragraph[] => [
    { picture, alt: `View ${at} of the wall` },
    { style: 'Caption', text: `The wall, seen from place ${at}` },
    MORE,
  ]);
  return wordDocument('Harbour wall holds', LEDE, ...shown);
}

/** Keys of the stored bytes of media. */
async function storedMedia(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.storage.keys('media/')) keys.push(key);
  return keys;
}

async function mediaOf(key: string): Promise<string[]> {
  return ((await article(desk, key)).media ?? []).map(use => use.key);
}

describe('a Word document with pictures', () => {
  test('is a page with the pictures in their places, with alternative texts and captions', async () => {
    await desk.put('world/wall.docx', report(quay, piles));
    await desk.settle();
    const html = await page(desk, 'world/wall.docx');
    expect(
      html.replace(
        /<\/?picture>|<source[^>]*>|\s(?:loading|decoding|referrerpolicy|style|fetchpriority|data-colour)="[^"]*"/g,
        '',
      ),
    ).toMatch(
      /<figure><img src="\.\.\/media\/[^"]+\.jpg" alt="View 0 of the wall" width="80" height="60"\s?\/?><figcaption>The wall, seen from place 0<\/figcaption><\/figure>.*<figure>.*View 1 of the wall.*place 1/s,
    );
    expect(await mediaFiles(desk)).toHaveLength(2);
    expect((await article(desk, 'world/wall.docx')).warnings).toEqual([]);
  });

  test('is published once, with its pictures', async () => {
    await desk.put('world/wall.docx', report(quay, piles));
    await desk.deliver(...desk.events.splice(0));
    const record = await article(desk, 'world/wall.docx');
    expect(record.version).toBe(1);
    expect(record.media?.map(({ file }) => file?.width)).toEqual([80, 90]);
  });

  test('a correction takes the picture off that it does not show any more, and the other one stays where it was', async () => {
    await desk.put('world/wall.docx', report(quay, piles));
    await desk.settle();
    const before = await mediaOf('world/wall.docx');
    await desk.put('world/wall.docx', report(boats, piles));
    await desk.settle();
    const after = await mediaOf('world/wall.docx');
    expect(after).toHaveLength(2);
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(await mediaFiles(desk)).toHaveLength(2);
    // Each with a rendition.
    expect(await storedMedia()).toHaveLength(4);
    expect((await desk.record(before[0] ?? ''))?.status).toBe('deleted');
  });

  test('goes with its pictures', async () => {
    await desk.put('world/wall.docx', report(quay, piles));
    await desk.settle();
    await desk.remove('world/wall.docx');
    await desk.settle();
    expect(await mediaFiles(desk)).toEqual([]);
    expect(await storedMedia()).toEqual([]);
  });

  test('that is replaced by a file that cannot be read stays as it was', async () => {
    await desk.put('world/wall.docx', report(quay));
    await desk.settle();
    await desk.put('world/wall.docx', Buffer.from('PK\x03\x04 broken'));
    await desk.settle();
    expect(await mediaFiles(desk)).toHaveLength(1);
    expect((await article(desk, 'world/wall.docx')).warnings.join()).toContain('A later upload was rejected');
  });

  test.each([
    ['text', Buffer.from(`Harbour wall holds\n\n${LEDE}\n\n${MORE}\n`)],
    ['a zip', makeZip([{ name: 'wall.txt', content: `Harbour wall holds\n\n${LEDE}\n\n${MORE}\n` }])],
    ['a picture', boats],
  ])('that is replaced by %s takes its pictures with it', async (_, next) => {
    await desk.put('world/wall.docx', report(quay));
    await desk.settle();
    const [embedded = ''] = await mediaOf('world/wall.docx');
    await desk.put('world/wall.docx', next);
    await desk.settle();
    expect((await desk.record(embedded))?.status).toBe('deleted');
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('under embargo publishes no picture', async () => {
    await desk.put('world/wall.docx', report(quay), { embargo: '2099-01-01T00:00:00Z' });
    await desk.settle();
    expect((await article(desk, 'world/wall.docx')).status).toBe('scheduled');
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('in a zip has its pictures, and they go with the zip', async () => {
    await desk.put('world/day.zip', makeZip([{ name: 'wall.docx', content: report(quay, piles) }]));
    await desk.settle();
    expect(await mediaFiles(desk)).toHaveLength(2);
    await desk.remove('world/day.zip');
    await desk.settle();
    expect(await mediaFiles(desk)).toEqual([]);
    expect(await storedMedia()).toEqual([]);
  });

  test('outside of folders has its pictures', async () => {
    await desk.put('wall.docx', report(quay));
    await desk.settle();
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('whose events come twice and in the wrong order is the last one, with its pictures and no other', async () => {
    await desk.put('world/wall.docx', report(quay, piles));
    await desk.put('world/wall.docx', report(boats));
    const [first, second] = desk.events.splice(0);
    if (!first || !second) throw new Error('no events');
    await desk.deliver(second);
    await desk.deliver(first, second);
    await desk.deliver(first);
    await desk.settle();
    expect(await mediaOf('world/wall.docx')).toHaveLength(1);
    expect(await mediaFiles(desk)).toHaveLength(1);
    // It has a rendition.
    expect(await storedMedia()).toHaveLength(2);
  });

  test('with a picture that is broken is shown without it, and says why', async () => {
    await desk.put('world/wall.docx', report(quay.subarray(0, 60), piles));
    await desk.settle();
    expect(await mediaFiles(desk)).toHaveLength(1);
    expect((await article(desk, 'world/wall.docx')).warnings.join()).toMatch(/image1.*was rejected/);
  });
});

describe('pasted pictures', () => {
  const pasted = (type: string, bytes: Uint8Array) =>
    `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;

  test.each([
    [
      'HTML',
      'world/wall.html',
      `<h1>Harbour wall holds</h1><p>${LEDE}</p><img src="${pasted('jpeg', quay)}" alt="Quay"><p>${MORE}</p>`,
    ],
    [
      'Markdown',
      'world/wall.md',
      `# Harbour wall holds\n\n${LEDE}\n\n![Quay](${pasted('jpeg', quay)})\n\n${MORE}\n`,
    ],
    [
      'a saved page',
      'world/wall.html',
      `<!doctype html><html><head><title>Harbour wall holds</title><link rel="canonical" href="https://other.example/wall"></head><body><article><h1>Harbour wall holds</h1><p>${LEDE}</p><figure><img src="${pasted('jpeg', quay)}" alt="Quay"></figure><p>${MORE}</p><p>${OTHER}</p></article></body></html>`,
    ],
  ])('in %s become files', async (_, key, copy) => {
    await desk.put(key, copy);
    await desk.settle();
    expect(await page(desk, key)).toMatch(/<img [^>]*src="\.\.\/media\/[^"]+\.jpg" alt="Quay"/);
    expect(await mediaFiles(desk)).toHaveLength(1);
  });

  test('that say another type than they are, that are no pictures, or that a script replaces', async () => {
    const broken = pasted('png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
    await desk.put(
      'world/wall.html',
      `<h1>Harbour wall holds</h1><p>${LEDE}</p><img src="${broken}"><img src="${pasted('png', quay)}" alt="Quay"><img src="${pasted('gif', piles)}" data-src="https://other.example/piles.jpg"><p>${MORE}</p>`,
    );
    await desk.settle();
    const html = await page(desk, 'world/wall.html');
    expect(html).not.toContain('svg xmlns="http://www.w3.org/2000/svg" onload');
    expect(html).toContain('https://other.example/piles.jpg');
    expect((await mediaOf('world/wall.html')).map(key => key.replace(/-[0-9a-f]{12}/, ''))).toEqual([
      'world/wall.html/picture.jpg',
    ]);
  });
});

describe('a mail', () => {
  const photos = [
    { name: 'quay.jpg', type: 'image/jpeg', content: quay },
    { name: 'piles.png', type: 'application/octet-stream', content: piles },
  ];
  const release = { name: 'release.docx', type: DOCX, content: report(boats) };
  const note = 'Dear Ada,\n\nplease find attached our release and two pictures.\n\nKind regards\nJane';

  test('shows the pictures that came with it: the first leads, the others follow', async () => {
    await desk.put(
      'world/wall.eml',
      mailWith({ subject: 'Harbour wall holds', text: `${LEDE}\n\n${MORE}` }, ...photos),
    );
    await desk.settle();
    expect((await article(desk, 'world/wall.eml')).media?.map(({ as }) => as)).toEqual(['image', 'picture']);
    expect(await mediaFiles(desk)).toHaveLength(2);
  });

  test('shows a picture where its text names it, and no logo of the signature', async () => {
    const html = `<p>${LEDE}</p><p><img src="cid:q1" alt="Quay"></p><p>${MORE}</p><p>-- <br>Jane Roe<br><img src="cid:logo"></p>`;
    await desk.put(
      'world/wall.eml',
      mailWith(
        { subject: 'Harbour wall holds', text: `${LEDE}\n\n${MORE}\n\n-- \nJane Roe`, html },
        { type: 'image/jpeg', id: 'q1', content: quay },
        { type: 'image/png', id: 'logo', content: png({ width: 120, height: 30, shade: 7 }) },
      ),
    );
    await desk.settle();
    const { bodyHtml, media } = await article(desk, 'world/wall.eml');
    expect(media).toHaveLength(1);
    expect(bodyHtml?.indexOf('alt="Quay"')).toBeLessThan(bodyHtml?.indexOf('Divers') ?? 0);
  });

  test('that only presents a document is that document, with its pictures and those of the mail', async () => {
    await desk.put('world/wall.eml', mailWith({ subject: 'Release', text: note }, release, ...photos));
    await desk.settle();
    const record = await article(desk, 'world/wall.eml');
    expect(record).toMatchObject({ headline: 'Harbour wall holds', publishedAt: '2026-06-01T07:12:00.000Z' });
    expect(record.bodyHtml).not.toContain('attached');
    expect(record.media).toHaveLength(3);
    expect(await mediaFiles(desk)).toHaveLength(3);
  });

  test('that holds two documents is two stories, which go with it', async () => {
    const ferry = { name: 'ferry.docx', type: DOCX, content: wordDocument('Ferry at night', OTHER, MORE) };
    await desk.put('world/day.eml', mailWith({ subject: 'Two stories', text: note }, release, ferry));
    await desk.settle();
    expect((await desk.feed()).map(({ title }) => title).sort()).toEqual([
      'Ferry at night',
      'Harbour wall holds',
    ]);
    await desk.remove('world/day.eml');
    await desk.settle();
    expect(await desk.feed()).toEqual([]);
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('that repeats the document is one story; another document is a second one', async () => {
    await desk.put(
      'world/one.eml',
      mailWith(
        { subject: 'Harbour wall holds', text: `${LEDE}\n\n${MORE}\n\n${MORE}\n\n${LEDE}\n\n${LEDE}` },
        { ...release, content: wordDocument('Harbour wall holds', LEDE, MORE) },
      ),
    );
    await desk.settle();
    expect((await desk.feed()).map(({ title }) => title)).toEqual(['Harbour wall holds']);
    await desk.put(
      'world/two.eml',
      mailWith(
        {
          subject: 'Market opens',
          text: `The market opens on Sunday with ninety stalls, the guild said on Friday.\n\nFishers sell from eight. A band plays at noon, and children ride the carousel for nothing until two in the afternoon.\n\nLast year eleven thousand people came on the first day, and the guild expects more, because the quay is open again. Buses run from the station every ten minutes, and the car park at the mill is free until the evening.`,
        },
        { name: 'ferry.docx', type: DOCX, content: wordDocument('Ferry at night', OTHER) },
      ),
    );
    await desk.settle();
    expect((await desk.feed()).map(({ title }) => title).sort()).toEqual([
      'Ferry at night',
      'Harbour wall holds',
      'Market opens',
    ]);
  });

  test('with an embargo in its subject keeps the document and its pictures back', async () => {
    await desk.put(
      'world/wall.eml',
      mailWith({ subject: 'EMBARGO: 2099-01-01 06:00 UTC', text: note }, release),
    );
    await desk.settle();
    const record = await desk.record('world/wall.eml');
    expect(record && isArticle(record) ? record.status : record?.status).toMatch(/^(?:scheduled|held)$/);
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('offers a recording that came with it, and ignores invitations, cards and signatures', async () => {
    await desk.put(
      'world/wall.eml',
      mailWith(
        { subject: 'Harbour wall holds', text: `${LEDE}\n\n${MORE}` },
        { name: 'interview.mp3', type: 'audio/mpeg', content: mp3() },
        { name: 'invite.ics', type: 'text/calendar', content: 'BEGIN:VCALENDAR' },
        { name: 'jane.vcf', type: 'text/x-vcard', content: 'BEGIN:VCARD' },
        { name: 'smime.p7s', type: 'application/pkcs7-signature', content: 'signature' },
      ),
    );
    await desk.settle();
    const record = await article(desk, 'world/wall.eml');
    expect(record.warnings).toEqual([]);
    expect(record.media?.map(({ as }) => as)).toEqual(['recording']);
  });
});
