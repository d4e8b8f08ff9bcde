import * as z from 'zod';
import { Settings } from '../shared/settings/settings.ts';
import { STAGE_NAME } from '../shared/settings/stages.ts';

/** JSON Schema of a setting or of a group, with the additional texts of the settings. */
export interface SettingSchema {
  type?: string | string[];
  description?: string;
  /** Reason of the default. */
  reason?: string;
  /** Allowed values in words. */
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
  /** The setting has no default and must be given. */
  isRequired: boolean;
}

/** The settings as JSON Schema with `reason` and `allowed`. Most editors support draft 7. */
export function describedSettings(): SettingSchema {
  return z.toJSONSchema(Settings, { io: 'input', target: 'draft-7' }) as SettingSchema;
}

/** Lists the settings of a schema in its order. A group comes before its settings. */
export function settingsIn(schema: SettingSchema, path = ''): Setting[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name;
    const setting = { path: at, schema: field, isRequired: schema.required?.includes(name) ?? false };
    return [setting, ...settingsIn(field, at)];
  });
}

/** Makes `copydesk.schema.json`, by which editors check and explain `copydesk.config.json`. */
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
          'Overrides by the name of the stage: `cdk deploy -c stage=NAME`. Other fields keep the values above. null removes a field.',
        propertyNames: { pattern: '^[A-Za-z0-9]{1,20}$', description: `The name has ${STAGE_NAME}.` },
        additionalProperties: { $ref: '#/definitions/stage' },
      },
    },
    additionalProperties: false,
    definitions: { stage: asOverrides(settings) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Removes the keywords that JSON Schema does not have. The reason becomes part of the description, which editors show. */
function forEditors({ reason, allowed, properties, ...schema }: SettingSchema): SettingSchema {
  const why = reason && `Reason of the default: ${reason}`;
  const description = [schema.description, why].filter(Boolean).join('\n\n');
  if (properties === undefined) return { ...schema, ...(description && { description }) };
  // The default `{}` of a group is of no use to editors.
  const { default: _, ...group } = schema;
  return {
    ...group,
    ...(description && { description }),
    properties: mapped(properties, forEditors),
  };
}

/** Makes the schema of overrides: the same fields, all optional or null, without defaults. */
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
