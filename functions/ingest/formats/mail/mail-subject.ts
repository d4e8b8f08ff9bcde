import { FORWARD_PREFIXES, OTHER_PREFIXES, REPLY_PREFIXES } from '../../words/mail-words.ts';

/** Removes `Re:`, `Fwd:` and the like, and the names of lists in brackets, from a subject. */
export function cleanSubject(subject: string): string {
  let rest = subject.trim();
  for (let count = 0; count < 10; count++) {
    const prefix = prefixOf(rest);
    const list = /^\[[^\]]{1,40}\]\s*/.exec(rest);
    if (prefix) rest = rest.slice(prefix.length);
    else if (list && rest.length > list[0].length) rest = rest.slice(list[0].length);
    else break;
  }
  return rest;
}

function prefixOf(subject: string): { word: string; length: number } | undefined {
  const prefix = /^([\p{L}\p{M}]{1,7})\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s*/u.exec(subject);
  const word = prefix?.[1]?.toLowerCase() ?? '';
  const isPrefix = [FORWARD_PREFIXES, REPLY_PREFIXES, OTHER_PREFIXES].some(set => set.has(word));
  return prefix && isPrefix ? { word, length: prefix[0].length } : undefined;
}

/** Whether the subject of a message says that it is an answer. */
export function isReply(subject: string): boolean {
  return REPLY_PREFIXES.has(prefixOf(subject.trim().replace(/^\[[^\]]{1,40}\]\s*/, ''))?.word ?? '');
}

/** Whether the subject of a message says that it is forwarded. */
export function isForward(subject: string): boolean {
  return FORWARD_PREFIXES.has(prefixOf(subject.trim().replace(/^\[[^\]]{1,40}\]\s*/, ''))?.word ?? '');
}
