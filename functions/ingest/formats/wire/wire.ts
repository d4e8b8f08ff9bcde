import { parseHtml } from '../../html/tree.ts';
import { textOf } from '../../model/dom.ts';
import { contextOf, type FormatReader } from '../../model/format-reader.ts';
import { given, type Stated, stateAlso } from '../../model/stated.ts';
import { findTerms, type StoryLine } from '../../release/copy.ts';
import { termsOfEditorsNote } from '../../release/note.ts';
import { hasWords } from '../../text/characters.ts';
import { monthNumber } from '../../text/date-names.ts';
import { readFiledText } from '../text/filed-text.ts';
import { openEnvelope } from './envelope.ts';
import { isKillHeader, withoutKill } from './kill-lines.ts';
import { readWireCopy, take, wireDateline } from './wire-copy.ts';

/** Number of characters, from the beginning of a story, that may hold its dateline. */
const MAX_DATELINE_CHARS = 200;

/** Reads agency text in the envelope of IPTC 7901 or ANPA 1312. The content is read as plain copy. */
export const wireReader: FormatReader = {
  name: 'wire',
  read(source) {
    const { text, deadline, terms } = source;
    const context = contextOf(source);
    const warnings: string[] = [];
    const { header, body, trailer } = openEnvelope(text, warnings);
    take(header, warnings);
    const copy = readWireCopy(body, context, warnings);
    const above = header.split(/[\p{Cc}]+/u).map(line => line.trim());
    for (const { terms: found } of findTerms(above.flatMap(linesOfHeader), context)) terms.add(...found);
    for (const note of copy.notes) {
      if (!/^\W{0,4}keywords/i.test(note)) terms.add(...termsOfEditorsNote(note, context));
      if (/^adv ?\d{1,2}$/i.test(note)) terms.add({ kind: 'hold', why: 'unclear', quote: note });
    }
    const filed = readFiledText(copy.text, context, copy.headline, deadline, terms);
    const { root } = parseHtml(filed.html, deadline);
    const stated: Stated = { ...filed.stated };
    if (copy.headline) stated.headline = { text: copy.headline, from: 'text' };
    stateAlso(stated, given({ dek: copy.dek, byline: copy.byline, authors: copy.authors }));
    const lede = textOf(root).slice(0, MAX_DATELINE_CHARS);
    stateAlso(stated, given({ dateline: wireDateline(lede, context) }));
    const kill = copy.kill ?? [copy.slug ?? '', ...above].find(isKillHeader);
    const slug = copy.slug ?? slugOf(header) ?? above.find(isKillHeader);
    if (kill !== undefined) terms.add({ kind: 'withdraw', quote: kill });
    const sent = sentAt(`${trailer}\n${copy.trailer}`);
    if (sent) stated.published ??= { at: sent, from: 'wire' };
    const name = slug && withoutKill(slug);
    if (!stated.headline && name) {
      // For a cancellation without words the slug is better than the name of the file.
      if (hasWords(textOf(root))) warnings.push(`The message has no headline; its slug is “${slug}”.`);
      else stated.headline = { text: name, from: 'document' };
    }
    return {
      format: 'wire',
      root,
      layout: 'copy',
      stated,
      warnings: [...warnings, ...filed.warnings],
    };
  },
};

/** The lines to read for a line of the header. An embargo can stand behind the slug: `Harbour/EMBARGOED UNTIL 6 A.M.` */
function linesOfHeader(line: string): StoryLine[] {
  const parts = line.split(/(?<!\d)\/|\/(?!\d)/);
  // One word can be a subject of the story: `IRAN/EMBARGO/`.
  const read = parts.length > 1 ? parts.filter(part => part.trim().includes(' ')) : parts;
  return read.map(text => ({ text, isProse: false }));
}

/** The slug in the header, such as `USA-FERRY/` or `bc-ferry`. */
function slugOf(header: string): string | undefined {
  const words = header.replace(/[\p{Cc}]/gu, ' ').match(/\b[A-Za-z][\w&]{1,20}(?:-[\w&]{2,20}){1,6}\b/g);
  return words?.at(-1);
}

/** Hours behind UTC of the time zones in American wires. */
const ZONES = new Map([
  ['GMT', 0],
  ['UTC', 0],
  ['EST', 5],
  ['EDT', 4],
  ['CST', 6],
  ['CDT', 5],
  ['MST', 7],
  ['MDT', 6],
  ['PST', 8],
  ['PDT', 7],
]);

/**
 * Reads the time of a message: `AP-NY-10-01-26 1200EDT` in ANPA, or `011230 GMT OCT 26` after the text in
 * IPTC 7901.
 */
function sentAt(trailer: string): string | undefined {
  const american = /-(\d\d)-(\d\d)-(\d\d|\d{4}) (\d\d)(\d\d)([A-Z]{3})/.exec(trailer);
  if (american) {
    const [, month, day, year, hour, minute, zone = ''] = american.map(String);
    return instant(
      Number(year),
      Number(month),
      Number(day),
      Number(hour) + (ZONES.get(zone) ?? 0),
      Number(minute),
    );
  }
  const iptc = /(?:^|\s)(\d\d)(\d\d)(\d\d)\s?(?:GMT|UTC|Z)?\s(\p{L}{3,4})\.?\s?(\d\d|\d{4})(?:\s|$)/u.exec(
    trailer,
  );
  if (!iptc) return undefined;
  const month = monthNumber((iptc[4] ?? '').toLowerCase(), undefined);
  return month
    ? instant(Number(iptc[5]), month, Number(iptc[1]), Number(iptc[2]), Number(iptc[3]))
    : undefined;
}

function instant(year: number, month: number, day: number, hour: number, minute: number): string | undefined {
  const full = year < 100 ? (year < 70 ? 2_000 : 1_900) + year : year;
  if (month < 1 || month > 12 || day < 1 || day > 31 || minute > 59 || hour > 48) return undefined;
  return new Date(Date.UTC(full, month - 1, day, hour, minute)).toISOString();
}
