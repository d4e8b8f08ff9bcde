import { DEFAULT_STATE } from '../../local/state-dir.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { Articles } from '../../shared/table/articles.ts';
import { UsageError } from '../output/usage-error.ts';
import { loadSettings } from '../pipeline/config.ts';
import type { Found } from './found.ts';
import { findLaptop } from './laptop.ts';
import { findDeployed } from './stack.ts';

/** Which deployment a command works on, as its options say. */
export interface DeploymentOptions {
  /** Name of the stack. */
  stack?: string;
  region?: string;
  /** Profile of the AWS configuration files. */
  profile?: string;
  /** The pipeline that `npm start` runs. */
  local?: boolean;
  /** Its state folder; naming one chooses that pipeline, as `local` does. */
  state?: string;
}

/** A deployment, or the laptop: everything that the commands work with, the same for both. */
export interface Deployment extends Found {
  articles: Articles;
  intake: Bucket;
  storage: Bucket;
  site: Bucket;
  /** The newsroom's time zone, as the settings in this folder have it. */
  timeZone: string;
  close(): void;
}

/** The stack's name where nothing says otherwise, as `cdk deploy` has it. */
const DEFAULT_STACK = 'Copydesk';

/** Whether a command may work on nothing but the pipeline on this machine: never on a stack that it was not told of. */
export function isForLaptop({ local, state }: DeploymentOptions): boolean {
  return local === true || state !== undefined;
}

/**
 * Finds what a command is to work on: the laptop with `--local` or `--state`; a stack with `--stack`, `--region`, `--profile` or
 * COPYDESK_STACK; with neither the laptop if one is running here, else the stack `Copydesk`.
 * @throws UsageError, in one sentence, where there is none, or it cannot be reached
 */
export async function openDeployment(
  options: DeploymentOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Deployment> {
  const { stack, state = DEFAULT_STATE, region, profile } = options;
  const isLocal = isForLaptop(options);
  const stackName = stack ?? env.COPYDESK_STACK;
  if (isLocal && stack !== undefined)
    throw new UsageError(`Choose one: ${options.local ? '--local' : '--state'} or --stack.`);
  const isOfAws = stackName !== undefined || region !== undefined || profile !== undefined;
  const laptop = isLocal || !isOfAws ? await findLaptop(state) : undefined;
  if (isLocal && laptop === undefined)
    throw new UsageError(`No Copydesk is running on ${state}: start one with "npm start".`);
  const found = laptop ?? (await findDeployed({ stackName: stackName ?? DEFAULT_STACK, region, profile }));
  const { outputs, clients } = found;
  return {
    ...found,
    articles: new Articles(clients.dynamodb, outputs.table),
    intake: new Bucket(clients.s3, outputs.intakeBucket),
    storage: new Bucket(clients.s3, outputs.storageBucket),
    site: new Bucket(clients.s3, outputs.siteBucket),
    timeZone: loadSettings(undefined).articles.timeZone,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
