import fc from 'fast-check';
import { stripGif } from '../../../functions/ingest/media/gif.ts';
import { mediaKind } from '../../../functions/ingest/media/media-kind.ts';
import { readPicture } from '../../../functions/ingest/media/picture.ts';
import { readMedia } from '../../../functions/ingest/media/read-media.ts';
import type { StrippedMedia } from '../../../functions/ingest/media/stripped.ts';
import sharp from '../../../functions/ingest/packages/sharp.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { SECRET } from '../../support/media-parts.ts';
import * as pictures from '../../support/pictures.ts';

const SECONDS = 60;

const read = (file: Uint8Array) => readMedia(file, SECONDS);

async function outcomeOf(file: Uint8Array): Promise<StrippedMedia | Rejection> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** A picture like a photo: soft shapes of many colours. */
async function photo(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const seed = await sharp({ create: { width: 12, height: 9, channels: 3, background: '#000', noise } })
    .png()
    .toBuffer();
  return sharp(seed).resize({ width, height, fit: 'fill', kernel: 'cubic' });
}

const FILES: [string, Buffer, object][] = [
  ['JPEG', pictures.jpeg(), { type: 'image/jpeg', width: 40, height: 30, widths: [40] }],
  ['PNG', pictures.png(), { type: 'image/png', width: 4, height: 3, widths: [4] }],
  ['GIF', pictures.gif(), { type: 'image/png', width: 4, height: 3, widths: [4] }],
  ['WebP', pictures.webp(), { type: 'image/jpeg', width: 4, height: 3, widths: [4] }],
  ['AVIF', pictures.avif(), { type: 'image/jpeg', width: 40, height: 30, widths: [40] }],
];

describe.each(FILES)('%s', (_, file, facts) => {
  test('is known by its content, with its type and size', async () => {
    expect(await read(file)).toMatchObject(facts);
  });

  test('its files hold no metadata', async () => {
    expect(file.includes(SECRET)).toBe(true);
    const { bytes, renditions = [] } = await read(file);
    for (const each of [bytes, ...renditions.map(rendition => rendition.bytes)]) {
      expect(each.includes('Jane Roe')).toBe(false);
      const { exif, xmp, iptc } = await sharp(each).metadata();
      expect({ exif, xmp, iptc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined });
    }
  });

  test('is not changed in the hands of the caller', async () => {
    const copy = Buffer.from(file);
    await read(copy);
    expect(copy.equals(file)).toBe(true);
  });

  test('cut off anywhere it is refused, or is whole', async () => {
    for (let length = 0; length < file.length; length += 7) {
      const cut = file.subarray(0, length);
      if (mediaKind(cut)) await outcomeOf(cut);
    }
  });
});

test('whatever bytes are changed, the outcome is a picture or a rejection', async () => {
  const change = fc.record({ at: fc.nat(2_000), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES.map(([, file]) => file)),
      fc.array(change, { maxLength: 12 }),
      async (file, changes) => {
        const copy = Buffer.from(file);
        for (const { at, value } of changes) copy[at % copy.length] = value;
        const kind = mediaKind(copy);
        if (kind === undefined) return;
        const outcome = await outcomeOf(copy);
        expect(outcome instanceof Rejection || outcome.bytes.length > 0).toBe(true);
      },
    ),
    { numRuns: Number(process.env.MEDIA_RUNS ?? 300) },
  );
});

describe('renditions', () => {
  test('a large photo has four widths, and a main file of 1,600 pixels', async () => {
    const {
      bytes,
      renditions = [],
      ...facts
    } = await read(await (await photo(2_000, 1_500)).jpeg().toBuffer());
    expect(facts).toEqual({
      type: 'image/jpeg',
      width: 1_600,
      height: 1_200,
      widths: [400, 800, 1_200, 1_600],
      colour: expect.stringMatching(/^#[\da-f]{6}$/),
      card: true,
    });
    const sizes = await Promise.all(
      renditions.map(async each => ({ ...(await sharp(each.bytes).metadata()), ...each })),
    );
    expect(sizes.map(({ name, width, height, format }) => [name, width, height, format])).toEqual([
      ['400.webp', 400, 300, 'webp'],
      ['800.webp', 800, 600, 'webp'],
      ['1200.webp', 1_200, 900, 'webp'],
      ['1600.webp', 1_600, 1_200, 'webp'],
      ['card.jpg', 1_200, 630, 'jpeg'],
    ]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1_600, height: 1_200 });
  });

  test.each([
    [300, [300]],
    [400, [400]],
    [401, [400, 401]],
    [1_000, [400, 800, 1_000]],
    [1_600, [400, 800, 1_200, 1_600]],
    [1_601, [400, 800, 1_200, 1_600]],
  ])('no rendition of a picture of %i pixels is wider than it', async (width, widths) => {
    expect((await read(pictures.jpeg({ width, height: 90 }))).widths).toEqual(widths);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('a picture of the orientation %i is upright', async orientation => {
    const turned = orientation >= 5;
    const size = turned ? { width: 30, height: 40 } : { width: 40, height: 30 };
    for (const file of [
      pictures.jpeg({ orientation }),
      pictures.png({ width: 40, height: 30, orientation }),
    ]) {
      const { bytes, renditions = [], ...facts } = await read(file);
      expect(facts).toMatchObject(size);
      for (const each of [bytes, ...renditions.map(rendition => rendition.bytes)])
        expect(await sharp(each).metadata()).toMatchObject(size);
    }
  });

  test('what a telephone loads of a picture with fine detail everywhere is small', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 22 } as const;
    const grain = await sharp({
      create: { width: 1_000, height: 750, channels: 3, background: '#000', noise },
    })
      .resize({ width: 1_600 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { renditions = [] } = await read(grain);
    const [, , phone, screen] = renditions;
    expect(screen?.bytes.length).toBeGreaterThan(250_000);
    expect(phone?.name).toBe('1200.webp');
    expect(phone?.bytes.length).toBeLessThanOrEqual(150_000);
  });

  test('a portrait is whole on the card for link previews', async () => {
    const portrait = await (await photo(900, 1_200)).jpeg().toBuffer();
    const { renditions = [], colour } = await read(portrait);
    const card = renditions.find(({ name }) => name === 'card.jpg');
    const { data, info } = await sharp(card?.bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([1_200, 630]);
    const stated = (colour?.match(/[\da-f]{2}/g) ?? []).map(part => Number.parseInt(part, 16));
    const apart = stated.map((part, at) => Math.abs(part - (data[at] ?? 0)));
    // JPEG changes a colour a little.
    expect(apart).toHaveLength(3);
    expect(Math.max(...apart)).toBeLessThan(12);
  });

  test('a picture that is too small has no card', async () => {
    expect((await read(pictures.jpeg({ width: 1_199, height: 700 }))).card).toBeUndefined();
    expect((await read(pictures.jpeg({ width: 1_600, height: 629 }))).card).toBeUndefined();
  });

  test('a transparent picture stays transparent and is PNG', async () => {
    const file = await (await photo(500, 400)).ensureAlpha(0.5).webp().toBuffer();
    const { bytes, type, renditions = [], colour } = await read(file);
    expect({ type, colour }).toEqual({ type: 'image/png', colour: undefined });
    for (const each of [bytes, ...renditions.map(rendition => rendition.bytes)])
      expect((await sharp(each).stats()).isOpaque).toBe(false);
  });

  test('a photo in PNG becomes JPEG, and a graphic stays PNG', async () => {
    expect((await read(await (await photo(500, 400)).png().toBuffer())).type).toBe('image/jpeg');
    const data = Buffer.alloc(500 * 400, 255);
    for (let at = 0; at < data.length; at += 7) data[at - (at % 11)] = 0;
    const graphic = sharp(data, { raw: { width: 500, height: 400, channels: 1 } });
    expect((await read(await graphic.png().toBuffer())).type).toBe('image/png');
  });

  test.each([
    ['CMYK', async () => (await photo(80, 60)).toColourspace('cmyk').jpeg().toBuffer()],
    ['16 bits', async () => (await photo(80, 60)).toColourspace('rgb16').png().toBuffer()],
    ['progressive', async () => (await photo(80, 60)).jpeg({ progressive: true }).toBuffer()],
    ['another profile', async () => (await photo(80, 60)).withIccProfile('p3').jpeg().toBuffer()],
  ])('a picture with %s is shown in sRGB', async (_, make) => {
    const { bytes } = await read(await make());
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 });
  });
});

describe('animations', () => {
  test('a GIF stays as it is, without its metadata', async () => {
    const still = pictures.gif({ trailer: '' });
    const image = still.subarray(still.indexOf(Buffer.from([0x2c, 0, 0, 0, 0])), -1);
    const file = Buffer.concat([still.subarray(0, -1), image, image, Buffer.from(`;${SECRET}`)]);
    const { bytes, ...facts } = await read(file);
    expect(facts).toEqual({ type: 'image/gif', width: 4, height: 3 });
    expect(bytes.includes('Jane Roe')).toBe(false);
    expect(bytes.includes('NETSCAPE2.0')).toBe(true);
    expect(stripGif(bytes).bytes.equals(bytes)).toBe(true);
    expect((await sharp(bytes).metadata()).pages).toBe(3);
  });

  test('so does a WebP', async () => {
    const frames = ['#123', '#456', '#789'].map(background => ({
      create: { width: 20, height: 20, channels: 3 as const, background },
    }));
    const file = await sharp(frames as never, { join: { animated: true } })
      .webp()
      .withExif({ IFD0: { Artist: SECRET } })
      .toBuffer();
    const { bytes, ...facts } = await read(file);
    expect(facts).toEqual({ type: 'image/webp', width: 20, height: 20 });
    expect(bytes.includes('Jane Roe')).toBe(false);
    expect((await sharp(bytes).metadata()).pages).toBe(3);
  });
});

describe('hostile files', () => {
  const refused: [string, Buffer, string][] = [
    [
      'a GIF header before HTML',
      Buffer.from('GIF89a<script>alert(1)</script>'.padEnd(200, ' ')),
      'unreadable',
    ],
    [
      'a WebP header before SVG',
      Buffer.from('RIFF\0\0\0\0WEBP<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'unreadable',
    ],
    [
      'a JPEG header before HTML',
      Buffer.from('\xff\xd8\xff<html><script>alert(1)</script>', 'latin1'),
      'unreadable',
    ],
    ['a PNG without pixels across', pictures.png({ width: 0 }), 'unreadable'],
    ['a JPEG without pixels down', pictures.jpeg({ height: 0 }), 'unreadable'],
    ['a PNG of four thousand million pixels', pictures.png({ width: 65_000, height: 65_000 }), 'too-large'],
    ['a PNG of two thousand million by one', pictures.png({ width: 2_000_000_000, height: 1 }), 'unreadable'],
    ['a WebP of 16,384 by 16,384', pictures.webp({ width: 16_384, height: 16_384 }), 'unreadable'],
    ['a WebP of 9,000 by 9,000', pictures.webp({ width: 9_000, height: 9_000 }), 'too-large'],
    [
      'a JPEG of empty segments',
      Buffer.from(`\xff\xd8${'\xff\xe5\0\x02'.repeat(100_000)}`, 'latin1'),
      'unreadable',
    ],
    [
      'a JPEG without its end',
      pictures.jpeg({ width: 800, height: 600, trailer: '' }).subarray(0, -200),
      'unreadable',
    ],
    ['a PNG without its end', pictures.png({ trailer: '' }).subarray(0, -30), 'unreadable'],
    [
      'a PNG whose chunk is as long as 4 GB',
      Buffer.concat([pictures.png().subarray(0, 33), Buffer.alloc(8, 0xff)]),
      'unreadable',
    ],
    [
      'an animation of 100 large frames',
      (() => {
        const still = pictures.gif({ width: 2_000, height: 2_000, trailer: '' });
        const image = still.subarray(still.indexOf(Buffer.from([0x2c, 0, 0, 0, 0])), -1);
        return Buffer.concat([still.subarray(0, -1), ...Array(99).fill(image), Buffer.from(';')]);
      })(),
      'too-large',
    ],
  ];

  test.each(refused)('%s is refused', async (_, file, code) => {
    expect(mediaKind(file)).toBeDefined();
    expect(await outcomeOf(file)).toMatchObject({ code, message: expect.stringMatching(/[A-Z].*\.$/) });
  });

  test('a picture with a page behind it loses the page', async () => {
    const page = '<html><script>alert(1)</script>';
    for (const make of [pictures.jpeg, pictures.png, pictures.gif, pictures.webp])
      expect((await read(make({ trailer: page }))).bytes.includes('script')).toBe(false);
  });

  test('after all of them a good picture is read', async () => {
    for (const [, file] of refused) await outcomeOf(file);
    expect(await read(pictures.jpeg())).toMatchObject({ width: 40 });
  });
});

describe('a picture whose time is over', () => {
  /** The times of a clock, one for each look at it. */
  const clockOf =
    (...times: number[]) =>
    () =>
      times.shift() ?? Number.NaN;
  const cut = pictures.jpeg({ width: 80, height: 60 }).subarray(0, 300);

  test('is rejected if its decoder has worked', async () => {
    await expect(readPicture(cut, 'jpeg', 0.000_001, clockOf(0, 100))).rejects.toMatchObject({
      code: 'too-slow',
    });
  });

  test('is tried again if its decoder has waited for a busy computer', async () => {
    await expect(readPicture(cut, 'jpeg', 0.000_001, clockOf(0, 0))).rejects.toMatchObject({
      code: 'out-of-time',
      retryable: true,
    });
  });
});
