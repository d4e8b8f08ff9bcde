import { CopydeskError } from '../shared/errors/errors.ts';
import { DEFAULT_FUNCTION_SETTINGS } from '../shared/settings/function-defaults.ts';
import type { FunctionSettings } from '../shared/settings/settings.ts';
import { ENV } from '../shared/stack/environment.ts';
import { FULL_VCPU_MB } from '../shared/stack/function-time.ts';

/**
 * The value of a required environment variable.
 * @throws CopydeskError `bad-environment` if the variable is not set
 */
export function required(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (value) return value;
  throw new CopydeskError('bad-environment', `The environment variable ${name} is not set.`, {
    subject: name,
  });
}

/**
 * The settings from the environment. The deployment has validated them, and a second check would load the
 * schema at each cold start. Absent settings get their defaults. Without the defaults, a feature that the
 * deployment did not know would seem to be switched off, and publish would withdraw its files.
 * @throws CopydeskError `bad-environment` if the settings are missing or are not JSON
 */
export function settingsFromEnvironment(env: NodeJS.ProcessEnv = process.env): FunctionSettings {
  try {
    return withDefaults(JSON.parse(required(ENV.settings, env)));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CopydeskError('bad-environment', `The environment variable ${ENV.settings} is not JSON.`, {
      subject: ENV.settings,
      cause,
    });
  }
}

/**
 * Memory of this function in MB. Emulators may not set the variable; they give the function a whole
 * processor.
 */
export function memoryMb(env: NodeJS.ProcessEnv = process.env): number {
  return Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? FULL_VCPU_MB);
}

function withDefaults(passed: Partial<Record<string, object>>): FunctionSettings {
  const groups = Object.entries(DEFAULT_FUNCTION_SETTINGS);
  return {
    ...passed,
    ...Object.fromEntries(groups.map(([group, defaults]) => [group, { ...defaults, ...passed[group] }])),
  } as FunctionSettings;
}
