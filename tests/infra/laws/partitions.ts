import { RegionInfo } from 'aws-cdk-lib/region-info';
import { allResources, many, statementsOf, templateOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

describe.each(Object.entries(VARIANTS))('in every partition of AWS, with the settings %s', (_, settings) => {
  const template = templateOf(settings);

  test('no ARN names a partition that the settings do not name', () => {
    const given = JSON.stringify(settings);
    const text = JSON.stringify(template.toJSON());
    const named = [...text.matchAll(/arn:aws[\w-]*:[\w:/.-]*/g)].map(([arn]) => arn);
    expect(named.filter(arn => !given.includes(arn))).toEqual([]);
  });

  test('no address of a service or of the console names a domain of one partition', () => {
    const { Mappings: _hosts, ...rest } = template.toJSON();
    // The names of services in policies are the same everywhere, and end so.
    const services = new Set(
      statementsOf(template).flatMap(({ statement }) =>
        many((statement.Principal as { Service?: string | string[] })?.Service ?? []),
      ),
    );
    const text = JSON.stringify(rest);
    const hosts = [...text.matchAll(/[\w.-]*amazon(?:aws)?[\w-]*\.com[\w.]*/g)].map(([host]) => host);
    expect(hosts.filter(host => !services.has(host))).toEqual([]);
  });
});

test('the console has a host in each partition, and no two share one', () => {
  const hosts = templateOf().findMappings('Console').Console as unknown as Record<string, { host: string }>;
  const partitions = ['us-east-1', 'cn-north-1', 'us-gov-west-1'].map(
    region => RegionInfo.get(region).partition ?? '',
  );
  expect(Object.keys(hosts).sort()).toEqual(partitions.sort());
  expect(new Set(Object.values(hosts).map(({ host }) => host)).size).toBe(partitions.length);
});

test('outside of the partition aws, nothing needs CloudFront', () => {
  const types = allResources(templateOf(VARIANTS.china)).map(([, { Type }]) => Type);
  expect(types.filter(type => /^AWS::(CloudFront|Budgets|Route53|CertificateManager)::/.test(type))).toEqual(
    [],
  );
});
