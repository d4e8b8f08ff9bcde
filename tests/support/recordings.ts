import { box, full, numbers, riff, SECRET } from './media-parts.ts';

/** Recordings made by hand, small and whole, with metadata that must not be published. */

/** A WAVE recording with an information chunk. It has 8,000 samples of one byte in a second. */
export function wave({ samples = 32 } = {}): Buffer {
  const format = Buffer.from([1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]);
  return riff('WAVE', [
    ['fmt ', format],
    ['LIST', `INFO${SECRET}`],
    ['data', Buffer.alloc(samples)],
  ]);
}

/** An MP4 as far as its boxes go, with a place in its user data, and a track of places. */
export function mp4({ video = true, brand = 'isom', seconds = 0 } = {}): Buffer {
  // No dates, 1,000 units in a second, and their number.
  const times = numbers(4, 0, 0, 1_000, seconds * 1_000);
  const description = full('stsd', 0, numbers(4, 1), box('mp4a', Buffer.alloc(28)));
  const track = (handler: string) =>
    box(
      'trak',
      full('tkhd', 0, Buffer.alloc(80)),
      box('udta', SECRET),
      box(
        'mdia',
        full('mdhd', 0, times, Buffer.alloc(4)),
        full('hdlr', 0, Buffer.alloc(4), handler, Buffer.alloc(13, handler === 'meta' ? 65 : 0)),
        box(
          'minf',
          box('stbl', description, full('stts', 0, numbers(4, 0)), full('stsz', 0, numbers(4, 4, 0))),
        ),
      ),
    );
  return Buffer.concat([
    box('ftyp', brand, Buffer.alloc(4), brand),
    box('free', SECRET),
    box('mdat', Buffer.alloc(64, 3)),
    box(
      'moov',
      full('mvhd', 0, times, Buffer.alloc(80)),
      ...(video ? [track('vide')] : []),
      track('soun'),
      track('meta'),
      box('udta', box('\xa9xyz', SECRET)),
      full('meta', 0, SECRET),
    ),
    box('uuid', SECRET),
  ]);
}

/** An MP3 with a title, a chapter, a private frame and a tag at its end. */
export function mp3({ frames = 4, tagged = true, chapter = 'Opening'.padEnd(16, '\0') } = {}): Buffer {
  // MPEG 1, Layer III, 128 kbit/s, 44.1 kHz: 417 bytes.
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413, 5)]);
  const id3 = (name: string, text: string) => {
    const head = Buffer.alloc(10);
    head.write(name);
    head.writeUInt32BE(text.length + 1, 4);
    return Buffer.concat([head, Buffer.alloc(1), Buffer.from(text)]);
  };
  const body = Buffer.concat([
    id3('TIT2', 'The harbour hour'),
    id3('PRIV', SECRET),
    id3('TXXX', SECRET),
    id3('CHAP', chapter),
    Buffer.alloc(20),
  ]);
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, body.length >> 7, body.length & 0x7f]);
  const end = Buffer.alloc(128);
  end.write(`TAG${SECRET}`);
  return Buffer.concat([
    ...(tagged ? [head, body] : []),
    ...Array(frames).fill(frame),
    ...(tagged ? [end] : []),
  ]);
}

/** Head of Opus: version 1, one channel, 48,000 samples in a second. */
const OPUS_HEAD = 'OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0';

/** An Ogg file of three pages, with comments that name a place. */
export function ogg(codec = OPUS_HEAD, prefix = 'OpusTags', { seconds = 0 } = {}): Buffer {
  const size = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return length;
  };
  const page = (flags: number, content: Buffer, samples = 0) =>
    Buffer.concat([
      Buffer.from('OggS\0'),
      Buffer.from([flags]),
      numbers(4, samples).reverse(),
      Buffer.alloc(16),
      Buffer.from([1, content.length]),
      content,
    ]);
  const comments = Buffer.concat([
    Buffer.from(prefix, 'latin1'),
    size('Lavf'),
    Buffer.from('Lavf'),
    Buffer.from([1, 0, 0, 0]),
    size(`LOCATION=${SECRET}`),
    Buffer.from(`LOCATION=${SECRET}`),
  ]);
  return Buffer.concat([
    page(2, Buffer.from(codec, 'latin1')),
    page(0, comments),
    page(4, Buffer.from('sound'), seconds * 48_000),
  ]);
}

/** A WebM file with tags, and attached files of a short and a long kind. */
export function webm({ video = true, docType = 'webm', seconds = 0 } = {}): Buffer {
  const element = (id: string, ...content: (Buffer | string)[]) => {
    const body = Buffer.concat(content.map(part => Buffer.from(part as string, 'latin1')));
    const size = body.length < 127 ? Buffer.from([0x80 | body.length]) : numbers(4, 0x10000000 | body.length);
    return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
  };
  // In milliseconds.
  const length = Buffer.alloc(4);
  length.writeFloatBE(seconds * 1_000);
  return Buffer.concat([
    element('1a45dfa3', element('4282', docType)),
    element(
      '18538067',
      element('1549a966', element('2ad7b1', numbers(4, 1_000_000)), element('4489', length)),
      element(
        '1654ae6b',
        element(
          'ae',
          element('83', Buffer.from([video ? 1 : 2])),
          element('86', 'A_OPUS'),
          element('e1', element('9f', Buffer.from([1]))),
        ),
      ),
      element('1254c367', SECRET),
      element('1941a469', SECRET.repeat(5)),
      element('1f43b675', 'frames'),
    ),
  ]);
}

/** An MP3 of so many frames of 64, 128 and 256 kbit/s, without a header about its length. */
export function variableMp3(frames: number): Buffer {
  const kinds = [
    [0x50, 208],
    [0x90, 417],
    [0xd0, 835],
  ] as const;
  return Buffer.concat(
    Array.from({ length: frames }, (_, index) => {
      const [bitrate, length] = kinds[index % kinds.length] ?? kinds[0];
      return Buffer.concat([Buffer.from([0xff, 0xfb, bitrate, 0]), Buffer.alloc(length - 4, 5)]);
    }),
  );
}
