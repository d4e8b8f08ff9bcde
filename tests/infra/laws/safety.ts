import {
  allResources,
  liveFunction,
  many,
  resourcesOf,
  statementsOf,
  target,
  templateOf,
} from '../template.ts';
import { VARIANTS } from '../variants.ts';

const template = templateOf();
const buckets = resourcesOf(template, 'AWS::S3::Bucket');

/** Actions for which AWS offers no resource narrower than `*`, and where it says so. */
const WITHOUT_RESOURCE = new Map([
  ['xray:PutTraceSegments', 'Service Authorization Reference, X-Ray: no resource types'],
  ['xray:PutTelemetryRecords', 'Service Authorization Reference, X-Ray: no resource types'],
  ['cloudwatch:DescribeAlarms', 'CloudWatch API Reference, DescribeAlarms: must have the * scope'],
  ['dynamodb:ListStreams', 'Service Authorization Reference, DynamoDB: no resource types'],
]);

/** Properties that give a resource a name of one's own, so that a second deployment collides with the first. */
const NAMES = [
  'AlarmName',
  'BucketName',
  'DashboardName',
  'FunctionName',
  'LogGroupName',
  'Name',
  'PolicyName',
  'QueueName',
  'RoleName',
  'TableName',
  'TopicName',
];

describe('buckets', () => {
  test('there are three: copy, storage, site', () => expect(buckets).toHaveLength(3));

  test.each(buckets)('%s is private, encrypted, without ACLs', (_, { Properties }) => {
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test.each(buckets)('%s refuses what comes without TLS 1.2', id => {
    const denials = statementsOf(template).filter(
      ({ type, statement }) =>
        type === 'AWS::S3::BucketPolicy' &&
        statement.Effect === 'Deny' &&
        many(statement.Resource).some(resource => target(resource) === id),
    );
    expect(denials.map(({ statement }) => statement.Condition)).toEqual(
      expect.arrayContaining([
        { Bool: { 'aws:SecureTransport': 'false' } },
        { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      ]),
    );
  });

  const rulesOf = (id: string) =>
    buckets.find(([name]) => name.startsWith(id))?.[1].Properties.LifecycleConfiguration.Rules ?? [];
  const daysOf = (rules: { Prefix?: string; NoncurrentVersionExpiration?: { NoncurrentDays: number } }[]) =>
    rules.flatMap(({ Prefix = '', NoncurrentVersionExpiration }) =>
      NoncurrentVersionExpiration ? [[Prefix, NoncurrentVersionExpiration.NoncurrentDays]] : [],
    );

  test('what cannot be made again is kept as versions, and those expire; the site is made again', () => {
    const versioned = buckets.filter(
      ([, { Properties }]) => Properties.VersioningConfiguration?.Status === 'Enabled',
    );
    expect(versioned.map(([id]) => id.replace(/Bucket.*/, '')).sort()).toEqual(['Intake', 'Storage']);
    for (const [id] of versioned) expect(daysOf(rulesOf(id)).length).toBeGreaterThan(0);
  });

  test('a version of copy lives longer than a message that names it can wait', () => {
    const waits = resourcesOf(template, 'AWS::SQS::Queue').map(
      ([, { Properties }]) => Properties.MessageRetentionPeriod / 86_400,
    );
    const [[, days] = []] = daysOf(rulesOf('Intake'));
    expect(days).toBeGreaterThan(Math.max(...waits));
    const made = templateOf({ deployment: { copyDays: 90 } });
    expect(JSON.stringify(resourcesOf(made, 'AWS::S3::Bucket'))).toContain('"NoncurrentDays":90');
  });

  test('of the storage bucket, all that publish writes again and again loses its versions within a day', () => {
    const written = statementsOf(template)
      .filter(
        ({ id, statement }) =>
          id.startsWith('PublisherPublish') && many(statement.Action).includes('s3:PutObject'),
      )
      .flatMap(({ statement }) => many(statement.Resource))
      .flatMap(resource => {
        const [bucket, keys] = (resource as { 'Fn::Join': [string, [unknown, string]] })['Fn::Join'][1];
        return target(bucket)?.startsWith('Storage') ? [keys.slice(1).replace('*', '')] : [];
      });
    const views = daysOf(rulesOf('Storage')).filter(([prefix]) => prefix !== '');
    expect(views.map(([prefix]) => prefix).sort()).toEqual(written.sort());
    expect(new Set(views.map(([, days]) => days))).toEqual(new Set([1]));
  });

  test.each(buckets)('%s forgets uploads that were never finished', (_, { Properties }) => {
    expect(Properties.LifecycleConfiguration.Rules).toContainEqual({
      Status: 'Enabled',
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });
  });
});

describe('what outlives the stack', () => {
  test('buckets and table stay; a first deployment that fails leaves only the table, which is protected', () => {
    for (const [, { DeletionPolicy }] of buckets) expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    const [[, table] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    // CloudFormation could not delete a protected table, and the rollback would be stuck.
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    });
  });

  test('nothing else does: a later deployment meets no leftovers', () => {
    const kept = allResources(template).filter(([, { DeletionPolicy }]) =>
      DeletionPolicy?.startsWith('Retain'),
    );
    expect(kept).toHaveLength(4);
  });

  test('the table is encrypted as every table is: named, that would be a change of tables that there are', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::DynamoDB::Table'))
      expect(Properties.SSESpecification).toBeUndefined();
  });

  test('the table can be restored, and says what changed', () => {
    expect(resourcesOf(template, 'AWS::DynamoDB::Table').map(([, { Properties }]) => Properties)).toEqual([
      expect.objectContaining({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ]);
  });
});

describe('names', () => {
  const named = allResources(template).flatMap(([id, { Type, Properties }]) =>
    // The name of an alias is that of a part of its function.
    (Type === 'AWS::Lambda::Alias' ? [] : NAMES)
      .filter(name => typeof Properties?.[name] === 'string')
      .map(name => `${Type} ${name} of ${id}`),
  );

  test('nothing has a fixed physical name', () => {
    // An inline policy belongs to its role, whose name is free.
    expect(named.filter(name => !name.startsWith('AWS::IAM::Policy '))).toEqual([]);
  });

  test('where CloudFront insists on a name, it differs by stack and region', () => {
    const other = JSON.stringify(templateOf({}, 'Copydesk-other').toJSON());
    const configs = allResources(template).flatMap(([, { Type, Properties }]) => {
      if (!Type.startsWith('AWS::CloudFront::')) return [];
      const inner = Object.entries(Properties).find(
        ([key]) => key.endsWith('Config') && key !== 'FunctionConfig',
      );
      return Properties.Name ?? inner?.[1].Name ?? [];
    });
    expect(configs).toHaveLength(6);
    for (const name of configs) {
      expect(name['Fn::Join'][1]).toEqual([expect.any(String), { Ref: 'AWS::Region' }]);
      expect(other).not.toContain(name['Fn::Join'][1][0]);
    }
  });
});

describe('permissions', () => {
  const allowed = statementsOf(template).filter(({ statement }) => statement.Effect === 'Allow');

  describe.each(Object.entries(VARIANTS))('with the settings %s', (_, settings) => {
    const granted = statementsOf(templateOf(settings)).filter(
      ({ statement }) => statement.Effect === 'Allow',
    );

    test('no action has a wildcard', () => {
      const wild = granted
        .flatMap(({ statement }) => many(statement.Action))
        .filter(action => action.includes('*'));
      expect(wild).toEqual([]);
    });

    test('no resource is everything, but where AWS offers no other', () => {
      const everything = granted
        .filter(({ statement }) => many(statement.Resource).includes('*'))
        .flatMap(({ statement }) => many(statement.Action));
      expect(everything.filter(action => !WITHOUT_RESOURCE.has(action))).toEqual([]);
    });

    test('only services are principals, each for this account', () => {
      for (const { id, statement } of granted) {
        const principal = statement.Principal as Record<string, unknown> | undefined;
        expect([id, Object.keys(principal ?? { Service: '' })]).toEqual([id, ['Service']]);
        // Lambda assumes the role of the function that names it, and nothing else may pass that role. S3 does so for the
        // replication of the bucket that names it, and does not say for which account.
        const isPassed = statement.Action === 'sts:AssumeRole';
        const services = isPassed ? ['lambda.amazonaws.com', 's3.amazonaws.com'] : ['lambda.amazonaws.com'];
        if (principal === undefined || services.includes(String(principal.Service))) continue;
        expect([id, JSON.stringify(statement.Condition)]).toEqual([
          id,
          expect.stringMatching(/[aA][wW][sS]:Source(Account|Arn)/),
        ]);
      }
    });

    test('no managed policy: each grant stands in the template', () => {
      for (const [, { Properties }] of resourcesOf(templateOf(settings), 'AWS::IAM::Role')) {
        expect(Properties.ManagedPolicyArns).toBeUndefined();
      }
    });

    test('no grant but in policies of their own, each of one role', () => {
      const made = templateOf(settings);
      const kinds = allResources(made).flatMap(([, { Type }]) =>
        Type.startsWith('AWS::IAM::') ? [Type] : [],
      );
      expect(new Set(kinds)).toEqual(new Set(['AWS::IAM::Role', 'AWS::IAM::Policy']));
      for (const [id, { Properties }] of resourcesOf(made, 'AWS::IAM::Role'))
        expect([id, Properties.Policies]).toEqual([id, undefined]);
      for (const [id, { Properties }] of resourcesOf(made, 'AWS::IAM::Policy')) {
        // By this name the grants of a function are found below.
        // The policy that names the state machine of its role cannot be the role's own, which is made before the machine.
        const [, owner] = /^(.+?)(?:RoleDefaultPolicy|Children)/.exec(id) ?? [];
        const holders = Properties.Roles.map(target);
        expect([id, holders]).toEqual([id, [expect.stringMatching(new RegExp(`^${owner}Role[0-9A-F]{8}$`))]]);
      }
    });
  });

  /** `storage/bodies/*`: what a resource of a statement means, by the names of the things. */
  const THINGS: [RegExp, string][] = [
    [/^IntakeBucket/, 'intake'],
    [/^StorageBucket/, 'storage'],
    [/^SiteBucket/, 'site'],
    [/^StorageArticles/, 'table'],
  ];
  const nameOf = (resource: unknown): string => {
    if (JSON.stringify(resource).endsWith('"StreamArn"]}')) return 'changes';
    const id = target(resource);
    if (id !== undefined)
      return THINGS.find(([pattern]) => pattern.test(id))?.[1] ?? id.replace(/[0-9A-F]{8}$/, '');
    const parts = (resource as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [resource];
    return parts.map(part => (typeof part === 'string' ? part : nameOf(part))).join('');
  };

  /** What the function of a part may do, a line for each pair: `table dynamodb:GetItem`. */
  const allGrantsOf = (part: string, made = template): string[] =>
    statementsOf(made)
      .filter(({ statement }) => statement.Effect === 'Allow')
      .filter(({ id, type }) => type === 'AWS::IAM::Policy' && new RegExp(`^${part}.*Role`).test(id))
      .flatMap(({ statement }) =>
        many(statement.Resource).flatMap(resource =>
          many(statement.Action).map(action => `${nameOf(resource)} ${action}`),
        ),
      )
      .sort();
  const OF_DATA = /^(intake|storage|site|table)\b/;
  const grantsOf = (part: string) => allGrantsOf(part).filter(grant => OF_DATA.test(grant));
  const otherGrantsOf = (part: string) => allGrantsOf(part).filter(grant => !OF_DATA.test(grant));

  test('ingest reads copy, and writes articles, bodies and media; it reads no index', () => {
    expect(grantsOf('IntakeIngest')).toEqual([
      'intake s3:ListBucket',
      'intake s3:ListBucketVersions',
      'intake/* s3:GetObject',
      'intake/* s3:GetObjectVersion',
      'storage/bodies/* s3:PutObject',
      'storage/media/* s3:DeleteObject',
      'storage/media/* s3:PutObject',
      'table dynamodb:BatchGetItem',
      'table dynamodb:DeleteItem',
      'table dynamodb:GetItem',
      'table dynamodb:PutItem',
      'table dynamodb:Query',
      'table dynamodb:UpdateItem',
    ]);
  });

  test('the state machine of bulk runs reads their lists, calls the functions, and starts itself', () => {
    expect(allGrantsOf('Bulk')).toEqual([
      'IntakeIngestLive lambda:InvokeFunction',
      'PublisherPublishLive lambda:InvokeFunction',
      'storage/work/* s3:GetObject',
    ]);
    const children = statementsOf(template).filter(({ id }) => id.startsWith('BulkChildren'));
    expect(children.flatMap(({ statement }) => many(statement.Action)).sort()).toEqual([
      'states:DescribeExecution',
      'states:StartExecution',
      'states:StopExecution',
    ]);
    for (const { statement } of children) expect(JSON.stringify(statement.Resource)).toContain('BulkMachine');
  });

  test('publish reads articles and bodies, and writes editions and the site', () => {
    expect(grantsOf('PublisherPublish')).toEqual([
      'site s3:ListBucket',
      'site/* s3:DeleteObject',
      'site/* s3:GetObject',
      'site/* s3:PutObject',
      'storage s3:ListBucket',
      'storage/* s3:GetObject',
      'storage/check.json s3:PutObject',
      'storage/days/* s3:PutObject',
      'storage/directory.json s3:PutObject',
      'storage/editions/* s3:PutObject',
      'storage/editions/authors/* s3:DeleteObject',
      'storage/editions/tags/* s3:DeleteObject',
      'storage/history/* s3:PutObject',
      'storage/months/* s3:PutObject',
      'storage/settings.json s3:PutObject',
      'storage/sitemap-days.json s3:PutObject',
      'storage/sitemaps/* s3:PutObject',
      'storage/websub.json s3:PutObject',
      'storage/work/* s3:DeleteObject',
      'storage/work/* s3:PutObject',
      'table dynamodb:BatchGetItem',
      'table dynamodb:BatchWriteItem',
      'table dynamodb:DeleteItem',
      'table dynamodb:GetItem',
      'table dynamodb:PutItem',
      'table dynamodb:Query',
      'table dynamodb:Scan',
      'table dynamodb:UpdateItem',
      'table/index/due dynamodb:Query',
      'table/index/newest dynamodb:Query',
      'table/index/section dynamodb:Query',
    ]);
  });

  test('ingest takes messages from its queue, sends itself the rest of long work, parks what cannot succeed, and tells what it does', () => {
    expect(otherGrantsOf('IntakeIngest')).toEqual([
      'IntakeDeadLetters sqs:SendMessage',
      'IntakeIngestLogs logs:CreateLogStream',
      'IntakeIngestLogs logs:PutLogEvents',
      'IntakeQueue sqs:ChangeMessageVisibility',
      'IntakeQueue sqs:DeleteMessage',
      'IntakeQueue sqs:GetQueueAttributes',
      'IntakeQueue sqs:GetQueueUrl',
      'IntakeQueue sqs:ReceiveMessage',
      'IntakeQueue sqs:SendMessage',
    ]);
  });

  test('publish reads changes, parks what it could not publish, and tells what it does', () => {
    expect(otherGrantsOf('PublisherPublish')).toEqual([
      '* dynamodb:ListStreams',
      'PublisherFailures sqs:GetQueueAttributes',
      'PublisherFailures sqs:GetQueueUrl',
      'PublisherFailures sqs:SendMessage',
      'PublisherPublishLogs logs:CreateLogStream',
      'PublisherPublishLogs logs:PutLogEvents',
      'changes dynamodb:DescribeStream',
      'changes dynamodb:GetRecords',
      'changes dynamodb:GetShardIterator',
    ]);
  });

  test('the bucket emptier of a stage that is thrown away empties its buckets, and asks for the state of its stack', () => {
    expect(allGrantsOf('BucketEmptierEmpty', templateOf(VARIANTS['throw-away']))).toEqual([
      'AWS::StackId cloudformation:DescribeStacks',
      'BucketEmptierEmptyLogs logs:CreateLogStream',
      'BucketEmptierEmptyLogs logs:PutLogEvents',
      'intake s3:ListBucketVersions',
      'intake/* s3:DeleteObject',
      'intake/* s3:DeleteObjectVersion',
      'site s3:ListBucketVersions',
      'site/* s3:DeleteObject',
      'site/* s3:DeleteObjectVersion',
      'storage s3:ListBucketVersions',
      'storage/* s3:DeleteObject',
      'storage/* s3:DeleteObjectVersion',
    ]);
  });

  test('the clock calls one function, as it is deployed, and nothing else', () => {
    const clock = allowed.filter(({ id }) => id.startsWith('PublisherSchedules'));
    expect(clock.map(({ statement }) => statement.Action)).toEqual([
      'sts:AssumeRole',
      'lambda:InvokeFunction',
    ]);
    expect(liveFunction(template, clock[1]?.statement.Resource)).toMatch(/^PublisherPublishFunction/);
    expect(JSON.stringify(clock[0]?.statement.Condition)).toContain('schedule-group/default');
  });
});
