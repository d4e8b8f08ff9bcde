/**
 * Top folder of the intake bucket for mails to the address of the desk. Only the receipt rule of SES writes there. The
 * inbox of a laptop has the same folder.
 */
export const MAIL_FOLDER = 'mail/';
