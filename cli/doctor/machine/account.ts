import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { awsTrouble, errorName } from '../../deployment/aws-trouble.ts';
import { regionOf } from '../../deployment/stack.ts';
import { UsageError } from '../../output/usage-error.ts';
import { type Check, fail, ok, warn } from './check.ts';

/** Default name of the stack that `cdk bootstrap` makes. */
const TOOLKIT = 'CDKToolkit';

/** Minimum bootstrap version for stacks of CDK 2. Source: "Bootstrap versions", AWS CDK Developer Guide. */
const MIN_BOOTSTRAP_VERSION = 6;

/** Checks the credentials, and whether CDK can deploy into the account. Ends at the first failed check. */
export async function* checkAccount(): AsyncGenerator<Check> {
  const sts = makeClient(STSClient, LIMITS.person);
  const cloudFormation = makeClient(CloudFormationClient, LIMITS.person);
  try {
    const region = await regionOf(cloudFormation);
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    yield ok('credentials', `account ${Account} in ${region}, as ${Arn}`);
    yield await bootstrap(cloudFormation, Account ?? '', region);
  } catch (error) {
    const trouble = error instanceof UsageError ? error : awsTrouble(error);
    yield trouble
      ? fail('credentials', trouble.message, 'Mend this first: nothing else can be looked at.')
      : fail(
          'credentials',
          `AWS does not say whose they are: ${(error as Error).message}`,
          'Set a region and credentials, or name a profile with --profile.',
        );
  } finally {
    sts.destroy();
    cloudFormation.destroy();
  }
}

async function bootstrap(client: CloudFormationClient, account: string, region: string): Promise<Check> {
  const todo = `Run "npx cdk bootstrap aws://${account}/${region}" before the next deploy.`;
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: TOOLKIT }));
    const given = Stacks?.[0]?.Outputs?.find(
      ({ OutputKey }) => OutputKey === 'BootstrapVersion',
    )?.OutputValue;
    const version = Number(given);
    if (version >= MIN_BOOTSTRAP_VERSION) return ok('bootstrap', `version ${version}`);
    return fail('bootstrap', `version ${given ?? 'unknown'} is too old for CDK 2`, todo);
  } catch (error) {
    if (errorName(error) === 'ValidationError')
      return warn(
        'bootstrap',
        `there is no stack ${TOOLKIT}`,
        `${todo} With a toolkit stack of another name all is well.`,
      );
    const says = awsTrouble(error)?.message ?? (error as Error).message;
    return warn('bootstrap', `it could not be looked at: ${says}`, 'Look with credentials that may.');
  }
}
