import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeExecutionCommand, DescribeMapRunCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { BULK_RUN_KEY, type BulkRun } from '../../../shared/model/bulk-run.ts';
import { recordKey } from '../../../shared/table/article-item.ts';
import { story } from '../../support/copy.ts';
import { jpeg } from '../../support/pictures.ts';
import { CLOUD, openRecorder, type RecordedCall, WITHOUT_RESOURCE } from '../../support/recorded-calls.ts';
import { at } from './at-desk.ts';

/** The policies of docs/security.md. Each role has its own policy and those before it. */
const ROLES = ['Uploader', 'Editor', 'Operator'] as const;
type Role = (typeof ROLES)[number];

/** An action that a policy allows on the resources of a pattern. */
interface Grant {
  action: string;
  pattern: string;
}

const BRIDGE = 'desk/bridge.md';

/** A body that is too large for its record. */
const LONG = Array.from(
  { length: 6_000 },
  (_, at) => `The ferry of day ${at} sailed to island ${at * 7}.`,
).join('\n\n');

/** Calls that only AWS sees, or only a deployment in another state. */
const OTHER_CALLS: Record<Role, RecordedCall[]> = {
  Uploader: [],
  Editor: [
    // `preview` reads the version of its record. It ends at Ctrl-C, so the recorder does not run it.
    { action: 's3:GetObjectVersion', resource: 'arn:aws:s3:::intake/desk/bridge.md' },
  ],
  Operator: [
    // Publish asks no hub from a laptop, so doctor does not look for feeds that wait for it.
    { action: 's3:GetObject', resource: 'arn:aws:s3:::storage/websub.json' },
    // Only stacks with a mailbox have a rule set of SES.
    { action: 'ses:DescribeActiveReceiptRuleSet', resource: '*' },
    {
      action: 'ses:GetEmailIdentity',
      resource: 'arn:aws:ses:eu-west-1:111122223333:identity/desk.example.org',
    },
  ],
};

/** Reads the policies of the page, with the names of the recorded stack. */
function policiesOf(outputs: Record<string, string>): Map<Role, Grant[]> {
  const page = readFileSync(path.join(__dirname, '../../../docs/security.md'), 'utf8');
  const last = (name: string) => (outputs[name] ?? '').replace(/^.*[/:]/, '');
  const names: [string, string][] = [
    ['INTAKE_BUCKET', last('intakeBucket')],
    ['STORAGE_BUCKET', last('storageBucket')],
    ['SITE_BUCKET', last('siteBucket')],
    ['TABLE', last('table')],
    ['INTAKE_QUEUE', last('intakeQueue')],
    ['DEAD_LETTER_QUEUE', last('deadLetterQueue')],
    ['FAILURE_QUEUE', last('publishFailureQueue')],
    ['INGEST_FUNCTION', last('ingestFunction')],
    ['PUBLISH_FUNCTION', last('publishFunction')],
    ['MACHINE', last('bulkMachine')],
    ['ALARM_TOPIC', last('alarmTopic')],
    ['STACK', CLOUD.stack],
    ['FOLDER', 'desk'],
    ['ACCOUNT', CLOUD.account],
    ['REGION', CLOUD.region],
  ];
  return new Map(
    ROLES.map(role => {
      const [, json = ''] = new RegExp(`^### ${role}\\n.*?^\`\`\`json\\n(.*?)^\`\`\``, 'ms').exec(page) ?? [];
      const filled = names.reduce((text, [word, name]) => text.replaceAll(word, name), json);
      const { Version, Statement } = JSON.parse(filled);
      expect(Version).toBe('2012-10-17');
      const grants = (Statement as Record<string, string | string[]>[]).flatMap(
        ({ Effect, Action, Resource }) => {
          expect(Effect).toBe('Allow');
          const patterns = [Resource ?? []].flat();
          return [Action ?? []].flat().flatMap(action => patterns.map(pattern => ({ action, pattern })));
        },
      );
      return [role, grants];
    }),
  );
}

function allows({ action, pattern }: Grant, call: RecordedCall): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return action === call.action && new RegExp(`^${parts.join('.*')}$`).test(call.resource);
}

/** S3 answers 403 to a read of a missing object unless its reader may list the bucket. Only `put` takes both for the same. */
function withListing(calls: readonly RecordedCall[], role: Role): RecordedCall[] {
  if (role === 'Uploader') return [...calls];
  const read = calls.filter(({ action }) => action === 's3:GetObject');
  const listed = read.map(({ resource }) => ({
    action: 's3:ListBucket',
    resource: resource.split('/')[0] ?? '',
  }));
  return [...calls, ...listed];
}

export function permissionTests(): void {
  const calls: Record<Role, RecordedCall[]> = { Uploader: [], Editor: [], Operator: [] };
  let policies: ReturnType<typeof policiesOf>;

  beforeAll(async () => {
    const { storage, clients, outputs, articles } = at.laptop.deployment;
    const table = DynamoDBDocumentClient.from(clients.dynamodb);
    const recorder = await openRecorder(at.laptop);
    policies = policiesOf(recorder.outputs);
    const { cloudFormation, sfn } = recorder.mocks;
    cloudFormation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [
        { ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId: 'alarm' } as never,
      ],
    });
    cloudFormation
      .on(DescribeStackDriftDetectionStatusCommand)
      .resolves({ DetectionStatus: 'DETECTION_COMPLETE' });
    cloudFormation.on(DescribeStackResourceDriftsCommand).resolves({ StackResourceDrifts: [] });
    const as = async (role: Role, ...commands: string[]) => {
      for (const command of commands) {
        const { run, calls: made } = await recorder.calls(...command.split(' '));
        expect([command, run.stderr]).toEqual([command, expect.not.stringContaining('This is a mistake')]);
        calls[role].push(...withListing(made, role));
      }
    };
    const letters = async () => {
      for (const [QueueUrl, MessageBody] of [
        [outputs.deadLetterQueue, 'garbage'],
        [outputs.publishFailureQueue, '{}'],
      ])
        await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    };
    /** Edits a record in the console. */
    const edit = async (key: string, name: string, value: unknown) => {
      await table.send(
        new UpdateCommand({
          TableName: outputs.table,
          Key: recordKey(articles.idOf(key)),
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':value': value },
        }),
      );
    };
    await at.laptop.write({
      'desk/bridge.md': story('Bridge of the desk', 'The bridge of the desk was opened by nobody at all.'),
      'desk/long.md': story('Long', LONG),
      'desk/later.md': '---\ntitle: Later\nstatus: draft\n---\n\nA story that waits for its editor.\n',
      'desk/boat.jpg': jpeg(),
    });
    await as('Uploader', 'put desk --prefix desk');
    await as('Editor', 'put desk --prefix desk --force --wait', 'list', 'list --section world');
    await as('Editor', 'list --status rejected --since 1d', 'list --status all', `show ${BRIDGE}`, 'status');
    await as('Editor', `withdraw ${BRIDGE} --yes`, `restore ${BRIDGE} --yes`, 'release desk/later.md');
    await as('Editor', `hold ${BRIDGE} --yes`, `release ${BRIDGE}`);
    await as(
      'Editor',
      `correct ${BRIDGE} --dek Last --yes`,
      `publish ${BRIDGE}`,
      `reprocess ${BRIDGE} --wait`,
    );
    // The index is then behind, and the next reader of the record corrects it. The publisher would be faster sometimes.
    await at.laptop.beforePublisher(async () => {
      await edit(BRIDGE, 'section', 'Moved');
      await as('Editor', 'list');
    });
    // The file of a broken record is looked for in the intake bucket, in any folder.
    await edit('world/bridge.md', 'headline', 7);
    await as('Editor', 'reprocess world/bridge.md --wait');
    await letters();
    await as('Operator', 'failures', 'retry --yes', 'export --out all.jsonl', 'publish --rebuild');
    const Key = recordKey(articles.idOf('desk/long.md'));
    await table.send(new DeleteCommand({ TableName: outputs.table, Key }));
    await as('Operator', 'import all.jsonl --yes', 'doctor --drift', 'publish --all');
    const run: BulkRun = {
      ...{ name: 'first', order: { kind: 'publish' }, startedAt: new Date().toISOString(), phase: 'work' },
      ...{ lists: [{ key: 'work/first/0', stage: 0, batches: 1, size: 1 }], next: 0, done: 0, failed: 1 },
      execution: CLOUD.execution,
    };
    await storage.put(BULK_RUN_KEY, JSON.stringify(run), { contentType: 'application/json' });
    const note = { batch: {}, failures: [{ subject: 'x', message: 'y' }] };
    await storage.put('work/first/failed/x.json', JSON.stringify(note), { contentType: 'application/json' });
    sfn.on(ListMapRunsCommand).resolves({ mapRuns: [{ mapRunArn: CLOUD.mapRun } as never] });
    sfn.on(DescribeMapRunCommand).resolves({});
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    await as('Editor', 'status');
    await as('Operator', 'publish --stop');
    sfn.on(DescribeExecutionCommand).resolves({ status: 'ABORTED' });
    await as('Operator', 'publish --resume', 'reprocess --all --no-wait');
    recorder.close();
    for (const role of ROLES) calls[role].push(...OTHER_CALLS[role]);
  });

  const grantsUpTo = (role: Role) =>
    ROLES.slice(0, ROLES.indexOf(role) + 1).flatMap(each => policies.get(each) ?? []);

  test.each(ROLES)('the policy %s allows every call of its commands', role => {
    const grants = grantsUpTo(role);
    const needed = calls[role].filter(({ action }) => action !== 'sts:GetCallerIdentity');
    const refused = needed.filter(call => !grants.some(grant => allows(grant, call)));
    expect([...new Set(refused.map(({ action, resource }) => `${action} ${resource}`))]).toEqual([]);
    expect(new Set(needed.map(({ action }) => action)).size).toBeGreaterThan(2);
  });

  test.each(ROLES)('the policy %s allows nothing that its commands do not do, and nothing twice', role => {
    const before = ROLES.slice(0, ROLES.indexOf(role)).flatMap(each => policies.get(each) ?? []);
    const own = policies.get(role) ?? [];
    const unused = own.filter(grant => {
      const used = calls[role].filter(call => allows(grant, call));
      return used.length === 0 || used.every(call => before.some(other => allows(other, call)));
    });
    expect(unused).toEqual([]);
  });

  test('the policies have a wildcard only in the place of names', () => {
    for (const { action, pattern } of grantsUpTo('Operator')) {
      expect(action).not.toContain('*');
      if (pattern === '*') expect(WITHOUT_RESOURCE).toContain(action);
      else expect(pattern).toMatch(/^[^*]+[/:]\*$|^[^*]+$/);
    }
  });
}
