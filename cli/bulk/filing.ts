import { InvalidArgumentError, Option } from 'commander';
import { readKeyed } from '../../functions/ingest/release/keyed.ts';
import { parseInstant } from '../../functions/ingest/text/dates.ts';
import { UsageError } from '../output/usage-error.ts';

/**
 * What `put` can say about the copy it files. It travels as metadata of the object, which
 * `functions/ingest/article/object-metadata.ts` reads; the words are those of its table.
 */
const FILINGS: readonly { flags: string; name: string; says: string; parse?: (text: string) => string }[] = [
  { flags: '--section <name>', name: 'section', says: 'section it appears in' },
  { flags: '--headline <text>', name: 'headline', says: 'headline; of one file only' },
  { flags: '--dek <text>', name: 'dek', says: 'line below the headline; of one file only' },
  { flags: '--byline <names>', name: 'byline', says: 'who wrote it: "Ada Byron and Mary Shelley"' },
  { flags: '--tags <tags>', name: 'tags', says: 'tags, with commas between them' },
  { flags: '--summary <text>', name: 'summary', says: 'summary; of one file only' },
  { flags: '--language <tag>', name: 'language', says: 'language: en, pt-BR' },
  { flags: '--date <instant>', name: 'date', says: 'date of the story', parse: statedDate },
  {
    flags: '--publish-at <instant>',
    name: 'publish-at',
    says: 'not public before: 2026-12-01T06:00Z, "1 December 2026 06:00", as in front matter',
    parse: releaseTerm('publish-at'),
  },
  {
    flags: '--embargo <instant>',
    name: 'embargo',
    says: 'another word for it; "none" lifts what the copy states',
    parse: releaseTerm('embargo'),
  },
  {
    flags: '--expires <instant>',
    name: 'expires',
    says: 'withdrawn from then on',
    parse: releaseTerm('expires'),
  },
  { flags: '--correction <text>', name: 'correction', says: 'what was corrected; shown with the article' },
];

/** Such as make sense for a single story: on many they are a slip of the hand. */
const OF_ONE_FILE = ['headline', 'dek', 'summary'];

/** S3 takes so much metadata of an object, names and values together, in bytes. */
const MOST_METADATA = 2_048;

/** Room left for what an upload says by itself: `mtime`, `sha256`. */
const OWN_METADATA = 120;

/** The options of `put` that are about the copy. */
export function filingOptions(): Option[] {
  return FILINGS.map(({ flags, name, says, parse }) => {
    const option = new Option(flags, says);
    if (name === 'embargo') option.conflicts('publishAt');
    return parse ? option.argParser(parse) : option;
  });
}

/**
 * The metadata that the options say, ready for headers.
 * @param count of files that are to get it
 * @throws UsageError where it is too long, or for one file only
 */
export function filingMetadata(
  options: Readonly<Record<string, unknown>>,
  count: number,
): Record<string, string> {
  const metadata: Record<string, string> = {};
  let bytes = OWN_METADATA;
  for (const { name } of FILINGS) {
    const given = options[camelCase(name)];
    if (typeof given !== 'string') continue;
    if (count > 1 && OF_ONE_FILE.includes(name))
      throw new UsageError(`--${name} is for one file; these are ${count}.`);
    const value = headerValue(given);
    metadata[name] = value;
    bytes += name.length + value.length;
  }
  if (bytes > MOST_METADATA)
    throw new UsageError(
      `What the options say of the copy has ${bytes} bytes; S3 takes ${MOST_METADATA}. Write it into the file.`,
    );
  return metadata;
}

/** Text on one line as a header can carry it: plain ASCII as it is, all else as an encoded word (RFC 2047). */
function headerValue(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // What looks like an encoding would be decoded where it is read.
  const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && !/%[\da-f]{2}/i.test(line);
  return isPlain ? line : `=?UTF-8?B?${Buffer.from(line).toString('base64')}?=`;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const EXAMPLES = 'such as 2026-12-01T06:00Z, "2026-12-01 08:00" or "1 December 2026 6 pm"';

/** A date of an option, in any form that front matter takes. */
function statedDate(text: string): string {
  if (parseInstant(text, { timeZone: 'UTC' }) === undefined)
    throw new InvalidArgumentError(`It must be a date, ${EXAMPLES}.`);
  return text;
}

/**
 * Checks an instant of release by the reader that ingest has. It is passed on as it was written: ingest reads it on the
 * clock of the newsroom that the deployment is for.
 * @param key the metadata that it becomes
 */
function releaseTerm(key: 'publish-at' | 'embargo' | 'expires'): (text: string) => string {
  const filedAt = new Date().toISOString();
  return text => {
    const kinds = readKeyed(key, text, { timeZone: 'UTC', filedAt }).map(({ kind }) => kind);
    if (!kinds.some(kind => kind === 'until' || kind === 'expires' || kind === 'clear'))
      throw new InvalidArgumentError(
        `It must be a date, ${EXAMPLES}${key === 'embargo' ? ', or "none"' : ''}.`,
      );
    return text;
  };
}
