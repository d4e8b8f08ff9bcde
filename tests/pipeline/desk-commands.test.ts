import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { changeTo } from '../../functions/publish/model/change.ts';
import { rememberChange } from '../../functions/publish/states/unpublished.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import type { Run } from '../support/command.ts';
import { story } from '../support/copy.ts';
import { type Laptop, openLaptop } from '../support/laptop.ts';

let laptop: Laptop;
let desk: (...args: string[]) => Promise<Run>;
beforeAll(async () => {
  laptop = await openLaptop();
  desk = laptop.run;
  await laptop.write({
    'world/ferry.md': story('Ferry sails'),
    'world/bridge.md': story(
      'Bridge opens',
      'The bridge over the harbour opened to all traffic this morning.',
    ),
    'town/empty.txt': '',
  });
  await laptop.run('put', 'world', '--prefix', 'world', '--wait');
  await laptop.run('put', 'town', '--prefix', 'town', '--wait');
});
afterAll(() => laptop.end());

const ferry = async () => (await laptop.record('world/ferry.md')) as Article;
const page = async () => fetch(new URL((await ferry()).permalink, laptop.site));
const titles = async () => (await laptop.feed()).map(({ title }) => title).sort();

describe('looking', () => {
  test('list shows what is live, newest first, and by status as lines of JSON', async () => {
    const { stdout, code } = await desk('list', '--section', 'World');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^status +time \(UTC\) +section +id +headline or file\nlive/);
    expect(stdout).toContain('Bridge opens');
    expect(stdout).not.toContain('empty.txt');
    for (const args of [['--since', '1d'], []]) {
      const rejected = await desk('list', '--status', 'rejected', '--json', ...args);
      const lines = rejected.stdout.trim().split('\n');
      expect(lines.map(line => (JSON.parse(line) as ArticleRecord).source.key)).toEqual(['town/empty.txt']);
    }
  });

  test('show names an article by key, id or page, with its versions and where it stands', async () => {
    const { id, permalink } = await ferry();
    for (const name of ['world/ferry.md', id, `${laptop.site}/${permalink}`]) {
      const { stdout, code } = await desk('show', name, '--json');
      expect(code).toBe(0);
      const shown = JSON.parse(stdout);
      expect(shown.record.id).toBe(id);
      expect(shown.versions).toEqual([expect.objectContaining({ isLatest: true })]);
      expect(shown.versions[0].versionId).toBe(shown.record.source.versionId);
      expect((await fetch(shown.published.url)).status).toBe(200);
      for (const feed of shown.published.feeds) expect((await fetch(feed)).status).toBe(200);
      expect(shown.published.feeds).toHaveLength(2);
    }
    expect(await desk('show', 'world/none.md')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^copydesk: There is no article world\/none\.md on the laptop .*\n$/),
    });
  });

  test('status counts what waits and failed', async () => {
    const { stdout } = await desk('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      intake: { ready: 0, inFlight: 0 },
      deadLetters: 0,
      publishFailures: 0,
      rejected: 1,
      overdue: 0,
    });
  });

  test('doctor finds a running laptop well', async () => {
    const { stdout, code } = await desk('doctor', '--json');
    const checks = JSON.parse(stdout) as { state: string; about: string }[];
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(checks.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['queue wiring', 'site', 'settings']),
    );
    expect(code).toBe(0);
  });
});

describe('changing', () => {
  test('nothing is changed without being asked or told', async () => {
    const before = await ferry();
    const { code, stderr } = await desk('withdraw', 'world/ferry.md');
    expect(code).toBe(2);
    expect(stderr).toMatch(/will be taken off the laptop .* --yes does it without asking\.\n$/);
    expect(await ferry()).toEqual(before);
  });

  test('withdraw takes an article off every feed and its page, an upload does not bring it back, restore does', async () => {
    expect(await desk('withdraw', 'world/ferry.md', '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect(await titles()).toEqual(['Bridge opens']);
    const gone = await page();
    expect(gone.status).toBe(410);
    expect(await gone.text()).not.toContain('noon');
    expect(await desk('publish', 'world/ferry.md')).toMatchObject({ code: 0, stderr: '' });
    const withdrawn = await ferry();

    await laptop.write({ 'world/ferry.md': story('Ferry sails', 'It left in the evening.') });
    await laptop.run('put', 'world/ferry.md', '--prefix', 'world', '--wait');
    const uploaded = await ferry();
    expect(uploaded.status).toBe('withdrawn');
    expect(uploaded.source.etag).not.toBe(withdrawn.source.etag);

    expect(await desk('restore', 'world/ferry.md', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toEqual(['Bridge opens', 'Ferry sails']);
    expect(await (await page()).text()).toContain('left in the evening');
    const again = await desk('restore', 'world/ferry.md', '--yes');
    expect(again).toMatchObject({
      code: 2,
      stderr: 'copydesk: world/ferry.md is not withdrawn: it is live.\n',
    });
  });

  test('correct is a revision with a note, and stays when the same upload is read anew by a later parser', async () => {
    const before = await ferry();
    const { code, stdout } = await desk(
      ...[
        'correct',
        'world/ferry.md',
        '--yes',
        '--headline',
        'Ferry sails at last',
        '--tags',
        'ferry, harbour',
      ],
      ...['--byline', 'Ada Byron and Mary Shelley', '--note', 'It had not sailed.'],
    );
    expect(stdout).toContain('+ Ferry sails at last');
    expect(code).toBe(0);
    const corrected = await ferry();
    expect(corrected).toMatchObject({
      headline: 'Ferry sails at last',
      correction: 'It had not sailed.',
      authors: [{ name: 'Ada Byron' }, { name: 'Mary Shelley' }],
      tags: ['ferry', 'harbour'],
      revision: before.revision + 1,
      permalink: before.permalink,
      guid: before.guid,
      edited: ['headline', 'authors', 'tags', 'correction'],
    });
    expect(corrected.updatedAt > before.updatedAt).toBe(true);
    expect(await titles()).toEqual(['Bridge opens', 'Ferry sails at last']);

    const told = await desk('correct', 'world/ferry.md', '--yes', '--headline', 'Ferry sails at last');
    expect(told.stdout).toMatch(/says so already\.\n$/);
    expect(await ferry()).toEqual(corrected);
    expect(await desk('correct', 'world/ferry.md', '--headline', ' ')).toMatchObject({ code: 2 });

    const older = { ...corrected, parserVersion: 'older', version: corrected.version + 1 };
    expect(await laptop.deployment.articles.replace(corrected, older)).toBe(true);
    await deliver(laptop, corrected.source.sequencer);
    await until(async () => (await ferry()).parserVersion !== 'older');
    expect(await ferry()).toMatchObject({
      headline: 'Ferry sails at last',
      revision: corrected.revision,
      edited: corrected.edited,
    });

    await laptop.write({ 'world/ferry.md': story('Ferry sails home') });
    await laptop.run('put', 'world/ferry.md', '--prefix', 'world', '--wait');
    const later = await ferry();
    expect(later).toMatchObject({ headline: 'Ferry sails home' });
    expect(later.edited).toBeUndefined();
    expect(later.warnings.join()).toContain('replaced what was corrected by hand: headline');
  });

  test('publish --rebuild says what it did, and publish of an article changes no word of it', async () => {
    const { left: _, ...before } = await ferry();
    expect(await desk('publish', 'world/ferry.md')).toMatchObject({ code: 0 });
    expect(await ferry()).toEqual({ ...before, version: before.version + 1 });
    // The article counts twice if the publish before is not finished yet.
    expect((await desk('publish', '--rebuild')).stdout).toMatch(
      /^What was checked is what the table says: [23] articles/,
    );
    expect((await desk('publish', '--rebuild')).stdout).toMatch(/, 0 files written\.\n$/);
  });

  test('withdraw takes off every copy of a story, and restore of the one that was named undoes it', async () => {
    for (const name of ['one.md', 'two.md']) {
      await laptop.write({ [name]: story('Goat wins regatta', 'It had boarded the boat by mistake.') });
      await laptop.run('put', name, '--wait');
    }
    expect((await desk('show', 'two.md')).stdout).toMatch(/^status +duplicate of one\.md$/m);
    expect((await desk('show', 'one.md')).stdout).toMatch(/^duplicates +two\.md \(/m);
    expect((await desk('list', '--status', 'duplicate')).stdout).toContain('(duplicate of one.md)');
    const killed = await desk('withdraw', 'two.md', '--yes');
    expect(killed).toMatchObject({
      code: 0,
      stderr: 'note: two.md is a duplicate of one.md, which goes too.\n',
    });
    expect(killed.stdout).toContain('and gone from the site  one.md\n');
    expect(await titles()).not.toContain('Goat wins regatta');
    expect((await desk('show', 'one.md')).stdout).toMatch(
      /^status +duplicate of two\.md, which an editor has withdrawn$/m,
    );
    expect(await desk('restore', 'one.md', '--yes')).toMatchObject({
      code: 2,
      stderr:
        'copydesk: one.md is not withdrawn: it is a duplicate of two.md, which an editor has withdrawn: restore that.\n',
    });
    expect(await desk('restore', 'two.md', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toContain('Goat wins regatta');
    expect((await laptop.record('one.md'))?.status).toBe('duplicate');
  });

  test('restore undoes a kill for the copies when the file that was killed is gone', async () => {
    const { clients, outputs } = laptop.deployment;
    await desk('withdraw', 'two.md', '--yes');
    await clients.s3.send(new DeleteObjectCommand({ Bucket: outputs.intakeBucket, Key: 'two.md' }));
    await until(async () => (await laptop.record('two.md'))?.status === 'deleted');
    expect((await laptop.record('one.md'))?.status).toBe('duplicate');
    const { code, stdout } = await desk('restore', 'two.md', '--yes');
    expect([code, stdout]).toEqual([
      0,
      'restored  two.md, whose file is gone: a copy of the story can be shown again\n',
    ]);
    expect((await laptop.record('one.md'))?.status).toBe('live');
    expect(await desk('restore', 'two.md', '--yes')).toMatchObject({ code: 2 });
    await desk('withdraw', 'one.md', '--yes');
  });
});

describe('failures and retry', () => {
  test('dead letters are seen without being moved, and go back to the intake once', async () => {
    const { clients, outputs } = laptop.deployment;
    expect((await desk('retry', '--yes')).stdout).toMatch(/^Nothing waits to be tried again/);
    const { version } = await ferry();
    for (const key of ['world/ferry.md', 'world/gone.md'])
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: outputs.deadLetterQueue,
          MessageBody: event(key, 'F'.repeat(16)),
        }),
      );
    for (let look = 0; look < 2; look++) {
      const { stdout, code } = await desk('failures', '--json');
      expect(code).toBe(1);
      const { deadLetters, rejected } = JSON.parse(stdout);
      expect(
        deadLetters.map((letter: { events: { key: string }[] }) => letter.events[0]?.key).sort(),
      ).toEqual(['world/ferry.md', 'world/gone.md']);
      expect(rejected).toEqual([expect.objectContaining({ key: 'town/empty.txt' })]);
    }
    expect(await desk('retry', 'world/other.md', '--yes')).toMatchObject({
      code: 1,
      stderr: 'There is no dead letter of world/other.md: "copydesk failures" shows them.\n',
    });
    expect(await desk('retry', '--all', 'world/gone.md', '--yes')).toMatchObject({ code: 2 });
    expect((await desk('retry', 'world/gone.md', '--yes')).stdout).toContain('1 left where they were');
    const { stdout, code } = await desk('retry', '--all', '--yes');
    expect(stdout).toBe('tried again  world/ferry.md\n1 dead letter sent to the intake again.\n');
    expect(code).toBe(0);
    await until(async () => (await ferry()).version > version);

    const garbage = { QueueUrl: outputs.deadLetterQueue, MessageBody: 'garbage' };
    const { MessageId = '' } = await clients.sqs.send(new SendMessageCommand(garbage));
    expect(await desk('retry', '--discard', '--yes')).toMatchObject({ code: 2 });
    expect(await desk('retry', '--discard', MessageId, '--yes')).toMatchObject({
      code: 0,
      stdout: `discarded  ${MessageId}\n1 dead letter deleted.\n`,
    });
    expect(JSON.parse((await desk('status', '--json')).stdout)).toMatchObject({ deadLetters: 0 });
  });

  test('a message that was parked with its reason shows it, and what to do', async () => {
    const { clients, outputs } = laptop.deployment;
    const said = (StringValue: string) => ({ DataType: 'String', StringValue });
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs.deadLetterQueue,
        MessageBody: event('world/ferry.md', 'F'.repeat(16)),
        MessageAttributes: {
          code: said('s3-forbidden'),
          reason: said('Could not read s3://intake/world/ferry.md: Access Denied'),
          sentAt: said('2020-01-01T00:00:00.000Z'),
        },
      }),
    );
    const { stdout } = await desk('failures');
    expect(stdout).toMatch(/world\/ferry\.md +created +\d+d +\w{16} +s3-forbidden\n/);
    expect(stdout).toMatch(/s3-forbidden: Could not read s3:.+Access Denied.+policies of the role/);
    const { deadLetters } = JSON.parse((await desk('failures', '--json')).stdout);
    expect(deadLetters).toMatchObject([{ code: 's3-forbidden', sentAt: '2020-01-01T00:00:00.000Z' }]);
    expect((await desk('retry', '--yes')).stdout).toContain('1 dead letter sent to the intake again.');
  });

  test('a change that could not be published is listed with its reason, and published by a retry', async () => {
    const { articles } = laptop.deployment;
    const { id } = await ferry();
    // A time to come, so that no tick of the laptop tries it first.
    const failure = { isGone: false, error: new Error('S3 was away.'), now: '2099-01-01T00:00:00.000Z' };
    await rememberChange(changeTo(id), failure, articles);
    const { stdout, code } = await desk('failures');
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`world/ferry\\.md +0s +1 +${id} +S3 was away\\.`));
    expect(JSON.parse((await desk('failures', '--json')).stdout).unpublished).toEqual([
      expect.objectContaining({ id, key: 'world/ferry.md', tries: 1, isGone: false, code: 'internal' }),
    ]);
    expect(JSON.parse((await desk('status', '--json')).stdout)).toMatchObject({ unpublished: 1 });
    expect(await desk('retry', '--yes')).toMatchObject({ code: 0, stdout: '1 change published.\n' });
    expect(JSON.parse((await desk('status', '--json')).stdout)).toMatchObject({ unpublished: 0 });
  });

  test('a failed publish is mended by a rebuild', async () => {
    const { clients, outputs } = laptop.deployment;
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs.publishFailureQueue,
        MessageBody: JSON.stringify({ DDBStreamBatchInfo: { batchSize: 3 } }),
      }),
    );
    const { stdout } = await desk('retry', '--yes');
    expect(stdout).toMatch(/The site is rebuilt: 2 articles looked at/);
    expect(JSON.parse((await desk('status', '--json')).stdout)).toMatchObject({ publishFailures: 0 });
  });
});

describe('held stories', () => {
  const HELD = /held: “draft: true” holds the story\. .*npx copydesk release/;
  const file = (key: string, statement: string, text?: string) =>
    laptop.write({ [key]: story('Well found', text).replace('---\n', `---\n${statement}\n`) });
  const put = (key: string) => desk('put', key, '--prefix', 'town', '--wait');
  const found = () => laptop.record('town/well.md') as Promise<Article>;

  test('are shown with their reason wherever editors look, and nowhere else', async () => {
    await file('well.md', 'draft: true', 'A well was found below the old market on Monday.');
    await file('later.md', 'embargo: 2098-12-01 08:00', 'The market opens again in two years.');
    const told = await put('well.md');
    expect(told.stdout).toMatch(/0 live, 0 duplicate, 0 rejected, 0 failed, 1 held\n$/);
    expect(told.stderr).toMatch(HELD);
    await put('later.md');
    expect((await found()).status).toBe('held');

    const due = 'scheduled: due 2098-12-01 08:00 (UTC)';
    const listed = (await desk('list')).stdout;
    expect(listed).toMatch(/^held .*Well found +held: “draft: true” holds the story\./m);
    expect(listed).toContain(due);
    const only = (await desk('list', '--status', 'held', '--json')).stdout.trim().split('\n');
    expect(only.map(line => (JSON.parse(line) as ArticleRecord).source.key)).toEqual(['town/well.md']);
    const shown = (await desk('show', 'town/well.md')).stdout;
    expect(shown).toMatch(HELD);
    expect(shown).not.toMatch(/^warnings/m);
    expect(shown).toMatch(/^page +not on the site$/m);
    expect((await desk('show', 'town/later.md')).stdout).toContain(due);
    const status = (await desk('status')).stdout;
    expect(status).toMatch(/^held +1\n +town\/well\.md: “draft: true” holds the story/m);
    expect(status).toMatch(/^scheduled +1\n +town\/later\.md: due 2098-12-01 08:00 \(UTC\)$/m);
    expect(JSON.parse((await desk('status', '--json')).stdout)).toMatchObject({
      held: 1,
      oldestHeld: [{ key: 'town/well.md', hold: (await found()).hold }],
      scheduled: 1,
      nextScheduled: [{ key: 'town/later.md', due: '2098-12-01T08:00:00.000Z' }],
    });
    expect(await titles()).not.toContain('Well found');
  });

  test('release publishes one, and the same statement does not hold it again', async () => {
    const { code, stdout } = await desk('release', 'town/well.md');
    expect(stdout).toBe('released  town/well.md "Well found"\nand on the site  town/well.md\n');
    expect(code).toBe(0);
    expect(await titles()).toContain('Well found');
    expect(await found()).toMatchObject({ status: 'live', warnings: [] });
    expect((await desk('list', '--status', 'held')).stdout).toBe('Nothing to list.\n');

    await file('well.md', 'draft: true', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/^1 live,/m);
    await file('well.md', 'status: hold', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/, 1 held$/m);
    await laptop.becomes(async () => !(await titles()).includes('Well found'));
    await file('well.md', 'tags: wells', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/^1 live,/m);
  });

  test('restore overrules a cancellation, and release publishes no item without words', async () => {
    const item = (fields: object) => JSON.stringify({ uri: 'urn:mill', ...fields });
    const text = { headline: 'Mill sold', body_text: 'The old mill by the harbour was sold on Monday.' };
    await laptop.write({
      'mill.json': item({ pubstatus: 'usable', type: 'text', ...text }),
      'kill.json': item({ pubstatus: 'canceled' }),
      'later.json': item({ uri: 'urn:weir', pubstatus: 'withheld' }),
    });
    await put('mill.json');
    expect(await titles()).toContain('Mill sold');
    const told = await put('kill.json');
    expect(told.stderr).toContain('It withdraws “town/mill.json”.');
    await laptop.becomes(async () => !(await titles()).includes('Mill sold'));
    expect((await desk('show', 'town/mill.json')).stdout).toMatch(/^status +withdrawn, by another file$/m);
    expect((await desk('release', 'town/mill.json')).stderr).toMatch(
      /another file cancels it, and "copydesk restore"/,
    );
    expect(await desk('restore', 'town/mill.json', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toContain('Mill sold');
    expect(await laptop.record('town/mill.json')).toMatchObject({ status: 'live', warnings: [] });

    await put('later.json');
    expect(await desk('release', 'town/later.json')).toMatchObject({
      code: 2,
      stderr: 'copydesk: town/later.json has no words that could be published: upload the story.\n',
    });
  });

  test.each([
    ['world/ferry.md', 0, /^world\/ferry\.md ".*" is live: nothing holds it\.\n$/],
    [
      'town/later.md',
      2,
      /^copydesk: town\/later\.md is not held: it is scheduled, due 2098-12-01 08:00 \(UTC\); to change that, upload it again [^\n]*\.\n$/,
    ],
    ['one.md', 2, /^copydesk: one\.md is not held: an editor withdrew it, [^\n]*restore[^\n]*\.\n$/],
    ['town/empty.txt', 2, /^copydesk: town\/empty\.txt is a rejected file, and no article\.\n$/],
    ['town/none.txt', 2, /^copydesk: There is no article [^\n]*\n$/],
  ])('release of %s says what it is and changes nothing', async (key, code, said) => {
    const before = await laptop.record(key);
    const run = await desk('release', key);
    expect(run.code).toBe(code);
    expect(run.stdout + run.stderr).toMatch(said);
    expect(await laptop.record(key)).toEqual(before);
  });
});

function event(key: string, sequencer: string): string {
  const object = { key, size: 10, eTag: 'x', sequencer };
  return JSON.stringify({
    Records: [
      {
        eventName: 'ObjectCreated:Put',
        eventTime: new Date().toISOString(),
        s3: { bucket: { name: laptop.deployment.outputs.intakeBucket }, object },
      },
    ],
  });
}

/** Sends the event of the ferry's file again, as `reprocess` does. */
async function deliver({ deployment }: Laptop, sequencer: string): Promise<void> {
  const body = event('world/ferry.md', sequencer);
  await deployment.clients.sqs.send(
    new SendMessageCommand({ QueueUrl: deployment.outputs.intakeQueue, MessageBody: body }),
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It never came true.');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
