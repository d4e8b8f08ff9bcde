import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { answerTo } from '../../../functions/ingest/receive/answer.ts';
import { mailToAnswer } from '../../../functions/ingest/receive/mail-to-answer.ts';
import type { Outcome } from '../../../functions/ingest/record/outcome.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { Article } from '../../../shared/model/article.ts';
import { ENV } from '../../../shared/stack/environment.ts';
import { storedMail } from '../../support/mails.ts';

const SENDERS = { senders: ['jane@example.org'] };
const SITE = 'https://news.example';
const MAIL = { sender: 'jane@example.org', subject: 'Ferry', messageId: '<a1@example.org>' };

const article = (parts: Partial<Article>) =>
  ({
    status: 'live',
    headline: 'Ferry sails',
    permalink: 'articles/ferry-1.html',
    warnings: [],
    ...parts,
  }) as Article;
const outcome = (parts: Partial<Article>): Outcome => {
  const record = article(parts);
  return { outcome: record.status, id: '1', record };
};

describe('the text', () => {
  test.each<[string, Outcome, RegExp]>([
    ['live', outcome({}), /“Ferry sails”.+is live.+https:\/\/news\.example\/articles\/ferry-1\.html/s],
    ['held', outcome({ status: 'held', hold: 'A line says so.' }), /is held\. A line says so\./],
    [
      'scheduled',
      outcome({
        status: 'scheduled',
        publishedAt: '2027-01-01T06:00:00.000Z',
        embargoUntil: '2027-01-01T06:00:00.000Z',
      }),
      /waits until 2027-01-01 06:00 UTC\./,
    ],
    ['duplicate', outcome({ status: 'duplicate' }), /shown once/],
    ['withdrawn', outcome({ status: 'withdrawn' }), /withdrawn/],
    [
      'rejected',
      {
        outcome: 'rejected',
        id: '1',
        rejection: new Rejection('empty', 'The file holds no words of a story.'),
      },
      /was rejected: The file holds no words of a story\./,
    ],
    ['noted', outcome({ warnings: ['The picture was left out.'] }), /Notes:\n- The picture was left out\./],
  ])('of a story that is %s', (_, given, words) => expect(answerTo(MAIL, given, SITE).text).toMatch(words));

  test('says the reason of a hold once', () => {
    const { text } = answerTo(MAIL, outcome({ status: 'held', hold: 'So.', warnings: ['So.'] }), SITE);
    expect(text.split('So.')).toHaveLength(2);
  });
});

test('the header names the mail, and says that a program answers', () => {
  const { to, subject, headers } = answerTo({ ...MAIL, references: '<b2@example.org>' }, outcome({}), SITE);
  expect([to, subject]).toEqual(['jane@example.org', 'Re: Ferry']);
  expect(headers).toEqual([
    { Name: 'Auto-Submitted', Value: 'auto-replied' },
    { Name: 'In-Reply-To', Value: '<a1@example.org>' },
    { Name: 'References', Value: '<b2@example.org> <a1@example.org>' },
  ]);
  expect(answerTo({ ...MAIL, subject: 'RE: Ferry' }, outcome({}), SITE).subject).toBe('RE: Ferry');
});

test.each([
  ['a second line', 'Ferry\r\n Bcc: x@evil.example', 'Ferry Bcc: x@evil.example'],
  ['encoded line breaks', '=?utf-8?q?Ferry=0D=0ABcc:_x@evil.example?=', 'Ferry Bcc: x@evil.example'],
])('a subject with %s stays one line', (_, subject, read) => {
  expect(mailToAnswer(storedMail({ subject }), SENDERS)?.subject).toBe(read);
});

test('ids fit into a header that SES takes, and nothing else is an id', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `<id-${index}@example.org>`);
  const lines = [`References: ${ids.join('\r\n ')} plain <with space@x> <ä@x>`];
  const references = mailToAnswer(storedMail({ lines }), SENDERS)?.references ?? '';
  expect(references.length).toBeLessThan(900);
  expect(references).toMatch(/^<id-\d+@example\.org> .*<id-199@example\.org>$/);
});

test('the deployed function sends it from the address of the desk, in one try', async () => {
  process.env[ENV.baseUrl] = SITE;
  process.env.AWS_REGION ??= 'eu-west-1';
  const ses = mockClient(SESv2Client);
  ses.on(SendEmailCommand).resolves({});
  const { sendAnswer } = await import('../../../functions/ingest/receive/lambda-answers.ts');
  await sendAnswer(MAIL, outcome({}), 'desk@news.example');
  await sendAnswer(MAIL, outcome({}), 'news.example');
  const inputs = ses.commandCalls(SendEmailCommand).map(({ args }) => args[0].input);
  expect(inputs.map(({ FromEmailAddress }) => FromEmailAddress)).toEqual([
    'desk@news.example',
    'desk@news.example',
  ]);
  expect(inputs[0]?.Destination).toEqual({ ToAddresses: ['jane@example.org'] });
  const clients = ses.calls().map(({ thisValue }) => thisValue as SESv2Client);
  expect(await Promise.all(clients.map(({ config }) => config.maxAttempts()))).toEqual([1, 1]);
});
