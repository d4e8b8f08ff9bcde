import { readSettings } from '../../../shared/settings/settings.ts';
import { many, resourcesOf, statementsOf, target, templateOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

const template = templateOf(VARIANTS.full);
const { secondRegion: names } = readSettings(VARIANTS.full).deployment;
const rulesOf = (bucket: string) =>
  resourcesOf(template, 'AWS::S3::Bucket').find(([id]) => id.startsWith(bucket))?.[1].Properties
    .ReplicationConfiguration?.Rules;

describe('copies in a second region', () => {
  test('are made only if the settings say so', () => {
    const made = templateOf();
    for (const type of ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupVault'])
      expect(resourcesOf(made, type)).toEqual([]);
    expect(JSON.stringify(made.toJSON())).not.toContain('ReplicationConfiguration');
  });

  test('the table is copied each day, and the copy lives as long as the settings say', () => {
    const [[, plan] = []] = resourcesOf(template, 'AWS::Backup::BackupPlan');
    const [rule, ...others] = plan?.Properties.BackupPlan.BackupPlanRule ?? [];
    expect(others).toEqual([]);
    expect(rule.ScheduleExpression).toMatch(/^cron\(\d+ \d+ \* \* \? \*\)$/);
    expect(rule.CopyActions).toEqual([
      { DestinationBackupVaultArn: names?.vaultArn, Lifecycle: { DeleteAfterDays: 35 } },
    ]);
    const [[table] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    const [[, selection] = []] = resourcesOf(template, 'AWS::Backup::BackupSelection');
    expect(selection?.Properties.BackupSelection.Resources.map(target)).toEqual([table]);
  });

  test('every file, body and picture is copied, and no deletion is', () => {
    const prefixes = (bucket: string) =>
      rulesOf(bucket).map(({ Filter }: { Filter: { Prefix: string } }) => Filter.Prefix);
    expect(prefixes('Intake')).toEqual(['']);
    // What ingest writes; all else is made from the table.
    const written = statementsOf(template)
      .filter(
        ({ id, statement }) =>
          id.startsWith('IntakeIngest') && many(statement.Action).includes('s3:PutObject'),
      )
      .flatMap(({ statement }) => many(statement.Resource))
      .map(resource => (resource as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].at(-1));
    expect(prefixes('Storage').map((prefix: string) => `/${prefix}*`)).toEqual(written);
    expect(rulesOf('Site')).toBeUndefined();
    for (const bucket of ['Intake', 'Storage'])
      for (const { DeleteMarkerReplication } of rulesOf(bucket))
        expect(DeleteMarkerReplication).toEqual({ Status: 'Disabled' });
  });

  test('each role writes only to the vault or the bucket of its copies', () => {
    const grants = statementsOf(template)
      .filter(({ id, type }) => type === 'AWS::IAM::Policy' && id.startsWith('SecondRegion'))
      .flatMap(({ statement }) =>
        many(statement.Action).map(action => [action, JSON.stringify(statement.Resource)]),
      )
      .filter(([action]) => /Replicate|CopyInto/.test(action ?? ''));
    expect(grants.map(([action]) => action).sort()).toEqual([
      'backup:CopyIntoBackupVault',
      's3:ReplicateObject',
      's3:ReplicateObject',
      's3:ReplicateTags',
      's3:ReplicateTags',
    ]);
    for (const [action = '', resource = ''] of grants) {
      if (action.startsWith('backup:')) expect(resource).toContain(names?.vaultArn);
      else
        expect(resource).toMatch(new RegExp(`:s3:::(${names?.intakeBucket}|${names?.storageBucket})/\\*"`));
    }
  });

  test('a vault of a removed stack does not block the next one, and keeps what it holds', () => {
    const [[, vault] = []] = resourcesOf(template, 'AWS::Backup::BackupVault');
    expect(JSON.stringify(vault?.Properties.BackupVaultName)).toContain('AWS::StackId');
    expect(vault?.DeletionPolicy).toMatch(/^Retain/);
    expect(vault?.Properties.Notifications.BackupVaultEvents).toEqual(['COPY_JOB_FAILED']);
  });

  test.each([
    [{ data: 'destroy' }, /data.+secondRegion/],
    [{ secondRegion: { ...names, storageBucket: names?.intakeBucket } }, /two buckets/],
    [{ secondRegion: { ...names, vaultArn: 'bugle' } }, /ARN of a vault/],
    [{ secondRegion: { vaultArn: names?.vaultArn } }, /secondRegion\.intakeBucket/],
  ])('%j is refused', (deployment, why) => {
    expect(() => readSettings({ deployment: { secondRegion: names, ...deployment } })).toThrow(why);
  });
});
