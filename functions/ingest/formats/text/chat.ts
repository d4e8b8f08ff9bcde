import { type CopyLine, measure } from './lines.ts';

/** Lines after a step removed some of their words, and the words that it removed. */
export interface Stripped {
  lines: readonly CopyLine[];
  taken: { kind: string; text: string }[];
}

/** Minimum number of messages of a chat. One stamp may be part of a story. */
const MIN_MESSAGES = 2;

/** Maximum width, in columns, of a line that is only a name and a time. */
const MAX_HEADER_COLUMNS = 80;

const DATE = String.raw`\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\.?`;
const TIME = String.raw`(?:[上下]午|오[전후])?\s?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\.?)?`;
const STAMP = String.raw`(?:${DATE}[,，]?\s+(?:at\s)?${TIME}|${TIME}[,，]?\s+${DATE}|${TIME})`;
const NAME = String.raw`[~+\p{L}\p{N}][\p{L}\p{M}\p{N} .’'+()~-]{0,60}?`;

/** `[05/03/2026, 16:41] Ann: …` and `05/03/2026, 16:41 - Ann: …`. The name and the text may be missing. */
const MESSAGE = new RegExp(
  String.raw`^\u200e?(?:\[${STAMP}\]|${DATE},?\s+${TIME}\s[-–])\s?(?:\u200e?(${NAME})[:：](?:\s|$)|(.*)$)`,
  'iu',
);

/** `[16:41] Ann Quay`, `Ann Quay  4:41 PM`, `Ann Quay, [05.03.2026 16:41]`, `Ann Quay — Today at 16:41`. */
const HEADER = new RegExp(
  String.raw`^${NAME}(?:,?\s?\[${STAMP}\]|\s{2,}${STAMP}|\s${STAMP}|\s[—–-]\s(?:\p{L}+\s){0,2}${STAMP})$|^\[${STAMP}\]\s(?:\p{L}[\p{L}\p{M}’'.()-]*\s?){1,4}$`,
  'iu',
);
const TIME_ALONE = new RegExp(String.raw`^\[?${STAMP}\]?$`, 'iu');
const NAME_ALONE = /^\p{Lu}[\p{L}\p{M}’'.-]*(?:\s[\p{L}\p{M}’'.()-]+){0,3}$/u;

/** Lines that programs write between messages: attachments, reactions, counts of replies. */
const ATTACHMENT = /^(?:\u200e.*|<[^<>]{1,80}>|\S{1,80}\.[a-z\d]{3,4}\s\([^()]{3,40}\))$/i;
const REACTION = /^(?::[\w+-]{1,40}:|[^\p{L}]{1,6}|\d{1,3}\srepl(?:y|ies))$/iu;
const EDITED =
  /\s(?:\(edited\)|\(bearbeitet\)|\(modifié\)|\(editado\)|\(modificato\)|\(изменено\)|<[^<>]{5,60}>)$/i;

/**
 * Removes the times, the names and the attachments from a chat that was pasted from WhatsApp, Telegram, Signal, Slack,
 * Teams or Discord. Each message becomes a paragraph. Other copy is returned unchanged.
 */
export function takeChat(lines: readonly CopyLine[]): Stripped {
  const filled = lines.filter(line => !line.blank);
  const headers = findHeaders(filled);
  const messages = filled.filter(line => MESSAGE.exec(line.text)?.[1]).length;
  const names = [...headers.values()].filter(isName => isName).length;
  if (messages < MIN_MESSAGES && (names < MIN_MESSAGES || names > filled.length / 2))
    return { lines, taken: [] };
  const kept: CopyLine[] = [];
  const taken: Stripped['taken'] = [];
  const take = (text: string) => taken.push({ kind: 'chat', text });
  const blank = measure('');
  for (const line of lines) {
    const message = MESSAGE.exec(line.text);
    if (headers.has(line)) {
      take(line.text);
      kept.push(blank);
      continue;
    }
    // A stamp without a name stands before a message of the program, or before a name alone.
    const text = message ? (message[1] === undefined ? '' : line.text.slice(message[0].length)) : line.text;
    if (message) {
      take(line.text.slice(0, line.text.length - text.length));
      kept.push(blank);
    }
    const edited = EDITED.exec(text)?.[0] ?? '';
    const words = text.slice(0, text.length - edited.length).trim();
    if (edited) take(edited);
    if (ATTACHMENT.test(text) || REACTION.test(text)) take(text);
    else kept.push(words === line.text ? line : measure(words));
  }
  return { lines: kept, taken };
}

/** Lines that are only a name and a time, or one of them. The value says whether the line has a name. */
function findHeaders(lines: readonly CopyLine[]): Map<CopyLine, boolean> {
  const headers = new Map<CopyLine, boolean>();
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (line.width > MAX_HEADER_COLUMNS) continue;
    if (TIME_ALONE.test(line.text)) headers.set(line, false);
    else if (HEADER.test(line.text)) {
      // A programme has a time on every line: “News 18:00”.
      if (next && !HEADER.test(next.text)) headers.set(line, true);
    } else if (next && NAME_ALONE.test(line.text) && TIME_ALONE.test(next.text)) headers.set(line, true);
  }
  return headers;
}
