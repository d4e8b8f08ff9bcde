import fc from 'fast-check';
import { readTranscript } from '../../../functions/ingest/media/transcript.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

/** Transcripts are data from anybody: only their cues are kept, as text. */

const read = (file: string | Buffer, name = 'a.vtt') =>
  readTranscript(Buffer.from(file), name).bytes.toString();
const cue = (text: string) =>
  read(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`).split('\n').slice(3).join('\n');
const srtCue = (text: string) =>
  read(`1\n00:00:01,000 --> 00:00:02,000\n${text}\n`, 'a.srt').split('\n').slice(2).join('\n');

test.each([
  ['plain text', 'The tide.', 'The tide.'],
  ['simple tags', '<i>a</i> <b>b</b> <u>c</u>', '<i>a</i> <b>b</b> <u>c</u>'],
  [
    'voices, languages and times',
    '<v Ann>a <lang de>b</lang> <00:01.500>c',
    '<v Ann>a <lang de>b</lang> <00:01.500>c',
  ],
  ['classes', '<c.red.big>a</c> <v.loud Ann>b', '<c>a</c> <v Ann>b'],
  ['HTML', 'a<script src=x>b</script><img src=x onerror=y>', 'ab'],
  ['attributes', '<b onclick=x>a</b>', '<b>a</b>'],
  ['tags in tags', '<<b>script>a', '&lt;<b>script>a'],
  ['tags that dropped tags would make', '<<x>script>a', '&lt;script>a'],
  ['an open tag', 'a <script', 'a &lt;script'],
  ['an arrow', 'a --> b', 'a → b'],
  ['an arrow that dropped tags would make', 'a -<x>-> b', 'a → b'],
])('a cue of WebVTT with %s', (_, given, expected) => expect(cue(given)).toBe(`${expected}\n`));

test.each([
  ['simple tags', '<i>a</i> <font color="red">b</font>', '<i>a</i> b'],
  ['signs', '3 < 4 <3', '3 < 4 <3'],
  ['numbers between signs', 'a <4 and 5> b', 'a <4 and 5> b'],
  ['a sign before a dropped tag and a number', 'a <<v Ann>0>', 'a <0>'],
  ['tags that dropped tags would make', '<<x>script>a', 'script>a'],
  ['an open tag', 'a <script', 'a script'],
  ['a sign before a dropped tag at the end', 'a <\n<v Ann>', 'a <'],
  ['an arrow that dropped signs would make', 'a --<<x>> b', 'a → b'],
])('a cue of SubRip with %s', (_, given, expected) => expect(srtCue(given)).toBe(`${expected}\n`));

test('keeps the cues and their places, and nothing else', () => {
  const file =
    '\ufeffWEBVTT - by Jane Roe\nX-Secret: 1\n\nNOTE Jane\ntold us\n\nREGION\nid:r\n\nSTYLE\n::cue{background:url(x)}\n\nintro\n1:02:03.004 --> 1:02:05.000 align:start region:r line:90%\r\na\rb\n\n\n00:09.000 --> 00:10.000\n\nlate words\n';
  expect(read(file)).toBe(
    'WEBVTT\n\n01:02:03.004 --> 01:02:05.000 align:start line:90%\na\nb\n\n00:00:09.000 --> 00:00:10.000\nlate words\n',
  );
});

test('numbers the cues of SubRip anew, and reads the charsets of its programs', () => {
  const file = Buffer.from(
    '7\r\n0:0:1,5 --> 0:0:2,000 X1:1\r\nCaf\xe9 au lait, d\xe9j\xe0 vu\r\n\r\n9\r\n00:00:03.000 --> 00:00:04.000\r\nb\r\n\r\nc',
    'latin1',
  );
  expect(read(file, 'A.SRT')).toBe(
    '1\n00:00:01,500 --> 00:00:02,000\nCafé au lait, déjà vu\n\n2\n00:00:03,000 --> 00:00:04,000\nb\nc\n',
  );
});

test.each([
  ['no head', 'a.vtt', '00:01.000 --> 00:02.000\na', 'first line'],
  ['a head alone', 'a.vtt', 'WEBVTT\n\n', 'no line with times'],
  ['a story', 'a.srt', 'The harbour.\n\nThe tide.', 'line 1 stands before'],
  ['nothing', 'a.srt', '', 'no line with times'],
  ['too much', 'a.srt', 'a'.repeat(2_000_001), 'the limit is 2 MB'],
])('rejects a file with %s', (_, name, file, words) => {
  expect(() => read(file, name)).toThrow(Rejection);
  expect(() => read(file, name)).toThrow(words);
});

test.each([
  ['a.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<<b>x <script> &lt;i> -->\n'],
  ['a.srt', '1\n00:00:01,000 --> 00:00:02,000\n3 <\r<v Ann>'],
  ['b.srt', '1\n00:00:01,000 --> 00:00:02,000\n<<v Ann>0>'],
])('a cleaned transcript stays as it is: %s', (name, file) => {
  const once = read(file, name);
  expect(read(once, name)).toBe(once);
});

test('takes linear time', () => {
  const head = 'WEBVTT\n\n00:01.000 --> 00:02.000\n';
  for (const part of ['<', '<v ', '--', ' ', '\n\n', '00:01.000 ', '0', '<v a']) {
    const started = performance.now();
    try {
      read(head + part.repeat(Math.floor(1_900_000 / part.length)));
    } catch (error) {
      expect(error).toBeInstanceOf(Rejection);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});

test('damaged files are rejected or become cues with known tags only', () => {
  const part = fc.constantFrom(
    ...[
      'WEBVTT',
      '\n',
      '\n\n',
      '1',
      '00:01.000 --> 00:02.000',
      '00:00:01,000 --> 00:00:02,000',
      ' --> ',
      'NOTE',
      'STYLE',
    ],
    ...[
      '<b>',
      '</b>',
      '<',
      '>',
      '<v Ann>',
      '<script>',
      '<img src=x onerror=y>',
      '<!--',
      '-->',
      '&lt;',
      'text',
      '\0',
      '\r',
    ],
  );
  const file = fc.tuple(fc.boolean(), fc.array(part, { maxLength: 30 }), fc.uint8Array({ maxLength: 20 }));
  fc.assert(
    fc.property(file, fc.constantFrom('a.vtt', 'a.srt'), ([isWhole, parts, rest], name) => {
      const head =
        name === 'a.vtt' ? 'WEBVTT\n\n00:01.000 --> 00:02.000\n' : '1\n00:00:01,000 --> 00:00:02,000\n';
      const bytes = Buffer.concat([Buffer.from((isWhole ? head : '') + parts.join('')), rest]);
      let text: string;
      try {
        text = read(bytes, name);
      } catch (error) {
        expect(error).toBeInstanceOf(Rejection);
        return;
      }
      const tags = text.match(/<[a-z!/][^>]*>?/gi) ?? [];
      expect(tags.filter(tag => !/^<(?:\/?[bv]|v Ann)>$/.test(tag))).toEqual([]);
      expect(text).not.toMatch(/\n\n(?:NOTE|STYLE)\n/);
      expect(read(text, name)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
