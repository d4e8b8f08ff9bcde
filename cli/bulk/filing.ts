import { InvalidArgumentError, Option } from 'commander';
import { readKeyed } from '../../functions/ingest/release/keyed.ts';
import { parseInstant } from '../../functions/ingest/text/dates.ts';
import { UsageError } from '../output/usage-error.ts';

/**
 * The options of `put` about the copy. Each becomes metadata of the object under its `name`, which
 * `functions/ingest/article/object-metadata.ts` reads.
 */
const FILINGS: readonly { flags: string; name: string; says: string; parse?: (text: string) => string }[] = [
  { flags: '--section <name>', name: 'section', says: 'section of the article' },
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
    says: 'the same as --publish-at; "none" removes the embargo that the copy states',
    parse: releaseTerm('embargo'),
  },
  {
    flags: '--expires <instant>',
    name: 'expires',
    says: 'the article is withdrawn from then on',
    parse: releaseTerm('expires'),
  },
  { flags: '--correction <text>', name: 'correction', says: 'what was corrected; shown with the article' },
];

/** Options that are allowed for a single file only. With many files they are most likely a mistake. */
const OF_ONE_FILE = ['headline', 'dek', 'summary'];

/** Maximum size of the metadata of an object in S3: names and values together. */
const MAX_METADATA_BYTES = 2_048;

/** Metadata bytes reserved for `mtime` and `sha256`, which every upload has. */
const RESERVED_METADATA_BYTES = 120;

export function filingOptions(): Option[] {
  return FILINGS.map(({ flags, name, says, parse }) => {
    const option = new Option(flags, says);
    if (name === 'embargo') option.conflicts('publishAt');
    return parse ? option.argParser(parse) : option;
  });
}

/**
 * Checks options about the copy that were not given on a command line.
 * @throws UsageError if a value is not understood
 */
export function checkFilings(options: Readonly<Record<string, unknown>>): void {
  for (const { name, parse } of FILINGS) {
    const given = options[camelCase(name)];
    try {
      if (typeof given === 'string') parse?.(given);
    } catch (error) {
      throw new UsageError(`--${name}: ${(error as Error).message}`, error);
    }
  }
}

/**
 * Makes the metadata of the options, encoded for headers.
 * @param count number of files that get the metadata
 * @throws UsageError if the metadata is too long, or if an option for one file is used with several
 */
export function filingMetadata(
  options: Readonly<Record<string, unknown>>,
  count: number,
): Record<string, string> {
  const metadata: Record<string, string> = {};
  let bytes = RESERVED_METADATA_BYTES;
  for (const { name } of FILINGS) {
    const given = options[camelCase(name)];
    if (typeof given !== 'string') continue;
    if (count > 1 && OF_ONE_FILE.includes(name))
      throw new UsageError(`--${name} is for one file; these are ${count}.`);
    const value = headerValue(given);
    metadata[name] = value;
    bytes += name.length + value.length;
  }
  if (bytes > MAX_METADATA_BYTES)
    throw new UsageError(
      `What the options say of the copy has ${bytes} bytes; S3 takes ${MAX_METADATA_BYTES}. Write it into the file.`,
    );
  return metadata;
}

/** Encodes a text for a header, on one line: ASCII unchanged, other text as an encoded word (RFC 2047). */
function headerValue(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // The reader would decode text that looks encoded, so such text is encoded too.
  const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && !/%[\da-f]{2}/i.test(line);
  return isPlain ? line : `=?UTF-8?B?${Buffer.from(line).toString('base64')}?=`;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const EXAMPLES = 'such as 2026-12-01T06:00Z, "2026-12-01 08:00" or "1 December 2026 6 pm"';

/** Checks a date of an option. It may have any form that front matter accepts. */
function statedDate(text: string): string {
  if (parseInstant(text, { timeZone: 'UTC' }) === undefined)
    throw new InvalidArgumentError(`It must be a date, ${EXAMPLES}.`);
  return text;
}

/**
 * Checks an instant of release with the reader of ingest. The text is passed on unchanged, because ingest reads it in
 * the newsroom's time zone.
 * @param key name of the metadata
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
