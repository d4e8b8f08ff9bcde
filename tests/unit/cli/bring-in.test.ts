import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT } from '../../../bench/publish/wire.ts';
import { bringIn, IMPORT_ROUNDS, roundOf } from '../../../cli/bulk/bring-in.ts';
import { type Exported, lineOf, readLine } from '../../../cli/bulk/exported.ts';
import { changeArticle } from '../../../cli/deployment/change.ts';
import type { IngestDeps } from '../../../functions/ingest/model/ingest-deps.ts';
import { composeArticle, composeTombstone } from '../../../functions/ingest/record/compose.ts';
import { store } from '../../../functions/ingest/record/store.ts';
import { storeParsed } from '../../../functions/ingest/record/store-parsed.ts';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { Article } from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { composedAt, instant, parsed } from '../../support/articles.ts';

/** Duplicate groups and kills outlive an export and import, and a parser that reads files differently. */

const open = () =>
  new Articles(new MemoryTable({ name: 'articles', wire: DIRECT }).client, 'articles', {
    namespace: 'copydesk',
  });
// No record here has a body or a file in it.
const storage = {} as Bucket;
const id = (key: string) => articleId('copydesk', key);

let articles: Articles;
beforeEach(() => {
  articles = open();
});

async function change(key: string, sequencer: string, content: string | undefined, parserVersion = '1') {
  const source = { bucket: 'intake', key, sequencer, etag: sequencer, size: 1, uploadedAt: instant(1) };
  const now = instant(2);
  return store(articles, { id: id(key), key, sequencer, parserVersion, now }, async current =>
    content === undefined
      ? composeTombstone(current, source, composedAt(now))
      : composeArticle(current, parsed({ contentHash: content, parserVersion }), source, composedAt(now)),
  );
}

const kill = (key: string) =>
  changeArticle(articles, id(key), (article: Article) => ({ ...article, status: 'withdrawn' }), instant(3));

const statuses = async (of: Articles, ...keys: string[]) =>
  Promise.all(keys.map(async key => (await of.find(key)).record?.status));

async function exported(): Promise<Exported[]> {
  const lines: Exported[] = [];
  for await (const record of articles.all()) {
    const line = readLine(await lineOf(record, articles, storage));
    if ('problem' in line) throw new Error(line.problem);
    lines.push(line);
  }
  return lines;
}

test('an import keeps which copy is shown, and what was killed: also by a file that is gone or tells another story', async () => {
  for (const key of ['a', 'b', 'c']) await change(`${key}.md`, '01', 'live');
  for (const key of ['gone', 'gone-copy']) await change(`${key}.md`, '01', 'killed, then deleted');
  for (const key of ['told', 'told-copy', 'other'])
    await change(`${key}.md`, '01', key === 'other' ? 'other' : 'killed, then told otherwise');
  await kill('gone.md');
  await change('gone.md', '02', undefined);
  await kill('told.md');
  // Shown by another file, so the kill does not cover it.
  await change('told.md', '02', 'other');

  const lines = await exported();
  const into = open();
  for (let round = 0; round < IMPORT_ROUNDS; round++)
    for (const line of lines.filter(({ record }) => roundOf(record) === round))
      expect(await bringIn(line, { articles: into, storage: storage, now: () => instant(4) })).toBe(
        'imported',
      );
  const keys = ['a.md', 'b.md', 'c.md', 'gone.md', 'gone-copy.md', 'told.md', 'told-copy.md', 'other.md'];
  const before = ['live', 'duplicate', 'duplicate', 'deleted', 'duplicate', 'withdrawn', 'duplicate', 'live'];
  expect(await statuses(articles, ...keys)).toEqual(before);
  expect(await statuses(into, ...keys)).toEqual(before);
});

test.each([
  ['the killed file first', ['killed.md', 'copy.md']],
  ['the copy first', ['copy.md', 'killed.md']],
])(
  'a copy of a killed story stays off the site when both are read anew as another content: %s',
  async (_, keys) => {
    for (const key of ['killed.md', 'copy.md']) await change(key, '01', 'as one parser reads it');
    await kill('killed.md');
    for (const key of keys) await change(key, '01', 'as the next one does', '2');
    expect(await statuses(articles, 'killed.md', 'copy.md')).toEqual(['withdrawn', 'duplicate']);
    // An upload is another matter.
    await change('copy.md', '02', 'a new story', '2');
    expect(await statuses(articles, 'copy.md')).toEqual(['live']);
  },
);

describe('cancellations by id', () => {
  const WIRE = { story: { ids: ['urn:1'], cancels: [] }, kill: { ids: ['urn:2'], cancels: ['urn:1'] } };

  async function file(into: Articles, what: keyof typeof WIRE, sequencer = '01') {
    const source = {
      bucket: 'intake',
      key: `${what}.xml`,
      sequencer,
      etag: '',
      size: 1,
      uploadedAt: instant(1),
    };
    const copy = parsed({
      headline: what,
      contentHash: `${what} ${sequencer}`,
      wire: WIRE[what],
      ...(what === 'kill' && { withdraw: true }),
    });
    // A parsed file is neither fetched nor parsed again.
    const deps: IngestDeps = {
      articles: into,
      storage: storage,
      intake: storage,
      parse: () => Promise.reject(),
      settings: DEFAULT_SETTINGS,
      parserVersion: '1',
      now: () => instant(2),
    };
    await storeParsed(id(source.key), source, copy, deps);
  }

  const bringAllIn = async (lines: Exported[], into: Articles) => {
    for (const line of lines)
      await bringIn(line, { articles: into, storage: storage, now: () => instant(4) });
  };

  test('outlive an export also where the file that cancels is gone', async () => {
    await file(articles, 'story');
    await file(articles, 'kill');
    await change('kill.xml', '02', undefined);
    const into = open();
    await bringAllIn(await exported(), into);
    expect(await statuses(into, 'story.xml')).toEqual(['withdrawn']);
    await file(into, 'story', '02');
    expect(await statuses(into, 'story.xml')).toEqual(['withdrawn']);
  });

  test.each([
    ['story', 'kill'],
    ['kill', 'story'],
  ] as const)('withdraw the story where %s is imported beside %s', async (imported, there) => {
    await file(articles, imported);
    const into = open();
    await file(into, there);
    await bringAllIn(await exported(), into);
    expect(await statuses(into, 'story.xml')).toEqual(['withdrawn']);
  });
});

test('an import does not bring in a kill of what another editor has changed as often', async () => {
  await change('a.md', '01', 'same');
  const into = open();
  for (const line of await exported())
    await bringIn(line, { articles: into, storage: storage, now: () => instant(4) });
  await kill('a.md');
  const corrected = (article: Article): Article => ({ ...article, headline: 'Corrected' });
  await changeArticle(into, id('a.md'), corrected, instant(3));
  for (const line of await exported())
    expect(await bringIn(line, { articles: into, storage: storage, now: () => instant(4) })).toBe('there');
  articles = into;
  await change('b.md', '01', 'same');
  await change('a.md', '02', undefined);
  expect(await statuses(into, 'b.md')).toEqual(['live']);
});

test('an import that was interrupted after it wrote a record is finished by the next one', async () => {
  await change('a.md', '01', 'same');
  await change('b.md', '01', 'same');
  const into = open();
  const lines = await exported();
  const [copy] = lines.filter(({ record }) => record.status === 'duplicate');
  for (const line of lines.filter(line => line !== copy))
    await bringIn(line, { articles: into, storage: storage, now: () => instant(4) });
  if (copy) await into.replace(undefined, copy.record);
  for (const line of lines)
    expect(await bringIn(line, { articles: into, storage: storage, now: () => instant(4) })).toBe('there');
  articles = into;
  await change('a.md', '02', undefined);
  expect(await statuses(into, 'a.md', 'b.md')).toEqual(['deleted', 'live']);
});

test('a kill that an import brings to a story that is public leaves a notice, and an archive is no news', async () => {
  await change('a.md', '01', 'a');
  const [before] = await exported();
  await kill('a.md');
  const [after] = await exported();
  const into = open();
  const records = [];
  for (const [line, hours] of [
    [before, 99],
    [after, 100],
  ] as const) {
    const now = () => instant(hours * 3_600);
    if (line)
      await bringIn(
        { ...line, record: { ...line.record, gone: undefined } },
        { articles: into, storage, now },
      );
    records.push(await into.get(id('a.md')));
  }
  expect(records[0]).not.toHaveProperty('newsAt');
  expect(records[1]).toMatchObject({ status: 'withdrawn', gone: { at: instant(100 * 3_600) } });
});
