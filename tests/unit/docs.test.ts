import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { countsOf, IN_BULK, MEASURED } from '../support/request-counts.ts';

const DOCS = ['.', 'docs', 'docs/decisions'].flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .map(name => path.posix.join(folder, name)),
);

/** The text without its code, in which brackets are no links and hashes no headings. */
const proseOf = (file: string) => readFileSync(file, 'utf8').replace(/^```.*?^```$/gms, '');

/** The anchor that Git hosts make of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (file: string) =>
  new Set([...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));

test.each(DOCS)('the links of %s lead somewhere', file => {
  const links = [
    ...proseOf(file)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, link = '']) => link);
  const broken = links.filter(link => {
    if (/^https?:/.test(link)) return false;
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  expect(broken).toEqual([]);
});

test('the architecture names every decision', () => {
  const architecture = proseOf('docs/architecture.md');
  const decisions = DOCS.filter(file => file.startsWith('docs/decisions/')).map(file =>
    path.posix.basename(file),
  );
  expect(decisions.filter(name => !architecture.includes(`(decisions/${name})`))).toEqual([]);
});

test('every page of documentation can be reached from the README', () => {
  const linked = proseOf('README.md');
  const pages = DOCS.filter(file => path.posix.dirname(file) === 'docs');
  expect(pages.filter(page => !linked.includes(`(${page})`))).toEqual([]);
});

test('docs/costs.md tells the requests that were counted', () => {
  const rows = readFileSync('docs/costs.md', 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.split('|').slice(1, -1));
  const cells = rows.map(row => row.map(cell => cell.trim()));
  const kinds: [string, keyof typeof MEASURED.one][] = [
    ['S3 PUT and LIST', 's3Writes'],
    ['S3 GET and HEAD', 's3Reads'],
    ['table, write units', 'tableWrites'],
    ['table, read units', 'tableReads'],
    ['SQS requests', 'queueRequests'],
    ['calls of ingest', 'ingestCalls'],
    ['calls of publish', 'publishCalls'],
    ['bytes of log lines', 'logBytes'],
  ];
  const { one, bulk } = MEASURED;
  const together = countsOf(bulk, IN_BULK);
  for (const [name, kind] of kinds) {
    const each = String(Number((together[kind] / IN_BULK).toPrecision(3)));
    expect(cells).toContainEqual([name, ...[one, bulk.call, bulk.article].map(of => String(of[kind])), each]);
  }
});
