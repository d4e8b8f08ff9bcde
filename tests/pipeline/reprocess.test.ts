import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import { countMessages } from '../../shared/aws/queue-counts.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
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
async function age(...keys: string[]): Promise<void> {
  const table = DynamoDBDocumentClient.from(laptop.deployment.clients.dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  for (const key of keys)
    await table.send(
      new UpdateCommand({
        TableName: laptop.deployment.outputs.table,
        Key: recordKey(articleId('copydesk', key)),
        UpdateExpression: 'SET parserVersion = :old',
        ExpressionAttributeValues: { ':old': 'old' },
      }),
    );
}

const versions = async () =>
  new Map(
    [...(await records())].map(([key, record]) => [key, 'parserVersion' in record && record.parserVersion]),
  );

test('changes nothing where the parser has not changed', async () => {
  const before = await records();
  expect([...before.keys()].sort()).toEqual([...KEYS].sort());
  const { code, stdout } = await laptop.run('reprocess', '--all', '--wait');
  expect([code, stdout]).toEqual([
    0,
    `Nothing to do on the laptop (.copydesk): all 6 were made by the parser of version ${PARSER_VERSION}.\n`,
  ]);
  expect(
    await countMessages(laptop.deployment.clients.sqs, laptop.deployment.outputs.intakeQueue),
  ).toMatchObject({
    total: 0,
  });
  expect(await records()).toEqual(before);
});

test('an archive that was interrupted is not up to date, whatever version its record names', async () => {
  await age('day.zip/sport/d.md');
  const id = articleId('copydesk', 'day.zip');
  const archive = await laptop.deployment.articles.getForWrite(id);
  if (archive?.status !== 'unpacked') throw new Error('no archive');
  const begun = { ...archive, version: archive.version + 1, unfinished: true as const };
  expect(await laptop.deployment.articles.replace(archive, begun)).toBe(true);
  const { code, stdout } = await laptop.run('reprocess', '--all', '--wait');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\n1 parsed anew, 0 not\n$/)]);
  expect(await versions()).toEqual(new Map(KEYS.map(key => [key, PARSER_VERSION])));
});

test('has files parsed anew through the queue, archives with all they hold, and changes no revision', async () => {
  const before = await records();
  await age(...KEYS);
  const { code, stdout } = await laptop.run('reprocess', '--all', '--wait');
  // What came in the archive goes with it.
  expect(stdout).toMatch(
    /^5 files of .* sent to be parsed anew; 0 were up to date\.\n5 parsed anew, 0 not\n$/,
  );
  expect(code).toBe(0);
  expect(await versions()).toEqual(new Map(KEYS.map(key => [key, PARSER_VERSION])));
  for (const [key, record] of await records()) {
    const known = before.get(key);
    expect(record).toEqual({ ...known, version: record.version, ingestedAt: record.ingestedAt });
  }
});

test.each([
  [['world/a.md'], ['world/a.md']],
  [[articleId('copydesk', 'world/b.md')], ['world/b.md']],
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
  expect(await laptop.run('reprocess', ...selection, '--wait')).toMatchObject({ code: 0 });
  const known = await versions();
  expect(aged.filter(key => known.get(key) === PARSER_VERSION)).toEqual(taken);
});

test('only says how many there are, if that is all it is asked', async () => {
  await age('world/a.md');
  const { stdout } = await laptop.run('reprocess', 'world/a.md', '--dry-run');
  expect(stdout).toMatch(/^1 file of .* would be parsed anew; 0 are up to date\.\n$/);
  expect((await versions()).get('world/a.md')).toBe('old');
});

test('says of which nothing came, where the file is gone and nobody has heard of it', async () => {
  const like = await laptop.deployment.articles.get(articleId('copydesk', 'sport/empty.md'));
  if (like === undefined) throw new Error('There is no record to begin with.');
  const source = { ...like.source, key: 'never.md' };
  const orphan = { ...like, id: articleId('copydesk', 'never.md'), source, parserVersion: 'old' };
  await laptop.deployment.articles.replace(undefined, orphan as ArticleRecord);
  const { code, stdout, stderr } = await laptop.run(
    ...['reprocess', 'never.md', '--wait', '--patience', '1'],
  );
  expect([code, stdout]).toEqual([1, expect.stringMatching(/\n0 parsed anew, 1 not\n$/)]);
  expect(stderr).toMatch(/^not parsed anew +never\.md\n/);
});

test.each([
  [[], 'Say what is to be parsed anew: keys, --section, --since, or --all.'],
  [['--all', 'world/a.md'], 'Choose one: --all, or what is named.'],
  [['--section', 'World', 'world/a.md'], 'Choose one: what is named, or --section and --since.'],
  [
    ['nothing.md'],
    'There is no article nothing.md on the laptop (.copydesk): "copydesk list" shows what there is.',
  ],
])('%j is one sentence and exit code 2', async (args, sentence) => {
  const { code, stderr } = await laptop.run('reprocess', ...args);
  expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
});
