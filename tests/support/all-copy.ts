import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { caseBytes } from './format-case.ts';
import { jpeg } from './pictures.ts';
import { mp3 } from './recordings.ts';
import { makeZip } from './zip.ts';

/** A file as it is uploaded. */
export interface Copy {
  key: string;
  bytes: Uint8Array;
  metadata?: Record<string, string>;
}

/** Front matter that only a YAML parser reads: a comment, nested lists, a value on the next line, a block of text. */
const FRONT_MATTER: readonly Copy[] = [
  ['comment', 'status: draft # not yet'],
  ['next-line', 'embargo:\n  2099-01-01 06:00'],
  ['nested', 'authors:\n  - name: Ann Lee\n    url: https://example.org/ann\ntags:\n  - harbour\n  - tides'],
  [
    'block',
    'summary: >\n  A summary that is folded\n  over two lines.\ncorrection: |\n  The bridge is blue.',
  ],
].map(([name, lines]) => ({
  key: `front-matter/${name}.md`,
  bytes: Buffer.from(
    `---\ntitle: The ferry with a ${name} in its front matter\n${lines}\n---\n\n` +
      `The ferry of the ${name} left the harbour at noon, and nobody on the quay could say when it would return.\n\n` +
      `Those who waited for the ${name} went home in the evening.\n`,
  ),
}));

/** Every sample and every fixture of every format, in the order of their keys, and what no fixture has. */
export function allCopy(): Copy[] {
  const fixtures = readdirSync('tests/fixtures', { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  );
  const copy = [
    ...filesBelow('samples').map(file => ({ ...file, key: `samples/${file.key}` })),
    ...fixtures.flatMap(({ name }) => casesOf(path.join('tests/fixtures', name), name)),
    ...filesBelow('tests/fixtures/browser').map(file => ({ ...file, key: `browser/${file.key}` })),
    ...FRONT_MATTER,
    { key: 'media/quay.jpg', bytes: jpeg({ orientation: 6 }) },
    { key: 'media/interview.mp3', bytes: mp3() },
    {
      key: 'metadata/stated.txt',
      bytes: Buffer.from(
        'A story whose upload says more\n\nThe upload says who wrote it, and in which section it stands.\n',
      ),
      metadata: { author: 'Ann Lee', section: 'culture', tags: 'harbour, tides' },
    },
    { key: 'rejected/empty.txt', bytes: Buffer.from('') },
    { key: 'rejected/broken.docx', bytes: Buffer.from('PK\x03\x04 and nothing else', 'latin1') },
  ];
  return copy.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The cases of a format: folders with a source, the parts of a document, or the files of an archive. */
function casesOf(folder: string, format: string): Copy[] {
  return readdirSync(folder).flatMap(name => {
    const from = path.join(folder, name);
    if (existsSync(path.join(from, 'document.xml')))
      return [{ key: `${format}/${name}.docx`, bytes: caseBytes(from, 'docx') }];
    if (existsSync(path.join(from, 'content.xml')))
      return [{ key: `${format}/${name}.odt`, bytes: caseBytes(from, 'odt') }];
    const packed = path.join(from, 'files');
    if (existsSync(packed)) {
      const files = filesBelow(packed).map(({ key, bytes }) => ({ name: key, content: bytes }));
      return [{ key: `${format}/${name}.zip`, bytes: makeZip(files) }];
    }
    const source = readdirSync(from).find(file => file.startsWith('source.'));
    if (source === undefined) return [];
    const ending = path.extname(source);
    return [{ key: `${format}/${name}${ending}`, bytes: readFileSync(path.join(from, source)) }];
  });
}

function filesBelow(folder: string): Copy[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return { key: path.relative(folder, file).replaceAll(path.sep, '/'), bytes: readFileSync(file) };
    });
}
