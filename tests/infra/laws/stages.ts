import { OUTPUTS } from '../../../shared/stack/stack-outputs.ts';
import { allResources, many, resourcesOf, stackOf, statementsOf, target, templateOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

const full = templateOf(VARIANTS.full);
const throwAway = templateOf(VARIANTS['throw-away']);
const ownCdn = templateOf(VARIANTS['own-cdn']);
const HOLDS_DATA = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table'];

describe('the settings of a deployment', () => {
  const [[, distribution] = []] = resourcesOf(full, 'AWS::CloudFront::Distribution');
  const config = distribution?.Properties.DistributionConfig;

  test('a domain and its aliases have their certificate, TLS 1.2 and address records of their names alone', () => {
    expect(config).toMatchObject({
      Aliases: ['example.org', 'www.example.org'],
      ViewerCertificate: {
        AcmCertificateArn: expect.stringContaining(':certificate/'),
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    const records = resourcesOf(full, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);
    expect(records.map(({ Type, Name, HostedZoneId }) => [Type, Name, HostedZoneId])).toEqual([
      ['A', 'example.org.', 'Z0123456789ABC'],
      ['AAAA', 'example.org.', 'Z0123456789ABC'],
      ['A', 'www.example.org.', 'Z0123456789ABC'],
      ['AAAA', 'www.example.org.', 'Z0123456789ABC'],
    ]);
  });

  test('the records of the domain keep their logical ids, because Route 53 refuses a second record of the same name', () => {
    // An update of CloudFormation makes new resources before it deletes the old ones.
    const ids = resourcesOf(full, 'AWS::Route53::RecordSet').flatMap(([id, { Properties }]) =>
      Properties.Name === 'example.org.' ? [id] : [],
    );
    expect(ids).toEqual(['SiteAddress6C8C6647', 'SiteAddress68263BDB7']);
  });

  test('without a zone the records are left to the operator', () => {
    const { hostedZoneId: _, ...domain } = (
      VARIANTS.full as { deployment: { domain: Record<string, string> } }
    ).deployment.domain;
    const made = templateOf({ deployment: { domain } });
    expect(resourcesOf(made, 'AWS::Route53::RecordSet')).toEqual([]);
    expect(made.findOutputs(OUTPUTS.site)[OUTPUTS.site]?.Value).toBe('https://example.org');
  });

  test('the web ACL and the price class are those of the settings', () => {
    expect(config).toMatchObject({
      WebACLId: expect.stringContaining(':global/webacl/'),
      PriceClass: 'PriceClass_All',
    });
  });

  test('every request is logged, where the settings say so, for ninety days', () => {
    const buckets = resourcesOf(full, 'AWS::S3::Bucket');
    const logs = buckets.filter(([id]) => id.startsWith('AccessLogs'));
    expect(logs).toHaveLength(2);
    for (const [, { Properties }] of logs)
      expect(Properties.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 90 });
    expect(target(config.Logging.Bucket)).toMatch(/^AccessLogsReaders/);
    expect(config.Logging.IncludeCookies).toBe(false);
    const prefixes = buckets.flatMap(([id, { Properties }]) => {
      if (id.startsWith('AccessLogs')) return [];
      expect(target(Properties.LoggingConfiguration.DestinationBucketName)).toMatch(/^AccessLogsBuckets/);
      return Properties.LoggingConfiguration.LogFilePrefix;
    });
    expect(prefixes.sort()).toEqual(['intake/', 'site/', 'storage/']);
  });

  test('a protected stack refuses to be removed', () => {
    expect(stackOf(VARIANTS.full).terminationProtection).toBe(true);
    expect(stackOf().terminationProtection).toBe(false);
  });

  test('logs are kept, functions traced and resources tagged as they say', () => {
    for (const [template, days] of [
      [full, 365],
      [throwAway, 1],
    ] as const) {
      const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
      expect(groups.map(([, { Properties }]) => Properties.RetentionInDays)).toEqual(groups.map(() => days));
    }
    for (const [template, mode] of [
      [full, 'Active'],
      [throwAway, undefined],
    ] as const) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function'))
        expect(Properties.TracingConfig?.Mode).toBe(mode);
      const actions = statementsOf(template).flatMap(({ statement }) => many(statement.Action));
      expect(actions.includes('xray:PutTraceSegments')).toBe(mode === 'Active');
    }
    expect(stackOf(VARIANTS.full).tags.tagValues()).toEqual({ desk: 'world' });
  });

  test('memory, concurrency and collecting are those of the settings', () => {
    const made = templateOf({
      deployment: { ingestMemory: 3_000, publishMemory: 2_000, ingestConcurrency: 9, collectSeconds: 30 },
    });
    const memory = resourcesOf(made, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.MemorySize,
    );
    expect(memory).toEqual([3_000, 2_000]);
    const text = JSON.stringify(resourcesOf(made, 'AWS::Lambda::EventSourceMapping'));
    expect(text).toContain('"MaximumConcurrency":9');
    expect(text).toContain('"MaximumBatchingWindowInSeconds":30');
  });
});

describe('a first deployment that fails', () => {
  // The site bucket could not be removed once a tick has written into it, and the rollback would be stuck.
  test.each(['default', 'full'])('the clock starts after all of the site, with the settings %s', name => {
    const template = templateOf(VARIANTS[name]);
    const site = allResources(template).filter(
      ([, { Type }]) => Type === 'AWS::CloudFront::Distribution' || Type === 'AWS::Route53::RecordSet',
    );
    expect(site.length).toBeGreaterThan(0);
    const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(2);
    for (const [, { DependsOn }] of schedules)
      expect(DependsOn).toEqual(expect.arrayContaining(site.map(([id]) => id)));
  });
});

describe('without CloudFront', () => {
  test('nothing of it is made, and nobody but the functions may read the site', () => {
    const types = allResources(ownCdn).map(([, { Type }]) => Type);
    expect(types.filter(type => type.startsWith('AWS::CloudFront::'))).toEqual([]);
    const open = statementsOf(ownCdn).filter(
      ({ type, id, statement }) =>
        type === 'AWS::S3::BucketPolicy' && id.startsWith('Site') && statement.Effect === 'Allow',
    );
    expect(open).toEqual([]);
  });

  test('the address is that of the settings, or else of the bucket', () => {
    expect(ownCdn.findOutputs(OUTPUTS.feed)[OUTPUTS.feed]?.Value).toBe('https://news.example.org/feed.xml');
    const bare = templateOf({ deployment: { cloudFront: false } });
    expect(JSON.stringify(bare.findOutputs(OUTPUTS.site))).toContain('RegionalDomainName');
  });

  test('every output is there but those of the distribution and the mailbox', () => {
    const named = (template: typeof full) => Object.keys(template.findOutputs('*')).sort();
    expect(named(full)).toEqual(Object.values(OUTPUTS).sort());
    expect(named(ownCdn)).toEqual(
      Object.values(OUTPUTS)
        .filter(name => name !== OUTPUTS.distribution && !name.startsWith('Mail'))
        .sort(),
    );
  });
});

describe('a stage whose data goes with it', () => {
  test('removes buckets and table; a kept one keeps them', () => {
    const policies = (template: typeof full) =>
      allResources(template).flatMap(([, { Type, DeletionPolicy }]) =>
        HOLDS_DATA.includes(Type) ? [DeletionPolicy] : [],
      );
    expect(policies(throwAway)).toEqual(['Delete', 'Delete', 'Delete', 'Delete']);
    for (const policy of policies(full)) expect(policy).toMatch(/^Retain/);
    const [[, table] = []] = resourcesOf(throwAway, 'AWS::DynamoDB::Table');
    expect(table?.Properties.DeletionProtectionEnabled).toBe(false);
  });

  test('empties each bucket, after the functions that write it are gone', () => {
    const emptied = resourcesOf(throwAway, 'Custom::CopydeskEmptied');
    expect(emptied.map(([, { Properties }]) => target(Properties.BucketName)).sort()).toEqual(
      resourcesOf(throwAway, 'AWS::S3::Bucket')
        .map(([id]) => id)
        .sort(),
    );
    // CloudFormation removes what depends before that on which it depends.
    for (const [id, { DependsOn }] of resourcesOf(throwAway, 'AWS::Lambda::Function')) {
      if (id.startsWith('BucketEmptier')) continue;
      expect(DependsOn).toEqual(expect.arrayContaining(emptied.map(([resource]) => resource)));
    }
  });

  test('CloudFormation waits longer for an answer than the function may take', () => {
    const [[, emptier] = []] = resourcesOf(throwAway, 'AWS::Lambda::Function').filter(([id]) =>
      id.startsWith('BucketEmptier'),
    );
    for (const [, { Properties }] of resourcesOf(throwAway, 'Custom::CopydeskEmptied'))
      expect(Number(Properties.ServiceTimeout)).toBeGreaterThan(emptier?.Properties.Timeout);
  });

  test('lets one function delete, and only what is in these buckets', () => {
    const deletes = statementsOf(throwAway).filter(({ statement }) =>
      many(statement.Action).includes('s3:DeleteObjectVersion'),
    );
    expect(deletes.map(({ id }) => id)).toEqual([expect.stringMatching(/^BucketEmptierEmpty/)]);
    const contents = resourcesOf(throwAway, 'AWS::S3::Bucket').map(([id]) => ({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']],
    }));
    expect(contents).toHaveLength(3);
    expect(new Set(many(deletes[0]?.statement.Resource))).toEqual(new Set(contents));
  });

  test('no other stage has such a function', () => {
    for (const template of [full, ownCdn, templateOf()]) {
      expect(resourcesOf(template, 'Custom::CopydeskEmptied')).toEqual([]);
      expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(2);
    }
  });
});
