import { isUtf8 } from 'node:buffer';
import PostalMime, { type Email } from 'postal-mime';
import { readForeign } from '../../decode/foreign-reader.ts';
import { hasWords, oneLine } from '../../text/characters.ts';
import { refuseLines } from '../text/lines.ts';

/** Maximum depth of parts inside parts. Mail programs use far fewer levels. */
const MAX_NESTING = 20;

/** Maximum size of headers, in bytes. Mail programs write far less. */
const MAX_HEADER_BYTES = 1_000_000;

/** Maximum length, in characters, of a message that only carries the message attached to it. */
const MAX_CARRIER_CHARS = 200;

/** Returns the message, or the attached message if the message has no other content. */
export async function openMail(bytes: Uint8Array): Promise<{ email: Email; warnings: string[] }> {
  const email = await parseMail(await withReadableHeader(withoutMailboxLine(bytes)));
  const inner = email.attachments.find(({ mimeType }) => mimeType === 'message/rfc822');
  const own = (email.text ?? email.html?.replace(/<[^<>]{0,2000}>/g, ' ') ?? '').trim();
  if (!inner || own.length > MAX_CARRIER_CHARS || typeof inner.content === 'string')
    return { email, warnings: [] };
  const carried = await parseMail(new Uint8Array(inner.content));
  // What is attached beside the message is named, or shown with it.
  carried.attachments.push(...email.attachments.filter(each => each !== inner));
  const warnings = hasWords(own)
    ? [`The note above the attached message was left out: “${oneLine(own).slice(0, 80)}”.`]
    : [];
  return { email: carried, warnings };
}

async function parseMail(bytes: Uint8Array): Promise<Email> {
  // The library keeps every line in memory, so the number of lines is limited. Attachments have fewer lines per
  // megabyte than wrapped text.
  refuseLines(bytes);
  return readForeign('The e-mail could not be read', () =>
    PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_NESTING,
      maxHeadersSize: MAX_HEADER_BYTES,
    }),
  );
}

/**
 * The separator line of mailbox files, which may stand above the header: `From jane@example.org Mon Oct  1
 * …`.
 */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== 'From ') return bytes;
  return bytes.subarray(bytes.indexOf(0x0a) + 1);
}

/**
 * Writes a header with raw bytes in UTF-8. Old programs write subjects and names in the character set of the
 * text. A mail that declares no character set at all is written in UTF-8.
 */
async function withReadableHeader(bytes: Uint8Array): Promise<Uint8Array> {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_HEADER_BYTES))
    .toString('latin1')
    .search(/\r?\n\r?\n/);
  const header = bytes.subarray(0, Math.max(0, end));
  if (isUtf8(header)) return bytes;
  const { decode } = await import('../../decode/decode.ts');
  const charset = DECLARED.exec(Buffer.from(bytes.subarray(0, MAX_HEADER_BYTES)).toString('latin1'))?.[1];
  if (!charset) return Buffer.from(decode(bytes).text);
  // The statistics of the whole mail are better than those of its header.
  const { charset: read } = decode(bytes, { contentType: `text/plain; charset=${charset}` });
  const { text } = decode(header, { contentType: `text/plain; charset=${read}` });
  return Buffer.concat([Buffer.from(text), bytes.subarray(header.length)]);
}

const DECLARED = /charset\s{0,4}=\s{0,4}"?([\w.:-]{1,40})/i;
