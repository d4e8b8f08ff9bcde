import * as z from 'zod';

/** The settings that only the deployment reads. Their descriptions have the form of those in newsroom-settings.ts. */

/** Retention times of CloudWatch Logs, in days. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365, 400, 545, 731, 1827, 3653] as const;

/** Text that must match a pattern. `allowed` describes the pattern in words. */
const shaped = (pattern: RegExp, allowed: string) =>
  z
    .string()
    .regex(pattern, { error: `must be ${allowed}` })
    .meta({ allowed });

/** CloudFormation refuses the prefix `aws:`, but only during a deployment. */
const TagName = shaped(
  /^(?!aws:).{1,128}$/i,
  'a name of 1 to 128 characters that does not begin with "aws:"',
);

const DOMAIN_NAME = 'a domain name such as "news.example.org"';
const E_MAIL = 'an e-mail address';

/** CloudFront compares names in lower case. */
const DomainName = z
  .hostname({ error: `must be ${DOMAIN_NAME}` })
  .toLowerCase()
  .meta({ allowed: DOMAIN_NAME });

const Domain = z.strictObject({
  name: DomainName.meta({ description: 'Domain of the site.' }),
  aliases: z.array(DomainName).max(10).default([]).meta({
    allowed: 'a list of domain names, such as `["www.example.org"]`',
    description:
      'Other names of the site. Each redirects to the same page of `domain.name`. The certificate must cover them.',
    reason: 'Only you know under which other names readers look for the site.',
  }),
  certificateArn: shaped(
    /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    'the ARN of an ACM certificate in us-east-1, which CloudFront requires',
  ).meta({ description: 'Certificate of the domain and of its aliases.' }),
  hostedZoneId: shaped(/^Z[A-Z0-9]{1,31}$/, 'the id of a Route 53 hosted zone')
    .optional()
    .meta({
      description: 'Route 53 zone in which the address records are made.',
      reason: 'The DNS of the domain may be outside Route 53. Then make the records yourself.',
    }),
});

/** The rules of S3 for the names of buckets, without the rare exceptions. */
const BucketName = shaped(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket');

const SecondRegion = z.strictObject({
  vaultArn: shaped(
    /^arn:aws[\w-]*:backup:[\w-]+:\d{12}:backup-vault:[\w-]+$/,
    'the ARN of a vault of AWS Backup',
  ).meta({ description: 'Vault in the second region. It receives a copy of the table each day.' }),
  intakeBucket: BucketName.meta({
    description: 'Versioned bucket in the second region. S3 copies every uploaded file into it.',
  }),
  storageBucket: BucketName.meta({
    description: 'Versioned bucket in the second region. S3 copies large bodies and pictures into it.',
  }),
  days: z.int().min(1).max(3_650).default(35).meta({
    description: 'Days for which copies of the table are kept.',
    reason: 'The continuous backup of the table itself also goes back 35 days.',
  }),
});

const MAIL_ADDRESS = 'an e-mail address, or a domain name for all its addresses';

/** `desk@example.org`, or `@example.org` for everybody in the domain. Programs compare addresses in lower case. */
const MailSender = z
  .string()
  .toLowerCase()
  .refine(sender => z.email().safeParse(sender).success || (/^@/.test(sender) && isDomain(sender.slice(1))), {
    error: 'must be an e-mail address, or "@" with a domain name',
  });

const Mail = z.strictObject({
  address: z
    .string()
    .toLowerCase()
    .refine(address => z.email().safeParse(address).success || isDomain(address), {
      error: `must be ${MAIL_ADDRESS}`,
    })
    .meta({
      allowed: MAIL_ADDRESS,
      description: 'Address to which stories are sent. A domain receives mail under each of its addresses.',
    }),
  senders: z.array(MailSender).min(1).max(50).meta({
    allowed: 'a list of e-mail addresses and domains, such as `["jane@example.org", "@agency.example"]`',
    description: 'Senders whose stories go live. The stories of all others are held.',
  }),
  section: z
    .string()
    .trim()
    .min(1)
    .refine(name => !name.includes('/'), { error: 'must have no slash' })
    .optional()
    .meta({
      description: 'Section of stories that came by mail and name no section.',
      reason: 'Without it, `articles.defaultSection` applies, as to other files that are in no folder.',
    }),
  ruleSet: shaped(/^[A-Za-z0-9](?:[\w.-]{0,62}[A-Za-z0-9])?$/, 'the name of a receipt rule set of SES')
    .optional()
    .meta({
      description:
        'Existing receipt rule set of SES that gets the rule of Copydesk. Set it if the account receives other mail.',
      reason: 'Without it, the stack makes a rule set. An account has one active rule set in a region.',
    }),
  reply: z.boolean().default(false).meta({
    description: 'Whether an allowed sender gets an answer that says what became of the story.',
    reason: 'AWS lets a new account send mail only to verified addresses, until you ask for more.',
  }),
});

function isDomain(name: string): boolean {
  return name.includes('.') && z.hostname().safeParse(name).success;
}

export const Deployment = z
  .strictObject({
    domain: Domain.optional().meta({
      description: 'Domain of your own. It needs CloudFront.',
      reason: 'The site works at once under the domain that CloudFront gives it.',
    }),
    cloudFront: z.boolean().default(true).meta({
      description:
        'Whether CloudFront serves the site. Without it, serve the site bucket by a CDN of your own and set `site.baseUrl`.',
      reason: 'The site bucket is private. Without a CDN nobody can read the site.',
    }),
    priceClass: z.enum(['100', '200', 'all']).default('100').meta({
      description:
        'Where CloudFront has servers for the site. `100`: Europe and North America. `200`: most of the world. `all`: the whole world.',
      reason:
        '`100` is the cheapest. It serves readers everywhere. Far from a server, pages load a little slower.',
    }),
    webAclArn: shaped(
      /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
      'the ARN of a WAF web ACL of CloudFront (global, in us-east-1)',
    )
      .optional()
      .meta({
        description: 'WAF web ACL in front of the site. It needs CloudFront.',
        reason: 'The site consists of static files. A WAF costs at least 5 dollars a month.',
      }),
    accessLogs: z.boolean().default(false).meta({
      description:
        'Whether each request to the site and the buckets is logged. It does not work in opt-in regions, because CloudFront cannot deliver its logs there.',
      reason: 'Such logs contain the IP addresses of readers. Keep them only if you have a reason.',
    }),
    data: z.enum(['keep', 'destroy']).default('keep').meta({
      description:
        'Whether uploaded files, articles and the site are kept when the stack is removed. `destroy` is for test stages.',
      reason: 'A stack can be deployed again in minutes. Lost articles cannot be restored.',
    }),
    secondRegion: SecondRegion.optional().meta({
      description:
        'Copies of the data in another region of the account. Make the vault and the two buckets there first.',
      reason: 'Copies cost as much as the data, and only you know which regions your data may be in.',
    }),
    mail: Mail.optional().meta({
      description:
        'Mailbox for stories. SES must receive mail in the region of the stack. See [operating](operating.md#mailbox).',
      reason: 'It needs a DNS record and a rule set that you activate.',
    }),
    terminationProtection: z.boolean().default(false).meta({
      description:
        'Whether AWS refuses to remove the stack. Set it in production, after the first deployment has succeeded.',
      reason:
        'People who try Copydesk can then remove the stack with `cdk destroy`. The buckets and the table are kept even without protection, and the table is always protected from deletion.',
    }),
    rollout: z.enum(['at-once', 'gradual']).default('at-once').meta({
      description:
        'How a new version of the functions takes over. `at-once`: with the deployment. `gradual`: within ten minutes, and the old version takes over again if the new one fails. Set it in production.',
      reason:
        'A gradual deployment takes ten minutes longer, and needs CodeDeploy, which emulators of AWS do not have.',
    }),
    logDays: z
      .literal(LOG_DAYS, { error: `must be one of ${LOG_DAYS.join(', ')}` })
      .default(30)
      .meta({
        description: 'Days for which logs are kept.',
        reason: 'Parked messages wait for up to 14 days. The log must explain them for this time.',
      }),
    tracing: z.boolean().default(false).meta({
      description: 'Whether X-Ray traces the functions. A file that is published alone makes two traces.',
      reason:
        'A million traces cost 5 dollars, and Lambda accepts no sampling rules. The log names each failure with its cause and request id.',
    }),
    ingestConcurrency: z.int().min(2).max(1_000).default(5).meta({
      description: 'Number of batches of files that are read at the same time.',
      reason:
        'A new AWS account runs at most 10 functions at the same time. Half of them stay free for publish.',
    }),
    collectSeconds: z.int().min(0).max(60).default(5).meta({
      description:
        'Seconds for which changes are collected before the feeds are written. Each embargo also ends later by this time.',
      reason:
        'A feed is written only once for all changes within five seconds. No feed reader polls as often as this. A longer time is cheaper.',
    }),
    ingestMemory: z.int().min(512).max(10_240).default(1_769).meta({
      description: 'Memory of the function that reads files, in MB.',
      reason:
        'With this memory, Lambda gives the function one full CPU, and the CPU limits the speed of reading. With less memory, a file costs the same and takes longer.',
    }),
    publishMemory: z.int().min(512).max(10_240).default(1_024).meta({
      description: 'Memory of the function that writes feeds and pages, in MB.',
      reason:
        'The function mostly waits for S3. It holds several editions of up to `feeds.maxBytes` and their feeds in memory.',
    }),
    copyDays: z.int().min(19).max(3_650).default(30).meta({
      description:
        'Days for which overwritten or deleted stories, pictures and large bodies can be restored.',
      reason:
        'A parked message needs the version of the file that it names. It waits for up to 14 days, and for up to 4 days after a retry. The other days are for people who restore files.',
    }),
    tags: z.record(TagName, z.string().max(256)).default({}).meta({
      allowed: 'names with their values, such as `{ "desk": "world" }`',
      description: 'Tags of all resources, for the bill.',
      reason: 'Only you know how you sort your bills.',
    }),
  })
  .superRefine(({ cloudFront, domain, webAclArn, data, terminationProtection, secondRegion }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (!cloudFront && domain !== undefined) refuse('domain', 'needs deployment.cloudFront');
    if (!cloudFront && webAclArn !== undefined) refuse('webAclArn', 'needs deployment.cloudFront');
    if (terminationProtection && data === 'destroy')
      refuse('data', 'must be "keep" where deployment.terminationProtection is set');
    if (secondRegion && data === 'destroy')
      refuse('data', 'must be "keep" where deployment.secondRegion is set');
    if (secondRegion && secondRegion.intakeBucket === secondRegion.storageBucket)
      refuse('secondRegion', 'must name two buckets, because the same key can be in both');
    const names = domain ? [domain.name, ...domain.aliases] : [];
    if (new Set(names).size < names.length) refuse('domain', 'must name each domain only once');
  })
  .meta({ description: 'Settings of the stack. The functions read only `deployment.mail`.' });

/** The mailbox of a deployment. */
export type MailSettings = z.infer<typeof Mail>;

export const Alarms = z
  .strictObject({
    email: z
      .email({ error: `must be ${E_MAIL}` })
      .meta({ allowed: E_MAIL })
      .optional()
      .meta({
        description: 'Address that receives alarms. The owner must confirm the subscription once.',
        reason: 'Only you know who is on duty. Without it, subscribe to the alarm topic yourself.',
      }),
    ageMinutes: z.number().min(1).max(1_440).default(5).meta({
      description: 'Maximum time from the upload of a file until it is public, in minutes.',
      reason: 'The usual time is ten seconds. After five minutes, editors ask where their story is.',
    }),
    monthlyBudget: z.number().min(1).max(10_000_000).optional().meta({
      description:
        'Cost of the AWS account in a month, in US dollars. The alarm topic is told if the month costs more, or will cost more as AWS expects. In regions without budgets, such as Stockholm, make the budget in the console.',
      reason:
        'Only you know what the account may cost. AWS counts the whole account, because it can tell stacks apart only after you have activated their tags for billing.',
    }),
    rejectedPercent: z.number().min(1).max(100).default(50).meta({
      description: 'Maximum share of rejected files in an hour, in percent. With 100 the alarm is off.',
      reason:
        'Authors correct single bad files. If half of all files are rejected, the source of the files has changed.',
    }),
  })
  .meta({ description: 'Limits at which alarms go off, and who receives them.' });
