import type { S3EventRecord } from 'aws-lambda';
import type { MailToAnswer } from '../../functions/ingest/model/mail-to-answer.ts';
import { answerTo } from '../../functions/ingest/receive/answer.ts';
import type { Outcome } from '../../functions/ingest/record/outcome.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { type StoredMail, storedMail } from '../support/mails.ts';

/** Mails to the desk, as SES stores them in the intake bucket. */

const MAIL = { address: 'desk@news.example', senders: ['jane@example.org'] };
const STRANGER = { from: ['Mallory <mallory@evil.example>'], results: 'dmarc=pass header.from=evil.example' };

/** A key as SES makes it. */
const KEY = 'mail/8s9d7f6g5h4j3k2l1m0n';

let desk: Desk;
afterEach(() => desk.close());

async function open(mail: object = {}, settings: object = {}): Promise<void> {
  desk = await startDesk({ settings: { ...settings, deployment: { mail: { ...MAIL, ...mail } } } });
}

const receive = async (mail: StoredMail = {}, key = KEY) => {
  await desk.put(key, storedMail(mail));
  await desk.settle();
  return desk.record(key);
};

/** A mail as a mail program saves it, without the fields of SES. */
const asSaved = () =>
  Buffer.from(
    storedMail(STRANGER)
      .toString()
      .replace(/^[\s\S]+?(?=^From: )/m, 'X-Mailer: Quill\r\n'),
  );

/** A mail with two documents. */
const note = 'Hello,\r\n\r\nplease find two stories attached.\r\n\r\nJane';
const document = (name: string, text: string) =>
  `--b\r\nContent-Type: text/plain; charset=utf-8; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${text}\r\n`;
const twoStories = (parts: StoredMail = {}) =>
  Buffer.from(
    storedMail({
      ...parts,
      text: [
        `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${note}\r\n`,
        document(
          'ferry.txt',
          'Ferry sails again\r\n\r\nThe ferry to the outer islands sails again from Monday, the harbour master said.',
        ),
        document(
          'bridge.txt',
          'Bridge opens late\r\n\r\nThe new bridge over the inlet opens a month later than planned, the builders said.',
        ),
        '--b--',
      ].join(''),
    })
      .toString()
      .replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b'),
  );
const stories = async () => Promise.all(['ferry', 'bridge'].map(name => desk.record(`${KEY}/${name}.txt`)));

describe('a mail', () => {
  test('of an allowed sender is live, in the section of the settings, with its subject as headline', async () => {
    await open({ section: 'harbour' });
    expect(await receive()).toMatchObject({
      status: 'live',
      headline: 'Ferry sails again',
      section: 'harbour',
      authors: [{ name: 'Jane Quill' }],
      source: { key: KEY, format: 'eml' },
    });
    expect((await desk.feed()).map(({ title }) => title)).toEqual(['Ferry sails again']);
    expect((await desk.feed('harbour/feed.json')).length).toBe(1);
  });

  test('is in the default section, also if the folder decides, and its key is no headline', async () => {
    await open({}, { articles: { sectionFrom: 'folder' } });
    const record = await receive({ subject: '', text: 'Yes.\r\n' });
    expect(record).toMatchObject({ section: 'news', headlineFrom: 'filename' });
    expect(JSON.stringify(record)).not.toMatch(/"headline":"8s9d/i);
  });

  test('can name another section', async () => {
    await open({ section: 'harbour' });
    expect(
      await receive({ text: `Section: Sport\r\n\r\n${storedMail().toString().split('\r\n\r\n')[1]}` }),
    ).toMatchObject({
      section: 'Sport',
    });
  });

  test('of a stranger is held, and neither the record nor the log has the address', async () => {
    await open();
    expect(await receive(STRANGER)).toMatchObject({
      status: 'held',
      hold: expect.stringMatching(/not an allowed sender.+ released with “npx copydesk release”\.$/),
    });
    expect(await desk.feed()).toEqual([]);
    expect(desk.log).toContainEqual(
      expect.objectContaining({ outcome: 'held', hold: expect.stringContaining('not an allowed sender') }),
    );
    expect(JSON.stringify(desk.log)).not.toContain('evil.example');
  });

  test('that is held for two reasons says both', async () => {
    await open();
    expect(await receive({ ...STRANGER, subject: 'EMBARGOED: after the keynote' })).toMatchObject({
      hold: expect.stringContaining('not an allowed sender'),
      warnings: expect.arrayContaining([expect.stringContaining('after the keynote')]),
    });
  });

  test('of an allowed sender obeys its own release terms', async () => {
    await open();
    expect(await receive({ subject: 'EMBARGOED UNTIL 1 January 2099 06:00: Ferry sails' })).toMatchObject({
      status: 'scheduled',
      headline: 'Ferry sails',
    });
  });

  test.each([
    [
      'without the header of a mail',
      Buffer.from('Ferry sails\n\nThe ferry sails again from Monday, they say.\n'),
    ],
    ['with a damaged header', Buffer.from(storedMail().toString().replace('To: ', 'To '))],
    ['with a header that does not end', Buffer.from(storedMail().toString().split('\r\n\r\n')[0] ?? '')],
    ['without a verdict, as people save mails', storedMail({ results: null })],
  ])('%s is held', async (_, bytes) => {
    await open();
    await desk.put('mail/saved.eml', bytes);
    await desk.settle();
    expect(await desk.record('mail/saved.eml')).toMatchObject({ status: 'held' });
  });

  test('outside of the folder, or in a folder of this name without a mailbox, is as any other file', async () => {
    await open();
    expect(await receive(STRANGER, 'world/a.eml')).toMatchObject({ status: 'live', section: 'world' });
    await desk.close();
    desk = await startDesk();
    await desk.put('mail/saved.eml', asSaved());
    await desk.settle();
    expect(await desk.record('mail/saved.eml')).toMatchObject({ status: 'live', section: 'mail' });
  });

  test('that SES receives while the setting is removed is held, also from an allowed sender', async () => {
    desk = await startDesk();
    expect(await receive()).toMatchObject({
      status: 'held',
      hold: expect.stringContaining('deployment.mail is missing'),
    });
  });

  test('of a stranger cancels no story of an agency', async () => {
    await open();
    const item = (status: string) =>
      `{"uri":"urn:agency:1","type":"text","pubstatus":"${status}","headline":"Ferry sails","body_text":"The ferry sails again from Monday, the harbour master said."}`;
    await desk.put('world/item.json', item('usable'));
    await desk.settle();
    // An item cancels those of its own top folder only.
    await desk.put('mail/item', item('usable'));
    await desk.settle();
    await desk.put('mail/kill', item('canceled'));
    await desk.settle();
    expect(await desk.record('world/item.json')).toMatchObject({ status: 'live' });
    expect(await desk.record('mail/item')).toMatchObject({ status: 'held' });
  });
});

describe('the verdict on a mail is kept', () => {
  /** Reads the file of an event again with a new parser and other settings. */
  const readAgain = async (event: S3EventRecord, settings: object) => {
    const ingest = desk.ingestWith({ settings: readSettings(settings), parserVersion: 'new' });
    const message = { messageId: '1', body: JSON.stringify({ Records: [event] }) };
    expect(await ingest({ Records: [message] } as never)).toEqual({ batchItemFailures: [] });
    await desk.publishAll();
  };

  test.each<[string, object]>([
    ['without the setting', {}],
    [
      'with the sender among the allowed ones',
      { deployment: { mail: { ...MAIL, senders: ['@evil.example'] } } },
    ],
  ])('%s: a stranger’s mail stays held', async (_, settings) => {
    await open();
    for (const [key, mail] of [
      [KEY, storedMail(STRANGER)],
      // On a laptop, no mail has the fields of SES.
      ['mail/dropped', asSaved()],
      ['mail/two', twoStories(STRANGER)],
    ] as const) {
      const event = await desk.put(key, mail);
      await desk.settle();
      await readAgain(event, settings);
    }
    for (const key of [KEY, 'mail/dropped', 'mail/two/ferry.txt', 'mail/two/bridge.txt'])
      expect(await desk.record(key)).toMatchObject({ status: 'held', version: 2 });
    expect(await desk.feed()).toEqual([]);
  });

  test('for a story that a new parser finds in a held mail after the setting is gone', async () => {
    await open();
    const event = await desk.put(KEY, twoStories({ ...STRANGER, results: null }));
    await desk.settle();
    await desk.removeItem(desk.articles.idOf(`${KEY}/bridge.txt`));
    await readAgain(event, {});
    expect(await stories()).toMatchObject([{ status: 'held' }, { status: 'held' }]);
  });

  test.each<[string, object]>([
    ['the setting is removed', {}],
    [
      'its sender is not allowed any more',
      { deployment: { mail: { ...MAIL, senders: ['ada@example.org'] } } },
    ],
  ])('if %s: a published story stays', async (_, settings) => {
    await open();
    const event = await desk.put(KEY, storedMail());
    await desk.settle();
    await readAgain(event, settings);
    expect(await desk.record(KEY)).toMatchObject({ status: 'live', section: 'news', version: 2 });
  });

  test('until the file is uploaded again', async () => {
    await open();
    await receive();
    expect(await receive(STRANGER)).toMatchObject({ status: 'held' });
  });
});

describe('an answer', () => {
  const sent: { mail: MailToAnswer; outcome: Outcome['outcome'] }[] = [];
  const answer = async (mail: MailToAnswer, { outcome }: Outcome) => void sent.push({ mail, outcome });
  beforeEach(() => void sent.splice(0));

  const answered = async (mail: StoredMail | Buffer = {}, key = KEY) => {
    const event = await desk.put(key, Buffer.isBuffer(mail) ? mail : storedMail(mail));
    const message = { messageId: '1', body: JSON.stringify({ Records: [event] }) };
    await desk.ingestWith({ answer })({ Records: [message] } as never);
    return { message };
  };

  test('is sent once, however often the event comes', async () => {
    await open({ reply: true });
    const lines = ['References: <b2@example.org> <c3@example.org>'];
    const { message } = await answered({ subject: '=?utf-8?q?F=C3=A4hre?=', lines });
    expect(sent).toEqual([
      {
        outcome: 'live',
        mail: {
          sender: 'jane@example.org',
          subject: 'Fähre',
          messageId: '<a1@example.org>',
          references: '<b2@example.org> <c3@example.org>',
        },
      },
    ]);
    await desk.ingestWith({ answer })({ Records: [message] } as never);
    // A new parser makes the record again.
    await desk.ingestWith({ answer, parserVersion: 'new' })({ Records: [message] } as never);
    expect(sent).toHaveLength(1);
  });

  test('is not sent for a later version of the file', async () => {
    await open({ reply: true });
    await answered();
    await answered({ subject: 'Ferry sails on Sunday' });
    expect(await desk.record(KEY)).toMatchObject({ headline: 'Ferry sails on Sunday' });
    expect(sent).toHaveLength(1);
  });

  test('is sent once if two functions get the event at the same time', async () => {
    await open({ reply: true });
    const event = await desk.put(KEY, storedMail({ subject: '', text: '' }));
    const message = { messageId: '1', body: JSON.stringify({ Records: [event] }) };
    const ingest = desk.ingestWith({ answer });
    await Promise.all([1, 2, 3].map(() => ingest({ Records: [message] } as never)));
    expect(sent.map(({ outcome }) => outcome)).toEqual(['rejected']);
  });

  test.each<[string, StoredMail]>([
    ['a stranger', STRANGER],
    ['a forged sender', { results: 'dmarc=fail header.from=example.org' }],
    ['a mail with a virus', { virus: 'FAIL' }],
    ['a program', { lines: ['Auto-Submitted: auto-generated'] }],
    ['a notice of absence', { lines: ['Auto-Submitted: auto-replied'] }],
    ['a bulk mail', { lines: ['Precedence: bulk'] }],
    ['a list', { lines: ['List-Id: <desk.example.org>'] }],
  ])('is not sent to %s', async (_, mail) => {
    await open({ reply: true });
    await answered(mail);
    expect(await desk.record(KEY)).toBeDefined();
    expect(sent).toEqual([]);
  });

  test('is not sent to a null return path', async () => {
    await open({ reply: true });
    const mail = storedMail().toString().replace('<jane@example.org>', '<>');
    await answered(Buffer.from(mail));
    expect(sent).toEqual([]);
  });

  test('is not sent without the setting, nor for files of other folders', async () => {
    await open();
    await answered();
    await desk.close();
    await open({ reply: true });
    await answered({}, 'world/a.eml');
    expect(sent).toEqual([]);
  });

  test('that fails leaves the story as it is, is not repeated, and is logged without the address', async () => {
    await open({ reply: true });
    const event = await desk.put(KEY, storedMail());
    const message = { messageId: '1', body: JSON.stringify({ Records: [event] }) };
    const failing = desk.ingestWith({
      answer: async ({ sender }) => {
        throw Object.assign(new Error(`${sender} is not verified.`), { name: 'MessageRejected' });
      },
    });
    expect(await failing({ Records: [message] } as never)).toEqual({ batchItemFailures: [] });
    expect(await desk.record(KEY)).toMatchObject({ status: 'live' });
    expect(desk.log.at(-1)).toMatchObject({
      event: 'answer.failed',
      key: KEY,
      reason: 'MessageRejected',
      metrics: { AnswerFailed: 1 },
    });
    expect(JSON.stringify(desk.log)).not.toContain('jane@');
  });
});

describe('a mail with two documents', () => {
  test('is two stories in the section of the settings, with one answer', async () => {
    await open({ reply: true, section: 'harbour' });
    const told: Outcome[] = [];
    const event = await desk.put(KEY, twoStories());
    const ingest = desk.ingestWith({ answer: async (_, outcome) => void told.push(outcome) });
    for (let time = 0; time < 2; time++)
      await ingest({ Records: [{ messageId: '1', body: JSON.stringify({ Records: [event] }) }] } as never);
    expect(await stories()).toMatchObject([
      { status: 'live', headline: 'Ferry sails again', section: 'harbour' },
      { status: 'live', headline: 'Bridge opens late', section: 'harbour' },
    ]);
    expect(told.map(({ outcome, members }) => [outcome, members?.length])).toEqual([['unpacked', 2]]);
    const { text } = answerTo({ sender: 'a', subject: '' }, told[0] as Outcome, 'https://news.example');
    expect(text.match(/is live/g)).toHaveLength(2);
  });

  test('of a stranger is held with both', async () => {
    await open();
    await desk.put(KEY, twoStories(STRANGER));
    await desk.settle();
    expect(await stories()).toMatchObject([{ status: 'held' }, { status: 'held' }]);
  });
});
