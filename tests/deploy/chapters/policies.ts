import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentOutputs } from '../../../shared/stack/stack-outputs.ts';
import type { Chapter } from '../chapter.ts';
import { headline, inFeed, lastLine, story } from '../stories.ts';

const REFUSED = /These AWS credentials may not do this/;

/** The policies of docs/security.md, "Policies for people", each in a role of its own. */
export const policies: Chapter = async ({ steps, checkout, account, root }) => {
  const outputs = await account.deployed();
  const [uploader, editor, operator] = await policiesOf(root, checkout.stackName, outputs);
  const roles = await account.makeRoles(
    new Map([
      ['uploader', [uploader]],
      ['editor', [uploader, editor]],
      ['operator', [uploader, editor, operator]],
    ]),
  );
  const acting = async (role: string) => checkout.as(await account.roleCredentials(role));
  const files = async (name: string) => checkout.write(`people/${name}.txt`, story(`world/${name}`));
  const shown = (name: string) => inFeed(account, outputs.siteBucket, headline(`world/${name}`));

  await steps.do('an uploader files in one folder, and may do nothing else', async () => {
    const person = await acting('uploader');
    const file = await files('uploaded');
    await person.desk('put', file, '--prefix', 'world');
    await shown('uploaded');
    for (const args of [
      ['put', file, '--prefix', 'science'],
      ['list'],
      ['withdraw', 'world/uploaded.txt', '--yes'],
    ])
      assert.match(await person.deskRefused(...args), REFUSED, args.join(' '));
  });
  await steps.do(
    'an editor files, looks, corrects, withdraws and restores, and starts no runs',
    async remark => {
      const person = await acting('editor');
      const key = 'world/edited.txt';
      await person.desk('put', await files('edited'), '--prefix', 'world', '--wait');
      await person.desk('correct', key, '--headline', 'Edited by an editor', '--yes');
      for (const command of ['withdraw', 'restore']) await person.desk(command, key, '--yes');
      for (const args of [['list'], ['status'], ['show', key], ['export']]) await person.desk(...args);
      for (const args of [
        ['publish', '--rebuild'],
        ['publish', '--all'],
      ])
        remark((await person.deskRefused(...args)).trimEnd());
    },
  );
  await steps.do('an operator starts runs and looks for failures', async remark => {
    const person = await acting('operator');
    await person.desk('publish', '--rebuild');
    await person.desk('failures');
    for (const command of ['publish', 'reprocess']) remark(lastLine(await person.desk(command, '--all')));
  });
  await roles.undo();
};

/** The three policies, with the names of this stack in the place of the words in capitals. */
async function policiesOf(
  root: string,
  stackName: string,
  outputs: DeploymentOutputs,
): Promise<[uploader: object, editor: object, operator: object]> {
  const docs = await readFile(join(root, 'docs', 'security.md'), 'utf8');
  const section = docs.slice(docs.indexOf('## Policies for people'), docs.indexOf('## Hostile files'));
  const last = (name: string) => name.replace(/^.*[/:]/, '');
  const names: [string, string][] = [
    // Emulators do not check ARNs of aliases, executions and map runs as AWS does.
    ['_FUNCTION:live', '_FUNCTION*'],
    ['arn:aws:states:REGION:ACCOUNT:execution:MACHINE:*', '*'],
    ['arn:aws:states:REGION:ACCOUNT:mapRun:MACHINE/*', '*'],
    ['INTAKE_BUCKET', outputs.intakeBucket],
    ['STORAGE_BUCKET', outputs.storageBucket],
    ['SITE_BUCKET', outputs.siteBucket],
    ['TABLE', outputs.table],
    ['INTAKE_QUEUE', last(outputs.intakeQueue)],
    ['DEAD_LETTER_QUEUE', last(outputs.deadLetterQueue)],
    ['FAILURE_QUEUE', last(outputs.publishFailureQueue)],
    ['INGEST_FUNCTION', outputs.ingestFunction],
    ['PUBLISH_FUNCTION', outputs.publishFunction],
    ['MACHINE', last(outputs.bulkMachine)],
    ['STACK', stackName],
    ['FOLDER', 'world'],
    // No command here reads the topic.
    ...['ALARM_TOPIC', 'ACCOUNT', 'REGION'].map((word): [string, string] => [word, '*']),
  ];
  const found = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) =>
    JSON.parse(names.reduce((text, [word, name]) => text.replaceAll(word, name), json)),
  );
  assert.equal(found.length, 3, 'docs/security.md has three policies');
  return found as [object, object, object];
}
