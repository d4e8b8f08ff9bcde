import path from 'node:path';
import type { Source } from '../../../shared/model/article.ts';
import { MAIL_FOLDER } from '../../../shared/model/mail-folder.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { isMailFile } from '../formats/sniff.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { isReceivedBySes, judgeMail, readMailHeader } from '../release/mail-verdicts.ts';

const MESSAGE = 'message.eml';

/**
 * The verdict on a file of the mail folder. Undefined if the newsroom has no mailbox and SES has not received the file. If
 * SES has received it, the setting was removed, and then no sender is allowed.
 */
export function mailVerdictOf(
  { bytes }: Pick<ParseInput, 'bytes'>,
  { deployment }: FunctionSettings,
): Source['mail'] {
  const header = readMailHeader(bytes);
  if (deployment?.mail === undefined)
    return isReceivedBySes(header)
      ? { hold: 'The setting deployment.mail is missing, so no sender is an allowed sender.' }
      : undefined;
  const isBroken = header.isBroken || !isMessage(bytes);
  const { hold } = judgeMail({ ...header, isBroken }, deployment.mail);
  return hold === undefined ? {} : { hold };
}

/**
 * Judges a file of the mail folder if it was not judged before, and gives it the section of mails. The name of the folder
 * is no section, and the name that SES gives a message is no headline. Undefined if the file is no mail to the desk.
 */
export function asMailed(
  input: ParseInput,
  settings: FunctionSettings,
): { input: ParseInput; hold: string | undefined } | undefined {
  const { bytes, home = input.key, mail = mailVerdictOf(input, settings) } = input;
  if (mail === undefined || !home.startsWith(MAIL_FOLDER)) return undefined;
  const { section = settings.articles.defaultSection } = settings.deployment?.mail ?? {};
  const isWhole = isMessage(bytes) && input.story === undefined;
  const name = isWhole ? MESSAGE : path.posix.basename(home);
  return {
    input: { ...input, key: `${section}/${name}`, home },
    hold: mail.hold && `${mail.hold} The story is held until it is released with “npx copydesk release”.`,
  };
}

function isMessage(bytes: Uint8Array): boolean {
  return isMailFile({ bytes, key: MESSAGE });
}
