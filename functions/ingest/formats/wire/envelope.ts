/** Number of characters, from the beginning of a message, that are searched for signs of its format. */
const HEAD_CHARS = 4_096;

/** Control characters of ISO 646: start of header, start of text, end of text, end of transmission. */
const SOH = '\x01';
const STX = '\x02';
const ETX = '\x03';
const EOT = '\x04';

/** The service and the message's number after SOH. Sources: IPTC 7901 § 2; ANPA 1312. */
const NUMBERED = /^[\s\p{Cc}]?[A-Za-z]{1,8}[\s\p{Cc}]?\d{2,5}[\s\p{Cc}]/u;

/** The first line of a teleprinter message: `ZCZC COA0471`. The line `NNNN` ends such a message. */
const TELEX = /^\s{0,20}ZCZC[ \t\d/][^\n]{0,80}(?:\n|$)/;

/** Whether the text is a message in the form of agency transmissions. */
export function isWire(text: string): boolean {
  const head = text.slice(0, HEAD_CHARS);
  if (TELEX.test(head)) return true;
  const start = head.indexOf(SOH);
  if (start >= 0 && start < 200 && NUMBERED.test(head.slice(start + 1, start + 40)) && head.includes(STX))
    return true;
  const marked = head.split('\n').filter(line => /\^<\s{0,4}$|^\^[^\n]{1,200}<\s{0,4}$/.test(line)).length;
  return marked >= 2 || isBareMessage(head);
}

/**
 * Whether the text is a message without a number: text between control marks, without other control
 * characters.
 */
function isBareMessage(head: string): boolean {
  const start = head.indexOf(STX);
  if (start < 0 || start > 200 || head.indexOf(ETX, start) < 0) return false;
  return /\p{L}{3}/u.test(head) && !/[\0\v\u007f-\u009f]/.test(head);
}

/** The parts of a message. */
export interface WireMessage {
  header: string;
  body: string;
  trailer: string;
}

/** Splits a message at its control characters, or at the lines `ZCZC` and `NNNN` of a teleprinter. */
export function openEnvelope(text: string, warnings: string[]): WireMessage {
  const telex = TELEX.exec(text)?.[0];
  if (telex !== undefined && !text.includes(STX)) {
    const [body = '', trailer = ''] = text.slice(telex.length).split(/^[ \t]{0,20}NNNN[ \t]{0,20}\r?$/m);
    return { header: telex, body, trailer };
  }
  const start = text.indexOf(STX);
  const end = text.indexOf(ETX, start + 1);
  const body = text.slice(start + 1, end < 0 ? undefined : end);
  const rest = end < 0 ? '' : text.slice(end + 1);
  const close = [SOH, EOT].map(mark => rest.indexOf(mark)).filter(found => found >= 0);
  const trailer = rest.slice(0, Math.min(rest.length, ...close));
  if (rest.includes(SOH))
    warnings.push(
      'The file holds more than one message. Only the first is an article; upload the others as files of their own.',
    );
  return { header: start < 0 ? '' : text.slice(0, start), body: body.split(EOT)[0] ?? '', trailer };
}
