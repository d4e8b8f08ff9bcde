import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { checkNode } from '../../cli/doctor/machine/node.ts';
import { EXIT } from '../../cli/output/exit-codes.ts';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';
import { adopted } from './adoption.ts';
import { type Account, until } from './deployment.ts';
import { everyFormat } from './formats.ts';
import { EXAMINED, examined, statusOf } from './reports.ts';
import type { StoryOptions } from './story-options.ts';

const DEPLOY = ['deploy', '--require-approval', 'never', '--progress', 'events'];

/** What `cdk deploy` says where there is nothing to do. */
const UNCHANGED = /\(no changes\)/;

/** How far ahead the embargo is. It ends between the two parts that compare all files: the orders and the bulk runs. */
const EMBARGO_MS = 120_000;

/** The life of a stack, from an empty account back to it. @throws Error in the step that fails */
export async function tellStory({ steps, checkout, account }: StoryOptions): Promise<void> {
  await checkout.configure({ site: { title: 'The Harbour Post' } });

  await steps.do('cdk bootstrap', () => checkout.cdk('bootstrap'));
  const outputs = await steps.do('cdk deploy: the real template, with CloudFront', async remark => {
    await checkout.cdk(...DEPLOY);
    const found = await deployed(account);
    remark(found.site);
    return found;
  });
  const titles = async () => (await account.feed(outputs.siteBucket)).items.map(({ title }) => title);
  const inFeed = (title: string) =>
    until(`"${title}" is in the feed`, async () => (await titles()).includes(title));

  await steps.do('copydesk put: a folder of stories', async remark => {
    // The space is written otherwise in the event of the upload.
    for (const name of ['world/ferry', 'world/harbour', 'science/tides', 'culture/storm at sea'])
      await checkout.write(`stories/${name}.txt`, story(name));
    remark(lastLine(await checkout.desk('put', 'stories', '--wait')));
  });

  await steps.do('the feed, read from the site bucket', async remark => {
    await until('four stories are in the feed', async () => (await titles()).length === 4);
    const [first] = (await account.feed(outputs.siteBucket)).items;
    assert.ok(first?.url.startsWith(outputs.site), `${first?.url} is an address of the site`);
    const keys = await account.keys(outputs.siteBucket);
    for (const key of ['index.html', 'feed.xml', 'atom.xml', 'world/index.html', 'world/feed.xml'])
      assert.ok(keys.includes(key), `${key} is there`);
    remark(`${keys.length} files`);
  });

  const due = new Date(Date.now() + EMBARGO_MS);
  const embargoed = headline('world/embargo');
  await steps.do('copydesk put --publish-at: a story under embargo', async () => {
    const file = await checkout.write('later/embargo.txt', story('world/embargo'));
    await checkout.desk('put', file, '--prefix', 'world', '--publish-at', due.toISOString(), '--wait');
    assert.ok(!(await titles()).includes(embargoed), 'it is not public before its time');
  });

  await steps.do('a correction: the same file with another headline', async () => {
    const before = (await account.feed(outputs.siteBucket)).items.find(
      ({ title }) => title === headline('world/ferry'),
    );
    const file = await checkout.write('stories/world/ferry.txt', story('world/ferry', 'as corrected'));
    await checkout.desk('put', file, '--prefix', 'world', '--wait');
    await inFeed(headline('world/ferry', 'as corrected'));
    const items = (await account.feed(outputs.siteBucket)).items;
    assert.equal(items.length, 4, 'it replaced what it corrects');
    const after = items.find(({ title }) => title === headline('world/ferry', 'as corrected'));
    assert.equal(after?.id, before?.id, 'a feed reader knows it as the same article');
  });

  await steps.do('a deletion: the story leaves the feed', async () => {
    await account.delete(outputs.intakeBucket, 'world/harbour.txt');
    await until('it is gone', async () => !(await titles()).includes(headline('world/harbour')));
    assert.equal((await titles()).length, 3, 'the others stay');
  });

  await everyFormat({ steps, checkout, account }, outputs);
  await desk({ steps, checkout, account }, outputs);
  await poison({ steps, checkout, account }, outputs, inFeed);
  await steps.do('the embargo has ended, by the clock of the stack', async () => {
    const waiting = due.getTime() - Date.now();
    if (waiting > 0) await pause(waiting);
    // A minute until the next tick, at worst.
    await until('it is public', async () => (await titles()).includes(embargoed), { seconds: 90 });
  });

  await bulkRuns({ steps, checkout, account }, outputs);

  await steps.do('cdk diff: nothing differs', () => checkout.cdk('diff', '--fail'));
  await steps.do('a second cdk deploy: no changes', async () => {
    assert.match(await checkout.cdk(...DEPLOY), UNCHANGED);
    assert.deepEqual(await deployed(account), outputs);
  });

  await again({ steps, checkout, account }, outputs);
}

/** The desk's orders on what is there. Each returns once the site shows it. */
async function desk(
  { steps, checkout, account }: StoryOptions,
  { siteBucket, site: address }: DeploymentOutputs,
): Promise<void> {
  const key = 'world/ferry.txt';
  const shown = async () => (await account.feed(siteBucket)).items.map(({ title }) => title);
  const corrected = 'The ferry sails again, says the desk';

  await steps.do('copydesk list and show', async () => {
    assert.ok((await checkout.desk('list', '--json')).includes(headline('world/ferry', 'as corrected')));
    assert.ok((await checkout.desk('show', key, '--json')).includes(key));
  });
  await steps.do('copydesk status: nothing waits, nothing failed', async () => {
    await until('the intake is empty', async () => (await statusOf(checkout)).intake.total === 0);
    const { site, deadLetters, publishFailures, rejected, overdue, newest, lastPublish } =
      await statusOf(checkout);
    assert.equal(site, address);
    assert.deepEqual(
      { deadLetters, publishFailures, rejected, overdue },
      { deadLetters: 0, publishFailures: 0, rejected: 0, overdue: 0 },
    );
    assert.ok((await shown()).includes(newest?.headline ?? ''), 'the newest is in the feed');
    assert.ok(Date.parse(lastPublish ?? '') <= Date.now(), 'the feed was written');
  });
  await steps.do('copydesk doctor: all is well, but that nothing serves the site', async remark => {
    const checks = await examined(checkout);
    assert.deepEqual(new Set(checks.map(({ about }) => about)), EXAMINED);
    const node = checkNode(process.versions.node);
    // The check of Node warns on Node 20. MiniStack makes the distribution, and no name leads to it.
    assert.deepEqual(
      checks.filter(({ state }) => state !== 'ok').map(({ state, about }) => `${state} ${about}`),
      [...(node.state === 'ok' ? [] : [`${node.state} Node`]), 'fail site'],
    );
    const site = checks.find(({ about }) => about === 'site')?.says ?? '';
    assert.ok(site.startsWith(`${address}/feed.json `), site);
    remark(site);
    const lines = await checkout.deskEnding(EXIT.someFailed, 'doctor');
    assert.match(lines, /^ok +stack +CREATE_COMPLETE$/m);
    assert.equal(lastLine(lines), node.state === 'ok' ? '1 wrong.' : '1 wrong, 1 to look at.');
  });
  await steps.do('copydesk correct: another headline, by hand', async () => {
    await checkout.desk('correct', key, '--headline', corrected, '--note', 'It does sail.', '--yes');
    await until('the feed has it', async () => (await shown()).includes(corrected));
  });
  await steps.do('copydesk withdraw, and restore', async () => {
    await checkout.desk('withdraw', key, '--yes');
    await until('it is gone', async () => !(await shown()).includes(corrected));
    await checkout.desk('restore', key, '--yes');
    await until('it is back', async () => (await shown()).includes(corrected));
  });
  await steps.do('copydesk reprocess --all and publish --rebuild: nothing changes', async remark => {
    const before = await account.files(siteBucket);
    remark(lastLine(await checkout.desk('reprocess', '--all')));
    await checkout.desk('publish', '--rebuild');
    assert.deepEqual(await account.files(siteBucket), before);
  });
}

/** The state machine of bulk runs makes a site that was lost, and parses all files anew. */
async function bulkRuns(
  { steps, checkout, account }: StoryOptions,
  { siteBucket, storageBucket, table }: DeploymentOutputs,
): Promise<void> {
  const before = await account.files(siteBucket);
  await steps.do('copydesk publish --all: a lost site with lost states comes back', async remark => {
    await account.empty(siteBucket, /^/);
    await account.empty(storageBucket, /^(?!bodies\/|media\/|work\/)/);
    remark(lastLine(await checkout.desk('publish', '--all')));
    const after = await account.files(siteBucket);
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
    for (const [key, text] of before) assert.equal(after.get(key), text, key);
    const { bulk } = await statusOf(checkout);
    assert.deepEqual(
      { kind: bulk?.kind, state: bulk?.state, failed: bulk?.failed, left: bulk?.left },
      { kind: 'publish', state: 'ended', failed: 0, left: 0 },
    );
  });
  await steps.do('copydesk reprocess --all: each file is parsed anew', async remark => {
    const aged = await account.age(table);
    const told = await checkout.desk('reprocess', '--all');
    remark(`${aged} records of an older parser: ${lastLine(told)}`);
    assert.equal(await account.aged(table), 0);
    assert.deepEqual(await account.files(siteBucket), before);
  });
}

/** A file that fails for good is parked, found, and put back once the cause is mended. */
async function poison(
  { steps, checkout, account }: StoryOptions,
  { intakeBucket, intakeQueue, deadLetterQueue, ingestFunction }: DeploymentOutputs,
  inFeed: (title: string) => Promise<unknown>,
): Promise<void> {
  const key = 'world/poison.txt';
  const denial = await account.deny(ingestFunction, intakeBucket, key);
  await steps.do('a file that ingest may not read is parked at once, with its reason', async remark => {
    const file = await checkout.write('later/poison.txt', story('world/poison'));
    await checkout.desk('put', file, '--prefix', 'world');
    await until('it is parked', async () => (await account.messages(deadLetterQueue)) === 1);
    await until('nothing else waits', async () => (await account.messages(intakeQueue)) === 0);
    const failures = await checkout.deskEnding(EXIT.someFailed, 'failures', '--json');
    for (const word of [key, 's3-forbidden'])
      assert.ok(failures.includes(word), `copydesk failures names ${word}: ${failures}`);
    remark(`copydesk failures names ${key} and s3-forbidden`);
    assert.equal((await statusOf(checkout)).deadLetters, 1, 'copydesk status counts it');
    const found = (await examined(checkout)).find(({ about }) => about === 'dead letters');
    assert.equal(`${found?.state} ${found?.says}`, 'fail 1 wait', 'copydesk doctor sees it');
  });
  await denial.undo();
  await steps.do('mended, copydesk retry brings it back', async () => {
    await checkout.desk('retry', key, '--yes');
    await inFeed(headline('world/poison'));
    await until('no dead letter is left', async () => (await account.messages(deadLetterQueue)) === 0);
  });
}

/** What `cdk destroy` leaves, and that it leaves room for another. */
async function again({ steps, checkout, account }: StoryOptions, first: DeploymentOutputs): Promise<void> {
  const { intakeBucket, siteBucket } = first;
  await steps.do('cdk destroy: the stack is gone, the copy is kept', async () => {
    await checkout.cdk('destroy', '--force');
    assert.equal(await account.outputs(), undefined);
    assert.ok((await account.keys(intakeBucket)).includes('world/ferry.txt'));
    assert.ok((await account.keys(siteBucket)).includes('feed.xml'));
  });

  await adopted({ steps, checkout, account }, first, {
    deploy: DEPLOY,
    story: addition => story('world/ferry', addition),
  });
  await steps.do('cdk destroy once more', () => checkout.cdk('destroy', '--force'));

  await checkout.configure({
    site: { baseUrl: 'https://news.example.org' },
    deployment: { cloudFront: false, data: 'destroy' },
  });
  const outputs = await steps.do('cdk deploy after it, for a CDN of their own', async remark => {
    await checkout.cdk(...DEPLOY);
    const found = await deployed(account);
    assert.notEqual(found.intakeBucket, intakeBucket, 'it begins afresh beside what was kept');
    assert.equal(found.site, 'https://news.example.org');
    remark(found.site);
    return found;
  });
  await steps.do('the new one publishes', async () => {
    await checkout.desk('put', 'stories', '--wait');
    const count = async () => (await account.feed(outputs.siteBucket)).items.length;
    await until('four stories are in its feed', async () => (await count()) === 4);
  });
  await steps.do('cdk destroy of a stage that keeps nothing', async () => {
    await checkout.cdk('destroy', '--force');
    assert.equal(await account.outputs(), undefined);
    for (const bucket of [outputs.intakeBucket, outputs.storageBucket, outputs.siteBucket])
      assert.ok(!(await account.hasBucket(bucket)), `${bucket} is gone, with what was in it`);
    assert.ok(await account.hasBucket(intakeBucket), 'what the first one kept is not touched');
  });
}

async function deployed(account: Account): Promise<DeploymentOutputs> {
  const outputs = await account.outputs();
  assert.ok(outputs, 'the stack is there');
  return outputs;
}

function headline(name: string, addition = 'as first told'): string {
  return `What the desk knows of ${name.replace('/', ' ')}, ${addition}`;
}

/** A story as a reporter would file it; no two are alike, or one would be the duplicate of the other. */
function story(name: string, addition?: string): string {
  const subject = name.split('/').at(-1) ?? name;
  const paragraphs = ['Nobody on the quay', 'By the afternoon', 'What comes next'].map(
    (opening, index) =>
      `${opening} spoke of anything but the ${subject}, said witness number ${index + 1} of the ${name} affair, ` +
      `who had watched the ${subject} since the morning and counted ${subject.length * (index + 7)} of them.`,
  );
  return [headline(name, addition), ...paragraphs].join('\n\n');
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
