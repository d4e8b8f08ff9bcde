import { CopydeskError } from '../../../shared/errors/errors.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings/settings.ts';
import { loadSettings } from '../../pipeline/config.ts';
import { type Check, fail, ok } from './check.ts';

/**
 * Checks the settings file.
 * @param config path of the file. Default: the file of the working directory, if there is one
 * @returns the check, and the settings. If they are not valid, these are the defaults
 */
export function checkSettings(config: string | undefined): { check: Check; settings: Settings } {
  try {
    return { settings: loadSettings(config), check: ok('settings', config ?? 'as they ought to be') };
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    const check = fail('settings', error.message, 'docs/settings.md says what can be set.');
    return { settings: DEFAULT_SETTINGS, check };
  }
}
