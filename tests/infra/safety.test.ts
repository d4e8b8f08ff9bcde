import { allResources, many, resourcesOf, statementsOf, target, templateOf } from './template.ts';

const template = templateOf();
const buckets = resourcesOf(template, 'AWS::S3::Bucket');

/** Actions for which AWS offers no resource narrower than `*`, and where it says so. */
const WITHOUT_RESOURCE = new Map([
  ['xray:PutTraceSegments', 'Service Authorization Reference, X-Ray: no resource types'],
  ['xray:PutTelemetryRecords', 'Service Authorization Reference, X-Ray: no resource types'],
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
  test('there are three: copy, archive, site', () => expect(buckets).toHaveLength(3));

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

  test('the bucket for copy keeps versions, longer than a message can wait', () => {
    const versioned = buckets.filter(
      ([, { Properties }]) => Properties.VersioningConfiguration?.Status === 'Enabled',
    );
    expect(versioned).toHaveLength(1);
    const rules = versioned.flatMap(([, { Properties }]) => Properties.LifecycleConfiguration.Rules);
    const days = rules.flatMap(rule => rule.NoncurrentVersionExpiration?.NoncurrentDays ?? []);
    const waits = resourcesOf(template, 'AWS::SQS::Queue').map(
      ([, { Properties }]) => Properties.MessageRetentionPeriod / 86_400,
    );
    expect(days).toHaveLength(1);
    expect(days[0]).toBeGreaterThan(Math.max(...waits));
    expect(rules.some(rule => rule.AbortIncompleteMultipartUpload)).toBe(true);
  });
});

describe('what outlives the stack', () => {
  test('buckets and table stay; a first deployment that fails leaves nothing', () => {
    for (const [, { DeletionPolicy }] of [...buckets, ...resourcesOf(template, 'AWS::DynamoDB::Table')]) {
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  test('nothing else does: a later deployment meets no leftovers', () => {
    const kept = allResources(template).filter(([, { DeletionPolicy }]) =>
      DeletionPolicy?.startsWith('Retain'),
    );
    expect(kept).toHaveLength(4);
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
    NAMES.filter(name => typeof Properties?.[name] === 'string').map(name => `${Type} ${name} of ${id}`),
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
    expect(configs).toHaveLength(5);
    for (const name of configs) {
      expect(name['Fn::Join'][1]).toEqual([expect.any(String), { Ref: 'AWS::Region' }]);
      expect(other).not.toContain(name['Fn::Join'][1][0]);
    }
  });
});

describe('permissions', () => {
  const allowed = statementsOf(template).filter(({ statement }) => statement.Effect === 'Allow');

  test('no action has a wildcard', () => {
    const wild = allowed
      .flatMap(({ statement }) => many(statement.Action))
      .filter(action => action.includes('*'));
    expect(wild).toEqual([]);
  });

  test('no resource is everything, but where AWS offers no other', () => {
    const everything = allowed
      .filter(({ statement }) => many(statement.Resource).includes('*'))
      .flatMap(({ statement }) => many(statement.Action));
    expect(everything.filter(action => !WITHOUT_RESOURCE.has(action))).toEqual([]);
  });

  /** `archive/bodies/*`: what a resource of a statement means, by the names of the things. */
  const THINGS: [RegExp, string][] = [
    [/^IntakeBucket/, 'intake'],
    [/^ArchiveBucket/, 'archive'],
    [/^NewsstandBucket/, 'site'],
    [/^ArchiveArticles/, 'table'],
  ];
  const nameOf = (resource: unknown): string => {
    if (JSON.stringify(resource).endsWith('"StreamArn"]}')) return 'changes';
    const id = target(resource);
    if (id !== undefined) return THINGS.find(([pattern]) => pattern.test(id))?.[1] ?? id;
    const parts = (resource as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [resource];
    return parts.map(part => (typeof part === 'string' ? part : nameOf(part))).join('');
  };

  /** What the function of a part may do with buckets and the table, a line for each pair: `table GetItem`. */
  const grantsOf = (part: string): string[] =>
    allowed
      .filter(({ id, type }) => type === 'AWS::IAM::Policy' && new RegExp(`^${part}.*Role`).test(id))
      .flatMap(({ statement }) =>
        many(statement.Resource).flatMap(resource =>
          many(statement.Action).map(action => `${nameOf(resource)} ${action}`),
        ),
      )
      .filter(grant => /^(intake|archive|site|table)\b/.test(grant))
      .sort();

  test('ingest reads copy, and writes articles, bodies and media; it reads no index', () => {
    expect(grantsOf('IntakeIngest')).toEqual([
      'archive/bodies/* s3:PutObject',
      'archive/media/* s3:DeleteObject',
      'archive/media/* s3:PutObject',
      'intake s3:ListBucket',
      'intake s3:ListBucketVersions',
      'intake/* s3:GetObject',
      'intake/* s3:GetObjectVersion',
      'table dynamodb:BatchGetItem',
      'table dynamodb:DeleteItem',
      'table dynamodb:GetItem',
      'table dynamodb:PutItem',
      'table dynamodb:Query',
      'table dynamodb:UpdateItem',
    ]);
  });

  test('publish reads articles and bodies, and writes editions and the site', () => {
    expect(grantsOf('PressPublish')).toEqual([
      'archive s3:ListBucket',
      'archive/* s3:GetObject',
      'archive/days/* s3:PutObject',
      'archive/directory.json s3:PutObject',
      'archive/editions/* s3:PutObject',
      'archive/history/* s3:PutObject',
      'archive/months/* s3:PutObject',
      'archive/sitemaps/* s3:PutObject',
      'archive/websub.json s3:PutObject',
      'site s3:ListBucket',
      'site/* s3:DeleteObject',
      'site/* s3:GetObject',
      'site/* s3:PutObject',
      'table dynamodb:BatchGetItem',
      'table dynamodb:DeleteItem',
      'table dynamodb:GetItem',
      'table dynamodb:PutItem',
      'table dynamodb:Query',
      'table dynamodb:UpdateItem',
      'table/index/* dynamodb:Query',
    ]);
  });

  test('nobody is a principal: only services are', () => {
    for (const { id, statement } of allowed) {
      const principal = statement.Principal as Record<string, unknown> | undefined;
      expect([id, Object.keys(principal ?? { Service: '' })]).toEqual([id, ['Service']]);
    }
  });

  test('no managed policy: each grant stands in the template', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });
});
