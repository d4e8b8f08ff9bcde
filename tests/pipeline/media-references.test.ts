import { mediaPath } from '../../shared/model/media-address.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { article, expectShown, mediaFiles, page, story, TEXT } from '../support/illustrated.ts';
import { jpeg, png } from '../support/pictures.ts';

/** Which picture an article shows, and which files are none. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

describe('the picture of an article', () => {
  const image = async () => {
    const [entry] = await desk.feed();
    if (entry === undefined) throw new Error('The feed is empty.');
    return entry;
  };
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
    expect(await page(desk, 'world/ferry.md')).toContain(mediaPath('world/ferry.JPG'));
    expect(await article(desk, 'world/ferry.md')).toMatchObject({ warnings: [], revision: 1 });
    await desk.remove('world/ferry.JPG');
    await desk.settle();
    expect((await image()).image).toBeUndefined();
    expect(await article(desk, 'world/ferry.md')).toMatchObject({ warnings: [] });
    expect(await mediaFiles(desk)).toEqual([]);
  });

  test('is the first of its body else, and stands there once', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', jpeg());
    await desk.settle();
    expect(await image()).toMatchObject({ image: at('world/ferry.jpg') });
    const html = await page(desk, 'world/ferry.md');
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
    const { media = [], warnings } = await article(desk, 'world/asia/ferry.md');
    expect(media.map(({ key }) => key)).toEqual([
      'world/img/a.jpg',
      'img/b b.jpg',
      'world/asia/d.jpg',
      'world/asia/img/e.jpg',
    ]);
    expect(warnings).toContain('Left out: 1 picture without an address that browsers can reach.');
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
    expect(await mediaFiles(desk)).toEqual([]);
    expect(await page(desk, 'world/thief.html')).not.toContain('secret.jpg');
  });

  test('of pages with a base or an address of their own mean the web', async () => {
    const html = (head: string) =>
      `<html><head><title>Ferry</title>${head}</head><body><article><h1>Ferry</h1><p>${TEXT.repeat(5)}</p><figure><img src="ferry.jpg"></figure></article></body></html>`;
    await desk.put('a/based.html', html('<base href="https://example.org/x/">'));
    await desk.put('a/plain.html', html(''));
    await desk.settle();
    expect((await article(desk, 'a/based.html')).bodyHtml).toContain('src="https://example.org/x/ferry.jpg"');
    expect((await article(desk, 'a/plain.html')).media).toEqual([{ key: 'a/ferry.jpg', as: 'picture' }]);
  });
});

describe('files that are no pictures', () => {
  test('a page with the name of a picture is neither a picture nor published as one', async () => {
    await desk.put('world/ferry.md', story());
    await desk.put('world/ferry.jpg', '<html><script>alert(1)</script></html>');
    await desk.settle();
    expect(await mediaFiles(desk)).toEqual([]);
    expect((await article(desk, 'world/ferry.md')).warnings).toEqual([
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
    await expectShown(desk);
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
