import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { recordKey } from '../../shared/table/article-item.ts';
import { story } from '../support/copy.ts';
import { type Laptop, openLaptop } from '../support/laptop.ts';
import { makeZip } from '../support/zip.ts';

let laptop: Laptop;
beforeAll(async () => {
  laptop = await openLaptop();
  await laptop.write({
    'copy/world/a.md': story('Ferry', 'The ferry has sailed to the island.'),
    'copy/world/b.md': story('Bridge', 'The bridge is closed for the winter.'),
    'copy/sport/c.md': story('Match', 'Nobody has won the match in the rain.'),
    'copy/sport/empty.md': '',
    'copy/day.zip': makeZip([{ name: 'sport/d.md', content: story('Race', 'The race was run at night.') }]),
  });
  await laptop.run('put', 'copy', '--wait');
});
afterAll(() => laptop.end());

const KEYS = ['world/a.md', 'world/b.md', 'sport/c.md', 'sport/empty.md', 'day.zip', 'day.zip/sport/d.md'];

async function records(): Promise<Map<string, ArticleRecord>> {
  const found = new Map<string, ArticleRecord>();
  for await (const record of laptop.deployment.articles.all()) found.set(record.source.key, record);
  return found;
}

/** As if these had been made by an older version of the parser, which understood less. */
const age = (...keys: string[]) => edit('parserVersion', 'old', ...keys);

/** Sets an attribute of records, as a person with the console. */
async function edit(name: string, value: unknown, ...keys: string[]): Promise<void> {
  const table = DynamoDBDocumentClient.from(laptop.deployment.clients.dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  for (const key of keys)
    await table.send(
      new UpdateCommand({
        TableName: laptop.deployment.outputs.table,
        Key: recordKey(idOf(key)),
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
}

const versions = async () =>
  new Map(
    [...(await records())].map(([key, record]) => [key, 'parserVersion' in record && record.parserVersion]),
  );

const idOf = (key: string) => articleId('copydesk', key);

/** A read of a bucket that refuses one key. */
function refusing(refused: string): Bucket['get'] {
  const { get } = Bucket.prototype;
  return async function (this: Bucket, key, options) {
    if (key === refused) throw new CopydeskError('s3-forbidden', 'S3 denies it.', { subject: key });
    return get.call(this, key, options);
  };
}

/** A command that has to end well. */
async function reprocess(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await laptop.run('reprocess', ...args);
  // A slow machine also sees how far it is.
  expect([
    code,
    stderr.replace(/^(?:Done: \d+ articles and pages|Parsing anew: \d+ of \d+ files).*\n/gm, ''),
  ]).toEqual([0, '']);
  return stdout;
}

test('changes nothing where the parser has not changed', async () => {
  const before = await records();
  expect([...before.keys()].sort()).toEqual([...KEYS].sort());
  expect(await reprocess('--all')).toBe('reprocess: 0 done, 0 failed.\n');
  expect(await records()).toEqual(before);
});

test('a zip that was interrupted is not up to date, whatever version its record names', async () => {
  await age('day.zip/sport/d.md');
  const { articles } = laptop.deployment;
  const zip = await articles.getForWrite(articles.idOf('day.zip'));
  if (zip?.status !== 'unpacked') throw new Error('no zip');
  const begun = { ...zip, version: zip.version + 1, unfinished: true as const };
  expect(await articles.replace(zip, begun)).toBe(true);
  expect(await reprocess('--all')).toMatch(/^reprocess: 1 done, 0 failed/);
  expect(await versions()).toEqual(new Map(KEYS.map(key => [key, PARSER_VERSION])));
});

test('has files parsed anew, zips with all they hold, and changes no revision', async () => {
  const before = await records();
  await age(...KEYS);
  // What came in the zip goes with it.
  expect(await reprocess('--all', '--dry-run')).toMatch(
    /^5 articles and pages of .* would be worked on\.\n$/,
  );
  expect((await versions()).get('world/a.md')).toBe('old');
  expect(await reprocess('--all')).toMatch(/^reprocess: 5 done, 0 failed/);
  expect(await versions()).toEqual(new Map(KEYS.map(key => [key, PARSER_VERSION])));
  for (const [key, record] of await records()) {
    const known = before.get(key);
    expect(record).toEqual({ ...known, version: record.version, ingestedAt: record.ingestedAt });
  }
});

test.each([
  [['world/a.md'], ['world/a.md']],
  [[idOf('world/b.md')], ['world/b.md']],
  [
    ['--section', 'World'],
    ['world/a.md', 'world/b.md'],
  ],
  [
    ['--since', '1h'],
    ['world/a.md', 'world/b.md', 'sport/c.md'],
  ],
  [['--since', '2099-01-01'], []],
])('%j takes what it names and leaves the rest', async (selection, taken) => {
  const aged = ['world/a.md', 'world/b.md', 'sport/c.md'];
  await age(...aged);
  await reprocess(...selection, '--wait');
  const known = await versions();
  expect(aged.filter(key => known.get(key) === PARSER_VERSION)).toEqual(taken);
});

test('a file that cannot be parsed is named, and the same run tries it again', async () => {
  await reprocess('--all');
  await age('world/a.md', 'world/b.md');
  const refuse = refusing('world/a.md');
  const read = jest.spyOn(Bucket.prototype, 'get').mockImplementation(refuse);
  const failed = await laptop.run('reprocess', '--all');
  read.mockRestore();
  expect([failed.code, failed.stdout]).toEqual([1, expect.stringMatching(/^reprocess: 1 done, 1 failed/)]);
  expect(failed.stderr).toContain(`${idOf('world/a.md')}: S3 denies it.`);
  expect(failed.stderr).toContain('"copydesk reprocess --all --resume" tries the 1 again.');
  const status = JSON.parse((await laptop.run('status', '--json')).stdout);
  expect(status.bulk).toMatchObject({ kind: 'reprocess', state: 'ended', done: 1, failed: 1, left: 0 });
  expect(await reprocess('--resume')).toMatch(/^reprocess: 2 done, 0 failed/);
  expect((await versions()).get('world/a.md')).toBe(PARSER_VERSION);
  expect(await reprocess('--resume')).toMatch(/^Nothing to do: reprocess: 2 done, 0 failed/);
});

test('broken records are made anew from their files, also those in a zip, and one without its file is named', async () => {
  await reprocess('--all');
  const before = await records();
  const broken = ['world/a.md', 'day.zip/sport/d.md'];
  await edit('headline', 7, ...broken, 'world/b.md');
  await age(...broken, 'world/b.md', 'day.zip');
  const { intake } = laptop.deployment;
  const { head } = Bucket.prototype;
  const looked = jest.spyOn(Bucket.prototype, 'head').mockImplementation(async function (this: Bucket, key) {
    return this.name === intake.name && key === 'world/b.md' ? undefined : head.call(this, key);
  });
  const failed = await laptop.run('reprocess', '--all');
  looked.mockRestore();
  expect([failed.code, failed.stdout]).toEqual([1, expect.stringMatching(/^reprocess: 2 done, 1 failed/)]);
  expect(failed.stderr).toContain(`${idOf('world/b.md')}: The record ${idOf('world/b.md')} is broken`);
  expect(await reprocess('--resume')).toMatch(/^reprocess: 3 done, 0 failed/);
  for (const [key, record] of await records()) {
    const { headline, permalink, guid } = before.get(key) as Article;
    expect(record).toMatchObject(JSON.parse(JSON.stringify({ headline, permalink, guid })));
  }
});

test('publish --all makes a site that was lost, and status tells of the run', async () => {
  const { site, storage } = laptop.deployment;
  const files = async () => {
    const found = new Map<string, string>();
    for await (const key of site.keys())
      found.set(key, Buffer.from((await site.get(key))?.bytes ?? []).toString());
    return found;
  };
  const before = await files();
  expect(before.size).toBeGreaterThan(30);
  for (const key of before.keys()) await site.delete(key);
  for await (const key of storage.keys()) if (!/^(media|bodies|work)\//.test(key)) await storage.delete(key);
  const { code, stdout } = await laptop.run('publish', '--all');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^publish: \d+ done, 0 failed/)]);
  expect(await files()).toEqual(before);
  expect((await laptop.run('status')).stdout).toMatch(
    /last run +publish: \d+ done, 0 failed.*\(ended \d+s ago\)/,
  );
});

test.each([
  [['reprocess'], 'Say what is to be parsed anew: keys, --section, --since, or --all.'],
  [['reprocess', '--all', 'world/a.md'], 'Choose one: --all, --section and --since, or what is named.'],
  [
    ['reprocess', 'nothing.md'],
    'There is no article nothing.md on the laptop (.copydesk): "copydesk list" shows what there is.',
  ],
  [['reprocess', '--rate', '5'], '--rate needs --all, --section or --since.'],
  [['publish', '--stop', '--resume'], 'Choose one: --stop or --resume.'],
  [
    ['publish', '--resume', '--since', '7d'],
    '--stop and --resume take the run as it is: leave out the other options.',
  ],
  [['publish', '--all', '--rebuild'], 'Choose one: --rebuild, --all, or the articles that are named.'],
  [['publish', '--stop'], 'No run works on the laptop (.copydesk).'],
  [['reprocess', '--resume'], 'There is no run of reprocess to continue on the laptop (.copydesk).'],
])('%j is one sentence and exit code 2', async (args, sentence) => {
  const { code, stderr } = await laptop.run(...args);
  expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
});
