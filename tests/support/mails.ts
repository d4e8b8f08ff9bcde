/** The parts of a message as SES stores it. */
export interface StoredMail {
  /** Values of the From field. More than one make more than one field. */
  from?: string[];
  /** Results of `Authentication-Results`. Null for none. */
  results?: string | null;
  spam?: string;
  virus?: string;
  subject?: string;
  /** Other lines of the header, as the sender wrote them. */
  lines?: string[];
  text?: string;
}

/** The results as SES writes them for a mail of Jane. */
export const GOOD_RESULTS = [
  'spf=pass (spfCheck: domain of example.org designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7; envelope-from=jane@example.org; helo=mx.example.org;',
  ' dkim=pass header.i=@example.org;',
  ' dmarc=pass header.from=example.org;',
].join('\r\n');

const MAILED_STORY =
  'The ferry to the outer islands sails again from Monday, the harbour master of Quayside said on Friday.\r\n\r\n' +
  'The crossing was closed in autumn after a storm had damaged the pier. The first boat leaves at six.';

/** What SES writes above a message. */
function linesOfSes({
  results,
  spam,
  virus,
}: Required<Pick<StoredMail, 'results' | 'spam' | 'virus'>>): string[] {
  return [
    'Return-Path: <jane@example.org>',
    'Received: from mx.example.org (mx.example.org [192.0.2.7])',
    ' by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 8s9d7f6g5h4j3k2l',
    ' for desk@news.example; Mon, 30 Nov 2026 09:00:00 +0000 (UTC)',
    `X-SES-Spam-Verdict: ${spam}`,
    `X-SES-Virus-Verdict: ${virus}`,
    ...(results === null ? [] : [`Authentication-Results: amazonses.com;\r\n ${results}`]),
    'X-SES-RECEIPT: AEFBQUFBQUFBQUFG',
  ];
}

/** A mail of somebody at example.org, as SES stores it. */
export function received(mail: string): Buffer {
  const lines = linesOfSes({ results: GOOD_RESULTS, spam: 'PASS', virus: 'PASS' });
  return Buffer.from([...lines, mail].join('\r\n'));
}

/** A message as SES stores it: the lines of SES first, then those of the sender. */
export function storedMail({
  from = ['Jane Quill <jane@example.org>'],
  results = GOOD_RESULTS,
  spam = 'PASS',
  virus = 'PASS',
  subject = 'Ferry sails again',
  lines = [],
  text = MAILED_STORY,
}: StoredMail = {}): Buffer {
  return Buffer.from(
    [
      ...linesOfSes({ results, spam, virus }),
      ...lines,
      ...from.map(value => `From: ${value}`),
      'To: desk@news.example',
      `Subject: ${subject}`,
      'Date: Mon, 30 Nov 2026 08:59:00 +0000',
      'Message-ID: <a1@example.org>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      '',
    ].join('\r\n'),
  );
}
