import { addressOf, judgeMail, readMailHeader } from '../../../functions/ingest/release/mail-verdicts.ts';
import { GOOD_RESULTS, type StoredMail, storedMail } from '../../support/mails.ts';

const SENDERS = ['jane@example.org', '@agency.example'];

const judged = (mail: StoredMail | Buffer) =>
  judgeMail(readMailHeader(Buffer.isBuffer(mail) ? mail : storedMail(mail)), { senders: SENDERS });

const LIVE = { sender: 'jane@example.org' };
const heldFor = (why: RegExp) => ({ hold: expect.stringMatching(why) });
const FORGED = heldFor(/may be forged/);
const STRANGER = heldFor(/not an allowed sender/);
const NOT_ONE = heldFor(/exactly one sender/);
const NO_VERDICT = heldFor(/no verdict/);
const DAMAGED = heldFor(/damaged/);

describe('an allowed sender', () => {
  test.each<[string, StoredMail]>([
    ['in angle brackets', {}],
    ['as a plain address', { from: ['jane@example.org'] }],
    ['in mixed case', { from: ['Jane <Jane@EXAMPLE.org>'] }],
    ['with a quoted local part', { from: ['"jane"@example.org'] }],
    ['with a quoted name that has a comma', { from: ['"Quill, Jane" <jane@example.org>'] }],
    ['with comments', { from: ['(the (late) desk) Jane <jane@example.org> (news, sports)'] }],
    ['in a folded field', { from: ['Jane Quill\r\n <jane@example.org>'] }],
    ['whose field has no space', { from: ['<jane@example.org>'] }],
  ])('%s goes live', (_, mail) => expect(judged(mail)).toEqual(LIVE));

  test('can be anybody in a domain', () => {
    const mail = (from: string) =>
      judged({ from: [from], results: `dmarc=pass header.from=${from.split('@')[1]}` });
    expect(mail('night.desk@agency.example')).toEqual({ sender: 'night.desk@agency.example' });
    expect(mail('night.desk@sub.agency.example')).toEqual(STRANGER);
    expect(mail('night.desk@notagency.example')).toEqual(STRANGER);
  });

  test('has a domain of other letters than ASCII', () => {
    const mail = { from: ['j@bücher.example'], results: 'dmarc=pass header.from=xn--bcher-kva.example' };
    expect(judgeMail(readMailHeader(storedMail(mail)), { senders: ['@xn--bcher-kva.example'] })).toEqual({
      sender: 'j@xn--bcher-kva.example',
    });
  });
});

describe('a sender who is not one, or is a stranger', () => {
  test.each<[string, StoredMail, object]>([
    ['a stranger', { from: ['mallory@evil.example'] }, STRANGER],
    ['a name like an allowed address', { from: ['"jane@example.org" <mallory@evil.example>'] }, STRANGER],
    ['a comment like an allowed address', { from: ['mallory@evil.example (jane@example.org)'] }, STRANGER],
    ['an allowed address as local part', { from: ['"jane@example.org"@evil.example'] }, STRANGER],
    ['a longer address', { from: ['jane@example.org.evil.example'] }, STRANGER],
    ['two fields', { from: ['jane@example.org', 'mallory@evil.example'] }, NOT_ONE],
    ['the same twice', { from: ['jane@example.org', 'jane@example.org'] }, NOT_ONE],
    ['no field', { from: [] }, NOT_ONE],
    ['an empty field', { from: [''] }, NOT_ONE],
    ['two addresses', { from: ['jane@example.org, mallory@evil.example'] }, NOT_ONE],
    ['two brackets', { from: ['<jane@example.org> <mallory@evil.example>'] }, NOT_ONE],
    ['a group', { from: ['desk: jane@example.org;'] }, NOT_ONE],
    ['a route', { from: ['<@evil.example:jane@example.org>'] }, NOT_ONE],
    ['an open quotation', { from: ['"Jane <jane@example.org>'] }, NOT_ONE],
    ['an open comment', { from: ['Jane (<jane@example.org>'] }, NOT_ONE],
    ['a field with a space before the colon', { lines: ['From : mallory@evil.example'] }, NOT_ONE],
    ['a field in capitals', { lines: ['FROM: mallory@evil.example'] }, NOT_ONE],
  ])('%s is held', (_, mail, why) => expect(judged(mail)).toEqual(why));
});

describe('results of SES', () => {
  const strangers = 'spf=pass smtp.mailfrom=evil.example; dkim=pass header.i=@evil.example;';
  test.each<[string, StoredMail, object]>([
    ['DMARC alone', { results: 'dmarc=pass header.from=example.org' }, LIVE],
    [
      'SPF of the domain, without DMARC',
      { results: 'spf=pass smtp.mailfrom=jane@example.org; dmarc=none' },
      LIVE,
    ],
    ['DKIM of the domain, without DMARC', { results: 'dkim=pass header.d=example.org; dmarc=none' }, LIVE],
    ['one of several DKIM results', { results: `${strangers} dkim=pass header.i=jane@Example.org` }, LIVE],
    ['in mixed case, with comments', { results: 'DKIM = Pass (a; dkim=fail) header.i=@EXAMPLE.org' }, LIVE],
    [
      'in the order of RFC 8601, with reasons',
      { results: 'spf=fail smtp.mailfrom=x.example; dkim=pass reason="good; sure" header.d=example.org' },
      LIVE,
    ],
    [
      'nothing passed',
      { results: 'spf=fail; dkim=fail header.i=@example.org; dmarc=fail header.from=example.org' },
      FORGED,
    ],
    ['nothing was looked at', { results: 'none' }, FORGED],
    ['SPF of another domain', { results: `${strangers} dmarc=none` }, FORGED],
    ['SPF of a domain below', { results: 'spf=pass smtp.mailfrom=a@mail.example.org' }, FORGED],
    ['DKIM of a longer domain', { results: 'dkim=pass header.d=notexample.org' }, FORGED],
    ['DMARC of another domain', { results: 'dmarc=pass header.from=evil.example' }, FORGED],
    [
      'DMARC failed although SPF passed',
      { results: 'spf=pass smtp.mailfrom=a@example.org; dmarc=fail header.from=example.org' },
      FORGED,
    ],
    [
      'softfail',
      { results: 'spf=softfail smtp.mailfrom=a@example.org; dkim=neutral header.d=example.org' },
      FORGED,
    ],
    ['a pass in a comment', { results: 'spf=fail (dmarc=pass header.from=example.org); dmarc=none' }, FORGED],
    [
      'a pass in a quoted value',
      { results: 'spf=fail envelope-from="a; dmarc=pass header.from=example.org"@evil.example; dmarc=none' },
      FORGED,
    ],
    [
      'a second result of DMARC',
      { results: 'spf=fail helo=x; dmarc=pass header.from=example.org; dmarc=fail header.from=example.org' },
      FORGED,
    ],
    ['no result at all', { results: null }, NO_VERDICT],
  ])('%s', (_, mail, why) => expect(judged(mail)).toEqual(why));

  const forged = 'Authentication-Results: amazonses.com; dmarc=pass header.from=example.org';
  test.each<[string, StoredMail, object]>([
    [
      'a header that the sender wrote below',
      { results: 'dmarc=fail header.from=example.org', lines: [forged] },
      FORGED,
    ],
    [
      'a header of another service below',
      { lines: ['Authentication-Results: mx.example; dmarc=fail'] },
      LIVE,
    ],
    [
      'only a header of another service',
      { results: null, lines: [forged.replace('amazonses.com', 'mx.example')] },
      NO_VERDICT,
    ],
    [
      'a service with a similar name',
      { results: null, lines: [forged.replace('amazonses.com', 'amazonses.com.evil.example')] },
      NO_VERDICT,
    ],
    [
      'a good spam verdict that the sender wrote below',
      { spam: 'FAIL', lines: ['X-SES-Spam-Verdict: PASS'] },
      heldFor(/spam/),
    ],
    ['a bad spam verdict that the sender wrote below', { lines: ['X-SES-Spam-Verdict: FAIL'] }, LIVE],
    [
      'a good virus verdict that the sender wrote below',
      { virus: 'fail', lines: ['X-SES-Virus-Verdict: PASS'] },
      heldFor(/virus/),
    ],
    ['doubtful spam', { spam: 'GRAY' }, LIVE],
  ])('%s', (_, mail, why) => expect(judged(mail)).toEqual(why));

  test('the number of the version may follow the name of the service', () => {
    const header = storedMail({ results: null, lines: [forged.replace('.com;', '.com 1 (x);')] });
    expect(judged(header)).toEqual(LIVE);
  });
});

describe('answers of programs and of people', () => {
  test.each<[string, object]>([
    ['Auto-Submitted: auto-replied (vacation)', heldFor(/automatic answer/)],
    ['Auto-Submitted: no', LIVE],
    // Agencies send by programs.
    ['Auto-Submitted: auto-generated', LIVE],
    ['In-Reply-To: <0102a@eu-west-1.amazonses.com>', heldFor(/answers a message/)],
    ['In-Reply-To: <0102a@email.amazonses.com>', heldFor(/answers a message/)],
    ['In-Reply-To: <0102a@notamazonses.com>', LIVE],
    ['In-Reply-To: <0102a@example.org>', LIVE],
  ])('%s', (line, why) => expect(judged({ lines: [line] })).toEqual(why));
});

describe('a header that programs can read in different ways', () => {
  const head = (text: string) => judged(Buffer.from(text));
  test.each([
    'From jane\r\nno field\r\n\r\nText',
    'A line that is no field\r\nFrom: jane@example.org\r\n\r\nText',
    'Subject: a\rFrom: jane@example.org\r\n\r\nText',
    'Subject: a\0\r\nFrom: jane@example.org\r\n\r\nText',
  ])('%j is held', text => expect(head(text)).toEqual(DAMAGED));

  test('a cut one is held', () => {
    expect(head(`Subject: ${'x'.repeat(1_000_001)}\r\nFrom: jane@example.org\r\n\r\nText`)).toEqual(DAMAGED);
  });

  test('no text of the body counts', () => {
    const mail = storedMail({ from: [], text: '\r\nFrom: jane@example.org\r\n' });
    expect(judged(mail)).toEqual(NOT_ONE);
  });
});

test.each([
  ['a@b.example', 'a@b.example'],
  [' A.B@C.Example ', 'a.b@c.example'],
  ['"a b"@c.example', 'a b@c.example'],
  ['"a\\"b"@c.example', 'a"b@c.example'],
  ['a@b@c.example', undefined],
  ['a b@c.example', undefined],
  ['a@', undefined],
  ['undisclosed-recipients:;', undefined],
  ['=?utf-8?q?jane?= <a@b.example>', 'a@b.example'],
])('the address in %j is %j', (value, address) => expect(addressOf(value)).toBe(address));

test('long fields take no long time', () => {
  for (const char of ['(', '"', '<', ';', ' ', '=', 'a', 'a@', '\\'])
    expect(
      judged({ from: [char.repeat(300_000)], results: `${GOOD_RESULTS} ${char.repeat(300_000)}` }),
    ).toHaveProperty('hold');
});
