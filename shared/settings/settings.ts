import * as z from 'zod';
import { CopydeskError } from '../errors/errors.ts';
import { Alarms, Deployment } from './deployment-settings.ts';
import { Articles, Duplicates, Feeds, Limits, Site } from './newsroom-settings.ts';
import { isObject, isStageName, overridden, STAGE_NAME } from './stages.ts';

/** Thrown for a setting that cannot be used; the message is one sentence that names the field. */
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

/** What the functions read; the rest is for the deployment alone. */
export type FunctionSettings = Omit<Settings, 'deployment' | 'alarms'>;

/** The part of the settings that the functions get. */
export function functionSettings({ deployment, alarms, ...rest }: Settings): FunctionSettings {
  return rest;
}

/** The settings of a system that has no `copydesk.config.json`. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/**
 * Checks settings and fills in the defaults. Beside the settings themselves `raw` may hold `$schema`, for editors, and
 * `stages`: by the name of a stage what is different there (see `overridden`). Every stage is checked, whichever is asked for.
 * @param stage whose overrides hold; a stage that has none is as the rest says
 * @throws SettingsError with one sentence that names the first field that is wrong
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
 * As {@link readSettings}, from JSON text.
 * @param name what the text is called in the message, such as the file's name
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

const KINDS: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['record', 'an object'],
]);

/** What is wrong in words, where a setting does not say so itself; undefined leaves it to zod. */
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
