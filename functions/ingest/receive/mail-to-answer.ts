import type { MailSettings } from '../../../shared/settings/deployment-settings.ts';
import { decodeMetadata } from '../article/object-metadata.ts';
import type { MailToAnswer } from '../model/mail-to-answer.ts';
import { fieldOf, judgeMail, type MailHeader, readMailHeader } from '../release/mail-verdicts.ts';
import { head, oneLine } from '../text/characters.ts';

/** Maximum length of a subject in an answer, in characters. Mail programs show fewer. */
const MAX_SUBJECT_CHARS = 200;

/** Maximum length of a header that SES takes, in characters: 995, without the ids that are added. */
const MAX_IDS_CHARS = 900;

/**
 * The mail of a file, if its sender may get an answer. An answer to a forged sender would go to a stranger, and an answer
 * to a program could be answered for ever (RFC 3834 § 2).
 */
export function mailToAnswer(
  bytes: Uint8Array,
  settings: Pick<MailSettings, 'senders'>,
): MailToAnswer | undefined {
  const header = readMailHeader(bytes);
  const { sender } = judgeMail(header, settings);
  if (sender === undefined || isOfProgram(header)) return undefined;
  const [messageId] = idsIn(fieldOf(header, 'message-id'));
  const references = idsIn(fieldOf(header, 'references')).join(' ');
  return {
    sender,
    subject: head(oneLine(decodeMetadata(fieldOf(header, 'subject') ?? '')), MAX_SUBJECT_CHARS),
    messageId,
    // The oldest ids are left out.
    references: references.slice(-MAX_IDS_CHARS).replace(/^[^<]*/, '') || undefined,
  };
}

/** Whether a program or a list has sent a mail. */
function isOfProgram(header: MailHeader): boolean {
  const automatic = fieldOf(header, 'auto-submitted') ?? 'no';
  return (
    !/^no\b/i.test(automatic) ||
    /^(?:bulk|junk|list)\b/i.test(fieldOf(header, 'precedence') ?? '') ||
    fieldOf(header, 'list-id') !== undefined ||
    fieldOf(header, 'return-path')?.trim() === '<>'
  );
}

function idsIn(value = ''): string[] {
  return value.match(/<[!-;=?-~]{1,400}>/g) ?? [];
}
