import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { ENV } from '../../../shared/stack/environment.ts';
import { required } from '../../environment.ts';
import type { MailToAnswer } from '../model/mail-to-answer.ts';
import type { Outcome } from '../record/outcome.ts';
import { answerTo } from './answer.ts';

/** A second try could send the answer twice. */
const client = makeClient(SESv2Client, { ...LIMITS.function, attempts: 1 });

/**
 * Sends the answer to a mail. This module is loaded at the first mail that gets an answer.
 * @param address the setting `deployment.mail.address`
 */
export async function sendAnswer(mail: MailToAnswer, outcome: Outcome, address: string): Promise<void> {
  const { to, subject, text, headers } = answerTo(mail, outcome, required(ENV.baseUrl));
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: address.includes('@') ? address : `desk@${address}`,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) }, Headers: headers } },
    }),
  );
}
