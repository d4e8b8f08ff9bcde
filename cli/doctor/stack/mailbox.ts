import { promises as dns, type MxRecord } from 'node:dns';
import { DescribeActiveReceiptRuleSetCommand, SESClient } from '@aws-sdk/client-ses';
import { GetEmailIdentityCommand, type GetEmailIdentityResponse, SESv2Client } from '@aws-sdk/client-sesv2';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { OUTPUTS } from '../../../shared/stack/stack-outputs.ts';
import { errorName } from '../../deployment/aws-trouble.ts';
import { type Check, type Examined, fail, ok, undoByHand, warn } from '../machine/check.ts';
import { describeStack } from '../machine/cloud-formation.ts';

const ABOUT = 'mailbox';

/** Where the DKIM keys of SES are, if SES names no other place. */
const DKIM_HOST = 'dkim.amazonses.com';

/** Checks that mails reach the desk: the rule set is active, the domain is verified, and its DNS names SES. */
export async function mailbox(
  deployment: Pick<Examined, 'stackName' | 'outputs'>,
  resolveMx: (domain: string) => Promise<MxRecord[]> = dns.resolveMx,
): Promise<Check[]> {
  const { Outputs = [] } = await describeStack(deployment.stackName ?? '');
  const output = (name: keyof typeof OUTPUTS) =>
    Outputs.find(({ OutputKey }) => OutputKey === OUTPUTS[name])?.OutputValue;
  const [ruleSet, command, record] = [output('mailRuleSet'), output('mailCommand'), output('mailRecord')];
  // The setting deployment.mail is not set.
  if (ruleSet === undefined || command === undefined || record === undefined) return [];
  const [domain = '', , , host = ''] = record.split(' ');
  return [
    await activeRule(deployment, ruleSet, command),
    await identity(domain),
    await exchanger(domain, host, record, resolveMx),
  ];
}

async function activeRule(
  deployment: Pick<Examined, 'stackName' | 'outputs'>,
  ruleSet: string,
  command: string,
): Promise<Check> {
  const { Metadata, Rules = [] } = await calling(SESClient, client =>
    client.send(new DescribeActiveReceiptRuleSetCommand({})),
  );
  const active = Metadata?.Name;
  if (active === undefined) return fail(ABOUT, 'no rule set of SES is active', `"${command}" activates it.`);
  if (active !== ruleSet)
    return fail(
      ABOUT,
      `the active rule set of SES is ${active}, and not ${ruleSet}`,
      `If nobody needs ${active}: "${command}". Otherwise set deployment.mail.ruleSet to "${active}" and deploy.`,
    );
  const { intakeBucket } = deployment.outputs;
  const isThere = Rules.some(
    ({ Enabled, Actions = [] }) =>
      Enabled && Actions.some(({ S3Action }) => S3Action?.BucketName === intakeBucket),
  );
  return isThere
    ? ok(ABOUT, `the active rule set of SES, ${active}, stores mails in the intake bucket`)
    : fail(ABOUT, `no rule of ${active} stores mails in the intake bucket`, undoByHand(deployment));
}

async function identity(domain: string): Promise<Check> {
  const found = await identityOf(domain);
  if (found === undefined)
    return fail(
      ABOUT,
      `SES does not know the domain ${domain}`,
      `"aws sesv2 create-email-identity --email-identity ${domain}", then "npx copydesk doctor" names the DNS records.`,
    );
  const { name, VerifiedForSendingStatus, DkimAttributes: { Tokens = [], SigningHostedZone } = {} } = found;
  if (VerifiedForSendingStatus) return ok(ABOUT, `SES has verified ${name}`);
  const records = Tokens.map(
    token => `${token}._domainkey.${name} CNAME ${token}.${SigningHostedZone || DKIM_HOST}`,
  );
  return fail(ABOUT, `SES has not verified ${name}`, `Add the DNS records: ${records.join('; ')}`);
}

/** The identity of a domain, or of a domain above it, which counts for it too. */
async function identityOf(
  domain: string,
): Promise<(GetEmailIdentityResponse & { name: string }) | undefined> {
  const labels = domain.split('.');
  const names = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
  return calling(SESv2Client, async client => {
    for (const name of names) {
      try {
        return { name, ...(await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }))) };
      } catch (error) {
        if (errorName(error) !== 'NotFoundException') throw error;
      }
    }
    return undefined;
  });
}

async function exchanger(
  domain: string,
  host: string,
  record: string,
  resolveMx: (domain: string) => Promise<MxRecord[]>,
): Promise<Check> {
  const todo = `Add the DNS record: ${record}`;
  try {
    const found = (await resolveMx(domain)).map(({ exchange }) => exchange.toLowerCase());
    return found.includes(host.toLowerCase())
      ? ok(ABOUT, `mail to ${domain} goes to SES`)
      : warn(ABOUT, `mail to ${domain} goes to ${found.join(', ')}, and not to SES`, todo);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return warn(ABOUT, `the DNS names no server for mail to ${domain}`, todo);
  }
}

/** Runs a call with a client, and closes the client. */
async function calling<Client extends { destroy(): void }, T>(
  Client: new (config: object) => Client,
  call: (client: Client) => Promise<T>,
): Promise<T> {
  const client = makeClient(Client, LIMITS.person);
  try {
    return await call(client);
  } finally {
    client.destroy();
  }
}
