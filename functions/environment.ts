import { CopydeskError } from '../shared/errors/errors.ts';
import { DEFAULT_FUNCTION_SETTINGS } from '../shared/settings/function-defaults.ts';
import type { FunctionSettings } from '../shared/settings/settings.ts';
import { ENV } from '../shared/stack/environment.ts';
import { WHOLE_PROCESSOR_MB } from '../shared/stack/function-time.ts';

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
 * The settings that infra passed on. It has checked them: to do so again would load their schema at each cold start.
 * Only what is absent is filled in. Lambda gets new code and new variables one after the other, and for some seconds the
 * one may meet the other of the version before: a feature that it did not know would count as switched off, and
 * publish would withdraw what belongs to it.
 * @throws CopydeskError `bad-environment` where they are missing or no JSON
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

/** Memory of this function in MB, as Lambda tells it. Emulators that do not have a whole processor for it. */
export function memoryMb(env: NodeJS.ProcessEnv = process.env): number {
  return Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? WHOLE_PROCESSOR_MB);
}

function withDefaults(passed: Partial<Record<string, object>>): FunctionSettings {
  const groups = Object.entries(DEFAULT_FUNCTION_SETTINGS);
  return Object.fromEntries(
    groups.map(([group, defaults]) => [group, { ...defaults, ...passed[group] }]),
  ) as FunctionSettings;
}
