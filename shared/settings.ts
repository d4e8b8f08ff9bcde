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

/** Everything an operator can change, each with a default. Unknown fields are refused: they are typing errors. */
export const Settings = z.strictObject({
  site: Site.prefault({}),
  articles: Articles.prefault({}),
  feeds: Feeds.prefault({}),
  duplicates: Duplicates.prefault({}),
  limits: Limits.prefault({}),
});
export type Settings = z.infer<typeof Settings>;

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
