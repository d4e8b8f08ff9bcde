import fc from 'fast-check';
import { durationOf } from '../../../functions/ingest/media/duration.ts';
import { stripMedia } from '../../../functions/ingest/media/strip-media.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import * as recordings from '../../support/recordings.ts';

/** Recordings by hand that state how long they are. A frame of MP3 has 1,152 samples of 44,100 in a second. */
const FILES: [string, Buffer, number][] = [
  ['WAVE', recordings.wave({ samples: 20_000 }), 3],
  ['MP3', recordings.mp3({ frames: 190 }), 5],
  ['MP3 with a damaged chapter', recordings.mp3({ frames: 190, chapter: 'Opening' }), 5],
  ['MP3 of a variable bitrate', recordings.variableMp3(400), 10],
  ['MP4', recordings.mp4({ seconds: 95 }), 95],
  ['M4A', recordings.mp4({ video: false, brand: 'M4A ', seconds: 3_725 }), 3_725],
  ['WebM', recordings.webm({ seconds: 7 }), 7],
  ['WebM of sound', recordings.webm({ video: false, seconds: 62 }), 62],
  ['Ogg with Opus', recordings.ogg(undefined, undefined, { seconds: 61 }), 61],
];

const stripped = (file: Uint8Array) => {
  const { bytes, type } = stripMedia(file);
  return durationOf(bytes, type);
};

test.each(FILES)('the duration of %s is that of its sound', async (_, file, seconds) => {
  expect(await stripped(file)).toBe(seconds);
});

test.each([
  ['an MP4 that states none', recordings.mp4()],
  ['an MP4 that states a year', recordings.mp4({ seconds: 3_000_000 })],
  ['a WebM of a live stream', recordings.webm()],
  ['an Ogg of another codec', recordings.ogg('\x80theora', '\x81theora')],
])('the duration of %s is unknown', async (_, file) => {
  expect(await stripped(file)).toBeUndefined();
});

test('a recording of an instant has one second, because players show no zero', async () => {
  expect(await stripped(recordings.wave())).toBe(1);
});

test('a file that is cut off or changed has a duration or none, and never fails', async () => {
  const files = FILES.map(([, file]) => file);
  const change = fc.record({ at: fc.nat(1_500), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(change, { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (file, changes, share) => {
        const copy = Buffer.from(file.subarray(0, Math.ceil(file.length * (share < 0.5 ? 1 : share))));
        for (const { at, value } of changes) copy[at % copy.length] = value;
        try {
          const seconds = await stripped(copy);
          if (seconds !== undefined) expect(Number.isInteger(seconds) && seconds > 0).toBe(true);
        } catch (error) {
          if (!(error instanceof Rejection)) throw error;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a search through noise ends without a duration', async () => {
  const noise = Buffer.concat([recordings.variableMp3(9), Buffer.alloc(10_000_000, 0xff)]);
  expect(await stripped(noise)).toBeUndefined();
});
