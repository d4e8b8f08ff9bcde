import assert from 'node:assert/strict';
import { MAIL_FOLDER } from '../../../shared/model/mail-folder.ts';
import { mailWith, wordDocument } from '../../support/documents.ts';
import { received, storedMail } from '../../support/mails.ts';
import { jpeg } from '../../support/pictures.ts';
import type { Chapter } from '../chapter.ts';
import { examined } from '../reports.ts';
import { inFeed, titlesIn } from '../stories.ts';
import { until } from '../until.ts';

/** A section that keeps other stories. The front page of an empty one would be older than that of a fresh site. */
const SECTION = 'world';
const MAIL = { address: 'desk@news.example', senders: ['ada@example.org'], section: SECTION, reply: true };
const HEADLINE = 'Ferry sails again from Monday';

/** The folder of the synthesized stack. */
const ASSEMBLY = 'mailed';

/**
 * Mails to the desk. MiniStack keeps receipt rules, but its CloudFormation does not know them, and it receives no mail. So
 * the rule of the template is made by hand, and messages are written as SES writes them, where the rule says.
 */
export const mailbox: Chapter = async ({ steps, checkout, account }) => {
  const before = await checkout.configured();
  const mailFound = async () => (await examined(checkout)).filter(({ about }) => about === 'mailbox');
  const { intakeBucket, siteBucket } = await account.deployed();

  const rule = await steps.do('cdk deploy with a mailbox, without its receipt rule', async remark => {
    await checkout.configure({ ...before, deployment: { mail: MAIL } });
    await checkout.cdk('synth', '--quiet', '--output', ASSEMBLY);
    const left = await checkout.leaveOut(ASSEMBLY, ({ Type }) => Type.startsWith('AWS::SES::'));
    await checkout.cdk('deploy', '--app', ASSEMBLY, '--require-approval', 'never', '--progress', 'events');
    const found = left.find(({ Type }) => Type === 'AWS::SES::ReceiptRule')?.Properties.Rule;
    const [{ S3Action }] = found.Actions;
    assert.match(S3Action.BucketName.Ref, /^IntakeBucket/);
    assert.equal(S3Action.ObjectKeyPrefix, MAIL_FOLDER);
    assert.deepEqual(found.Recipients, [MAIL.address]);
    remark(
      'MiniStack has no receipt rules in templates. Those of this template are checked, and made by the API.',
    );
    return { name: checkout.stackName, bucket: intakeBucket, prefix: MAIL_FOLDER, recipient: MAIL.address };
  });
  await steps.do('copydesk doctor names the command that activates the rule set', async remark => {
    const undoing = await account.receiptRule(rule);
    const [inactive] = await mailFound();
    assert.equal(inactive?.state, 'fail');
    assert.match(inactive.todo ?? '', /aws ses set-active-receipt-rule-set .+--rule-set-name Copydesk/);
    await undoing.activate();
    const [active, identity] = await mailFound();
    assert.equal(active?.state, 'ok', active?.says);
    assert.match(identity?.todo ?? '', /aws sesv2 create-email-identity --email-identity news\.example/);
    remark(active?.says ?? '');
  });
  const keys = ['8s9d7f6g5h4j3k2l1m0n', '1q2w3e4r5t6z7u8i9o0p'].map(id => `${MAIL_FOLDER}${id}`);
  const [known = '', unknown = ''] = keys;
  await steps.do('a mail with a DOCX and two photographs: the story with its pictures', async remark => {
    const mail = mailWith(
      {
        subject: 'For tomorrow',
        text: 'Hello,\r\n\r\nmy story and two photographs are attached.\r\n\r\nJane',
      },
      {
        name: 'ferry.docx',
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        content: wordDocument(
          HEADLINE,
          'The ferry to the outer islands sails again from Monday, the harbour master of Quayside said on Friday.',
          'The crossing was closed in autumn after a storm had damaged the pier. The first boat leaves at six.',
        ),
      },
      { name: 'pier.jpg', type: 'image/jpeg', content: jpeg({ width: 1_200, height: 800, shade: 1 }) },
      { name: 'boat.jpg', type: 'image/jpeg', content: jpeg({ width: 1_200, height: 800, shade: 2 }) },
    );
    await account.put(intakeBucket, known, received(mail));
    await inFeed(account, siteBucket, HEADLINE);
    const item = (await account.feed(siteBucket)).items.find(({ title }) => title === HEADLINE);
    const media = [...new Set(item?.content_html?.match(/media\/[\w-]+\/[\w.-]+/g))];
    assert.equal(media.length, 2, `two pictures in ${item?.content_html}`);
    const there = await account.keys(siteBucket);
    for (const key of media) assert.ok(there.includes(key), `${key} is on the site`);
    await until('its section is that of the setting', async () =>
      ((await account.text(siteBucket, `${SECTION}/feed.json`)) ?? '').includes(HEADLINE),
    );
    remark(media.join(', '));
  });
  await steps.do("a stranger's mail is held, and copydesk list says so", async () => {
    const stranger = storedMail({
      from: ['Ada Quill <ada@example.org>'],
      results: 'spf=pass smtp.mailfrom=evil.example; dmarc=fail header.from=example.org',
      subject: 'A forged story',
    });
    await account.put(intakeBucket, unknown, stranger);
    const held = () => checkout.desk('list', '--status', 'held', '--json');
    await until('it is held', async () => (await held()).includes(unknown));
    assert.ok(!(await titlesIn(account, siteBucket)).includes('A forged story'));
  });
  await steps.do('cdk deploy without the mailbox, and without the mails', async () => {
    for (const key of keys) await account.delete(intakeBucket, key);
    await until('the story is gone', async () => !(await titlesIn(account, siteBucket)).includes(HEADLINE));
    await checkout.configure(before);
    await checkout.deploy();
  });
};
