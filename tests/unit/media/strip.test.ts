import fc from 'fast-check';
import { mediaKind } from '../../../functions/ingest/media/media-kind.ts';
import { stripMedia } from '../../../functions/ingest/media/strip-media.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import * as parts from '../../support/media-parts.ts';
import * as recordings from '../../support/recordings.ts';

const { SECRET } = parts;

const FILES: [string, Buffer, object][] = [
  ['WAVE', recordings.wave(), { type: 'audio/wav' }],
  ['MP3', recordings.mp3(), { type: 'audio/mpeg' }],
  ['MP3 without a tag', recordings.mp3({ tagged: false }), { type: 'audio/mpeg' }],
  ['MP4', recordings.mp4(), { type: 'video/mp4' }],
  ['M4A', recordings.mp4({ video: false, brand: 'M4A ' }), { type: 'audio/mp4' }],
  ['WebM', recordings.webm(), { type: 'video/webm' }],
  ['WebM of sound', recordings.webm({ video: false }), { type: 'audio/webm' }],
  ['Ogg', recordings.ogg(), { type: 'audio/ogg' }],
  ['Ogg with Vorbis', recordings.ogg('\x01vorbis', '\x03vorbis'), { type: 'audio/ogg' }],
  ['Ogg with video', recordings.ogg('\x80theora', '\x81theora'), { type: 'video/ogg' }],
];

describe.each(FILES)('%s', (_, file, facts) => {
  test('is known by its content, with its type and size', () => {
    expect(mediaKind(file)).toBeDefined();
    const { bytes, ...found } = stripMedia(file);
    expect(found).toEqual(facts);
    expect(bytes.length).toBeGreaterThan(10);
  });

  test('holds no metadata afterwards, and is as it should be already', () => {
    const { bytes } = stripMedia(file);
    expect(bytes.includes('Jane Roe')).toBe(false);
    expect(bytes.includes('50.4501N')).toBe(false);
    expect(stripMedia(bytes).bytes.equals(bytes)).toBe(true);
  });

  test('is not changed in the hands of the caller', () => {
    const copy = Buffer.from(file);
    stripMedia(copy);
    expect(copy.equals(file)).toBe(true);
  });

  test('cut off anywhere it is refused, or is whole', () => {
    for (let length = 0; length < file.length; length += 1) {
      const cut = file.subarray(0, length);
      if (!mediaKind(cut)) continue;
      const outcome = outcomeOf(cut);
      if (!(outcome instanceof Rejection)) expect(outcome.bytes.includes('Jane Roe')).toBe(false);
    }
  });
});

function outcomeOf(file: Uint8Array) {
  try {
    return stripMedia(file);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

test.each([['MP4', recordings.mp4(), 100]])('a %s without its end is refused', (_, file, missing) => {
  expect(outcomeOf(file.subarray(0, -missing))).toMatchObject({ code: 'unreadable' });
});

test('whatever bytes are changed, the outcome is a file or a rejection', () => {
  const files = FILES.map(([, file]) => file);
  const change = fc.record({ at: fc.nat(2_000), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(change, { maxLength: 12 }), (file, changes) => {
      const copy = Buffer.from(file);
      for (const { at, value } of changes) copy[at % copy.length] = value;
      const outcome = mediaKind(copy) ? outcomeOf(copy) : undefined;
      expect(outcome === undefined || outcome instanceof Rejection || outcome.bytes.length > 0).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

describe('what is kept', () => {
  test('the title and the chapters of an MP3', () => {
    const { bytes } = stripMedia(recordings.mp3());
    expect(bytes.includes('The harbour hour')).toBe(true);
    expect(bytes.includes('CHAP')).toBe(true);
  });

  test('the places of everything in files that name their data by position', () => {
    for (const file of [recordings.mp4(), recordings.webm()]) {
      const { bytes } = stripMedia(file);
      expect(bytes.length).toBe(file.length);
    }
  });
});

describe('hostile files', () => {
  const refused: [string, Buffer, string][] = [
    ['Matroska', recordings.webm({ docType: 'matroska' }), 'unreadable'],
    [
      'an MP4 of a box within itself',
      parts.box('ftyp', 'isom', Buffer.alloc(4), parts.box('moov')),
      'unreadable',
    ],
  ];

  test.each(refused)('%s is refused', (_, file, code) => {
    expect(mediaKind(file)).toBeDefined();
    expect(outcomeOf(file)).toMatchObject({ code, message: expect.stringMatching(/[A-Z].*\.$/) });
  });

  test.each([
    ['text', 'GIF is a format.'],
    ['text that begins with ID3', 'ID3 tags are explained in this story.'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['HTML', '<html><img src="a.jpg">'],
    ['UTF-16', Buffer.from('\ufeffUne histoire', 'utf16le')],
    ['HEIC', parts.box('ftyp', 'heic', Buffer.alloc(4))],
    ['QuickTime', parts.box('ftyp', 'qt  ', Buffer.alloc(4))],
    ['nothing', ''],
  ])('%s is no media', (_, file) => {
    expect(mediaKind(Buffer.from(file as string))).toBeUndefined();
  });

  test('a large file takes no longer than it takes to read it', async () => {
    // A fifth of the largest file (limits.mediaBytes): a scan of a scan would take minutes of it too.
    const size = 5_000_000;
    const ms = await cpuMsOf(() => {
      for (const head of [recordings.mp3({ tagged: false }), recordings.ogg()])
        for (const fill of [0, 0xff, 0x2c, 0x01]) outcomeOf(Buffer.concat([head, Buffer.alloc(size, fill)]));
    });
    expect(ms).toBeLessThan(4_000);
  });
});

test('the files of the tests do hold the secret, so that its absence proves something', () => {
  for (const [name, file] of FILES.filter(([name]) => !/without a tag/.test(name)))
    expect([name, file.includes(SECRET)]).toEqual([name, true]);
});
