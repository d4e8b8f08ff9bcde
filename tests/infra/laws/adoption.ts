import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KeptData } from '../../../infra/kept-data.ts';
import { allResources, resourcesOf, templateOf } from '../template.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const kept = Template.fromStack(new KeptData(new App({ context }), 'Copydesk'));
const deployed = templateOf();

describe('the import of kept data', () => {
  test('has the table and the buckets of the stack, under the same ids, and nothing else', () => {
    const ids = (template: Template) =>
      ['AWS::DynamoDB::Table', 'AWS::S3::Bucket'].flatMap(type =>
        resourcesOf(template, type).map(([id]) => `${type} ${id}`),
      );
    expect(ids(kept)).toHaveLength(4);
    expect(ids(kept).sort()).toEqual(ids(deployed).sort());
    expect(allResources(kept)).toHaveLength(4);
  });

  test('keeps what it imports', () => {
    for (const [, { DeletionPolicy }] of allResources(kept))
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('states no property of a bucket, so that the next deployment sets all of them', () => {
    for (const [, { Properties }] of resourcesOf(kept, 'AWS::S3::Bucket')) expect(Properties).toBeUndefined();
    for (const [, { Properties }] of resourcesOf(deployed, 'AWS::S3::Bucket'))
      expect(Properties).toHaveProperty('BucketEncryption');
  });

  test('has the table as the stack has it, but for backups and protection', () => {
    const [[, table] = []] = resourcesOf(deployed, 'AWS::DynamoDB::Table');
    const {
      PointInTimeRecoverySpecification: _,
      DeletionProtectionEnabled: __,
      ...same
    } = table?.Properties ?? {};
    expect(resourcesOf(kept, 'AWS::DynamoDB::Table')[0]?.[1].Properties).toEqual(same);
  });

  test('cannot be deployed, because that would remove the functions of a stack', () => {
    const { Rules, Parameters } = kept.toJSON();
    expect(Rules.ImportOnly.Assertions[0].Assert).toEqual({ 'Fn::Equals': [{ Ref: 'Deployed' }, 'yes'] });
    expect(Parameters.Deployed.Default).toBe('no');
  });

  test('is described in docs/operating.md with these ids', () => {
    const page = readFileSync('docs/operating.md', 'utf8');
    for (const [id] of allResources(kept)) expect(page).toContain(`"${id}":`);
  });
});
