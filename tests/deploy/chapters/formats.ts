import assert from 'node:assert/strict';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import { mediaPath } from '../../../shared/model/media-address.ts';
import { allCopy, type Copy } from '../../support/all-copy.ts';
import { makeZip } from '../../support/zip.ts';
import type { Chapter } from '../chapter.ts';
import { until } from '../until.ts';

/** At least one file of every format, and a picture. */
const KEYS: readonly string[] = [
  'browser/pictures/crane.png',
  'browser/pictures/quay.md',
  'browser/pictures/quay.png',
  'docx/plain.docx',
  'eml/signature-table.eml',
  'html/news-page.html',
  'markdown/front-matter.md',
  'markdown/json.md',
  'markdown/toml.md',
  'newsml/g2-text.xml',
  'ninjs/item-3.json',
  'nitf/agency.xml',
  'odt/changes.odt',
  'pdf/running-heads.pdf',
  'rtf/textedit.rtf',
  'text/press-release.txt',
  'wire/anpa-1312.txt',
];

/** What only a YAML parser reads, and what comes of it. */
const FRONT_MATTER = new Map<string, ArticleRecord['status']>([
  ['front-matter/block.md', 'live'],
  ['front-matter/comment.md', 'held'],
  ['front-matter/nested.md', 'live'],
  ['front-matter/next-line.md', 'scheduled'],
]);

const MEMBER = 'zip/day.zip/lido.md';
const ARCHIVE: Copy = {
  key: 'zip/day.zip',
  bytes: makeZip([
    {
      name: 'lido.md',
      content: '# Lido to stay open all week\n\nThe lido stays open. Nobody knows for how long.\n',
    },
  ]),
};

/** Fields in which the record must be what the sources make of the file. */
const COMPARED = [
  'headline',
  'dek',
  'authors',
  'language',
  'section',
  'tags',
  'summary',
  'bodyHtml',
  'hold',
] as const;

/** Files of every format become in the stack what the sources make of them, and no secret among them is public. */
export const everyFormat: Chapter = async ({ steps, checkout, account }) => {
  const { siteBucket } = await account.deployed();
  const wanted = new Set([...KEYS, ...FRONT_MATTER.keys()]);
  const copy = [...allCopy().filter(({ key }) => wanted.has(key)), ARCHIVE];
  await steps.do('copydesk put: a file of every format', async remark => {
    assert.deepEqual(copy.map(({ key }) => key).sort(), [...wanted, ARCHIVE.key].sort());
    for (const { key, bytes } of copy) await checkout.write(`formats/${key}`, bytes);
    remark((await checkout.desk('put', 'formats', '--wait')).trimEnd());
  });
  await steps.do('each is what the sources make of it', async remark => {
    const lines = (await checkout.desk('export')).trim().split('\n');
    const records = new Map<string, Record<string, unknown>>(
      lines.map(line => JSON.parse(line)).map(record => [record.source.key, record]),
    );
    const formats = new Set<unknown>();
    for (const { key, bytes } of copy) {
      const record = records.get(key);
      assert.ok(record, `${key} is recorded`);
      formats.add((record.source as { format?: string }).format ?? record.status);
      if (record.status === 'media' || record.status === 'unpacked') continue;
      const article: Record<string, unknown> = { ...(await parseArticle({ key, bytes })) };
      for (const field of COMPARED) assert.deepEqual(record[field], article[field], `${field} of ${key}`);
    }
    for (const [key, status] of FRONT_MATTER) assert.equal(records.get(key)?.status, status, key);
    assert.equal(records.get(MEMBER)?.headline, 'Lido to stay open all week');
    remark([...formats].sort().join(', '));
  });
  await steps.do('what is live is on the site, and nothing of the others', async () => {
    const picture = mediaPath('browser/pictures/quay.png');
    await until('the picture is there', async () => (await account.keys(siteBucket)).includes(picture));
    const keys = await account.keys(siteBucket);
    const pages = keys.filter(key => /\.(?:html|xml|json)$/.test(key));
    const texts = await Promise.all(pages.map(key => account.text(siteBucket, key)));
    const site = texts.join('\n');
    for (const [key, status] of FRONT_MATTER) {
      const name = key.replace(/^.*\/|\.md$/g, '');
      assert.equal(site.includes(`The ferry with a ${name} in its front matter`), status === 'live', key);
    }
  });
};
