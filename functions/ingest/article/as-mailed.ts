import path from 'node:path';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { isMailFile } from '../formats/sniff.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { judgeMail, readMailHeader } from '../release/mail-verdicts.ts';

const MESSAGE = 'message.eml';

/**
 * Judges a file of the mail folder, and gives it the section of mails. The name of the folder is no section, and the name
 * that SES gives a message is no headline.
 */
export function asMailed(
  input: ParseInput,
  { articles, deployment }: FunctionSettings,
): { input: ParseInput; hold?: string | undefined } {
  const { section = articles.defaultSection, senders = [] } = deployment?.mail ?? {};
  const { bytes, home = input.key } = input;
  const isMessage = isMailFile({ bytes, key: MESSAGE });
  const isWhole = isMessage && input.story === undefined;
  const name = isWhole ? MESSAGE : path.posix.basename(home);
  const header = readMailHeader(bytes);
  const { hold } = judgeMail({ ...header, isBroken: header.isBroken || !isMessage }, { senders });
  return {
    input: { ...input, key: `${section}/${name}`, home },
    hold: hold && `${hold} The story is held until it is released with “npx copydesk release”.`,
  };
}
