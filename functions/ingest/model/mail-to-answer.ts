/** What an answer to a mail needs of it. */
export interface MailToAnswer {
  /** The address of an allowed sender, whose domain vouches for the mail. */
  sender: string;
  subject: string;
  /** With its angle brackets. */
  messageId?: string | undefined;
  /** Ids of the earlier messages, separated by spaces. */
  references?: string | undefined;
}
