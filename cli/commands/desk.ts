import { once } from 'node:events';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import { type Deployment, type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { startDesk } from '../desk/desk-server.ts';
import { EXIT } from '../output/exit-codes.ts';
import { say, tell } from '../output/say.ts';
import { loadSettings } from '../pipeline/config.ts';

interface DeskOptions extends DeploymentOptions {
  port: number;
  config?: string;
}

/** `copydesk desk`: serves pages on this machine in which editors work with the stories of a deployment. */
export async function desk({ port, config, ...options }: DeskOptions): Promise<number> {
  const settings = loadSettings(config);
  return await withDeployment(options, async deployment => {
    const account = await accountOf(deployment);
    const server = await startDesk(
      { deployment, options, settings, account },
      { port, onError: error => tell((error as Error).stack ?? String(error)) },
    );
    say(`The desk of ${deployment.name}: ${server.url}`);
    tell(
      'Keep this address secret: it lets everybody on this machine change stories. Ctrl-C stops the desk.',
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await server.close();
    return EXIT.ok;
  });
}

/** Number of the AWS account. Undefined for the local pipeline, and if the credentials may not ask. */
async function accountOf({ isLaptop, clients }: Deployment): Promise<string | undefined> {
  if (isLaptop) return undefined;
  const client = makeClient(STSClient, LIMITS.person, { region: await clients.sqs.config.region() });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Account;
  } catch (error) {
    // An editor may not be allowed to ask, or there is no network: the number is only shown.
    if (awsTrouble(error) === undefined) throw error;
    return undefined;
  } finally {
    client.destroy();
  }
}
