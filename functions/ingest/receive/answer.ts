import { isArticle } from '../../../shared/model/article.ts';
import { holdOf, nextChangeOf } from '../../../shared/model/schedule.ts';
import type { MailToAnswer } from '../model/mail-to-answer.ts';
import type { Outcome } from '../record/outcome.ts';

/** An answer to the sender of a mail, as SES takes it. */
export interface MailAnswer {
  to: string;
  subject: string;
  text: string;
  headers: { Name: string; Value: string }[];
}

/** Writes the answer to a mail: what became of the story, and where it is. */
export function answerTo(mail: MailToAnswer, outcome: Outcome, baseUrl: string): MailAnswer {
  const { sender, subject, messageId, references } = mail;
  // A mail with several documents has several stories.
  const stories = (outcome.members ?? [outcome]).filter(each => each.outcome !== 'media');
  const lines = [
    ...stories.flatMap(story => [...linesOf(story, baseUrl), '']),
    'This is an automatic message. Please do not answer it.',
    '',
  ];
  const isReply = /^re:/i.test(subject);
  return {
    to: sender,
    subject: isReply ? subject : `Re: ${subject || 'your story'}`,
    text: lines.join('\n'),
    headers: [
      // Programs do not answer such a message (RFC 3834 § 5).
      { Name: 'Auto-Submitted', Value: 'auto-replied' },
      ...(messageId === undefined
        ? []
        : [
            { Name: 'In-Reply-To', Value: messageId },
            { Name: 'References', Value: [references, messageId].filter(Boolean).join(' ') },
          ]),
    ],
  };
}

function linesOf(outcome: Outcome, baseUrl: string): string[] {
  const record = outcome.record && isArticle(outcome.record) ? outcome.record : undefined;
  const warnings = (record?.warnings ?? []).filter(warning => warning !== record?.hold);
  return [
    ...(record ? [`“${record.headline}”`, ''] : []),
    sentenceOf(outcome, baseUrl),
    ...(warnings.length > 0 ? ['', 'Notes:', ...warnings.map(warning => `- ${warning}`)] : []),
  ];
}

function sentenceOf({ outcome, record, rejection }: Outcome, baseUrl: string): string {
  if (rejection) return `The story was rejected: ${rejection.message}`;
  const article = record && isArticle(record) ? record : undefined;
  switch (outcome) {
    case 'live':
      return `The story is live. Its page may take a moment:\n${baseUrl}/${encodeURI(article?.permalink ?? '')}`;
    case 'held':
      return `The story is held. ${(article && holdOf(article)) ?? ''}`.trim();
    case 'scheduled':
      return `The story waits until ${instant(article && nextChangeOf(article))}.`;
    case 'duplicate':
      return 'The same story came before. It is shown once, under its first address.';
    case 'withdrawn':
      return 'The story is withdrawn, because the mail or an earlier cancellation says so.';
    default:
      return 'The mail was filed.';
  }
}

/** `2026-12-01 06:00 UTC`. */
function instant(at: string | undefined): string {
  return at === undefined ? 'later' : `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
