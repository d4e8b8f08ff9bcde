import { ENV } from '../shared/environment.ts';
import { CopydeskError } from '../shared/errors.ts';
import type { FunctionSettings } from '../shared/settings.ts';

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

/**
 * The settings that infra passed on. It has checked them and filled in the defaults: to do so again would load their
 * schema at each cold start.
 * @throws CopydeskError `bad-environment` where they are missing or no JSON
 */
export function settingsFromEnvironment(env: NodeJS.ProcessEnv = process.env): FunctionSettings {
  try {
    return JSON.parse(required(ENV.settings, env)) as FunctionSettings;
  } catch (cause) {
    if (cause instanceof CopydeskError) throw cause;
    throw new CopydeskError('bad-environment', `The environment variable ${ENV.settings} is not JSON.`, {
      subject: ENV.settings,
      cause,
    });
  }
}
