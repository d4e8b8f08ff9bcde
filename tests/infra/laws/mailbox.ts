import { MAIL_FOLDER } from '../../../shared/model/mail-folder.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import { ENV } from '../../../shared/stack/environment.ts';
import { allResources, many, resourcesOf, statementsOf, target, templateOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

const template = templateOf(VARIANTS.full);
const joined = templateOf(VARIANTS['throw-away']);
const ruleOf = (made: typeof template) => resourcesOf(made, 'AWS::SES::ReceiptRule')[0]?.[1];
const text = (value: unknown) => JSON.stringify(value);
const ofSes = (made: typeof template) =>
  statementsOf(made).filter(({ statement }) => text(statement.Principal)?.includes('ses.amazonaws.com'));
const sending = (made: typeof template) =>
  statementsOf(made).filter(({ statement }) => text(statement.Action).includes('ses:'));

describe('the mailbox', () => {
  test('is made only if the settings say so', () => {
    const types = allResources(templateOf()).map(([, { Type }]) => Type);
    expect(types.filter(type => type.startsWith('AWS::SES'))).toEqual([]);
    expect(ofSes(templateOf())).toEqual([]);
  });

  test('stores the mails to the address in the folder of mails, after a scan', () => {
    const rule = ruleOf(template)?.Properties.Rule;
    expect(rule).toMatchObject({ Enabled: true, ScanEnabled: true, Recipients: ['desk@example.org'] });
    const [{ S3Action }, ...others] = rule.Actions;
    expect(others).toEqual([]);
    expect(target(S3Action.BucketName)).toMatch(/^IntakeBucket/);
    expect(S3Action.ObjectKeyPrefix).toBe(MAIL_FOLDER);
  });

  test('only its own rule may write there, and the policy stands before the rule is made', () => {
    const [{ id, statement } = { id: '', statement: undefined }, ...others] = ofSes(template);
    expect(others).toEqual([]);
    expect(statement?.Action).toBe('s3:PutObject');
    expect(text(statement?.Resource)).toMatch(/IntakeBucket.+\/mail\/\*"/);
    const { 'aws:SourceAccount': account, 'aws:SourceArn': arn } = statement?.Condition?.StringEquals ?? {};
    expect(account).toEqual({ Ref: 'AWS::AccountId' });
    expect(text(arn)).toMatch(/:receipt-rule-set\/".+"AWS::StackName".+:receipt-rule\/".+"AWS::StackName"/);
    expect(ruleOf(template)?.DependsOn).toContain(id);
    expect(ruleOf(template)?.Properties.Rule.Name).toEqual({ Ref: 'AWS::StackName' });
  });

  test('has a rule set of its own, or joins the one of the settings', () => {
    const [[id, set] = []] = resourcesOf(template, 'AWS::SES::ReceiptRuleSet');
    expect(set?.Properties.RuleSetName).toEqual({ Ref: 'AWS::StackName' });
    expect(ruleOf(template)?.DependsOn).toContain(id);
    expect(resourcesOf(joined, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
    expect(ruleOf(joined)?.Properties.RuleSetName).toBe('all-mail');
    expect(text(ofSes(joined))).toContain(':receipt-rule-set/all-mail:receipt-rule/');
  });

  test('lets ingest send answers from its domain only, if the settings say so', () => {
    const [{ id, statement } = { id: '', statement: undefined }, ...others] = sending(template);
    expect(others).toEqual([]);
    expect(id).toMatch(/^IntakeIngest/);
    expect(many(statement?.Action ?? [])).toEqual(['ses:SendEmail']);
    expect(text(statement?.Resource)).toMatch(/:identity\/example\.org"/);
    expect(sending(joined)).toEqual([]);
  });

  test('has outputs: the rule set, the command that activates it, and the DNS record', () => {
    const { MailRuleSet, MailCommand, MailRecord } = joined.findOutputs('*');
    expect(MailRuleSet?.Value).toBe('all-mail');
    expect(text(MailCommand?.Value)).toMatch(
      /aws ses set-active-receipt-rule-set .+ --rule-set-name all-mail"/,
    );
    expect(text(MailRecord?.Value)).toMatch(/"desk\.example\.org MX 10 inbound-smtp\.".+AWS::Region/);
    expect(template.findOutputs('MailRecord').MailRecord?.Value).toMatchObject({
      'Fn::Join': ['', expect.arrayContaining(['example.org MX 10 inbound-smtp.'])],
    });
  });

  test('is known to ingest, and not to publish', () => {
    const settings = (part: string) =>
      resourcesOf(template, 'AWS::Lambda::Function').find(([id]) => id.startsWith(part))?.[1].Properties
        .Environment.Variables[ENV.settings];
    expect(JSON.parse(settings('IntakeIngest')).deployment).toEqual({
      mail: readSettings(VARIANTS.full).deployment.mail,
    });
    expect(settings('Publisher')).not.toContain('jane@example.org');
  });

  const mail = { address: 'desk@example.org', senders: ['jane@example.org'] };
  test.each([
    [{ ...mail, address: 'desk' }, /mail\.address.+e-mail address, or a domain/],
    [{ ...mail, address: '@example.org' }, /mail\.address/],
    [{ ...mail, senders: [] }, /mail\.senders.+at least 1/],
    [{ ...mail, senders: ['example.org'] }, /mail\.senders\.0.+"@" with a domain/],
    [{ ...mail, senders: ['Jane <jane@example.org>'] }, /mail\.senders\.0/],
    [{ ...mail, section: 'a/b' }, /mail\.section.+no slash/],
    [{ ...mail, ruleSet: 'a b' }, /mail\.ruleSet.+receipt rule set/],
    [{ ...mail, inbox: 'x' }, /mail\.inbox.+does not exist/],
    [{ senders: mail.senders }, /mail\.address.+must be given/],
  ])('%j is refused', (given, why) => {
    expect(() => readSettings({ deployment: { mail: given } })).toThrow(why);
  });

  test('addresses are compared in lower case', () => {
    const given = { address: 'Desk@Example.org', senders: ['Jane@Example.org', '@Agency.example'] };
    expect(readSettings({ deployment: { mail: given } }).deployment.mail).toMatchObject({
      address: 'desk@example.org',
      senders: ['jane@example.org', '@agency.example'],
      reply: false,
    });
  });
});
