import { cleanHtml } from '../../../functions/ingest/clean/clean.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { shownBody, withShownMedia } from '../../../functions/publish/content/media-shown.ts';
import type { MediaUse, ParsedArticle } from '../../../shared/model/article.ts';
import {
  isMediaAddress,
  keyOfAddress,
  mediaAddress,
  mediaPath,
  stemOf,
} from '../../../shared/model/media-address.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { article } from '../../support/articles.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

/** What a story says of its pictures, and what is shown of them. */

const TEXT = 'The ferry left the harbour at noon on its first trip of the year.';

function parse(body: string, key = 'world/ferry.md', front = ''): Promise<ParsedArticle> {
  return parseArticle({ bytes: Buffer.from(`---\ntitle: Ferry\n${front}---\n\n${TEXT}\n\n${body}\n`), key });
}

const JPEG = { type: 'image/jpeg', width: 40, height: 30, length: 9 } as const;

function here(key: string): MediaUse {
  return { key, as: 'picture', file: JPEG };
}

describe('addresses', () => {
  test.each([
    ['photo.jpg', 'a/b/story.md', 'a/b/photo.jpg'],
    ['../img/photo.jpg', 'a/b/story.md', 'a/img/photo.jpg'],
    ['/img/photo.jpg', 'a/b/story.md', 'img/photo.jpg'],
    ['my%20photo.jpg?w=1#x', 'story.md', 'my photo.jpg'],
    ['100%.jpg', 'story.md', '100%.jpg'],
    ['../photo.jpg', 'story.md', undefined],
    ['a/../../photo.jpg', 'story.md', undefined],
    ['%2e%2e/%2e%2e/photo.jpg', 'a/story.md', undefined],
    ['//host/photo.jpg', 'a/story.md', undefined],
    ['https://host/photo.jpg', 'a/story.md', undefined],
    ['data:image/png;base64,AA', 'a/story.md', undefined],
    ['', 'a/story.md', undefined],
  ])('%s in %s is %s', (address, key, expected) => {
    expect(keyOfAddress(address, key)).toBe(expected);
  });

  test.each([
    'a/photo.jpg',
    'Фото з порту.JPG',
    'a/page.html',
    'a/x.svg',
    '.jpg',
    `${'long '.repeat(100)}.png`,
    'a/b.',
  ])('the path of %s is one that the cleaning keeps, and no page to a static host', key => {
    expect(isMediaAddress(mediaAddress(key))).toBe(true);
    expect(mediaPath(key)).not.toMatch(/\.(?:html?|svg|xml|js)$/);
  });

  test('differ where keys do', () => {
    const keys = ['a/x.jpg', 'b/x.jpg', 'a/X.jpg', 'a/x.png', 'a/x.JPG'];
    expect(new Set(keys.map(mediaPath)).size).toBe(keys.length);
  });

  test.each([
    ['a/story.md', 'a/story'],
    ['a.b/story', 'a.b/story'],
    ['.hidden', '.hidden'],
    ['a/.hidden', 'a/.hidden'],
  ])('the stem of %s is %s', (key, stem) => expect(stemOf(key)).toBe(stem));
});

describe('a story', () => {
  test('names its media once each, in its order, its image first', async () => {
    const { media, image } = await parse(
      '![a](a.jpg) words ![b](b.png)\n\n![again](a.jpg)\n\n[c](c.jpg) [sound](d.mp3)',
      'world/ferry.md',
      'image: lead.webp\nvideo: [e.mp4]\n',
    );
    expect(image?.url).toBe(mediaAddress('world/lead.webp'));
    expect(media).toEqual([
      { key: 'world/lead.webp', as: 'image' },
      { key: 'world/a.jpg', as: 'picture' },
      { key: 'world/b.png', as: 'picture' },
      { key: 'world/c.jpg', as: 'link' },
      { key: 'world/d.mp3', as: 'recording' },
      { key: 'world/e.mp4', as: 'recording' },
    ]);
  });

  test('has a body that cleaning makes again', async () => {
    const { bodyHtml } = await parse('![a](a.jpg "An \\"a\\"") in words ![b](b.png) [c](c.jpg)');
    expect(bodyHtml).toContain(mediaAddress('world/b.png'));
    expect(cleanHtml(bodyHtml)).toBe(bodyHtml);
  });

  test('is the same story wherever it lies with its picture', async () => {
    const [a, b] = [await parse('![a](a.jpg)'), await parse('![a](a.jpg)', 'sport/other.md')];
    expect(a.contentHash).toBe(b.contentHash);
    expect(a.bodyHtml).not.toBe(b.bodyHtml);
    expect((await parse('![a](b.jpg)')).contentHash).not.toBe(a.contentHash);
  });

  test('of a thousand pictures keeps fifty, and says so', async () => {
    const body = Array.from({ length: 1_000 }, (_, index) => `![x](p${index}.jpg)`).join('\n\n');
    const { media, warnings } = await parse(body);
    expect(media).toHaveLength(50);
    expect(warnings).toContain('Left out: 950 media files above the limit of one article.');
  });

  describe('shows files of its own top folder and of shared folders only', () => {
    const keysOf = async (address: string, key: string, sharedFolders?: string[]) => {
      const articles = { ...DEFAULT_SETTINGS.articles, ...(sharedFolders && { sharedFolders }) };
      const settings = { ...DEFAULT_SETTINGS, articles };
      const bytes = Buffer.from(`# Ferry\n\n${TEXT}\n\n![a](${address})\n`);
      const { media = [], warnings, bodyHtml } = await parseArticle({ bytes, key }, settings);
      return { keys: media.map(each => each.key), warnings: warnings.join('\n'), bodyHtml };
    };

    test.each([
      ['../img/a.jpg', 'world/deep/er/story.md', 'world/deep/img/a.jpg'],
      ['/world/other/a.jpg', 'world/story.md', 'world/other/a.jpg'],
      ['/img/a.jpg', 'world/story.md', 'img/a.jpg'],
      ['/assets/2026/a.jpg', 'world/story.md', 'assets/2026/a.jpg'],
      ['a.jpg', 'story.md', 'a.jpg'],
      ['images/a.jpg', 'story.md', 'images/a.jpg'],
      ['/cafe\u0301/a.jpg', 'caf\u00e9/story.md', 'caf\u00e9/a.jpg'],
    ])('%s in %s is shown', async (address, key, expected) => {
      const { keys, warnings } = await keysOf(address, key);
      expect(keys).toEqual([expected]);
      expect(warnings).toBe('');
    });

    test.each([
      ['../board/secret.png', 'world/story.md', 'board/secret.png'],
      ['/board/secret.png', 'world/story.md', 'board/secret.png'],
      ['x/../../board/secret.png', 'world/story.md', 'board/secret.png'],
      ['%2e%2e/board/secret.png', 'world/story.md', 'board/secret.png'],
      ['..\\\\board\\\\secret.png', 'world/story.md', 'board/secret.png'],
      ['../worldwide/secret.png', 'world/story.md', 'worldwide/secret.png'],
      ['../secret.png', 'world/story.md', 'secret.png'],
      ['board/secret.png', 'story.md', 'board/secret.png'],
      ['/world/img/secret.png', 'sport/story.md', 'world/img/secret.png'],
    ])('%s in %s is not', async (address, key, refused) => {
      const { keys, warnings, bodyHtml } = await keysOf(address, key);
      expect(keys).toEqual([]);
      expect(bodyHtml).not.toContain(mediaAddress(refused));
      expect(warnings).toContain(`“${refused}” was left out`);
      expect(warnings).toContain('articles.sharedFolders');
    });

    test('a folder that the setting names is shared, and no other', async () => {
      expect((await keysOf('/photo%20desk/a.jpg', 'world/s.md', ['photo desk'])).keys).toEqual([
        'photo desk/a.jpg',
      ]);
      expect((await keysOf('/img/a.jpg', 'world/s.md', [])).keys).toEqual([]);
    });

    test.each(['image', 'audio'])('so it is for what the metadata of the upload names as %s', async field => {
      const bytes = Buffer.from(`Ferry sails\n\n${TEXT}\n`);
      const named = field === 'image' ? '/board/secret.png' : '/board/secret.mp3';
      const { media, image, warnings } = await parseArticle({
        bytes,
        key: 'world/a.txt',
        metadata: { [field]: named },
      });
      expect([media, image]).toEqual([undefined, undefined]);
      expect(warnings.join()).toContain(`“${named.slice(1)}” was left out`);
    });
  });

  test('may state a recording of the web, with what is known of it', async () => {
    const { attachments } = await parse('Words.', 'a.md', 'audio: https://example.org/a.mp3\n');
    expect(attachments).toEqual([{ url: 'https://example.org/a.mp3', type: 'audio/mpeg', length: 0 }]);
  });
});

describe('shown', () => {
  const figure = (key: string, caption = '') =>
    `<figure><img src="${mediaAddress(key)}" alt="">${caption}</figure>`;

  test('is a picture with its own size, whatever was stated', () => {
    const html = `<p>a</p><figure><img src="${mediaAddress('a.jpg')}" alt="1 &gt; 0" width="9" height="9"></figure>`;
    expect(shownBody(html, [here('a.jpg')])).toBe(
      `<p>a</p><figure><img src="${mediaAddress('a.jpg')}" alt="1 &gt; 0" width="40" height="30"></figure>`,
    );
  });

  test('is nothing of a figure whose picture is missing, and the rest of one that has another', () => {
    const caption = '<figcaption>Both</figcaption>';
    expect(shownBody(`<p>a</p>${figure('a.jpg', caption)}<p>b</p>`, [])).toBe('<p>a</p><p>b</p>');
    const both = `<figure><img src="${mediaAddress('a.jpg')}" alt=""><img src="${mediaAddress('b.jpg')}" alt="">${caption}</figure>`;
    expect(shownBody(both, [here('b.jpg')])).toBe(
      `<figure><img src="${mediaAddress('b.jpg')}" alt="" width="40" height="30">${caption}</figure>`,
    );
  });

  test('are the words of a link to what is missing, and no empty item of a list', () => {
    const link = `<p>Listen <a href="${mediaAddress('a.mp3')}"><em>here</em> and</a> now.</p>`;
    expect(shownBody(link, [])).toBe('<p>Listen <em>here</em> and now.</p>');
    expect(shownBody(`<ul><li>${figure('a.jpg')}</li></ul><p>a</p>`, [])).toBe('<p>a</p>');
  });

  test('is what the record names, whatever the body says', () => {
    expect(shownBody(figure('other/secret.jpg'), [here('a.jpg')])).toBe('');
  });

  test('takes time in proportion to the body', async () => {
    const html = `${figure('a.jpg')}<p><a href="${mediaAddress('b.mp3')}">x</a> <img src="${mediaAddress('c.jpg')}" alt=""></p>`;
    const ms = await cpuMsOf(() =>
      expect(shownBody(html.repeat(50_000), [here('a.jpg')])).toContain('width="40"'),
    );
    expect(ms).toBeLessThan(5_000);
  });

  test('is the stated image, else the picture beside, else the first of the body', () => {
    const media: MediaUse[] = [
      { key: 'lead.jpg', as: 'image' },
      { key: 'a.jpg', as: 'picture' },
      here('b.jpg'),
    ];
    const stated = { url: mediaAddress('lead.jpg'), alt: 'Lead' };
    const imageOf = (uses: MediaUse[], image?: typeof stated) =>
      withShownMedia(article({ media: uses, ...(image && { image }) })).image;
    const size = { type: 'image/jpeg', width: 40, height: 30 };
    expect(imageOf(media, stated)).toEqual({ url: mediaAddress('b.jpg'), ...size });
    expect(imageOf([{ ...media[0], file: JPEG } as MediaUse, here('b.jpg')], stated)).toEqual({
      ...stated,
      ...size,
    });
    expect(imageOf([here('b.jpg'), { ...here('c.jpg'), as: 'beside' }])).toEqual({
      url: mediaAddress('c.jpg'),
      ...size,
    });
    expect(imageOf([media[1] as MediaUse])).toBeUndefined();
  });
});
