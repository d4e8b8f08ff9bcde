import { ENV } from '../shared/environment.ts';
import { CopydeskError } from '../shared/errors.ts';
import { DEFAULT_SETTINGS, readSettingsJson, type Settings } from '../shared/settings.ts';

/**
 * The value of a required environment variable.
 * @throws CopydeskError `bad-environment` where infra did not grant it
 */
export function required(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (value) return value;
  throw new CopydeskError('bad-environment', `The environment variable ${name} is not set.`, {
    subject: name,
  });
}

/** The settings that infra passed on, or the defaults. */
export function settingsFromEnvironment(env: NodeJS.ProcessEnv = process.env): Settings {
  const json = env[ENV.settings];
  return json ? readSettingsJson(json, ENV.settings) : DEFAULT_SETTINGS;
}
