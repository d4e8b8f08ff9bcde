import { box, full, numbers, riff, SECRET } from './media-parts.ts';

/** Recordings made by hand, small and whole, with metadata that must not be published. */

/** A WAVE recording with an information chunk. */
export function wave(): Buffer {
  return riff('WAVE', [
    ['fmt ', Buffer.alloc(16, 1)],
    ['LIST', `INFO${SECRET}`],
    ['data', Buffer.alloc(32)],
  ]);
}

/** An MP4 as far as its boxes go, with a place in its user data, and a track of places. */
export function mp4({ video = true, brand = 'isom' } = {}): Buffer {
  const track = (handler: string) =>
    box(
      'trak',
      full('tkhd', 0, Buffer.alloc(80)),
      box('udta', SECRET),
      box('mdia', full('hdlr', 0, Buffer.alloc(4), handler, Buffer.alloc(13, handler === 'meta' ? 65 : 0))),
    );
  return Buffer.concat([
    box('ftyp', brand, Buffer.alloc(4), brand),
    box('free', SECRET),
    box('mdat', Buffer.alloc(64, 3)),
    box(
      'moov',
      full('mvhd', 0, Buffer.alloc(96)),
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
export function mp3({ frames = 4, tagged = true } = {}): Buffer {
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
    id3('CHAP', 'Opening'),
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

/** An Ogg file of three pages, with comments that name a place. */
export function ogg(codec = 'OpusHead', prefix = 'OpusTags'): Buffer {
  const size = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return length;
  };
  const page = (flags: number, content: Buffer) =>
    Buffer.concat([
      Buffer.from('OggS\0'),
      Buffer.from([flags]),
      Buffer.alloc(20),
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
    page(4, Buffer.from('sound')),
  ]);
}

/** A WebM file with tags, and attached files of a short and a long kind. */
export function webm({ video = true, docType = 'webm' } = {}): Buffer {
  const element = (id: string, ...content: (Buffer | string)[]) => {
    const body = Buffer.concat(content.map(part => Buffer.from(part as string, 'latin1')));
    const size = body.length < 127 ? Buffer.from([0x80 | body.length]) : numbers(4, 0x10000000 | body.length);
    return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
  };
  return Buffer.concat([
    element('1a45dfa3', element('4282', docType)),
    element(
      '18538067',
      element('1654ae6b', element('ae', element('83', Buffer.from([video ? 1 : 2])))),
      element('1254c367', SECRET),
      element('1941a469', SECRET.repeat(5)),
      element('1f43b675', 'frames'),
    ),
  ]);
}
