import * as z from 'zod';

/** The settings that only the deployment reads; they are described as those of newsroom-settings.ts are. */

/** Retentions that CloudWatch Logs offers, in days. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365, 400, 545, 731, 1827, 3653] as const;

/** Text that must look so; `allowed` says how in words. */
const shaped = (pattern: RegExp, allowed: string) =>
  z
    .string()
    .regex(pattern, { error: `must be ${allowed}` })
    .meta({ allowed });

/** CloudFormation refuses the prefix, but only while it deploys. */
const TagName = shaped(
  /^(?!aws:).{1,128}$/i,
  'a name of 1 to 128 characters that does not begin with "aws:"',
);

const DOMAIN_NAME = 'a domain name such as "news.example.org"';
const E_MAIL = 'an e-mail address';

const Domain = z.strictObject({
  name: z
    .hostname({ error: `must be ${DOMAIN_NAME}` })
    .meta({ allowed: DOMAIN_NAME, description: 'Domain of the site.' }),
  certificateArn: shaped(
    /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    'the ARN of an ACM certificate in us-east-1, where CloudFront looks for them',
  ).meta({ description: 'Its certificate.' }),
  hostedZoneId: shaped(/^Z[A-Z0-9]{1,31}$/, 'the id of a Route 53 hosted zone')
    .optional()
    .meta({
      description: 'Route 53 zone in which the address records are made.',
      reason: 'The domain may be served from elsewhere; then make the records yourself.',
    }),
});

export const Deployment = z
  .strictObject({
    domain: Domain.optional().meta({
      description: 'Domain of your own. It needs CloudFront.',
      reason: 'The site works at once under the domain that CloudFront gives it.',
    }),
    cloudFront: z.boolean().default(true).meta({
      description:
        'Whether CloudFront serves the site. Without it the site bucket is for a CDN of your own, whose address `site.baseUrl` says.',
      reason: 'The bucket is private: without something in front of it nobody reads the site.',
    }),
    priceClass: z.enum(['100', '200', 'all']).default('100').meta({
      description:
        'Where CloudFront has its edges: Europe and North America, most of the world, or all of it.',
      reason: 'The cheapest. It serves readers everywhere, those far from an edge a little later.',
    }),
    webAclArn: shaped(
      /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
      'the ARN of a WAF web ACL of CloudFront (global, in us-east-1)',
    )
      .optional()
      .meta({
        description: 'WAF web ACL in front of the site. It needs CloudFront.',
        reason: 'The site is static files; a WAF costs at least 5 dollars a month.',
      }),
    accessLogs: z.boolean().default(false).meta({
      description:
        'Whether each request to the site and the buckets is logged. Not in regions that an account must opt into, where CloudFront cannot deliver its logs.',
      reason: 'Such logs hold the addresses of readers, and somebody must have a reason to keep those.',
    }),
    data: z.enum(['keep', 'destroy']).default('keep').meta({
      description:
        'What becomes of copy, articles and site when the stack is removed. `destroy` is for stages that are tried out.',
      reason: 'A stack is deployed again in minutes, an archive never.',
    }),
    terminationProtection: z.boolean().default(false).meta({
      description:
        'Whether the stack and its table refuse to be removed. Set it in production, once the first deployment has succeeded.',
      reason: '`cdk destroy` shall work for whoever tries Copydesk; what holds data is kept in any case.',
    }),
    logDays: z
      .literal(LOG_DAYS, { error: `must be one of ${LOG_DAYS.join(', ')}` })
      .default(30)
      .meta({
        description: 'Days for which logs are kept.',
        reason: 'Longer than parked copy waits (14 days), so that its story can still be read.',
      }),
    tracing: z.boolean().default(true).meta({
      description: 'Whether X-Ray traces the functions.',
      reason: 'The first 100,000 traces a month are free, and a slow file is explained by one.',
    }),
    ingestConcurrency: z.int().min(2).max(1_000).default(5).meta({
      description: 'Batches of files that are read at once.',
      reason: 'A new AWS account runs 10 functions at once; half of them stay free for the publisher.',
    }),
    collectSeconds: z.int().min(0).max(60).default(5).meta({
      description:
        'Seconds for which changes are collected before feeds are made of them. Embargoes end that much later too.',
      reason:
        'A busy desk renders a feed once for all changes of five seconds, and no feed reader polls as often. Longer is cheaper.',
    }),
    ingestMemory: z.int().min(512).max(10_240).default(1_769).meta({
      description: 'Memory of the function that reads files, in MB.',
      reason:
        'That much has one whole CPU: reading is bound by it, so that less costs the same and takes longer.',
    }),
    publishMemory: z.int().min(512).max(10_240).default(1_024).meta({
      description: 'Memory of the function that writes feeds and pages, in MB.',
      reason:
        'It mostly waits for S3, but holds several editions of up to `feeds.maxBytes` and their renditions at once.',
    }),
    copyDays: z.int().min(19).max(3_650).default(30).meta({
      description:
        'Days for which copy that was overwritten or deleted can be fetched back, and likewise pictures and large bodies.',
      reason:
        'A parked message waits up to 14 days, and put back up to 4 more, and names the version that is to be read; the rest is for people.',
    }),
    tags: z.record(TagName, z.string().max(256)).default({}).meta({
      allowed: 'names with their values, such as `{ "desk": "world" }`',
      description: 'Tags of all resources, for the bill.',
      reason: 'What your bills are sorted by, only you know.',
    }),
  })
  .superRefine(({ cloudFront, domain, webAclArn, data, terminationProtection }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (!cloudFront && domain !== undefined) refuse('domain', 'needs deployment.cloudFront');
    if (!cloudFront && webAclArn !== undefined) refuse('webAclArn', 'needs deployment.cloudFront');
    if (terminationProtection && data === 'destroy')
      refuse('data', 'must be "keep" where deployment.terminationProtection is set');
  })
  .meta({ description: 'How the stack is made. The functions do not see these.' });

export const Alarms = z
  .strictObject({
    email: z
      .email({ error: `must be ${E_MAIL}` })
      .meta({ allowed: E_MAIL })
      .optional()
      .meta({
        description: 'Who is told of alarms. They must confirm it once.',
        reason: 'Only you know who is on duty. Without it, subscribe to the alarm topic yourself.',
      }),
    ageMinutes: z.number().min(1).max(1_440).default(5).meta({
      description: 'Minutes that a file may take from its upload until it is public.',
      reason: 'It takes some ten seconds; in five minutes, editors wonder where their story is.',
    }),
    rejectedPercent: z.number().min(1).max(100).default(50).meta({
      description: 'Share of the files of an hour that may be rejected, in percent. 100 never rings.',
      reason:
        "Single bad files are their authors' affair; half of all files means that something upstream has changed.",
    }),
  })
  .meta({ description: 'When somebody is told.' });
