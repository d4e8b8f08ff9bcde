import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { liveFunction, many, resourcesOf, stackOf, statementsOf, target, templateOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

const gradual = templateOf({ deployment: { rollout: 'gradual' } });
const plain = templateOf();

/** The version that each alias names, by the part of the stack: an id made from all that a version holds. */
const versionsIn = (template: Template): Record<string, string | undefined> =>
  Object.fromEntries(
    resourcesOf(template, 'AWS::Lambda::Alias').map(([id, { Properties }]) => [
      id.replace(/Live.*/, ''),
      target(Properties.FunctionVersion),
    ]),
  );

describe.each(Object.entries(VARIANTS))('versions of the functions, with the settings %s', (_, settings) => {
  const template = templateOf(settings);

  test('everything that calls a function calls its alias', () => {
    const called = [
      ...resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
        ([, { Properties }]) => Properties.FunctionName,
      ),
      ...resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties.Target.Arn),
      ...statementsOf(template)
        .filter(({ statement }) => many(statement.Action).includes('lambda:InvokeFunction'))
        .flatMap(({ statement }) => many(statement.Resource)),
    ];
    expect(called.map(reference => liveFunction(template, reference)).filter(Boolean)).toHaveLength(
      called.length,
    );
    const machine = JSON.stringify(resourcesOf(template, 'AWS::StepFunctions::StateMachine'));
    expect(machine).toContain('Live');
    expect(machine).not.toMatch(/"(IntakeIngest|PublisherPublish)Function/);
  });

  test('calls that wait are given up after an hour, whatever their version', () => {
    const waits = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => [
      liveFunction(template, Properties.Qualifier)?.startsWith('Publisher'),
      Properties.MaximumEventAgeInSeconds,
    ]);
    expect(waits).toEqual([[true, 3_600]]);
  });

  test('an alias names the one version of its function, and older ones are deleted', () => {
    const versions = resourcesOf(template, 'AWS::Lambda::Version');
    expect(versions.map(([id]) => id).sort()).toEqual(Object.values(versionsIn(template)).sort());
    for (const [, { DeletionPolicy = 'Delete' }] of versions) expect(DeletionPolicy).toBe('Delete');
  });
});

describe('a new version', () => {
  const before = versionsIn(plain);

  test.each([
    [
      'a setting that both functions read',
      { site: { title: 'The Bugle' } },
      ['IntakeIngest', 'PublisherPublish'],
    ],
    [
      'the address of the site',
      { site: { baseUrl: 'https://news.example' } },
      ['IntakeIngest', 'PublisherPublish'],
    ],
    ['a variable of one function', { alarms: { rejectedPercent: 7 } }, ['IntakeIngest']],
    ['the memory of one function', { deployment: { publishMemory: 2_000 } }, ['PublisherPublish']],
    ['tracing', { deployment: { tracing: true } }, ['IntakeIngest', 'PublisherPublish']],
  ])('is made by %s', (_, settings, changed) => {
    const after = versionsIn(templateOf(settings));
    expect(Object.keys(before).filter(part => after[part] !== before[part])).toEqual(changed);
  });

  test.each([
    ['the receiver of alarms', { alarms: { email: 'desk@example.org' } }],
    ['tags', { deployment: { tags: { desk: 'world' } } }],
    ['the time for which logs are kept', { deployment: { logDays: 90 } }],
    ['the way of the rollout', { deployment: { rollout: 'gradual' } }],
    ['the removal of its data with the stage', { deployment: { data: 'destroy' } }],
    ['the concurrency of the queue', { deployment: { ingestConcurrency: 9 } }],
  ])('is not made by %s, so that nothing is rolled out', (_, settings) => {
    expect(versionsIn(templateOf(settings))).toEqual(before);
  });

  test('is made by new code', () => {
    const stack = stackOf();
    for (const part of stack.node.findAll())
      if (part instanceof lambda.CfnFunction && part.node.path.includes('/Ingest/'))
        part.code = { s3Bucket: 'assets', s3Key: 'other-code.zip' };
    const after = versionsIn(Template.fromStack(stack));
    expect(Object.keys(before).filter(part => after[part] !== before[part])).toEqual(['IntakeIngest']);
  });
});

describe('a gradual rollout', () => {
  const alarms = new Map(resourcesOf(gradual, 'AWS::CloudWatch::Alarm'));
  const groups = new Map(resourcesOf(gradual, 'AWS::CodeDeploy::DeploymentGroup'));
  const aliases = resourcesOf(gradual, 'AWS::Lambda::Alias');
  const guardsOf = (alias: (typeof aliases)[number][1]) => {
    const { DeploymentGroupName } = (
      alias as unknown as { UpdatePolicy: { CodeDeployLambdaAliasUpdate: Record<string, unknown> } }
    ).UpdatePolicy.CodeDeployLambdaAliasUpdate;
    const group = groups.get(target(DeploymentGroupName) ?? '')?.Properties;
    const guards: [string, Record<string, unknown>][] = group?.AlarmConfiguration.Alarms.map(
      ({ Name }: { Name: unknown }) => [target(Name), alarms.get(target(Name) ?? '')?.Properties],
    );
    return { group, guards };
  };

  test('is made only if the settings say so, because emulators have no CodeDeploy', () => {
    expect(resourcesOf(plain, 'AWS::CodeDeploy::Application')).toEqual([]);
    expect(JSON.stringify(plain.toJSON())).not.toContain('UpdatePolicy');
  });

  test.each(aliases)('%s goes back if the new version crashes, and not if the old one does', (id, alias) => {
    const { group, guards } = guardsOf(alias);
    expect(group?.AutoRollbackConfiguration).toEqual({
      Enabled: true,
      Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
    });
    expect(group?.AlarmConfiguration.Enabled).toBe(true);
    const crashes = guards.find(([, { MetricName }]) => MetricName === 'Errors')?.[1];
    const dimensions = new Map(
      ((crashes?.Dimensions ?? []) as { Name: string; Value: unknown }[]).map(({ Name, Value }) => [
        Name,
        Value,
      ]),
    );
    expect([...dimensions.keys()].sort()).toEqual(['ExecutedVersion', 'FunctionName', 'Resource']);
    expect(target(dimensions.get('ExecutedVersion'))).toBe(target(alias.Properties.FunctionVersion));
    expect(target(dimensions.get('FunctionName'))).toBe(target(alias.Properties.FunctionName));
    expect(JSON.stringify(dimensions.get('Resource'))).toContain(`:${alias.Properties.Name}"`);
    expect(id.startsWith('Intake') ? ['NumberOfMessagesSent', 'Failed'] : ['Unpublished']).toEqual(
      guards.flatMap(([, { MetricName }]) => (MetricName === 'Errors' ? [] : [MetricName])),
    );
  });

  test.each(aliases)('%s: each alarm rings before the rollout ends', (_, alias) => {
    const { group, guards } = guardsOf(alias);
    const [, percent, minutes] = /Linear(\d+)PercentEvery(\d+)Minute/.exec(group?.DeploymentConfigName) ?? [];
    const lasts = (100 / Number(percent) - 1) * Number(minutes) * 60;
    for (const [name, { Period, EvaluationPeriods, Threshold, TreatMissingData }] of guards) {
      expect([name, Threshold, TreatMissingData]).toEqual([name, 0, 'notBreaching']);
      expect(Number(Period) * Number(EvaluationPeriods)).toBeLessThanOrEqual(lasts - 240);
    }
  });

  test('docs/costs.md counts its alarms', () => {
    const [, counted] =
      /rollout`\) has (\d+) alarms of its own/.exec(readFileSync('docs/costs.md', 'utf8')) ?? [];
    expect(alarms.size - resourcesOf(plain, 'AWS::CloudWatch::Alarm').length).toBe(Number(counted));
  });

  test('what rings before a deployment, such as dead letters, does not refuse it', () => {
    // Their number stays until somebody retries them, and a fix must be deployed before that.
    const guarding = aliases.flatMap(([, alias]) =>
      guardsOf(alias).guards.map(([, { MetricName }]) => MetricName),
    );
    expect(guarding).not.toContain('ApproximateNumberOfMessagesVisible');
  });

  test('CodeDeploy moves the two aliases, and nothing else', () => {
    const grants = statementsOf(gradual).filter(
      ({ id, type }) => id.startsWith('Rollout') && type === 'AWS::IAM::Policy',
    );
    const moved = grants.filter(({ statement }) => many(statement.Action).includes('lambda:UpdateAlias'));
    expect(
      moved
        .flatMap(({ statement }) => many(statement.Resource).map(resource => JSON.stringify(resource)))
        .sort(),
    ).toEqual(
      aliases
        .flatMap(([, { Properties }]) => {
          const arn = { 'Fn::GetAtt': [target(Properties.FunctionName), 'Arn'] };
          return [JSON.stringify(arn), JSON.stringify({ 'Fn::Join': ['', [arn, ':live']] })];
        })
        .sort(),
    );
    expect(new Set(grants.flatMap(({ statement }) => many(statement.Action)))).toEqual(
      new Set([
        'cloudwatch:DescribeAlarms',
        'lambda:GetAlias',
        'lambda:GetProvisionedConcurrencyConfig',
        'lambda:UpdateAlias',
      ]),
    );
  });
});
