import { domainToASCII } from 'node:url';
import type { MailSettings } from '../../../shared/settings/deployment-settings.ts';

/**
 * Decides whether a message that SES has received may go live. SES writes its verdicts at the head of the message, above
 * all that the sender wrote. Each header can also be written by the sender, further down, so only the first one counts.
 */

/** The result for a message. */
export interface MailVerdict {
  /** Why the story is held, in a sentence. Absent if the story may go live. It holds no address, because logs repeat it. */
  hold?: string;
  /** The address of the sender if it is an allowed sender and its domain vouches for the message. */
  sender?: string;
}

/** Maximum size of a header that is read, in bytes. Mail programs write far less. */
const MAX_HEADER_BYTES = 1_000_000;

/** The name under which SES states its results (RFC 8601 § 2.5). */
const SES = 'amazonses.com';

/** The header of a message: the fields from top to bottom. */
export interface MailHeader {
  fields: readonly { name: string; value: string }[];
  /** Whether a line of the header is no field. Programs disagree about such a message. */
  isBroken: boolean;
}

/** Reads the header of a message (RFC 5322 § 2.2). Names are in lower case, and values are unfolded. */
export function readMailHeader(bytes: Uint8Array): MailHeader {
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_HEADER_BYTES));
  const end = text.search(/\r?\n\r?\n/);
  const fields: { name: string; value: string }[] = [];
  // A header that does not end within the limit was cut.
  let isBroken = end < 0 && bytes.length > MAX_HEADER_BYTES;
  for (const line of (end < 0 ? text : text.slice(0, end)).split(/\r?\n/)) {
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trimEnd();
    if (/^[ \t]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`;
    else if (/^[!-9;-~]+$/.test(name))
      fields.push({ name: name.toLowerCase(), value: line.slice(colon + 1).trim() });
    else if (line !== '') isBroken = true;
    if (line.includes('\r') || line.includes('\0')) isBroken = true;
  }
  return { fields, isBroken };
}

/** The value of the first field of a name. */
export function fieldOf({ fields }: MailHeader, name: string): string | undefined {
  return fields.find(field => field.name === name)?.value;
}

/** Whether SES has received a message. SES adds these fields to each one, above those of the sender. */
export function isReceivedBySes(header: MailHeader): boolean {
  return fieldOf(header, 'x-ses-receipt') !== undefined || resultsOf(header) !== undefined;
}

/**
 * Judges a message: who sent it, whether the domain of the sender vouches for it, and whether SES found a virus or spam.
 * The function is pure.
 */
export function judgeMail(header: MailHeader, { senders }: Pick<MailSettings, 'senders'>): MailVerdict {
  if (header.isBroken) return { hold: 'The file is not a mail, or its header is damaged.' };
  if (isFailed(header, 'x-ses-virus-verdict'))
    return { hold: 'The mail service found a virus in the mail. Do not open its attachments.' };
  const from = header.fields.filter(({ name }) => name === 'from');
  const sender = from.length === 1 ? addressOf(from[0]?.value ?? '') : undefined;
  if (sender === undefined) return { hold: 'The mail does not name exactly one sender.' };
  const domain = sender.slice(sender.lastIndexOf('@'));
  if (!senders.some(allowed => allowed === sender || allowed === domain))
    return { hold: 'The sender of the mail is not an allowed sender (setting deployment.mail.senders).' };
  const results = resultsOf(header);
  if (results === undefined)
    return { hold: 'The mail has no verdict on its sender, which the mail service adds.' };
  if (!isVouchedFor(domain.slice(1), results))
    return {
      hold: 'The mail names an allowed sender, but may be forged: neither SPF, DKIM nor DMARC passed for the domain of the sender.',
    };
  if (isFailed(header, 'x-ses-spam-verdict')) return { hold: 'The mail service takes the mail for spam.' };
  if (/^auto-replied\b/i.test(fieldOf(header, 'auto-submitted') ?? ''))
    return { hold: 'The mail is an automatic answer, such as a notice of absence.' };
  if (isAnswerToUs(header)) return { hold: 'The mail answers a message that the mail service has sent.' };
  return { sender };
}

function isFailed(header: MailHeader, name: string): boolean {
  return fieldOf(header, name)?.trim().toUpperCase() === 'FAIL';
}

/** Whether a mail answers one that SES sent. Otherwise “Thanks” to the answer about a story would be a story. */
function isAnswerToUs(header: MailHeader): boolean {
  return /@(?:[\w-]+\.)?amazonses\.com>?$/i.test(fieldOf(header, 'in-reply-to')?.trim() ?? '');
}

/**
 * The address in a From field, in lower case and with its domain in ASCII. Undefined if there is not exactly one, or if
 * programs can read it in different ways. Names and comments do not count: anybody can be named `"jane@example.org"`.
 */
export function addressOf(value: string): string | undefined {
  const { outside, angles } = withoutCommentsAndNames(value);
  if (/[,:;]/.test(outside) || angles.length > 1) return undefined;
  const [angle] = angles;
  // Without brackets the whole field is the address.
  const address = (angle ?? outside).trim();
  const read = /^(?:"((?:[^"\\]|\\.){1,64})"|([^\s"@<>,:;()\\]{1,64}))@([\p{L}\p{N}.-]{1,253})$/u.exec(
    address,
  );
  if (!read) return undefined;
  const [, quoted, plain = '', domain = ''] = read;
  const local = quoted?.replace(/\\(.)/g, '$1') ?? plain;
  const ascii = domainToASCII(domain);
  return ascii === '' ? undefined : `${local}@${ascii}`.toLowerCase();
}

/** Splits a field into the contents of angle brackets and the text outside, without comments and quoted names. */
function withoutCommentsAndNames(value: string): { outside: string; angles: string[] } {
  let outside = '';
  const angles: string[] = [];
  let isAngle = false;
  const add = (text: string) => {
    if (isAngle) angles[angles.length - 1] += text;
    else outside += text;
  };
  const hasAngles = tokensOf(value).some(token => token === '<');
  for (const token of tokensOf(value)) {
    if (token.startsWith('(')) continue;
    if (token === '<' && !isAngle) {
      isAngle = true;
      angles.push('');
    } else if (token === '>' && isAngle) isAngle = false;
    // A quoted name before the brackets does not count. A quoted local part does.
    else if (!token.startsWith('"') || isAngle || !hasAngles) add(token);
  }
  return { outside, angles };
}

/** Splits a structured field (RFC 5322 § 3.2) into comments, quoted strings and single characters. */
function tokensOf(value: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < value.length; ) {
    const end = endOfToken(value, at);
    tokens.push(value.slice(at, end));
    at = end;
  }
  return tokens;
}

function endOfToken(value: string, start: number): number {
  const open = value[start];
  if (open === '\\') return start + 2;
  if (open !== '"' && open !== '(') return start + 1;
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    const char = value[at];
    if (char === '\\') at++;
    else if (open === '"') {
      if (char === '"' && at > start) return at + 1;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return value.length;
}

/** One result of `Authentication-Results`: `dkim=pass header.i=@example.org`. */
interface AuthResult {
  method: string;
  result: string;
  /** Values of the properties, such as `header.from`, in lower case. */
  properties: Map<string, string>;
}

/** The results that SES states. Undefined if it states none. */
function resultsOf({ fields }: MailHeader): AuthResult[] | undefined {
  for (const { name, value } of fields) {
    if (name !== 'authentication-results') continue;
    const [id = '', ...parts] = partsOf(value);
    if (id.trim().split(/\s/)[0]?.toLowerCase() === SES) return readResults(parts);
  }
  return undefined;
}

/** Splits the value of a field at its semicolons. Comments are left out. */
function partsOf(value: string): string[] {
  const parts = [''];
  for (const token of tokensOf(value)) {
    if (token === ';') parts.push('');
    else parts[parts.length - 1] += token.startsWith('(') ? ' ' : token;
  }
  return parts;
}

/** SES writes a semicolon also between the properties of SPF, so a part can continue the result before it. */
function readResults(parts: readonly string[]): AuthResult[] {
  const results: AuthResult[] = [];
  for (const part of parts) {
    for (const [, key = '', value = ''] of part.matchAll(
      /([\w.-]{1,40})\s{0,9}=\s{0,9}("(?:[^"\\]|\\.){0,999}"\S*|\S+)/g,
    )) {
      const name = key.toLowerCase();
      const plain = value.replace(/^"((?:[^"\\]|\\.)*)"$/, '$1').toLowerCase();
      if (METHODS.has(name)) results.push({ method: name, result: plain, properties: new Map() });
      else results.at(-1)?.properties.set(name, plain);
    }
  }
  return results;
}

/** Methods that SES checks. */
const METHODS: ReadonlySet<string> = new Set(['spf', 'dkim', 'dmarc']);

/** Where each method names the domain for which it passed. */
const DOMAINS = { spf: ['smtp.mailfrom', 'envelope-from'], dkim: ['header.d', 'header.i'] } as const;

/**
 * Whether the domain of the sender vouches for the mail: DMARC passed for it, or the domain has no DMARC and SPF or DKIM
 * passed for it. A domain that is only similar, or above or below, does not count.
 */
function isVouchedFor(domain: string, results: readonly AuthResult[]): boolean {
  const of = (wanted: string) => results.filter(({ method }) => method === wanted);
  const [dmarc, ...more] = of('dmarc');
  // SES states one result of DMARC. A second one can only come from the words of the sender.
  if (more.length > 0) return false;
  if (dmarc?.result === 'pass') return domainIn(dmarc.properties.get('header.from')) === domain;
  if (dmarc?.result === 'fail') return false;
  return (['spf', 'dkim'] as const).some(method =>
    of(method).some(
      ({ result, properties }) =>
        result === 'pass' && DOMAINS[method].some(name => domainIn(properties.get(name)) === domain),
    ),
  );
}

/** The domain of an address, of `@example.org` or of `example.org`, in ASCII. */
function domainIn(value: string | undefined): string | undefined {
  return value === undefined ? undefined : domainToASCII(value.slice(value.lastIndexOf('@') + 1));
}
