import { DEFAULT_STATE } from '../../local/state-dir.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { Articles } from '../../shared/table/articles.ts';
import { UsageError } from '../output/usage-error.ts';
import { loadSettings } from '../pipeline/config.ts';
import type { FoundDeployment } from './found.ts';
import { findLaptop } from './laptop.ts';
import { findDeployed } from './stack.ts';

export interface DeploymentOptions {
  /** Name of the stack. */
  stack?: string;
  region?: string;
  /** Profile of the AWS configuration files. */
  profile?: string;
  /** The pipeline that `npm start` runs. */
  local?: boolean;
  /** State folder of that pipeline. This option also chooses the pipeline. */
  state?: string;
}

/** A deployed stack or the local pipeline, with everything that commands need. */
export interface Deployment extends FoundDeployment {
  articles: Articles;
  intake: Bucket;
  storage: Bucket;
  site: Bucket;
  /** The newsroom's time zone, from the settings in the working directory. */
  timeZone: string;
  /** The language of the site, from the same settings. */
  language: string;
  close(): void;
}

/** Default name of the stack, also of `cdk deploy`. */
const DEFAULT_STACK = 'Copydesk';

/** Tells whether the options choose the local pipeline, so that the command must not use a stack. */
export function isForLaptop({ local, state }: DeploymentOptions): boolean {
  return local === true || state !== undefined;
}

/**
 * Finds the deployment of a command. `--local` and `--state` choose the local pipeline. `--stack`, `--region`,
 * `--profile` and COPYDESK_STACK choose a stack. Without these options, the local pipeline is chosen if it runs, else
 * the stack `Copydesk`.
 * @throws UsageError if there is no such deployment, or if it cannot be reached
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
  const settings = loadSettings(undefined);
  return {
    ...found,
    articles: new Articles(clients.dynamodb, outputs.table, {
      namespace: outputs.namespace,
      noticeDays: outputs.noticeDays === undefined ? undefined : Number(outputs.noticeDays),
    }),
    intake: new Bucket(clients.s3, outputs.intakeBucket),
    storage: new Bucket(clients.s3, outputs.storageBucket),
    site: new Bucket(clients.s3, outputs.siteBucket),
    timeZone: settings.articles.timeZone,
    language: settings.site.language,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Runs a command on its deployment ({@link openDeployment}), and closes its connections afterwards. */
export async function withDeployment<T>(
  options: DeploymentOptions,
  command: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const deployment = await openDeployment(options);
  try {
    return await command(deployment);
  } finally {
    deployment.close();
  }
}
