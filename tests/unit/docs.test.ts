import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArticle } from '../../functions/ingest/parse.ts';
import { composeArticle } from '../../functions/ingest/record/compose.ts';
import { entryOf } from '../../functions/publish/content/entry-of.ts';
import { prepareFeed } from '../../functions/publish/feeds/prepare.ts';
import { rss } from '../../functions/publish/feeds/rss.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { OUTPUTS } from '../../shared/stack/stack-outputs.ts';
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

/** The records of decisions: their file names, in order. */
const DECISIONS = DOCS.filter(file => /^docs\/decisions\/\d/.test(file)).sort();

test('decisions are numbered without gaps', () => {
  const numbers = DECISIONS.map(file => Number(path.posix.basename(file).slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('the index of decisions has the number, title, status and date of each', () => {
  const rows = DECISIONS.map(file => {
    const record = readFileSync(file, 'utf8');
    const [, number, title] = /^# (\d{4})\. (.+)$/m.exec(record) ?? [];
    const [, status] = /^- Status: (\w+)/m.exec(record) ?? [];
    const [, date] = /^- Date: (\d{4}-\d\d-\d\d)$/m.exec(record) ?? [];
    const name = path.posix.basename(file);
    expect(name).toMatch(new RegExp(`^${number}-`));
    return `| [${number}](${name}) | ${title} | ${status} | ${date} |`;
  });
  const index = readFileSync('docs/decisions/README.md', 'utf8');
  expect(index.match(/^\| \[\d.+$/gm)).toEqual(rows);
});

test.each(DECISIONS)('%s says its context, its options, what was decided, and what would change it', file => {
  const headings = [...proseOf(file).matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase(),
  );
  for (const part of ['context', 'options', 'decision', 'what would change it'])
    expect(headings.filter(heading => heading.includes(part))).not.toEqual([]);
});

test('the README leads to the index of the documentation, and that to every page', () => {
  expect(proseOf('README.md')).toContain('(docs/README.md)');
  const index = proseOf('docs/README.md');
  const pages = DOCS.filter(file => /^docs\/(?!README)[^/]+$/.test(file)).map(file =>
    path.posix.basename(file),
  );
  expect(pages.filter(page => !index.includes(`(${page})`))).toEqual([]);
});

test.each(DOCS.filter(file => file.startsWith('docs/') && !DECISIONS.includes(file)))(
  '%s begins with whom it is for',
  file => expect(readFileSync(file, 'utf8')).toMatch(/^# .+\n\n(<!--.*-->\n\n)?For /),
);

const TRACKED = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(file => existsSync(file));
const TOP_FOLDERS = new Set(TRACKED.filter(file => file.includes('/')).map(file => file.split('/')[0]));

/** What of this page looks like a path of the project: it begins with one of its folders, or is a file of code. */
const pathsIn = (text: string) =>
  [...text.matchAll(/(?<![\w/.:-])[\w.-][\w./-]*/g)]
    .map(([word]) => word.replace(/\.$/, ''))
    .filter(word => {
      const [top = ''] = word.split('/');
      return (word.includes('/') && TOP_FOLDERS.has(top)) || /[\w-]\.(?:tsx?|cjs)$/.test(word);
    });

/** A path from the top, a folder, the beginning of a file's name as jest takes it, or the end of a file's path. */
const isOfProject = (name: string) =>
  existsSync(name) || TRACKED.some(file => file.startsWith(`${name}.`) || file.endsWith(`/${name}`));

test.each(DOCS)('the paths that %s names exist', file => {
  const text = readFileSync(file, 'utf8').replace(/\]\([^)]*\)/g, ']');
  expect(pathsIn(text).filter(name => !isOfProject(name))).toEqual([]);
});

/** Links of the form [`name`](file of code): the name, and the file from the top. */
const namedLinksOf = (file: string) =>
  [...proseOf(file).matchAll(/\[`([\w$]+)`\]\(([^)\s#]+\.tsx?)\)/g)].map(([, name = '', to = '']) => ({
    name,
    target: path.posix.join(path.posix.dirname(file), to),
  }));

test.each(DOCS)('what %s links as a name of code is exported by the linked file', file => {
  const wrong = namedLinksOf(file).filter(({ name, target }) => {
    const declared = new RegExp(
      `^export (?:async )?(?:function\\*?|class|const|interface|type) ${name}\\b`,
      'm',
    );
    return !declared.test(readFileSync(target, 'utf8'));
  });
  expect(wrong).toEqual([]);
});

describe('docs/one-file.md', () => {
  const page = readFileSync('docs/one-file.md', 'utf8');
  /** The code block of this language. */
  const blockOf = (language: string) => {
    const [, block = ''] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
    return block;
  };

  test('has a name of code at each stop, and the stops are numbered without gaps', () => {
    const stops = [...page.matchAll(/^(\d+)\. (.*)/gm)];
    expect(stops.map(([, number]) => Number(number))).toEqual(stops.map((_, index) => index + 1));
    expect(stops.filter(([, , text = '']) => !/^\[`\w+`\]\(/.test(text))).toEqual([]);
    expect(stops.length).toBeGreaterThan(20);
  });

  test('shows the record and the feed entry that the code makes of its story', async () => {
    const bytes = Buffer.from(blockOf('text'));
    const key = 'world/ferry.txt';
    const uploadedAt = '2026-11-29T14:00:00.000Z';
    const source = { bucket: 'intake', key, etag: '', size: bytes.length, sequencer: '', uploadedAt };
    const record = composeArticle(undefined, await parseArticle({ bytes, key }), source, {
      namespace: DEFAULT_SETTINGS.articles.namespace,
      language: DEFAULT_SETTINGS.site.language,
      now: uploadedAt,
    });
    expect(record).toMatchObject(JSON.parse(blockOf('json')));
    const site = siteOf(DEFAULT_SETTINGS, 'https://news.example.org');
    const feed = rss(prepareFeed({ of: { kind: 'all' }, entries: [entryOf(record)] }, site));
    expect(feed.replace(/^ {4}/gm, '')).toContain(blockOf('xml'));
  });
});

test('docs/operating.md names each output of the stack', () => {
  const rows = readFileSync('docs/operating.md', 'utf8').matchAll(/^\| `(\w+)` \|/gm);
  expect([...rows].map(([, name]) => name)).toEqual(Object.values(OUTPUTS));
});

const OUTPUT_NAMES: ReadonlySet<string> = new Set(Object.values(OUTPUTS));

test.each(['docs/operating.md', 'docs/runbook.md'])('%s asks for no output that there is not', file => {
  const named = readFileSync(file, 'utf8').matchAll(/\b(?:output|logs) "?([A-Z]\w*[a-z])\b/g);
  const names = [...named].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter(name => !OUTPUT_NAMES.has(name))).toEqual([]);
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
