import type { S3EventRecord } from 'aws-lambda';
import fc from 'fast-check';
import { type Article, isArticle } from '../../shared/article.ts';
import { mediaPath } from '../../shared/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { avif, gif, jpeg, mp3, png, SECRET, webp } from '../support/media.ts';
import { makeZip } from '../support/zip.ts';

/** Pictures and recordings: with their stories, in any order, and never before them. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

const TEXT = 'The ferry left the harbour at noon on its first trip of the year.';

function story(front = '', body = '![The ferry](ferry.jpg)'): string {
  return `---\ntitle: Ferry sails\ndate: 2026-11-01T10:00:00Z\n${front}---\n\n${TEXT}\n\n${body}\n\nIt came back in the evening.\n`;
}

async function article(key: string): Promise<Article> {
  const record = await desk.record(key);
  if (!record || !isArticle(record)) throw new Error(`${key} is no article`);
  return record;
}

async function page(key: string): Promise<string> {
  const { permalink } = await article(key);
  return text(permalink);
}

async function text(key: string): Promise<string> {
  return Buffer.from((await desk.site.get(key))?.bytes ?? []).toString();
}

async function picture(key: string): Promise<Buffer | undefined> {
  const object = await desk.site.get(mediaPath(key));
  return object && Buffer.from(object.bytes);
}

async function mediaFiles(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.site.keys('media/')) keys.push(key);
  return keys;
}

/** All that the site says of the ferry and its picture, once it has come to rest. */
async function expectShown(key = 'world/ferry.md', image = 'world/ferry.jpg'): Promise<void> {
  const address = `../${mediaPath(image)}`;
  const shown = `src="${address}" alt="The ferry" width="40" height="30"`;
  expect(await page(key)).toContain(shown);
  const [entry] = await desk.feed();
  expect(entry?.content_html).toContain(
    `<img src="https://news.example.org/${mediaPath(image)}" alt="The ferry" width="40" height="30">`,
  );
  expect(await article(key)).toMatchObject({ revision: 1, warnings: [] });
  const file = await picture(image);
  expect(file?.includes('Jane Roe')).toBe(false);
  expect(file?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
}

describe('whichever comes first', () => {
  test('the picture', async () => {
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    expect(await mediaFiles()).toEqual([]);
    await desk.put('world/ferry.md', story());
    await desk.settle();
    await expectShown();
  });

  test('the story: it is published at once, with a warning and no hole where the picture will be', async () => {
    await desk.put('world/ferry.md', story());
    await desk.settle();
    expect(await article('world/ferry.md')).toMatchObject({
      status: 'live',
      warnings: ['The picture “world/ferry.jpg” is not in the bucket yet.'],
    });
    const before = await page('world/ferry.md');
    expect(before).toContain(TEXT);
    expect(before).not.toMatch(/<img|<figure|ferry\.jpg/);
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await expectShown();
  });

  test('both in one burst, in any order, with repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 4, maxLength: 9 }),
        fc.nat(1_000_000),
        async (order, run) => {
          const folder = `run-${run}-${Math.floor(performance.now())}`;
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
          expect((await article(`${folder}/ferry.md`)).media).toEqual([
            { key: `${folder}/ferry.jpg`, as: 'picture', file: expect.objectContaining({ width: 40 }) },
          ]);
          expect((await article(`${folder}/other.md`)).media?.map(({ file }) => file?.type)).toEqual([
            'image/jpeg',
            'image/png',
          ]);
          expect(await picture(`${folder}/ferry.jpg`)).toBeDefined();
          expect(await picture(`${folder}/late.png`)).toBeDefined();
          expect(await page(`${folder}/ferry.md`)).toContain(`src="../${mediaPath(`${folder}/ferry.jpg`)}"`);
        },
      ),
      { numRuns: 5 },
    );
  }, 60_000);
});

test('a replaced picture is replaced, and its new size is known; an equal one changes nothing', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  const first = await picture('world/ferry.jpg');
  await desk.put('world/ferry.jpg', jpeg({ width: 80, shade: 9 }));
  await desk.settle();
  expect((await picture('world/ferry.jpg'))?.equals(first ?? Buffer.alloc(0))).toBe(false);
  expect(await page('world/ferry.md')).toContain('width="80" height="30"');
  const kept: string[] = [];
  for await (const key of desk.archive.keys('media/')) kept.push(key);
  expect(kept).toHaveLength(1);
  const { version } = await article('world/ferry.md');
  await desk.put('world/ferry.jpg', jpeg({ width: 80, shade: 9 }));
  await desk.settle();
  expect(await article('world/ferry.md')).toMatchObject({ version, revision: 1 });
  expect(desk.log.filter(({ event }) => event === 'source.ingested').at(-1)).toMatchObject({
    outcome: 'unchanged',
  });
});

test('a picture of the same size that looks otherwise is on the site too', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  const first = await picture('world/ferry.jpg');
  await desk.put('world/ferry.jpg', jpeg({ shade: 9 }));
  await desk.settle();
  expect((await picture('world/ferry.jpg'))?.equals(first ?? Buffer.alloc(0))).toBe(false);
});

test('a deleted picture leaves the site, and its story a warning; it may come back', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await desk.remove('world/ferry.jpg');
  await desk.settle();
  expect(await mediaFiles()).toEqual([]);
  expect(await page('world/ferry.md')).not.toContain('<img');
  expect((await article('world/ferry.md')).warnings).toEqual([
    'The picture “world/ferry.jpg” was taken out of the bucket.',
  ]);
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await expectShown();
});

test('two stories share a picture: it stays as long as one of them shows it', async () => {
  await desk.put('world/ferry.md', story());
  await desk.put('sport/regatta.md', story('', '![Boats](/world/ferry.jpg) and a regatta.'));
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await desk.remove('world/ferry.md');
  await desk.settle();
  expect(await mediaFiles()).toEqual([mediaPath('world/ferry.jpg')]);
  await desk.put('sport/regatta.md', story('', 'A regatta without boats.'));
  await desk.settle();
  expect(await mediaFiles()).toEqual([]);
});

test('the picture of a story under embargo is as secret as the story', async () => {
  const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
  await desk.put('world/ferry.jpg', jpeg());
  await desk.put('world/ferry.md', story(`embargo: ${until}\n`));
  await desk.settle();
  await desk.publish({ copydesk: 'tick' });
  await desk.publish({ copydesk: 'rebuild' });
  await desk.settle();
  expect(await mediaFiles()).toEqual([]);
  desk.now = new Date(Date.parse(until) + 1_000).toISOString();
  await desk.publish({ copydesk: 'tick' });
  await desk.publishAll();
  expect(await mediaFiles()).toEqual([mediaPath('world/ferry.jpg')]);
  const { id } = await article('world/ferry.md');
  await desk.edit(id, { status: 'withdrawn' });
  await desk.publishAll();
  expect(await mediaFiles()).toEqual([]);
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
  expect(await mediaFiles()).toHaveLength(5);
  for (const [key, body] of await desk.files())
    expect([key, body.includes('Jane Roe')]).toEqual([key, false]);
  expect(await page('world/a.md')).toContain('alt="Picture" width="30" height="40"');
  const object = await desk.site.get(mediaPath('world/e.avif'));
  expect(object?.contentType).toBe('image/avif');
  expect(Buffer.from(files['a.jpg']).includes(SECRET)).toBe(true);
});

describe('the picture of an article', () => {
  const image = async () => (await desk.feed())[0] as unknown as { image?: string };
  const at = (key: string) => `https://news.example.org/${mediaPath(key)}`;

  test('is the one that front matter names', async () => {
    await desk.put('world/ferry.md', story('image: img/boat.png\nalt: A boat\n'));
    await desk.put('world/ferry.jpg', jpeg());
    await desk.put('world/img/boat.png', png());
    await desk.settle();
    expect(await image()).toMatchObject({ image: at('world/img/boat.png') });
    await desk.remove('world/img/boat.png');
    await desk.settle();
    expect(await image()).toMatchObject({ image: at('world/ferry.jpg') });
  });

  test.each(['picture', 'story'])('is one named like the story, if the %s comes first', async first => {
    const put = {
      picture: () => desk.put('world/ferry.JPG', jpeg()),
      story: () => desk.put('world/ferry.md', story('', 'No picture is named.')),
    };
    for (const which of first === 'picture'
      ? (['picture', 'story'] as const)
      : (['story', 'picture'] as const)) {
      await put[which]();
      await desk.settle();
    }
    expect(await image()).toMatchObject({ image: at('world/ferry.JPG') });
    expect(await page('world/ferry.md')).toContain(mediaPath('world/ferry.JPG'));
    expect(await article('world/ferry.md')).toMatchObject({ warnings: [], revision: 1 });
    await desk.remove('world/ferry.JPG');
    await desk.settle();
    expect((await image()).image).toBeUndefined();
    expect(await article('world/ferry.md')).toMatchObject({ warnings: [] });
    expect(await mediaFiles()).toEqual([]);
  });

  test('is the first of its body else, and stands there once', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    expect(await image()).toMatchObject({ image: at('world/ferry.jpg') });
    const html = await page('world/ferry.md');
    expect(html.match(/<img [^>]*ferry\.jpg/g)).toHaveLength(1);
  });
});

describe('addresses', () => {
  test('are relative to the story, or to the root of the bucket, and lead nowhere else', async () => {
    const body = [
      '![a](../img/a.jpg)',
      '![b](/img/b%20b.jpg)',
      '![c](../../../../etc/c.jpg)',
      '![d](./d.jpg?x=1#y)',
      '![e](img\\e.jpg)',
    ].join('\n\n');
    await desk.put('world/asia/ferry.md', story('', body));
    await desk.settle();
    const { media = [], warnings } = await article('world/asia/ferry.md');
    expect(media.map(({ key }) => key)).toEqual([
      'world/img/a.jpg',
      'img/b b.jpg',
      'world/asia/d.jpg',
      'world/asia/img/e.jpg',
    ]);
    expect(warnings).toContain('1 picture had no address that the web can reach, and were left out.');
  });

  test('name no picture of another story by its address on the site', async () => {
    const until = new Date(Date.parse(desk.now) + 3_600_000).toISOString();
    await desk.put('world/secret.jpg', jpeg());
    await desk.put('world/secret.md', story(`embargo: ${until}\n`, '![x](secret.jpg)'));
    await desk.put(
      'world/thief.html',
      `<p>${TEXT}</p><p><img src="../${mediaPath('world/secret.jpg')}"></p>`,
    );
    await desk.settle();
    expect(await mediaFiles()).toEqual([]);
    expect(await page('world/thief.html')).not.toContain('secret.jpg');
  });

  test('of pages with a base or an address of their own mean the web', async () => {
    const html = (head: string) =>
      `<html><head><title>Ferry</title>${head}</head><body><article><h1>Ferry</h1><p>${TEXT.repeat(5)}</p><figure><img src="ferry.jpg"></figure></article></body></html>`;
    await desk.put('a/based.html', html('<base href="https://example.org/x/">'));
    await desk.put('a/plain.html', html(''));
    await desk.settle();
    expect((await article('a/based.html')).bodyHtml).toContain('src="https://example.org/x/ferry.jpg"');
    expect((await article('a/plain.html')).media).toEqual([{ key: 'a/ferry.jpg', as: 'picture' }]);
  });
});

describe('files that are no pictures', () => {
  test('a page with the name of a picture is neither a picture nor published as one', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', '<html><script>alert(1)</script></html>');
    await desk.settle();
    expect(await mediaFiles()).toEqual([]);
    expect((await article('world/ferry.md')).warnings).toEqual([
      expect.stringMatching(/^The picture “world\/ferry\.jpg” was rejected: /),
    ]);
  });

  test('a GIF header before a page is rejected with a reason', async () => {
    await desk.put('world/ferry.gif', 'GIF89a<script>alert(1)</script>'.padEnd(300));
    await desk.settle();
    expect(await desk.record('world/ferry.gif')).toMatchObject({
      status: 'rejected',
      reason: { code: 'unreadable', message: expect.stringContaining('GIF') },
    });
  });

  test('a picture with the name of a page is served as what it is, under no name of a page', async () => {
    await desk.put('world/page.html', jpeg());
    await desk.settle();
    expect(await desk.record('world/page.html')).toMatchObject({ status: 'media' });
    expect(mediaPath('world/page.html')).toMatch(/^media\/[a-z2-7]{16}\/page-html$/);
  });

  test('a damaged picture never takes a good one off the site', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.put('world/ferry.jpg', jpeg().subarray(0, 400));
    await desk.settle();
    await expectShown();
    expect(await desk.record('world/ferry.jpg')).toMatchObject({
      status: 'media',
      warnings: [expect.stringContaining('A later upload was rejected')],
    });
  });

  test('what is larger than the limit is rejected', async () => {
    await desk.close();
    desk = await startDesk({ settings: { limits: { mediaBytes: 1_000 } } });
    await desk.put('world/ferry.png', png({ trailer: 'x'.repeat(2_000) }));
    await desk.settle();
    expect(await desk.record('world/ferry.png')).toMatchObject({
      status: 'rejected',
      reason: { code: 'too-large' },
    });
  });
});

test('recordings are enclosures, with type and length', async () => {
  await desk.put('world/ferry.md', story('audio:\n  file: hour.mp3\n  title: The harbour hour\n', 'Listen.'));
  await desk.put('world/hour.mp3', mp3());
  await desk.settle();
  const path = mediaPath('world/hour.mp3');
  const length = (await desk.site.get(path))?.bytes.length;
  const [entry] = (await desk.feed()) as unknown as { attachments: unknown[] }[];
  expect(entry?.attachments).toEqual([
    expect.objectContaining({
      url: `https://news.example.org/${path}`,
      mime_type: 'audio/mpeg',
      size_in_bytes: length,
      title: 'The harbour hour',
    }),
  ]);
  expect(await text('feed.xml')).toContain(
    `<enclosure url="https://news.example.org/${path}" length="${length}" type="audio/mpeg"/>`,
  );
});

test('recordings that a body plays or links to come with it', async () => {
  await desk.put('world/a.html', `<p>${TEXT}</p><audio controls><source src="hour.mp3"></audio>`);
  await desk.put('world/b.md', story('title: Second\n', '[Listen here](hour.mp3) to it.'));
  await desk.put('world/hour.mp3', mp3());
  await desk.settle();
  for (const key of ['world/a.html', 'world/b.md'])
    expect((await article(key)).media).toEqual([
      { key: 'world/hour.mp3', as: 'recording', file: { type: 'audio/mpeg', length: expect.any(Number) } },
    ]);
  expect(await page('world/b.md')).toContain(`<a href="../${mediaPath('world/hour.mp3')}">Listen here</a>`);
  await desk.remove('world/hour.mp3');
  await desk.settle();
  expect(await page('world/b.md')).toContain('<p>Listen here to it.</p>');
});

test('stories and pictures in one archive find one another', async () => {
  const zip = makeZip([
    { name: 'ferry.md', content: story('', '![The ferry](img/ferry.jpg)') },
    { name: 'img/ferry.jpg', content: jpeg() },
  ]);
  await desk.put('world/drop.zip', zip);
  await desk.settle();
  await expectShown('world/drop.zip/ferry.md', 'world/drop.zip/img/ferry.jpg');
  await desk.remove('world/drop.zip');
  await desk.settle();
  expect(await mediaFiles()).toEqual([]);
});

test('a body too large for the table shows its picture too', async () => {
  await desk.put('world/ferry.md', story('', `![The ferry](ferry.jpg)\n\n${`${TEXT}\n\n`.repeat(4_000)}`));
  await desk.settle();
  expect((await article('world/ferry.md')).bodyKey).toBeDefined();
  await desk.put('world/ferry.jpg', jpeg());
  await desk.settle();
  await expectShown();
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
  await expectShown();
});

describe('races', () => {
  test('a picture that arrives between the story’s look at it and the story’s writing is not missed', async () => {
    const filed = await desk.put('world/ferry.md', story());
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
      expect(await desk.deliver(arrival)).toEqual([]);
      return replace(current, next);
    });
    expect(await desk.deliver(filed)).toEqual([]);
    await desk.publishAll();
    await expectShown();
  });

  test('nor is one that goes then', async () => {
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const filed = await desk.put('world/ferry.md', story());
    const removal = await desk.remove('world/ferry.jpg');
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementationOnce(async (current, next) => {
      expect(await desk.deliver(removal)).toEqual([]);
      return replace(current, next);
    });
    expect(await desk.deliver(filed)).toEqual([]);
    await desk.publishAll();
    expect(await page('world/ferry.md')).not.toContain('<img');
    expect(await mediaFiles()).toEqual([]);
  });

  test('an older upload that is slow takes no newer picture from the story', async () => {
    await desk.put('world/trip.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const without = await desk.put('world/trip.md', story('', 'No picture any more.'));
    const again = await desk.put('world/trip.md', story());
    desk.events.splice(0);
    const forget = desk.articles.media.forget.bind(desk.articles.media);
    jest.spyOn(desk.articles.media, 'forget').mockImplementationOnce(async (...given) => {
      expect(await desk.deliver(again)).toEqual([]);
      return forget(...given);
    });
    expect(await desk.deliver(without)).toEqual([]);
    await desk.publishAll();
    expect(await mediaFiles()).toHaveLength(1);
    await desk.put('world/ferry.jpg', jpeg({ width: 80 }));
    await desk.settle();
    expect(await page('world/trip.md')).toContain('width="80"');
  });

  test('a publisher that takes a picture away while another story begins to show it puts it back', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.remove('world/ferry.md');
    const remove = desk.site.delete.bind(desk.site);
    let done = false;
    jest.spyOn(desk.site, 'delete').mockImplementation(async key => {
      if (key.startsWith('media/') && !done) {
        done = true;
        await desk.put('sport/b.md', story('', 'A regatta. ![Boats](/world/ferry.jpg)'));
        await desk.settle();
      }
      return remove(key);
    });
    await desk.settle();
    expect(done).toBe(true);
    expect(await mediaFiles()).toHaveLength(1);
  });

  test('an editor’s kill while a picture arrives stays', async () => {
    await desk.put('world/ferry.md', story());
    await desk.settle();
    const { id } = await article('world/ferry.md');
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    desk.events.splice(0);
    const replace = desk.articles.replace.bind(desk.articles);
    jest.spyOn(desk.articles, 'replace').mockImplementation(async (current, next) => {
      if (next.id === id && (await desk.articles.get(id))?.status === 'live')
        await desk.edit(id, { status: 'withdrawn' });
      return replace(current, next);
    });
    expect(await desk.deliver(arrival)).toEqual([]);
    await desk.publishAll();
    expect(await article('world/ferry.md')).toMatchObject({ status: 'withdrawn' });
    expect(await mediaFiles()).toEqual([]);
  });
});

describe('what is lost or repeated', () => {
  test('lost bytes hide their picture, are told of, and hold up no kill', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/other.md', story('title: Another\n', '![It](ferry.jpg) again'));
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const { id } = await article('world/ferry.md');
    for await (const key of desk.archive.keys('media/')) await desk.archive.delete(key);
    await desk.site.delete(mediaPath('world/ferry.jpg'));
    await desk.edit(id, { status: 'withdrawn' });
    await desk.publishAll();
    expect(await page('world/ferry.md')).not.toContain(TEXT);
    expect(desk.log).toContainEqual(
      expect.objectContaining({ code: 'media-missing', id: (await desk.record('world/ferry.jpg'))?.id }),
    );
  });

  test('a picture whose record is deleted in the console leaves the site', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.removeItem((await desk.record('world/ferry.jpg'))?.id ?? '');
    await desk.publishAll();
    expect(await mediaFiles()).toEqual([]);
  });

  test('one whose record an edit has broken stays as it is', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    await desk.edit((await desk.record('world/ferry.jpg'))?.id ?? '', { version: 'x' });
    await desk.publishAll();
    expect(await mediaFiles()).toHaveLength(1);
  });

  test('a repeat that a rejected later upload overtakes takes away no bytes', async () => {
    const first = await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const later = await desk.put('world/ferry.jpg', jpeg().subarray(0, 400));
    // So that it is read anew.
    await desk.edit((await desk.record('world/ferry.jpg'))?.id ?? '', { parserVersion: 'older' });
    desk.events.splice(0);
    const put = desk.archive.put.bind(desk.archive);
    jest.spyOn(desk.archive, 'put').mockImplementationOnce(async (...given) => {
      expect(await desk.deliver(later)).toEqual([]);
      return put(...given);
    });
    expect(await desk.deliver(first)).toEqual([]);
    const record = await desk.record('world/ferry.jpg');
    if (record?.status !== 'media') throw new Error('The picture is gone.');
    expect(record.warnings).toEqual([expect.stringContaining('A later upload was rejected')]);
    expect(await desk.archive.head(record.file.key)).toBeDefined();
  });

  test('a picture that many stories show is told anew only to those that do not know it', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c'])
      await desk.put(`world/${name}.md`, story(`title: Ferry ${name}\n`, `![${name}](ferry.jpg) ${name}`));
    const arrival = await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const getForWrite = desk.articles.getForWrite.bind(desk.articles);
    jest.spyOn(desk.articles, 'getForWrite').mockImplementation(async id => {
      ids.push(id);
      return getForWrite(id);
    });
    expect(await desk.deliver(arrival)).toEqual([]);
    expect([...new Set(ids)]).toEqual([(await desk.record('world/ferry.jpg'))?.id]);
  });

  test('a story published anew asks first whether it shows its picture itself', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const referrers = jest.spyOn(desk.articles.media, 'referrers');
    await desk.edit((await article('world/ferry.md')).id, { headline: 'Ferry sails again' });
    await desk.publishAll();
    expect(referrers).not.toHaveBeenCalled();
    expect(await mediaFiles()).toHaveLength(1);
  });

  test('a story that has its picture beside it again before it is settled is never without its reference', async () => {
    await desk.put('world/ferry.md', story('', 'No picture is named.'));
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    const forget = jest.spyOn(desk.articles.media, 'forget');
    // The picture is replaced just then: out of the bucket at the first look, and back at the second.
    jest.spyOn(desk.articles.media, 'beside').mockResolvedValueOnce([]);
    await desk.put('world/ferry.md', story('', 'Still no picture is named.'));
    await desk.settle();
    expect(forget.mock.calls.flatMap(([media]) => media)).toEqual([]);
    expect((await article('world/ferry.md')).media).toHaveLength(1);
  });
});
