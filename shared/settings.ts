import * as z from 'zod';
import { CopydeskError } from './errors.ts';

/** Thrown for a setting that cannot be used; the message is one sentence that names the field. */
class SettingsError extends CopydeskError {
  constructor(message: string, subject: string) {
    super('bad-settings', message, { subject });
  }
}

const WebUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform(url => url.replace(/\/+$/, ''));
/** As it is: to a hub, a slash at the end may be part of its name. */
const HubUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const LanguageTag = z
  .string()
  .refine(isLanguageTag, { error: 'must be a language tag such as "en" or "pt-BR"' });
const TimeZone = z.string().refine(isTimeZone, { error: 'must be an IANA time zone such as "Europe/Kyiv"' });

/** Retentions that CloudWatch Logs offers, in days. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365, 400, 545, 731, 1827, 3653] as const;

const Site = z.strictObject({
  title: z.string().trim().min(1).default('Copydesk').describe('Name of the site, and of its main feed.'),
  description: z
    .string()
    .trim()
    .default('The latest articles.')
    .describe('One sentence on what the site is.'),
  language: LanguageTag.default('en').describe(
    'Language of the site, and of articles in which none is found.',
  ),
  baseUrl: WebUrl.optional().describe('Public address of the site. By default the address CloudFront gives.'),
  copyright: z.string().trim().min(1).optional().describe('Copyright line of the feeds.'),
});

const Articles = z.strictObject({
  timeZone: TimeZone.default('UTC').describe('Time zone of dates that state none.'),
  defaultAuthor: z.string().trim().min(1).optional().describe('Byline of articles that have none.'),
  defaultSection: z
    .string()
    .trim()
    .min(1)
    .default('news')
    .describe('Section of files that lie in no folder.'),
});

const Feeds = z.strictObject({
  entries: z.int().min(1).max(200).default(50).describe('Newest entries in each feed.'),
  maxBytes: z
    .int()
    .min(50_000)
    .default(700_000)
    .describe(
      'Bytes of article bodies in a feed; with the markup escaped it stays below 1 MB. Beyond them it lists fewer articles, never cut ones.',
    ),
  tags: z.boolean().default(true).describe('Whether each tag has a page and feeds of its own.'),
  authors: z.boolean().default(true).describe('Whether each author has a page and feeds of their own.'),
  hub: HubUrl.optional().describe(
    'Address of a WebSub hub. The feeds name it, and it is told of each change, so that subscribers of the hub need not poll.',
  ),
});

const Duplicates = z.strictObject({
  near: z
    .enum(['note', 'hide', 'off'])
    .default('note')
    .describe(
      'What happens to a story that nearly equals an earlier one: a note to the editors, only the first is shown, or nothing. The same story to the letter is always shown once.',
    ),
  similarity: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.8)
    .describe('How much of their text two stories must share to be nearly the same, from 0.5 to 1.'),
});

const Limits = z.strictObject({
  fileBytes: z.int().min(1_000).max(100_000_000).default(10_000_000).describe('Largest file that is read.'),
  mediaBytes: z
    .int()
    .min(1_000)
    .max(100_000_000)
    .default(25_000_000)
    .describe('Largest picture or recording that is taken, by the ending of its name.'),
  parseSeconds: z.number().min(0.1).max(120).default(20).describe('Longest time that one file may take.'),
});

const Domain = z.strictObject({
  name: z
    .hostname({ error: 'must be a domain name such as "news.example.org"' })
    .describe('Domain of the site.'),
  certificateArn: z
    .string()
    .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, {
      error: 'must be the ARN of an ACM certificate in us-east-1, where CloudFront looks for them',
    })
    .describe('Its certificate.'),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, { error: 'must be the id of a Route 53 hosted zone' })
    .optional()
    .describe('Route 53 zone in which the address records are made. Absent: make them yourself.'),
});

const Deployment = z.strictObject({
  domain: Domain.optional().describe('Domain of your own. By default the one CloudFront gives.'),
  cloudFront: z
    .boolean()
    .default(true)
    .describe('Whether CloudFront serves the site. Without it the site bucket is for a CDN of your own.'),
  priceClass: z
    .enum(['100', '200', 'all'])
    .default('100')
    .describe('Where CloudFront has its edges: Europe and North America, most of the world, or all of it.'),
  webAclArn: z
    .string()
    .regex(/^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/, {
      error: 'must be the ARN of a WAF web ACL of CloudFront (global, in us-east-1)',
    })
    .optional()
    .describe('WAF web ACL in front of the site.'),
  accessLogs: z
    .boolean()
    .default(false)
    .describe('Whether each request to the site and the buckets is logged.'),
  data: z
    .enum(['keep', 'destroy'])
    .default('keep')
    .describe(
      'What becomes of copy, articles and site when the stack is removed. `destroy` is for stages that are tried out.',
    ),
  terminationProtection: z
    .boolean()
    .default(false)
    .describe('Whether the stack and its table refuse to be removed.'),
  logDays: z
    .union(
      LOG_DAYS.map(days => z.literal(days)),
      { error: `must be one of ${LOG_DAYS.join(', ')}` },
    )
    .default(30)
    .describe('Days for which logs are kept.'),
  tracing: z.boolean().default(true).describe('Whether X-Ray traces the functions.'),
  ingestConcurrency: z.int().min(2).max(1_000).default(5).describe('Batches of files that are read at once.'),
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .default({})
    .describe('Tags of all resources, for the bill.'),
});

const Alarms = z.strictObject({
  email: z
    .email({ error: 'must be an e-mail address' })
    .optional()
    .describe('Who is told of alarms. They must confirm it once.'),
  ageMinutes: z
    .number()
    .min(1)
    .max(1_440)
    .default(5)
    .describe('How long a file may take from its upload until it is public.'),
  rejectedPercent: z
    .number()
    .min(1)
    .max(100)
    .default(50)
    .describe('Share of files in an hour that may be rejected.'),
});

/** Everything an operator can change, each with a default. Unknown fields are refused: they are typing errors. */
export const Settings = z.strictObject({
  site: Site.prefault({}),
  articles: Articles.prefault({}),
  feeds: Feeds.prefault({}),
  duplicates: Duplicates.prefault({}),
  limits: Limits.prefault({}),
  deployment: Deployment.prefault({}),
  alarms: Alarms.prefault({}),
});
export type Settings = z.infer<typeof Settings>;

/** What the functions read; the rest is for the deployment alone. */
export type FunctionSettings = Omit<Settings, 'deployment' | 'alarms'>;

/** The part of the settings that the functions get. */
export function functionSettings({ deployment, alarms, ...rest }: Settings): FunctionSettings {
  return rest;
}

/** The settings of a system that has no `copydesk.config.json`. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/**
 * Checks settings and fills in the defaults.
 * @throws SettingsError with one sentence that names the first field that is wrong
 */
export function readSettings(raw: unknown): Settings {
  const result = Settings.safeParse(raw);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  if (unknown !== undefined) throw new SettingsError(`The setting "${field}" does not exist.`, field);
  const problem = (issue?.message ?? 'is wrong').replace(/^Invalid input: /, '');
  throw new SettingsError(
    field ? `The setting "${field}" is wrong: ${problem}.` : `The settings are wrong: ${problem}.`,
    field,
  );
}

/**
 * As {@link readSettings}, from JSON text.
 * @param name what the text is called in the message, such as the file's name
 */
export function readSettingsJson(json: string, name: string): Settings {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new SettingsError(`${name} is not valid JSON: ${(cause as Error).message}.`, name);
  }
  return readSettings(raw);
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
