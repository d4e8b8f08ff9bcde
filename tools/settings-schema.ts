import * as z from 'zod';
import { Settings } from '../shared/settings/settings.ts';
import { STAGE_NAME } from '../shared/settings/stages.ts';

/** A setting, or a group of them, as JSON Schema with the words that the settings add to it. */
export interface SettingSchema {
  type?: string | string[];
  description?: string;
  /** Why the default is what it is. */
  reason?: string;
  /** What it may be, in words. */
  allowed?: string;
  default?: unknown;
  enum?: readonly (string | number)[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, SettingSchema>;
  required?: string[];
}

/** A setting by its path, such as `site.title`. */
export interface Setting {
  path: string;
  schema: SettingSchema;
  /** Whether the object in which it lies must have it. */
  isRequired: boolean;
}

/** The settings as JSON Schema (draft 7, which editors know best), with `reason` and `allowed`. */
export function describedSettings(): SettingSchema {
  return z.toJSONSchema(Settings, { io: 'input', target: 'draft-7' }) as SettingSchema;
}

/** The settings below a schema, in its order; those that hold others come before these. */
export function settingsIn(schema: SettingSchema, path = ''): Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name;
    const setting = { path: at, schema: field, isRequired: schema.required?.includes(name) ?? false };
    return [setting, ...settingsIn(field, at)];
  });
}

/** `copydesk.schema.json`: what editors check `copydesk.config.json` with, and show beside it. */
export function settingsSchema(): string {
  const described = describedSettings();
  const settings = forEditors(described);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Copydesk (copydesk.config.json)',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'Address of this schema, for editors.' },
      ...settings.properties,
      stages: {
        type: 'object',
        description:
          'By the name of a stage, what is different there: `cdk deploy -c stage=NAME`. Fields that are not named are as above, and null takes one away.',
        propertyNames: { pattern: '^[A-Za-z0-9]{1,20}$', description: `The name has ${STAGE_NAME}.` },
        additionalProperties: { $ref: '#/definitions/stage' },
      },
    },
    additionalProperties: false,
    definitions: { stage: asOverrides(settings) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Without the words that JSON Schema does not know: the reason joins the description, which editors show. */
function forEditors({ reason, allowed, properties, ...schema }: SettingSchema): SettingSchema {
  const why = reason && `Why it is so by default: ${reason}`;
  const description = [schema.description, why].filter(Boolean).join('\n\n');
  if (properties === undefined) return { ...schema, ...(description && { description }) };
  // A group without a field has all defaults: to offer `{}` as its default says nothing.
  const { default: _, ...group } = schema;
  return {
    ...group,
    ...(description && { description }),
    properties: mapped(properties, forEditors),
  };
}

/** The same fields, each of which may be left out or null, without defaults: these are what the rest says. */
function asOverrides({ default: _, required, properties, ...schema }: SettingSchema): SettingSchema {
  const overrides: SettingSchema = { ...schema };
  if (properties !== undefined)
    overrides.properties = mapped(properties, field => orNull(asOverrides(field)));
  return overrides;
}

function orNull(schema: SettingSchema): SettingSchema {
  const { description, ...rest } = schema;
  return { ...(description && { description }), anyOf: [rest, { type: 'null' }] } as SettingSchema;
}

function mapped(
  fields: Record<string, SettingSchema>,
  change: (field: SettingSchema) => SettingSchema,
): Record<string, SettingSchema> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(field)]));
}
