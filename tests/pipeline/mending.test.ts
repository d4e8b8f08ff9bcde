import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { namedUploads } from '../../cli/bulk/parse-again.ts';
import { appearanceOf, isPublished } from '../../cli/deployment/appearance.ts';
import type { Article, Media } from '../../shared/model/article.ts';
import { recordKey } from '../../shared/table/article-item.ts';
import { story } from '../support/copy.ts';
import { startDesk } from '../support/desk.ts';
import { type Laptop, openLaptop } from '../support/laptop.ts';
import { jpeg } from '../support/pictures.ts';
import { change, store } from '../support/stories.ts';
import { makeZip } from '../support/zip.ts';

/** A body that is too large for its record, so that it lies in the storage bucket. */
const LONG = Array.from(
  { length: 6_000 },
  (_, at) => `The ferry of day ${at} sailed to island ${at * 7}.`,
).join('\n\n');

let laptop: Laptop;
beforeAll(async () => {
  laptop = await openLaptop();
  await laptop.write({
    'copy/world/ferry.md': story('Ferry', 'The ferry has sailed to the island.'),
    'copy/world/bridge.md': story('Bridge', 'The bridge is closed for the winter.'),
    'copy/world/long.md': story('Long', LONG),
    'copy/world/boat.jpg': jpeg(),
    'copy/day.zip': makeZip([
      { name: 'sport/race.md', content: story('Race', 'The race was run at night.') },
    ]),
  });
  await laptop.run('put', 'copy', '--wait');
});
afterAll(() => laptop.end());

const article = async (key: string) => (await laptop.record(key)) as Article;

/** As somebody in the console of DynamoDB. */
async function edit(key: string, fields: Record<string, unknown>): Promise<void> {
  const { clients, outputs, articles } = laptop.deployment;
  const names = Object.keys(fields);
  await DynamoDBDocumentClient.from(clients.dynamodb).send(
    new UpdateCommand({
      TableName: outputs.table,
      Key: recordKey(articles.idOf(key)),
      UpdateExpression: `SET ${names.map(name => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map(name => [`:${name}`, fields[name]])),
    }),
  );
}

test('put --force uploads what is there, which makes a broken record and a lost body again', async () => {
  const { bodyKey = '' } = await article('world/long.md');
  const { permalink } = await article('world/ferry.md');
  await laptop.deployment.storage.delete(bodyKey);
  await edit('world/ferry.md', { headline: 7 });
  expect((await laptop.run('put', 'copy')).stdout).toContain('0 files uploaded');
  const { code, stdout } = await laptop.run('put', 'copy', '--force', '--wait');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^5 files uploaded to .*\n3 live, 0 dup/)]);
  expect(await article('world/ferry.md')).toMatchObject({ headline: 'Ferry', permalink });
  const { bodyKey: madeAgain = '' } = await article('world/long.md');
  expect((await laptop.deployment.storage.get(madeAgain))?.bytes.length).toBeGreaterThan(100_000);
});

test('reprocess of named files makes broken records and lost bodies again, whatever parser made them', async () => {
  const { bodyKey = '', version } = await article('world/long.md');
  const { permalink } = await article('world/ferry.md');
  await laptop.deployment.storage.delete(bodyKey);
  const boat = (await laptop.record('world/boat.jpg')) as Media;
  await laptop.deployment.storage.delete(boat.file.key);
  await edit('world/ferry.md', { headline: 7, tags: 'none' });
  await edit('day.zip/sport/race.md', { revision: 'first' });
  await laptop.run('correct', 'world/bridge.md', '--yes', '--headline', 'Bridge corrected');
  const before = await article('world/bridge.md');

  const names = [
    'world/boat.jpg',
    'world/long.md',
    'world/ferry.md',
    'world/bridge.md',
    'day.zip/sport/race.md',
  ];
  const dry = await laptop.run('reprocess', ...names, '--dry-run');
  expect(dry.stdout).toMatch(/^5 files of .* would be parsed anew/);
  expect(await article('world/bridge.md')).toEqual(before);

  const { code, stdout } = await laptop.run('reprocess', ...names, '--wait');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\n5 parsed anew, 0 not\n$/)]);
  expect(await article('world/ferry.md')).toMatchObject({ headline: 'Ferry', tags: [], permalink });
  expect(await article('day.zip/sport/race.md')).toMatchObject({ headline: 'Race', status: 'live' });
  expect((await article('world/long.md')).version).toBeGreaterThan(version);
  for (const key of [bodyKey, boat.file.key]) expect(await laptop.deployment.storage.get(key)).toBeDefined();
  const after = await article('world/bridge.md');
  expect(after).toEqual({ ...before, version: after.version, ingestedAt: after.ingestedAt });
  expect(after.version).toBeGreaterThan(before.version);
});

test('reprocess waits for a named file of a zip as well as for the zip', async () => {
  const { records } = await namedUploads(['day.zip/sport/race.md'], laptop.deployment);
  const { articles } = laptop.deployment;
  const ids = ['day.zip', 'day.zip/sport/race.md'].map(key => articles.idOf(key));
  expect(records).toEqual(new Map([['day.zip', new Set(ids)]]));
});

test('reprocess of a broken record whose file is gone says what to upload, and changes nothing', async () => {
  await laptop.write({ 'gone/world/gone.md': story('Gone', 'The lighthouse was painted white again.') });
  await laptop.run('put', 'gone', '--wait');
  await edit('world/gone.md', { headline: 7 });
  const { articles, clients, outputs } = laptop.deployment;
  const versions = await clients.s3.send(
    new ListObjectVersionsCommand({ Bucket: outputs.intakeBucket, Prefix: 'world/gone.md' }),
  );
  const VersionId = versions.Versions?.[0]?.VersionId;
  await clients.s3.send(
    new DeleteObjectCommand({ Bucket: outputs.intakeBucket, Key: 'world/gone.md', VersionId }),
  );
  const { code, stderr } = await laptop.run('reprocess', 'world/gone.md');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/does not hold world\/gone\.md: upload it with "copydesk put --force"\.\n$/),
  ]);
  await expect(articles.get(articles.idOf('world/gone.md'))).rejects.toMatchObject({ code: 'bad-record' });
  expect(await laptop.run('put', 'gone', '--wait')).toMatchObject({ code: 0 });
});

test('show tells all faults of a broken record, and shows it as it is stored', async () => {
  const { id, source } = await article('world/ferry.md');
  await edit('world/ferry.md', { headline: 7, tags: 'none' });
  for (const name of ['world/ferry.md', id]) {
    const { code, stdout } = await laptop.run('show', name);
    expect(code).toBe(1);
    expect(stdout).toMatch(/is broken: .*headline: .*string.*tags: .*array/);
    expect(stdout).toContain(`"copydesk reprocess ${id}" makes it again.`);
    expect(stdout).toMatch(/^headline +7$/m);
    expect(stdout).toMatch(/^tags +"none"$/m);
    expect(stdout).toMatch(/^section +"world"$/im);
    expect(stdout).toContain(`${source.versionId}`);
  }
  const { code, stdout } = await laptop.run('show', id, '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([
    1,
    {
      id,
      item: { headline: 7, tags: 'none' },
      versions: expect.arrayContaining([expect.objectContaining({ isLatest: true })]),
    },
  ]);
  expect(await laptop.run('reprocess', id, '--wait')).toMatchObject({ code: 0 });
  expect(await laptop.run('show', id)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Ferry/) });
});

test('status and doctor tell of broken records and lost bodies, with the command that mends each', async () => {
  const { id, bodyKey = '' } = await article('world/long.md');
  const torn = await article('world/bridge.md');
  await laptop.deployment.storage.delete(bodyKey);
  await edit('world/bridge.md', { headline: 7 });
  const status = JSON.parse((await laptop.run('status', '--json')).stdout);
  const ids = status.firstBroken.map((each: { id: string }) => each.id);
  expect([status.broken, new Set(ids)]).toEqual([2, new Set([id, torn.id])]);
  const told = (await laptop.run('status')).stdout;
  const doctor = await laptop.run('doctor');
  expect(doctor.code).toBe(1);
  for (const each of [id, torn.id])
    for (const text of [told, doctor.stdout])
      expect(text).toContain(`"copydesk reprocess ${each}" makes it again.`);
  expect(await laptop.run('reprocess', id, torn.id, '--wait')).toMatchObject({ code: 0 });
  const mended = await laptop.run('status', '--json');
  expect(mended).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(mended.stdout)).toMatchObject({ broken: 0, firstBroken: [] });
  expect((await laptop.run('doctor')).stdout).toMatch(/^ok +records +\d+ looked at, and none is broken$/m);
});

test('an old article counts as published once publish has compared its page, though nothing changes', async () => {
  const desk = await startDesk({ settings: { feeds: { entries: 2 } } });
  try {
    const old = await store(desk, 1, { publishedAt: '2026-10-01T00:00:00.000Z' });
    for (const number of [2, 3, 4]) await store(desk, number);
    await desk.publishAll();
    const deployment = { ...desk, outputs: laptop.deployment.outputs, language: 'en' };
    const before = await appearanceOf(deployment, old);
    expect(before).toMatchObject({ page: expect.any(String), editions: [] });
    const ordered = await change(desk, old, {});
    const shows = (seconds: number) =>
      isPublished(deployment, ordered, { before, end: performance.now() + seconds * 1_000 });
    expect(await shows(0)).toBe(false);
    await desk.publishAll();
    expect(await shows(20)).toBe(true);
  } finally {
    await desk.close();
  }
});
