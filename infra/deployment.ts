import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { CopydeskError } from '../shared/errors/errors.ts';
import {
  DEFAULT_SETTINGS,
  ingestSettings,
  readSettingsJson,
  type Settings,
} from '../shared/settings/settings.ts';
import { isStageName, STAGE_NAME } from '../shared/settings/stages.ts';

/** The operator's settings file, next to cdk.json. Without it the defaults apply. */
const SETTINGS_FILE = 'copydesk.config.json';

/** Maximum bytes of the settings as JSON. Lambda allows 4,096 for all variables, and the others need less than 1 KB. */
const MAX_SETTINGS_BYTES = 3_000;

class DeploymentError extends CopydeskError {}

export interface StackDeployment {
  /** `Copydesk`, or `Copydesk-<stage>`, because an account can hold several stages. */
  stackName: string;
  settings: Settings;
}

/**
 * Reads the settings file of a folder, with the overrides of the stage in `cdk deploy -c stage=NAME`.
 * @param region region of the deployment, if the credentials or the environment name one
 * @throws CopydeskError with one sentence that an operator understands
 */
export function readDeployment(folder: string, stage: unknown, region?: string): StackDeployment {
  const deployment = deploymentOf(folder, stage);
  if (region !== undefined) refuseForRegion(deployment.settings, region);
  return deployment;
}

function deploymentOf(folder: string, stage: unknown): StackDeployment {
  if (stage === undefined || stage === '') return { stackName: 'Copydesk', settings: settingsIn(folder) };
  if (typeof stage === 'string' && isStageName(stage))
    return { stackName: `Copydesk-${stage}`, settings: settingsIn(folder, stage) };
  throw new DeploymentError('bad-stage', `The stage "${stage}" must be ${STAGE_NAME}.`, { subject: 'stage' });
}

/** Partitions of AWS in which the stack is known to work. Others are for governments. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'];

/**
 * Regions in which SES receives mail: those in which CloudFormation knows AWS::SES::ReceiptRule, as the schemas of cfn-lint
 * 1.58.0 of November 2026 say. AWS adds regions.
 */
const MAIL_REGIONS_2026_11 = (
  'af-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ' +
  'ca-central-1 eu-central-1 eu-north-1 eu-south-1 eu-west-1 eu-west-2 eu-west-3 il-central-1 sa-east-1 ' +
  'us-east-1 us-east-2 us-west-1 us-west-2'
).split(' ');

/** Refuses settings that need something which AWS does not offer in a region. */
function refuseForRegion({ deployment, alarms }: Settings, region: string): void {
  const partition = RegionInfo.get(region).partition ?? 'aws';
  const refuse = (field: string, problem: string): never => {
    throw new DeploymentError('bad-settings', `The setting "${field}" is wrong: ${problem}.`, {
      subject: field,
    });
  };
  if (!PARTITIONS.includes(partition)) {
    const message = `Copydesk cannot be deployed in ${region}: the partition ${partition} of AWS is not supported.`;
    throw new DeploymentError('bad-settings', message, { subject: region });
  }
  if (deployment.mail && !MAIL_REGIONS_2026_11.includes(region))
    refuse(
      'deployment.mail',
      `must be absent in ${region}, because SES receives no mail there. It receives mail in ${MAIL_REGIONS_2026_11.join(', ')}`,
    );
  const [, vaultPartition, , vaultRegion] = deployment.secondRegion?.vaultArn.split(':') ?? [];
  if (vaultRegion === region)
    refuse(
      'deployment.secondRegion.vaultArn',
      `must be in another region than the stack, which is in ${region}`,
    );
  if (vaultPartition !== undefined && vaultPartition !== partition)
    refuse(
      'deployment.secondRegion.vaultArn',
      `must begin with "arn:${partition}:", as all ARNs of ${region} do`,
    );
  if (partition !== 'aws' && deployment.cloudFront)
    refuse(
      'deployment.cloudFront',
      `must be false in ${region}, because CloudFront has no functions there. Serve the site bucket by another CDN, and set site.baseUrl`,
    );
  if (partition === 'aws-us-gov' && alarms.monthlyBudget !== undefined)
    refuse('alarms.monthlyBudget', `must be absent in ${region}, because AWS has no budgets there`);
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
  const bytes = Buffer.byteLength(JSON.stringify(ingestSettings(settings)));
  if (bytes <= MAX_SETTINGS_BYTES) return settings;
  const message = `${SETTINGS_FILE} is too long: it has ${bytes} bytes of settings, and a function takes ${MAX_SETTINGS_BYTES}.`;
  throw new DeploymentError('bad-settings', message, { subject: SETTINGS_FILE });
}
