import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CopydeskError } from '../shared/errors/errors.ts';
import {
  DEFAULT_SETTINGS,
  functionSettings,
  readSettingsJson,
  type Settings,
} from '../shared/settings/settings.ts';
import { isStageName, STAGE_NAME } from '../shared/settings/stages.ts';

/** Where an operator puts settings, next to cdk.json; absent means the defaults. */
const SETTINGS_FILE = 'copydesk.config.json';

/**
 * Most bytes of settings: Lambda allows 4,096 bytes for the environment of a function, and the other
 * variables (names, an address) take less than 1 KB of them.
 */
const SETTINGS_BYTES = 3_000;

/** Thrown for a deployment that cannot be made; the message is one sentence. */
class DeploymentError extends CopydeskError {}

export interface Deployment {
  /** `Copydesk`, or `Copydesk-<stage>`: stages live side by side in one account. */
  stackName: string;
  settings: Settings;
}

/**
 * What to deploy: the settings file of a folder, with the overrides of the stage of `cdk deploy -c stage=NAME`.
 * @throws CopydeskError with one sentence that an operator understands
 */
export function readDeployment(folder: string, stage: unknown): Deployment {
  if (stage === undefined || stage === '') return { stackName: 'Copydesk', settings: settingsIn(folder) };
  if (typeof stage === 'string' && isStageName(stage))
    return { stackName: `Copydesk-${stage}`, settings: settingsIn(folder, stage) };
  throw new DeploymentError('bad-stage', `The stage "${stage}" must be ${STAGE_NAME}.`, { subject: 'stage' });
}

function settingsIn(folder: string, stage?: string): Settings {
  let json: string;
  try {
    json = readFileSync(join(folder, SETTINGS_FILE), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return DEFAULT_SETTINGS;
    const message = `${SETTINGS_FILE} cannot be read: ${(cause as Error).message}.`;
    throw new DeploymentError('unreadable-settings', message, { subject: SETTINGS_FILE, cause });
  }
  const settings = readSettingsJson(json, SETTINGS_FILE, stage);
  const bytes = Buffer.byteLength(JSON.stringify(functionSettings(settings)));
  if (bytes <= SETTINGS_BYTES) return settings;
  const message = `${SETTINGS_FILE} is too long: ${bytes} bytes of settings, where a function takes ${SETTINGS_BYTES}.`;
  throw new DeploymentError('bad-settings', message, { subject: SETTINGS_FILE });
}
