import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { MAIL_FOLDER } from '../../shared/model/mail-folder.ts';
import type { MailSettings } from '../../shared/settings/deployment-settings.ts';
import type { Intake } from './intake.ts';

/**
 * The address to which stories are sent: SES stores each message in the intake bucket, and the queue of the bucket does
 * the rest. CloudFormation cannot activate a rule set, so an operator does (docs/operating.md, "Mailbox").
 */
export class Mailbox extends Construct {
  /** Name of the rule set that must be active. */
  readonly ruleSet: string;
  /** The DNS record that sends mail to SES. */
  readonly record: string;
  /** The command that activates the rule set. */
  readonly command: string;

  constructor(scope: Construct, id: string, { intake, mail }: { intake: Intake; mail: MailSettings }) {
    super(scope, id);
    const { address, ruleSet: existing, reply } = mail;
    const domain = address.slice(address.indexOf('@') + 1);
    // The policy of the bucket names the rule, and SES tries the policy when the rule is made. So the names are known.
    const ruleName = Aws.STACK_NAME;
    this.ruleSet = existing ?? Aws.STACK_NAME;
    this.record = `${domain} MX 10 inbound-smtp.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.command = `aws ses set-active-receipt-rule-set --region ${Aws.REGION} --rule-set-name ${this.ruleSet}`;

    const rule = new ses.CfnReceiptRule(this, 'Rule', {
      ruleSetName: this.ruleSet,
      rule: {
        name: ruleName,
        enabled: true,
        // Without a scan, SES gives no verdict on viruses and spam.
        scanEnabled: true,
        recipients: [address],
        actions: [{ s3Action: { bucketName: intake.bucket.bucketName, objectKeyPrefix: MAIL_FOLDER } }],
      },
    });
    if (existing === undefined)
      rule.node.addDependency(new ses.CfnReceiptRuleSet(this, 'RuleSet', { ruleSetName: this.ruleSet }));
    intake.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [intake.bucket.arnForObjects(`${MAIL_FOLDER}*`)],
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            'aws:SourceArn': arn(`receipt-rule-set/${this.ruleSet}:receipt-rule/${ruleName}`),
          },
        },
      }),
    );
    // SES writes an object when the rule is made. Without the permission for it, the deployment fails.
    if (intake.bucket.policy) rule.node.addDependency(intake.bucket.policy);
    if (reply) intake.ingest.allow([arn(`identity/${domain}`)], ['ses:SendEmail']);
  }
}

function arn(resource: string): string {
  return `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}
