import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { CARD, RENDITION_WIDTHS, renditionName } from '../../../shared/model/media-address.ts';
import type { Clock } from '../model/deadline.ts';
import sharp, { type Image } from '../packages/sharp.ts';
import { stripGif } from './gif.ts';
import type { PictureKind } from './media-kind.ts';
import { stripWebp } from './riff.ts';
import { type MadeRendition, type StrippedMedia, sizeOf } from './stripped.ts';

/** Maximum size of a published picture, in pixels. Infographics are high. WebP allows 16,383. */
const MAX_WIDTH = Math.max(...RENDITION_WIDTHS);
const MAX_HEIGHT = 8_000;

/**
 * Maximum number of pixels of a picture that its decoder holds in memory as a whole: 4 to 8 bytes for each. Other pictures
 * are read row by row, up to the limit of {@link sizeOf}.
 */
const MAX_WHOLE_PIXELS = 50_000_000;

/** Maximum number of pixels of all frames of an animation. Phones decode some 100 million in a second. */
const MAX_ANIMATION_PIXELS = 200_000_000;

/** Of a photo of 12 million pixels, effort 4 makes files 4 % smaller in twice the time. */
const WEBP = { quality: 72, effort: 2 };

/**
 * Maximum size of a rendition that telephones load, in bytes. The pixels of their screens are small, so a lower quality is
 * hardly seen there. Few pictures need it: those with fine detail everywhere, such as gravel and crowds.
 */
const MAX_PHONE_BYTES = 150_000;

/** The widest rendition that a telephone loads, in pixels. */
const PHONE_WIDTH = 1_200;

/** Qualities that are tried one after the other until a rendition is small enough. */
const LOWER_QUALITIES = [55, 40, 28];

/** Letters and lines of graphics show the faults of WebP more than photos do. */
const WEBP_OF_GRAPHIC = { ...WEBP, quality: 90 };

const JPEG = { quality: 80 };

/** Maximum size of a PNG file of a graphic, relative to JPEG. That of a photo is five times as large, or more. */
const MAX_PNG = 1.5;

/** Names of the formats in messages and in sharp. */
const FORMATS: Record<PictureKind, { name: string; format: string }> = {
  jpeg: { name: 'JPEG image', format: 'jpeg' },
  png: { name: 'PNG image', format: 'png' },
  gif: { name: 'GIF image', format: 'gif' },
  webp: { name: 'WebP image', format: 'webp' },
  avif: { name: 'AVIF image', format: 'heif' },
};

interface Size {
  width: number;
  height: number;
}

/** Pixels that are decoded, upright and in sRGB. */
interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/**
 * Makes the files that the site shows of a picture: upright, without metadata, and never larger than the original. The
 * main file is JPEG, or PNG if the picture is transparent or a graphic. Its renditions are WebP. An animation stays as it
 * is, without its metadata.
 * @param seconds maximum time
 * @param clock measures the CPU time of the decoder
 * @throws Rejection if the file is damaged, cut off or too large, or takes too much CPU time
 * @throws CopydeskError `out-of-time` if the time passed while the decoder waited for the processor
 */
export async function readPicture(
  file: Uint8Array,
  kind: PictureKind,
  seconds: number,
  clock: Clock = processTime,
): Promise<StrippedMedia> {
  const trial = new Trial(FORMATS[kind].name, seconds, clock);
  const head = await headOf(file, kind, trial);
  const { width, height, shown, pages = 1 } = head;
  if (pages > 1 && kind !== 'avif') return animation(file, kind, pages * width * height);
  const isReadByRow = (kind === 'jpeg' || kind === 'png') && !head.isProgressive;
  if (!isReadByRow && width * height > MAX_WHOLE_PIXELS) throw tooManyPixels(width, height);
  const whole = await trial.of(() => decoded(file, shown, seconds));
  return trial.of(() => filesOf(whole, kind));
}

/** Maximum time to read the head of a picture, in seconds. */
const HEAD_SECONDS = 10;

/**
 * The size of a picture as browsers show it, in pixels. Its pixels are not decoded.
 * @throws Rejection if the file is damaged or too large
 */
export async function pictureSize(file: Uint8Array, kind: PictureKind): Promise<Size> {
  return (await headOf(file, kind, new Trial(FORMATS[kind].name, HEAD_SECONDS, processTime))).shown;
}

/** What the head of a file states. `shown` is the size of the picture when it is upright. */
async function headOf(file: Uint8Array, kind: PictureKind, trial: Trial) {
  const head = await trial.of(() => sharp(file, { failOn: 'error', limitInputPixels: false }).metadata());
  if (head.format !== FORMATS[kind].format) throw trial.damaged();
  return { ...head, shown: sizeOf(head.width, head.height, (head.orientation ?? 1) >= 5) };
}

function tooManyPixels(width: number, height: number): Rejection {
  return new Rejection(
    'too-large',
    `The picture has ${width} × ${height} pixels; the limit for its format is ${MAX_WHOLE_PIXELS / 1_000_000} million. Make it smaller, or save it as a JPEG image that is not progressive.`,
  );
}

/** The CPU time of all threads of the process, in milliseconds. The decoder has threads of its own. */
const processTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * Minimum share of the time that a slow file keeps a processor busy. On a computer with other work, a good file can take
 * as long with less.
 */
const BUSY_SHARE = 0.5;

/** Attempts to decode one file. */
class Trial {
  readonly #name: string;
  readonly #end: number;
  readonly #clock: Clock;
  readonly #busyEnd: number;

  constructor(name: string, seconds: number, clock: Clock) {
    this.#name = name;
    this.#end = performance.now() + seconds * 1_000;
    this.#clock = clock;
    this.#busyEnd = clock() + seconds * BUSY_SHARE * 1_000;
  }

  damaged(): Rejection {
    return new Rejection(
      'unreadable',
      `The ${this.#name} is damaged or cut off. Open it in an image editor, save it again and upload it.`,
    );
  }

  /** The file is too slow only if it was decoded for that time. Otherwise it is tried again later. */
  #late(cause: unknown): Error {
    return this.#clock() < this.#busyEnd
      ? new CopydeskError(
          'out-of-time',
          `The ${this.#name} was not read in time, because the computer is busy.`,
          { cause },
        )
      : new Rejection('too-slow', `The ${this.#name} takes too long to read. Make it smaller.`, { cause });
  }

  /**
   * Runs one step.
   * @throws Rejection if the file is at fault
   * @throws Error if sharp does not work any more
   */
  async of<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      if (performance.now() >= this.#end) throw this.#late(error);
      // If a program error has stopped the decoder, it refuses good pictures too. These must not be rejected.
      await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
        .png()
        .toBuffer();
      throw this.damaged();
    }
  }
}

function animation(file: Uint8Array, kind: PictureKind, pixels: number): StrippedMedia {
  if (pixels > MAX_ANIMATION_PIXELS)
    throw new Rejection(
      'too-large',
      `The animation has ${Math.round(pixels / 1_000_000)} million pixels in all frames; the limit is ${MAX_ANIMATION_PIXELS / 1_000_000} million. Make it smaller or shorter, or upload a video.`,
    );
  return kind === 'gif' ? stripGif(file) : stripWebp(file);
}

/** The pixels of a file: upright, in sRGB, and without an alpha channel if no pixel is transparent. */
async function decoded(file: Uint8Array, shown: Size, seconds: number): Promise<Pixels> {
  const pixels = await pixelsOf(
    sharp(file, { failOn: 'error', limitInputPixels: shown.width * shown.height, sequentialRead: true })
      .timeout({ seconds: Math.max(1, Math.ceil(seconds)) })
      .autoOrient()
      .resize({ width: MAX_WIDTH, height: MAX_HEIGHT, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb'),
  );
  return hasAlpha(pixels) && isOpaque(pixels) ? pixelsOf(open(pixels).removeAlpha()) : pixels;
}

async function pixelsOf(image: Image): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data, width, height, channels };
}

function open({ data, ...raw }: Pixels): Image {
  return sharp(data, { raw });
}

function hasAlpha({ channels }: Pixels): boolean {
  return channels % 2 === 0;
}

function isOpaque({ data, channels }: Pixels): boolean {
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return false;
  return true;
}

async function filesOf(pixels: Pixels, kind: PictureKind): Promise<StrippedMedia> {
  const { width, height } = pixels;
  const jpeg = hasAlpha(pixels) ? undefined : await open(pixels).jpeg(JPEG).toBuffer();
  const mayBeGraphic = kind === 'png' || kind === 'gif';
  const png = mayBeGraphic || jpeg === undefined ? await open(pixels).png().toBuffer() : undefined;
  const isGraphic = png !== undefined && (jpeg === undefined || png.length <= MAX_PNG * jpeg.length);
  const widths = widthsOf(width);
  const renditions: MadeRendition[] = [];
  for (const [index, each] of widths.entries()) {
    const image = each === width ? open(pixels) : open(pixels).resize({ width: each });
    let bytes = await image.webp(isGraphic ? WEBP_OF_GRAPHIC : WEBP).toBuffer();
    for (const quality of LOWER_QUALITIES)
      if (each <= PHONE_WIDTH && bytes.length > MAX_PHONE_BYTES)
        bytes = await image.webp({ ...WEBP, quality }).toBuffer();
    renditions.push({ name: renditionName(index), type: 'image/webp', bytes });
  }
  const colour = hasAlpha(pixels) ? undefined : await dominantColour(pixels);
  const card = await cardOf(pixels, colour);
  if (card) renditions.push({ name: CARD.name, type: 'image/jpeg', bytes: card });
  const [bytes, type] = isGraphic
    ? [png, 'image/png' as const]
    : [jpeg ?? Buffer.alloc(0), 'image/jpeg' as const];
  return {
    bytes,
    type,
    width,
    height,
    widths,
    ...(colour && { colour }),
    ...(card && { card: true }),
    renditions,
  };
}

/** The widths of the renditions: no picture is enlarged, and the last one has all pixels. */
function widthsOf(width: number): number[] {
  const smaller = RENDITION_WIDTHS.filter(each => each < width);
  return [...smaller, width].slice(0, RENDITION_WIDTHS.length);
}

/** The most common colour: `#rrggbb`. */
async function dominantColour(pixels: Pixels): Promise<string> {
  const small = await pixelsOf(
    open(pixels).resize({ width: 64, height: 64, fit: 'inside' }).toColourspace('srgb'),
  );
  const { dominant } = await open(small).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * The picture for link previews. A wide picture is cut where the least happens. A high one is shown whole, beside its
 * dominant colour, because a cut would go through faces. Undefined if the picture is too small for it.
 */
async function cardOf(pixels: Pixels, colour = '#ffffff'): Promise<Buffer | undefined> {
  const { width, height } = CARD;
  const isWide = pixels.width > pixels.height;
  if (pixels.height < height || (isWide && pixels.width < width)) return undefined;
  const image = open(pixels).flatten({ background: colour });
  const fitted = isWide
    ? image.resize({ width, height, fit: 'cover', position: 'attention' })
    : image.resize({ width, height, fit: 'contain', background: colour });
  return fitted.jpeg(JPEG).toBuffer();
}
