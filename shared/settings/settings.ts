import * as z from 'zod';
import { CopydeskError } from '../errors/errors.ts';
import { isObject } from '../text/is-object.ts';
import { Alarms, Deployment } from './deployment-settings.ts';
import { Articles, Duplicates, Feeds, Limits, Site } from './newsroom-settings.ts';
import { isStageName, overridden, STAGE_NAME } from './stages.ts';

/** Thrown for a setting that is not valid. The message is one sentence that names the field. */
class SettingsError extends CopydeskError {
  constructor(message: string, subject: string) {
    super('bad-settings', message, { subject });
  }
}

/** Everything an operator can change, each with a default. Unknown fields are refused: they are typing errors. */
export const Settings = z.strictObject({
  site: Site.prefault({}),
  articles: Articles.prefault({}),
  feeds: Feeds.prefault({}),
  duplicates: Duplicates.prefault({}),
  limits: Limits.prefault({}),
  deployment: Deployment.prefault({}),
  alarms: Alarms.prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** The settings that the functions read. The others are for the deployment only. Only ingest reads `deployment.mail`. */
export type FunctionSettings = Omit<Settings, 'deployment' | 'alarms'> & {
  deployment?: Pick<Settings['deployment'], 'mail'>;
};

export function functionSettings({ deployment, alarms, ...rest }: Settings): FunctionSettings {
  return rest;
}

/** The settings that ingest reads. */
export function ingestSettings(settings: Settings): FunctionSettings {
  const { mail } = settings.deployment;
  return { ...functionSettings(settings), ...(mail && { deployment: { mail } }) };
}

/** The settings of a system that has no `copydesk.config.json`. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/**
 * Checks settings and adds the defaults. `raw` can also hold `$schema`, which code editors read, and `stages`: the
 * overrides of each stage (see `overridden`). All stages are checked.
 * @param stage stage whose overrides apply. A stage without overrides has the common settings
 * @throws SettingsError with one sentence that names the first wrong field
 */
export function readSettings(raw: unknown, stage?: string): Settings {
  if (!isObject(raw)) return checked(raw, '');
  const { $schema, stages = {}, ...rest } = raw;
  if ($schema !== undefined && typeof $schema !== 'string') throw wrong('$schema', 'must be text');
  const base = checked(rest, '');
  if (!isObject(stages)) throw wrong('stages', 'must be an object');
  let chosen = base;
  for (const [name, overrides] of Object.entries(stages)) {
    const path = `stages.${name}`;
    if (!isStageName(name)) throw wrong(path, `its name must be ${STAGE_NAME}`);
    if (!isObject(overrides)) throw wrong(path, 'must be an object');
    const settings = checked(overridden(rest, overrides), `${path}.`);
    if (name === stage) chosen = settings;
  }
  return chosen;
}

/**
 * Reads settings from JSON, like {@link readSettings}.
 * @param name name of the text in messages, such as the file name
 */
export function readSettingsJson(json: string, name: string, stage?: string): Settings {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new SettingsError(`${name} is not valid JSON: ${(cause as Error).message}.`, name);
  }
  return readSettings(raw, stage);
}

function checked(raw: unknown, prefix: string): Settings {
  const result = Settings.safeParse(raw, { error: inWords });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  if (unknown !== undefined)
    throw new SettingsError(`The setting "${prefix}${field}" does not exist.`, prefix + field);
  const problem = issue?.message ?? 'cannot be used';
  if (field) throw wrong(prefix + field, problem);
  throw new SettingsError(`The settings are wrong: ${problem}.`, prefix);
}

function wrong(field: string, problem: string): SettingsError {
  return new SettingsError(`The setting "${field}" is wrong: ${problem}.`, field);
}

const KINDS = new Map([
  ['string', 'text'],
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['record', 'an object'],
]);

/** Message for a wrong setting that has no message of its own. If it is undefined, zod's message is used. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const unit = issue.code.startsWith('too_') && issue.origin === 'string' ? ' character(s)' : '';
  const verb = unit ? 'have' : 'be';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'must be given';
      return `must be ${KINDS.get(issue.expected) ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return `must ${verb} at least ${issue.minimum}${unit}`;
    case 'too_big':
      return `must ${verb} at most ${issue.maximum}${unit}`;
    default:
      return undefined;
  }
}
