import fc from 'fast-check';
import { isArticleZip, readMembers, ZIP_LIMITS } from '../../../functions/ingest/zip/members.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { makeDocx, makeZip } from '../../support/zip.ts';

const story = 'A bridge opens\n\nThe bridge opened on Monday, a year late.';
const limits = { members: 10, memberBytes: 400_000, mediaBytes: 600_000, totalBytes: 1_000_000, ratio: 100 };

async function rejection(bytes: Uint8Array): Promise<Rejection> {
  try {
    await readMembers(bytes, limits);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error('the zip was not rejected');
}

/** Text that hardly deflates. */
function noise(length: number): string {
  let seed = 7;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (seed % 26));
  }).join('');
}

test('a zip of articles is one; a document is not, nor is text', () => {
  expect(isArticleZip(makeZip([{ name: 'a.txt', content: story }]))).toBe(true);
  expect(isArticleZip(makeZip([{ name: 'xl/a.txt', content: 'word/document.xml' }]))).toBe(true);
  expect(isArticleZip(makeDocx('<w/>'))).toBe(false);
  expect(isArticleZip(makeZip([{ name: 'mimetype', content: 'application/epub+zip', stored: true }]))).toBe(
    false,
  );
  expect(isArticleZip(Buffer.from('PK is short for penalty kick.'))).toBe(false);
  expect(isArticleZip(new Uint8Array())).toBe(false);
});

test('members come in the order of their names, without folders, dotfiles and what macOS adds', async () => {
  const { members, skipped } = await readMembers(
    makeZip([
      { name: 'world/b.txt', content: 'b', stored: true },
      { name: 'world/', content: '' },
      { name: '__MACOSX/world/._b.txt', content: 'x' },
      { name: '.DS_Store', content: 'x' },
      { name: 'world/.git/config', content: 'x' },
      { name: 'a.txt', content: story },
    ]),
    limits,
  );
  expect(members.map(({ name }) => name)).toEqual(['a.txt', 'world/b.txt']);
  expect(Buffer.from(members[0]?.bytes ?? []).toString()).toBe(story);
  expect(skipped).toEqual([]);
});

test('names are made relative and safe, and decoded', async () => {
  const { members, skipped } = await readMembers(
    makeZip([
      { name: '../../etc/passwd.txt', content: 'a' },
      { name: '/abs/b.txt', content: 'b' },
      { name: 'C:\\desk\\c.txt', content: 'c' },
      { name: './d\u0000\u202e.txt', content: 'd' },
      { name: Buffer.from('\x81ber.txt', 'latin1'), content: 'e', flags: 0 },
      {
        name: Buffer.from([0x8d, 0xae, 0xa2, 0xae, 0xe1, 0xe2, 0xec, 0x2e, 0x74, 0x78, 0x74]),
        content: 'f',
        flags: 0,
      },
      { name: Buffer.from('žluť.txt'), content: 'g', flags: 0 },
      { name: 'abs/b.txt', content: 'twice' },
    ]),
    limits,
  );
  const names = members.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'etc/passwd.txt',
      'abs/b.txt',
      'desk/c.txt',
      'über.txt',
      'Новость.txt',
      'žluť.txt',
    ]),
  );
  expect(skipped).toEqual([{ name: 'abs/b.txt', why: 'has the name of another file in the zip' }]);
});

test('what cannot or may not be unpacked is named with the reason; the rest is read', async () => {
  const inner = makeZip([{ name: 'a.txt', content: story }]);
  const { members, skipped } = await readMembers(
    makeZip([
      { name: 'good.txt', content: story },
      { name: 'story.docx', content: makeDocx('<w/>') },
      { name: 'bomb.txt', content: 'a'.repeat(300_000) },
      { name: 'huge.txt', content: noise(400_001) },
      { name: 'inner.zip', content: inner },
      { name: 'inner.gz', content: Buffer.from('\x1f\x8b\x08\0\0', 'latin1') },
      { name: 'secret.txt', content: story, flags: 1 },
      { name: 'link.txt', content: '/etc/passwd', mode: 0o120777 },
      { name: 'liar.txt', content: story, claims: 5 },
    ]),
    limits,
  );
  expect(members.map(({ name }) => name)).toEqual(['good.txt', 'story.docx']);
  const why = new Map(skipped.map(each => [each.name, each.why]));
  expect(why.get('bomb.txt')).toMatch(/^is packed \d+ to 1/);
  expect(why.get('huge.txt')).toBe('has 400001 bytes when unpacked; the limit is 400000');
  expect(why.get('inner.zip')).toBe('is an archive inside the zip');
  expect(why.get('inner.gz')).toBe('is an archive inside the zip');
  expect(why.get('secret.txt')).toBe('is encrypted');
  expect(why.get('link.txt')).toBe('is a link, not a file');
  expect(why.get('liar.txt')).toMatch(/^could not be unpacked/);
});

test('pictures and recordings have a limit of their own', async () => {
  const zip = makeZip([
    { name: 'pier.jpg', content: noise(500) },
    { name: 'pier.mp3', content: noise(601) },
    { name: 'pier.txt', content: noise(500) },
  ]);
  const { members, skipped } = await readMembers(zip, { ...limits, memberBytes: 400, mediaBytes: 600 });
  expect(members.map(({ name }) => name)).toEqual(['pier.jpg']);
  expect(skipped.map(({ why }) => why)).toEqual([
    'has 601 bytes when unpacked; the limit is 600',
    'has 500 bytes when unpacked; the limit is 400',
  ]);
});

test('too many files, or too much in them, is too large before anything is unpacked', async () => {
  const many = Array.from({ length: 11 }, (_, at) => ({ name: `${at}.txt`, content: story }));
  expect((await rejection(makeZip(many))).code).toBe('too-large');
  const much = Array.from({ length: 4 }, (_, at) => ({ name: `${at}.txt`, content: noise(300_000) }));
  expect((await rejection(makeZip(much))).code).toBe('too-large');
  const folders = Array.from({ length: 41 }, (_, at) => ({ name: `${at}/`, content: '' }));
  expect((await rejection(makeZip(folders))).code).toBe('too-large');
});

test('damaged anywhere: members, reasons or a rejection, and never more than the limits', async () => {
  const whole = makeZip([
    { name: 'a.txt', content: story },
    { name: 'b/c.txt', content: noise(500) },
    { name: 'd.txt', content: story.repeat(20) },
  ]);
  const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(change, fc.nat(whole.length), async (changes, length) => {
      const bytes = Buffer.from(whole.subarray(0, length % 3 === 0 ? length : whole.length));
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
      isArticleZip(bytes);
      try {
        const { members } = await readMembers(bytes, limits);
        expect(members.length).toBeLessThanOrEqual(limits.members);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
    }),
    { numRuns: 400 },
  );
});

test('the default limits leave room for a day of copy', () => {
  expect(ZIP_LIMITS.members).toBeGreaterThanOrEqual(200);
});
