import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CopydeskStack } from '../../infra/copydesk-stack.ts';
import { readSettings } from '../../shared/settings/settings.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of a hundred shapes, and a test asks for few
  Properties: Record<string, any>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Condition?: string;
}

// Under jest the CDK turns what its own validation finds into warnings, and it takes a quarter of the time of these tests.
if (process.env.NODE_ENV === 'test') process.env.CDK_VALIDATION = 'false';

const FLAGS = JSON.parse(readFileSync('cdk.json', 'utf8')).context;

const MADE = new Map<string, Template>();

/** The template of some settings, with the feature flags of cdk.json, without bundling: made once, and only read. */
export function templateOf(settings: unknown = {}, stackName = 'Copydesk'): Template {
  const name = JSON.stringify([stackName, settings]);
  const template = MADE.get(name) ?? Template.fromStack(stackOf(settings, stackName));
  MADE.set(name, template);
  return template;
}

/** A new stack of some settings, as {@link templateOf} has it. */
export function stackOf(settings: unknown = {}, stackName = 'Copydesk', outdir?: string): CopydeskStack {
  const context = { ...FLAGS, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, outdir, stackTraces: false });
  return new CopydeskStack(app, stackName, { settings: readSettings(settings) });
}

/**
 * Writes the template of some settings.
 * @param outdir a folder that is made for it
 * @returns the file
 */
export function writeTemplate(settings: unknown, stackName: string, outdir: string): string {
  const stack = stackOf(settings, stackName, outdir);
  (stack.node.root as App).synth();
  return join(outdir, stack.templateFile);
}

/** The resources of a type by logical id. */
export function resourcesOf(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.findResources(type) as Record<string, Resource>);
}

/** Every resource by logical id. */
export function allResources(template: Template): [id: string, resource: Resource][] {
  return Object.entries((template.toJSON() as { Resources: Record<string, Resource> }).Resources);
}

/** The logical id that `Fn::GetAtt` or `Ref` names. */
export function target(reference: unknown): string | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  if ('Ref' in reference) return String(reference.Ref);
  if ('Fn::GetAtt' in reference && Array.isArray(reference['Fn::GetAtt'])) {
    return String(reference['Fn::GetAtt'][0]);
  }
  return undefined;
}

/** The logical id of the function behind an alias to which a property refers; undefined if it names no alias. */
export function liveFunction(template: Template, reference: unknown): string | undefined {
  const text = JSON.stringify(reference);
  const alias = resourcesOf(template, 'AWS::Lambda::Alias').find(([id]) => text.includes(`{"Ref":"${id}"}`));
  return target(alias?.[1].Properties.FunctionName);
}

/** One or many, as CloudFormation writes lists of one. */
export function many<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of every policy document in the template, with the id of the resource that holds them. */
export function statementsOf(template: Template): { id: string; type: string; statement: Statement }[] {
  return allResources(template).flatMap(([id, { Type, Properties }]) => {
    const documents = [
      Properties?.PolicyDocument,
      Properties?.AssumeRolePolicyDocument,
      ...(Properties?.Policies ?? []).map((policy: Record<string, unknown>) => policy.PolicyDocument),
    ];
    return documents
      .filter(Boolean)
      .flatMap(({ Statement }) => Statement as Statement[])
      .map(statement => ({ id, type: Type, statement }));
  });
}
