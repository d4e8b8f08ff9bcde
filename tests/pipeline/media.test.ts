import type { S3EventRecord } from 'aws-lambda';
import fc from 'fast-check';
import { mediaPath } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import {
  article,
  expectShown,
  mediaFiles,
  page,
  picture,
  story,
  TEXT,
  text,
} from '../support/illustrated.ts';
import { SECRET } from '../support/media-parts.ts';
import { avif, gif, jpeg, png, webp } from '../support/pictures.ts';
import { mp3 } from '../support/recordings.ts';
import { makeZip } from '../support/zip.ts';

/** Pictures and recordings: with their stories, in any order, and never before them. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

describe('whichever comes first', () => {
  test('the picture', async () => {
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    expect(await mediaFiles(desk)).toEqual([]);
    await desk.put('world/ferry.md', story());
    await desk.settle();
    await expectShown(desk);
  });

  test('the story: it is published at once, with a warning and no hole where the picture will be', async () => {
    await desk.put('world/ferry.md', story());
    await desk.settle();
    expect(await article(desk, 'world/ferry.md')).toMatchObject({
      status: 'live',
      warnings: ['The picture “world/ferry.jpg” is not in the bucket yet.'],
    });
    const before = await page(desk, 'world/ferry.md');
    expect(before).toContain(TEXT);
    expect(before).not.toMatch(/<img|<figure|ferry\.jpg/);
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await expectShown(desk);
  });

  // More on a quiet night: `MEDIA_RUNS=100`.
  test('both in one burst, in any order, with repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 4, maxLength: 9 }),
        fc.nat(1_000_000),
        async (order, run) => {
          // Of one section: each section has feeds of its own.
          const folder = `world/run-${run}-${Math.floor(performance.now())}`;
          const events = [
            await desk.put(`${folder}/ferry.md`, story('', `![The ferry](ferry.jpg)\n\n${folder}`)),
            await desk.put(`${folder}/ferry.jpg`, jpeg()),
            await desk.put(
              `${folder}/other.md`,
              story('title: Another\n', `![It](ferry.jpg) ![](late.png)\n\n${folder} b`),
            ),
            await desk.put(`${folder}/late.png`, png()),
          ] as const;
          desk.events.splice(0);
          const sequence = [...order, 0, 1, 2, 3].map(index => events[index] as S3EventRecord);
          // Some at once, the rest one by one.
          expect(await desk.deliver(...sequence.slice(0, 4))).toEqual([]);
          for (const event of sequence.slice(4)) expect(await desk.deliver(event)).toEqual([]);
          await desk.publishAll();
          expect((await article(desk, `${folder}/ferry.md`)).media).toEqual([
            { key: `${folder}/ferry.jpg`, as: 'picture', file: expect.objectContaining({ width: 40 }) },
          ]);
          expect((await article(desk, `${folder}/other.md`)).media?.map(({ file }) => file?.type)).toEqual([
            'image/jpeg',
            'image/png',
          ]);
          expect(await picture(desk, `${folder}/ferry.jpg`)).toBeDefined();
          expect(await picture(desk, `${folder}/late.png`)).toBeDefined();
          expect(await page(desk, `${folder}/ferry.md`)).toContain(
            `src="../${mediaPath(`${folder}/ferry.jpg`)}"`,
          );
        },
      ),
      { numRuns: Number(process.env.MEDIA_RUNS ?? 3) },
    );
  });
});

test('a replaced picture is replaced, and its new size is known; an equal one changes nothing', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  const first = await picture(desk, 'world/ferry.jpg');
  await desk.put('world/ferry.jpg', jpeg({ width: 80, shade: 9 }));
  await desk.settle();
  expect((await picture(desk, 'world/ferry.jpg'))?.equals(first ?? Buffer.alloc(0))).toBe(false);
  expect(await page(desk, 'world/ferry.md')).toContain('width="80" height="30"');
  const kept: string[] = [];
  for await (const key of desk.storage.keys('media/')) kept.push(key);
  // The picture and its rendition.
  expect(kept).toHaveLength(2);
  const { version } = await article(desk, 'world/ferry.md');
  await desk.put('world/ferry.jpg', jpeg({ width: 80, shade: 9 }));
  await desk.settle();
  expect(await article(desk, 'world/ferry.md')).toMatchObject({ version, revision: 1 });
  expect(desk.log.filter(({ event }) => event === 'source.ingested').at(-1)).toMatchObject({
    outcome: 'unchanged',
  });
});

test('a picture of the same size that looks otherwise is on the site too', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  const first = await picture(desk, 'world/ferry.jpg');
  await desk.put('world/ferry.jpg', jpeg({ shade: 9 }));
  await desk.settle();
  expect((await picture(desk, 'world/ferry.jpg'))?.equals(first ?? Buffer.alloc(0))).toBe(false);
});

test('a deleted picture leaves the site, and its story a warning; it may come back', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await desk.remove('world/ferry.jpg');
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([]);
  expect(await page(desk, 'world/ferry.md')).not.toContain('<img');
  expect((await article(desk, 'world/ferry.md')).warnings).toEqual([
    'The picture “world/ferry.jpg” was deleted from the bucket.',
  ]);
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await expectShown(desk);
});

test('two stories share a picture: it stays as long as one of them shows it', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/regatta.md', story('', '![Boats](/world/ferry.jpg) and a regatta.'));
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await desk.remove('world/ferry.md');
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([mediaPath('world/ferry.jpg')]);
  await desk.put('world/regatta.md', story('', 'A regatta without boats.'));
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([]);
});

test('the picture of a story under embargo is as secret as the story', async () => {
  const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
  await desk.put('world/ferry.jpg', jpeg());
  await desk.put('world/ferry.md', story(`embargo: ${until}\n`));
  await desk.settle();
  await desk.publish({ copydesk: 'tick' });
  await desk.publish({ copydesk: 'rebuild' });
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([]);
  desk.now = new Date(Date.parse(until) + 1_000).toISOString();
  await desk.publish({ copydesk: 'tick' });
  await desk.publishAll();
  expect(await mediaFiles(desk)).toEqual([mediaPath('world/ferry.jpg')]);
  const { id } = await article(desk, 'world/ferry.md');
  await desk.edit(id, { status: 'withdrawn' });
  await desk.publishAll();
  expect(await mediaFiles(desk)).toEqual([]);
});

test('nothing hidden in any file reaches the site', async () => {
  const files = {
    'a.jpg': jpeg({ orientation: 6 }),
    'b.png': png(),
    'c.gif': gif(),
    'd.webp': webp(),
    'e.avif': avif(),
  };
  const body = Object.keys(files)
    .map(name => `![Picture](${name})`)
    .join('\n\n');
  await desk.put('world/a.md', story('', body));
  for (const [name, bytes] of Object.entries(files)) await desk.put(`world/${name}`, bytes);
  await desk.settle();
  expect(await mediaFiles(desk)).toHaveLength(5);
  for (const [key, body] of await desk.files())
    expect([key, body.includes('Jane Roe')]).toEqual([key, false]);
  expect(await page(desk, 'world/a.md')).toContain('alt="Picture" width="30" height="40"');
  const object = await desk.site.get(mediaPath('world/e.avif').replace('.avif', '.jpg'));
  expect(object?.contentType).toBe('image/jpeg');
  expect(Buffer.from(files['a.jpg']).includes(SECRET)).toBe(true);
});

test('a large picture has renditions: pages choose among them, and feeds have one of 1,600 pixels', async () => {
  await desk.put('world/ferry.jpg', jpeg({ width: 2_000, height: 1_000 }));
  await desk.put('world/ferry.md', story('image: ferry.jpg\n', 'Words.'));
  await desk.settle();
  const path = mediaPath('world/ferry.jpg');
  const stem = path.slice(0, -4);
  const all: string[] = [];
  for await (const key of desk.site.keys('media/')) all.push(key);
  const names = ['1200.webp', '1600.webp', '400.webp', '800.webp', 'card.jpg'];
  expect(all).toEqual([...names.map(name => `${stem}-${name}`), path]);
  const html = await page(desk, 'world/ferry.md');
  expect(html).toContain(
    `srcset="../${stem}-400.webp 400w, ../${stem}-800.webp 800w, ../${stem}-1200.webp 1200w, ../${stem}-1600.webp 1600w"`,
  );
  expect(html).toMatch(
    /sizes="[^"]+"\/?><img data-colour="#[\da-f]{6}" src="[^"]+" alt(?:="")? width="1600" height="800"/,
  );
  expect(html).toContain(`<meta property="og:image" content="https://news.example.org/${stem}-card.jpg"/>`);
  expect(html).toContain('<meta property="og:image:width" content="1200"/>');
  const [entry] = await desk.feed();
  expect(entry?.content_html).toContain(`<img src="https://news.example.org/${path}" alt="" width="1600"`);
  expect(entry?.content_html).not.toMatch(/srcset|data-colour|webp/);
  // A smaller picture has fewer renditions.
  await desk.put('world/ferry.jpg', jpeg({ width: 700, height: 350 }));
  await desk.settle();
  all.length = 0;
  for await (const key of desk.site.keys('media/')) all.push(key);
  expect(all).toEqual([`${stem}-400.webp`, `${stem}-800.webp`, path]);
  await desk.remove('world/ferry.jpg');
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([]);
  for await (const key of desk.storage.keys('media/')) throw new Error(key);
});

test('recordings are enclosures, with type, length and duration', async () => {
  await desk.put('world/ferry.md', story('audio:\n  file: hour.mp3\n  title: The harbour hour\n', 'Listen.'));
  // 62 seconds.
  await desk.put('world/hour.mp3', mp3({ frames: 2_374 }));
  await desk.settle();
  const path = mediaPath('world/hour.mp3');
  const length = (await desk.site.get(path))?.bytes.length;
  const [entry] = await desk.feed();
  expect(entry?.attachments).toEqual([
    expect.objectContaining({
      url: `https://news.example.org/${path}`,
      mime_type: 'audio/mpeg',
      size_in_bytes: length,
      duration_in_seconds: 62,
      title: 'The harbour hour',
    }),
  ]);
  expect(await text(desk, 'feed.xml')).toContain(
    `<enclosure url="https://news.example.org/${path}" length="${length}" type="audio/mpeg"/>`,
  );
  expect(await page(desk, 'world/ferry.md')).toContain('1:02, audio/mpeg, ');
});

test('recordings that a body plays or links to come with it', async () => {
  await desk.put('world/a.html', `<p>${TEXT}</p><audio controls><source src="hour.mp3"></audio>`);
  await desk.put('world/b.md', story('title: Second\n', '[Listen here](hour.mp3) to it.'));
  await desk.put('world/hour.mp3', mp3());
  await desk.settle();
  for (const key of ['world/a.html', 'world/b.md'])
    expect((await article(desk, key)).media).toEqual([
      {
        key: 'world/hour.mp3',
        as: 'recording',
        file: { type: 'audio/mpeg', length: expect.any(Number), duration: 1 },
      },
    ]);
  expect(await page(desk, 'world/b.md')).toContain(
    `<a href="../${mediaPath('world/hour.mp3')}">Listen here</a>`,
  );
  await desk.remove('world/hour.mp3');
  await desk.settle();
  expect(await page(desk, 'world/b.md')).toContain('<p>Listen here to it.</p>');
});

test('stories and pictures in one archive find one another', async () => {
  const zip = makeZip([
    { name: 'ferry.md', content: story('', '![The ferry](img/ferry.jpg)') },
    { name: 'img/ferry.jpg', content: jpeg() },
  ]);
  await desk.put('world/drop.zip', zip);
  await desk.settle();
  await expectShown(desk, 'world/drop.zip/ferry.md', 'world/drop.zip/img/ferry.jpg');
  await desk.remove('world/drop.zip');
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual([]);
});

test('a body too large for the table shows its picture too', async () => {
  await desk.put('world/ferry.md', story('', `![The ferry](ferry.jpg)\n\n${`${TEXT}\n\n`.repeat(4_000)}`));
  await desk.settle();
  expect((await article(desk, 'world/ferry.md')).bodyKey).toBeDefined();
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await expectShown(desk);
});

test('the site at rest is the same whatever came first, and a rebuild changes nothing', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  const before = await desk.files();
  await desk.publish({ copydesk: 'rebuild' });
  expect(await desk.files()).toEqual(before);
});

test('an interrupted event is finished when it is delivered again', async () => {
  await desk.put('world/ferry.md', story());
  await desk.settle();
  const arrival = await desk.put('world/ferry.jpg', jpeg());
  desk.events.splice(0);
  jest.spyOn(desk.articles.media, 'referrers').mockImplementationOnce(() => {
    throw new Error('The function ended here.');
  });
  expect(await desk.deliver(arrival)).toEqual([0]);
  expect(await desk.deliver(arrival)).toEqual([]);
  await desk.publishAll();
  await expectShown(desk);
});

test('a file that an earlier version published under its own ending goes with the next change', async () => {
  await desk.put('world/ferry.avif', avif());
  await desk.put('world/ferry.md', story('', '![The ferry](ferry.avif)'));
  await desk.settle();
  const before = await mediaFiles(desk);
  expect(before.filter(key => key.endsWith('.jpg'))).toHaveLength(1);
  await desk.site.put(mediaPath('world/ferry.avif'), avif(), { contentType: 'image/avif' });
  await desk.put('world/ferry.md', story('', '![The ferry](ferry.avif)\n\nIt was late.'));
  await desk.settle();
  expect(await mediaFiles(desk)).toEqual(before);
});
