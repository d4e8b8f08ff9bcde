import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, readSettingsJson, type Settings } from '../../shared/settings/settings.ts';
import { pathError } from '../output/usage-error.ts';

/** Default name of the settings file, in the working directory. */
const CONFIG_FILE = 'copydesk.config.json';

/**
 * Reads the settings file. Without a named file and without a default file, it returns the default settings.
 * @throws CopydeskError with one sentence
 */
export function loadSettings(file: string | undefined): Settings {
  const path = file ?? CONFIG_FILE;
  try {
    return readSettingsJson(readFileSync(path, 'utf8'), path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' && file === undefined) return DEFAULT_SETTINGS;
    if (code?.startsWith('E')) throw pathError('The settings file', path, error);
    throw error;
  }
}
