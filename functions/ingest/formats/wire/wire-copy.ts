import type { Author, Dateline } from '../../../../shared/model/article.ts';
import type { TermContext } from '../../model/release-terms.ts';
import { readTermLine } from '../../release/line.ts';
import { parseByline, withoutBylinePrefix } from '../../text/byline.ts';
import { parseDateline } from '../text/head.ts';
import { joinLines, measure, refuseLines, startsLower } from '../text/lines.ts';
import { isEndedByKill, isKillLine } from './kill-lines.ts';

/** The parts of the text of an agency's message. */
export interface WireCopy {
  headline: string | undefined;
  dek: string | undefined;
  /** The byline as filed, without `By`. */
  byline: string | undefined;
  authors: Author[] | undefined;
  /** The story. */
  text: string;
  slug: string | undefined;
  /** The line that kills the story. */
  kill: string | undefined;
  /** Lines that state the time of the message. */
  trailer: string;
  /** Notes of the agency to editors. */
  notes: string[];
}

/** The slug of a story: `BC-Ferry, 340`, `AM-Ferry, 2nd Ld-Writethru,0340`, `1 HOME Harbour`, `Ellery/harbour/`. */
const SLUG = /^(?:BC|AM|PM|bc|am|pm|r)-{1,2}(?=[A-Za-z\d])[^.!?]{2,90}$/;
const COUNTED =
  /^[\p{Lu}\d][\p{L}\p{N}_&'’/ -]{2,60}[,;] ?(?:\d(?:st|nd|rd|th) (?:Ld|Lead|Add|Sub)[\w -]{0,30},? ?)?\d{2,4}$/u;
const CATCHLINE = /^\d{1,2} \p{Lu}{3,10}(?: [\p{L}\d-]{2,20}){1,3}$/u;
const SLASHED = /^[\p{L}\p{N}][^.!?\n]{1,90}\/$/u;

/** Codes of an agency's system: `R CRO S0B QBXK`, `XCI60312_SXB_QBXK`. */
const CODES = /^(?=.*(?:\p{Lu}\d|\d\p{Lu}|_))[\p{Lu}\d_]{1,20}(?: [\p{Lu}\d_]{2,20}){0,6}$/u;
const TAKE = /\(?\b(?:TAKE|PAGE|SECTION)\s{1,3}(\d{1,2})\s{1,3}OF\s{1,3}(\d{1,2})\)?/i;

const MORE = /^[-(\s]{0,3}(?:MORE|SEGUE|SIGUE|SUITE|FORTS\.?)[-).\s]{0,4}$/i;
const END = /^-?0-$|^[-–—]{1,2}\s?\d{0,2}\s?[-–—]{1,2}$|^_{2,8}$|^end adv\b.{0,40}$/i;

/** Notes to editors, by the word before the colon or the dash. */
const NOTE =
  /^[(=*\s]{0,4}(?:eds|editors?|desks?|notes? to (?:editors?|desks?)|editor['’]s note|advisory|attn|attention|achtung|hinweis(?: an die redaktion(?:en)?)?|redaktion(?:en)?|nota (?:a|para|ai|all[ae]) \p{L}{2,12}|à noter|keywords)\s?[:;–—-]/iu;

/** Pictures and other material beside the story: `AP Photo NYX101`, `With HN Photos`, `=(PHOTO+VIDEO)=`. */
const MATERIAL =
  /^(?:(?:with|w\/|eds|mit|avec|con)\s)?(?:[A-Z]{2,6}\s)?(?:file\s)?(?:photos?|graphics?|video|audio|interactives?|fotos?|grafik|infografik|infographie)\b(?=.{0,60}$)(?:[^.]{0,30}[A-Z]{2,6}\d{2,6}|s?\.?$)|^=\(.{2,60}\)=$|^\(\(.{2,300}\)\)$/i;

/** A remark in brackets about the version of the story: `(Adds details)`, `(Zusammenfassung 1600 - neu: Zitat)`. */
const VERSION =
  /^\((?:adds?|updates?|recasts?|corrects?|corrected|repeats?|writes? (?:through|thru)|refiles?|rewrites?|rpt|ajoute|actualise|corrige|précise|développe|zusammenfassung|aktualisiert|aktualisierung|berichtigt|korrigiert|neu|überblick|aggiorna|riepilogo|añade|actualiza|amplía|corrige|acrescenta|atualiza|aanvulling|uppdaterad|oppdatert)\b[^()]{0,240}\)$/i;

/** The time of a message: `AP-NY-10-06-26 1840EDT`, `AFP 051530 GMT MAR 26`, `05-MAR-26 16:30 NNNN`. */
const STAMP =
  /^(?:(?:[A-Z]{2,4}(?:-[A-Z]{2,3})?-)?\d\d-\d\d-\d{2,4} \d{4}[A-Z]{3,4}|(?:[A-Z]{2,8} )?\d{6}(?: ?(?:GMT|UTC|Z|[A-Z]{3,4}))? \p{L}{3,4}\.? \d{2,4}|\d\d-\p{L}{3}-\d\d \d\d:\d\d(?: N+)?|[A-Z]{2,6}\d{2,5}\s+\d{4}-\d\d-\d\d\/\d\d:\d\d)$/u;

/** Initials of editors and the word for the end below a story: `aqu/bpi`, `YQX-AB`, `(Schluss) aqu`, `ENDIT`. */
const INITIALS =
  /^(?:[a-z]{2,4}(?:\s?[-/]{1,2}\s?[a-z]{2,5}){1,5}\/?|[A-Z]{2,4}(?:[-/][A-Z]{2,4}){1,3}|(?:dpa|afp|apa|sda|dts|ots|efe|ansa|cp|ap|pa|rtr)(?: [a-z\d]{1,5}){1,7}|N{3,5}|nn)$/;
const LAST_WORD =
  /^\(?(?:schluss|forts\.?|fine?|end(?:it|s|all)?|suite)\)?(?: [a-z]{2,4}(?:[/-][a-z]{2,4}){0,3})?$/i;

/** The label of lines that an agency puts below the story for editors, such as “dpa-Notizblock”. */
const NOT_FOR_READERS =
  /^[#*\s]{0,4}(?:\p{L}{2,8}-(?:notizblock|kontakte?)|.{0,40}nicht zur veröffentlichung bestimmt.{0,20}|the following (?:information )?is not for publication.{0,20})$/iu;

/** Words above a headline or before it that state the kind of message. */
const LEAD =
  '(?:extra|eil(?:t|meldung)?|blitz|flash|snap|urgent(?:e)?|alerte?|bulletin|newsalert|vorab|korr(?:ektur)?|berichtigung|wdh|wiederholung|zusammenfassung|überblick|roundup|wrapup|overview|update|refile|rpt|repeat|correct(?:ed|ion)|rectificati(?:on|f)|rettifica|riepilogo|ampliación|avance|última hora|nouvelle|synthèse|(?:new |neu )?lead|(?:\\d{1,2}(?:st|nd|rd|th|e|er|ère|\\.)|neuer?|premier|deuxième|primer|segundo|zweiter|dritter) lead|add|writethru)';
const LEAD_LINE = new RegExp(
  `^[*+!(=\\s]{0,4}${LEAD}(?:[ -]\\d{1,2})?(?:[ :/-]{1,3}${LEAD}(?:[ -]\\d{1,2})?){0,2}[*+!).:=\\s]{0,4}$`,
  'iu',
);
const LEAD_START = new RegExp(
  `^[*+!(\\s]{0,4}${LEAD}(?:[ -]\\d{1,2})?(?:\\s?[:/+!)]+\\s?|\\s?[-–—]{1,2}\\s?(?=\\p{Lu}))`,
  'iu',
);
const ORDINAL_START = /^\d{1,2}(?:st|nd|rd|th|e|\.) lead\s(?=\p{Lu})/iu;

/** Maximum number of lines above the story. */
const MAX_HEAD_LINES = 12;

/** Maximum number of lines below the story. */
const MAX_FOOT_LINES = 8;

/** Removes the words before a headline that state the kind of message: `UPDATE 1-`, `EILMELDUNG:`. */
export function withoutLead(headline: string): string {
  const rest = headline.replace(LEAD_START, '').replace(ORDINAL_START, '').trim();
  return rest.length >= MIN_HEADLINE_CHARS ? rest : headline;
}

/** Minimum length, in characters, of what is left of a headline. */
const MIN_HEADLINE_CHARS = 8;

/** Removes the remarks of an agency in brackets above a story. */
export function withoutVersion(text: string, warnings: string[]): string {
  const line = /^\s{0,200}(\([^()\n]{3,250}\))\s{0,8}(?:\n|$)/.exec(text);
  if (!line?.[1] || !VERSION.test(line[1])) return text;
  leaveOut(line[1], warnings);
  return text.slice(line[0].length);
}

function leaveOut(text: string, warnings: string[]): void {
  warnings.push(`Left out of the story: “${text.slice(0, 200)}”.`);
}

interface WireLine {
  text: string;
  /** The line as written, with its indent, without marks. */
  written: string;
  /** Whether the typesetting mark `^` begins the line. Such a line is never a part of a paragraph. */
  marked: boolean;
  /** The typesetting mark that ends the line: the next line does not continue it. */
  end: '' | '<' | '=';
}

/** Reads the text between the control marks of a message. */
export function readWireCopy(body: string, context: TermContext, warnings: string[]): WireCopy {
  refuseLines(body);
  const clean = typographic(body.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, ''));
  const typeset = /\^<?[ \t]{0,4}(?:\n|$)|(?:^|\n)[ \t]{0,8}\^[^\n]{1,200}[<=][ \t]{0,4}(?:\n|$)/.test(clean);
  const lines = typeset ? typesetLines(clean) : clean.split('\n').map(plainLine);
  const copy: WireCopy = {
    headline: undefined,
    dek: undefined,
    byline: undefined,
    authors: undefined,
    text: '',
    slug: undefined,
    kill: undefined,
    trailer: '',
    notes: [],
  };
  const end = withoutFoot(lines, copy, warnings);
  const start = readHead(lines.slice(0, end), typeset, copy, { context, warnings });
  const kept: string[] = [];
  for (const { text, written, marked, end: mark } of lines.slice(start, end)) {
    if (STAMP.test(text)) copy.trailer += `${text}\n`;
    else if (MORE.test(text)) warnings.push('“MORE”: the story goes on in another message.');
    else if (END.test(text)) continue;
    else kept.push(...(mark || marked ? ['', written, ''] : [written]));
  }
  copy.text = unwrapped(kept.join('\n'));
  return copy;
}

/**
 * Joins the lines of wrapped paragraphs. An indent or a blank line begins a paragraph. Text whose lines are not
 * wrapped is unchanged.
 */
export function unwrapped(text: string): string {
  const lines = text.split('\n').map(measure);
  const column = lines.reduce((most, { width }) => Math.max(most, width), 0);
  if (column < MIN_WRAP_COLUMN || column > MAX_WRAP_COLUMN) return text;
  const continues = lines.map((line, at) => {
    const above = lines[at - 1];
    if (!above || above.blank || line.blank || line.indent > 0 || /^[-*•]\s/.test(line.text)) return false;
    return above.width + 1 + line.firstWord > MIN_FULL_SHARE * column;
  });
  const sure = lines.filter(
    (line, at) => continues[at] && (startsLower(line.text) || DATELINE.test(lines[at - 1]?.text ?? '')),
  );
  if (sure.length === 0 || sure.length < MIN_SURE_SHARE * continues.filter(Boolean).length) return text;
  const paragraphs: string[] = [];
  for (const [at, line] of lines.entries()) {
    const last = paragraphs.at(-1);
    const next = lines[at + 1];
    if (continues[at] && last) paragraphs[paragraphs.length - 1] = joinLines(last, line.text);
    else paragraphs.push(line.text);
    if (next && next.indent >= 2 && (continues[at] || continues[at + 2] || line.width > column / 2))
      paragraphs.push('');
  }
  return paragraphs.join('\n');
}

/** Columns at which agencies wrap lines. */
const MIN_WRAP_COLUMN = 50;
const MAX_WRAP_COLUMN = 100;

/** Minimum width of a line that continues below, as a share of the widest line. */
const MIN_FULL_SHARE = 0.75;

/** Minimum share of the lines that certainly continue a sentence among all lines that seem to. */
const MIN_SURE_SHARE = 0.2;

function plainLine(raw: string): WireLine {
  const written = raw.trimEnd();
  return { text: written.trim(), written, marked: false, end: '' };
}

/** Writes the quotation marks and dashes that codes of seven bits cannot encode. */
function typographic(text: string): string {
  if (!text.includes('``') && !/^\s{0,12}\p{Lu}[^a-z\n]{2,40}.{0,30} _ /mu.test(text)) return text;
  return text
    .replace(/```/g, '“‘')
    .replace(/``/g, '“')
    .replace(/`/g, '‘')
    .replace(/'''/g, '’”')
    .replace(/''/g, '”')
    .replace(/ (?:_|--) /g, ' — ');
}

/** Splits text with typesetting marks into lines: `^` begins a line above the story, `<` or `=` ends a line. */
function typesetLines(body: string): WireLine[] {
  const lines: WireLine[] = [];
  let open: string[] | undefined;
  for (const raw of body.split('\n')) {
    const begins = /^\s{0,12}\^/.test(raw);
    const ends = /[<=^][ \t]{0,4}$/.test(raw);
    // A line may be broken before its end mark.
    if (open && (begins || /^(?:\s{2}|\s*$)/.test(raw) || open.length > 4)) {
      lines.push(...open.map((line, at) => bareLine(line, at === 0)));
      open = undefined;
    }
    if (open) {
      open.push(raw);
      if (!ends) continue;
      lines.push(bareLine(open.map(line => line.trim()).join(' '), true));
      open = undefined;
    } else if (begins && !ends) open = [raw];
    else lines.push(bareLine(raw, begins));
  }
  if (open) lines.push(...open.map((line, at) => bareLine(line, at === 0)));
  return lines;
}

function bareLine(raw: string, marked: boolean): WireLine {
  const end = /\^?([<=])[ \t]{0,4}$/.exec(raw)?.[1] as '<' | '=' | undefined;
  const written = raw
    .trimEnd()
    .replace(/\^?[<=]$/, '')
    .replace(/\^$/, '')
    .replace(/^(\s{0,12})\^/, '$1')
    .replace(/<(?=\s|$)/g, '')
    .trimEnd();
  return { text: written.trim(), written, marked, end: end ?? '' };
}

/** The lines above the story that are read so far. */
interface Head {
  titles: string[];
  /** Whether the headline is complete. */
  isTitled: boolean;
  bylines: string[];
}

/** Reads the lines above the story. Returns the index of the first line of the story. */
function readHead(
  lines: readonly WireLine[],
  typeset: boolean,
  copy: WireCopy,
  around: { context: TermContext; warnings: string[] },
): number {
  const { warnings } = around;
  const end = headEnd(lines, typeset);
  const head: Head = { titles: [], isTitled: false, bylines: [] };
  const closes = lines.slice(0, end).some(({ text }) => CLOSE.test(text));
  for (const [at, line] of lines.slice(0, end).entries()) {
    const text = line.text.replace(CLOSE, '').trim();
    const below = lines.slice(at + 1, end).find(each => each.text !== '');
    if (!text) head.isTitled = head.titles.length > 0;
    else if (!readRemark(text, copy, around) && !(typeset && !line.marked)) {
      const isByline = withoutBylinePrefix(text) !== undefined && parseByline(text);
      const isAbove = below !== undefined && head.titles.length === 0;
      if (isByline || head.bylines.length > 0) head.bylines.push(text);
      else if (LEAD_LINE.test(text) || (isAbove && (CODES.test(text) || isLeadWord(text, below.text))))
        continue;
      else readTitle(text, head, copy, closes);
      head.isTitled ||= head.titles.length > 0 && (line.marked || CLOSE.test(line.text));
    }
  }
  if (head.titles.length > 0) copy.headline = withoutLead(head.titles.reduce(joinLines));
  const [byline, ...credits] = head.bylines;
  if (byline) {
    copy.byline = [withoutBylinePrefix(byline), ...credits].join(' ');
    copy.authors = parseByline(byline);
    for (const credit of credits)
      warnings.push(`The line below the byline was left out of the body: “${credit}”.`);
  }
  return end;
}

/** Reads a slug, a note, a time, a release term or the order to kill a story. Returns whether the line is one. */
function readRemark(
  text: string,
  copy: WireCopy,
  { context, warnings }: { context: TermContext; warnings: string[] },
): boolean {
  if (isKillLine(text)) {
    copy.kill ??= text;
    if (!isSlug(text)) return true;
  }
  if (STAMP.test(text)) copy.trailer += `${text}\n`;
  else if (isSlug(text)) {
    copy.slug ??= text.replace(/[,;]? ?\d{2,4}$/, '').replace(/[\s/,-]{1,4}$/, '');
    take(text, warnings);
  } else if (MORE.test(text)) warnings.push('“MORE”: the story goes on in another message.');
  else if (isNote(text) || readTermLine(text, context)) {
    copy.notes.push(text);
    leaveOut(text, warnings);
  } else return END.test(text);
  return true;
}

function isNote(text: string): boolean {
  return (
    NOTE.test(text) ||
    MATERIAL.test(text) ||
    VERSION.test(text) ||
    /\/{3}$|^\([^()]{2,200}\)$|^adv ?\d{1,2}$/i.test(text)
  );
}

/** A line of one to three words in capitals above a headline with small letters. */
function isLeadWord(text: string, below: string): boolean {
  return (
    text.length <= MAX_LEAD_CHARS &&
    text.split(' ').length <= 3 &&
    !/\p{Ll}/u.test(text) &&
    /\p{Ll}/u.test(below)
  );
}

/** Maximum length, in characters, of words that state the kind of message. */
const MAX_LEAD_CHARS = 25;

function readTitle(text: string, head: Head, copy: WireCopy, closes: boolean): void {
  const last = head.titles.at(-1);
  const isSubtitle = SUBTITLE.test(text);
  const continues = last !== undefined && (closes || startsLower(text) || /[-–—,:]$/.test(last));
  if (!last || (!head.isTitled && !isSubtitle && copy.dek === undefined && continues)) head.titles.push(text);
  else copy.dek = [copy.dek, text.replace(SUBTITLE, '').trim()].filter(Boolean).join(' ');
}

/** The mark that ends a headline or a byline above the story of IPTC 7901. */
const CLOSE = /\s=$/;

const SUBTITLE = /^(?:utl\.?|untertitel|subhead|sottotitolo|sous-titre|subtítulo)\s?:\s?/i;

/** The start of a story: a place, a date and the agency in brackets, before a dash. */
const DATELINE = /^(?:.{2,70}\s)?\([\p{L}\p{M}\d /.-]{2,24}\)(?:\s?(?:[-–—_:]|--)|\.-)\s?\S/u;

/**
 * The index of the first line of the story. Marks show it, or the dateline, or the byline. Without them, only
 * slugs and notes are known to stand above the story.
 */
function headEnd(lines: readonly WireLine[], typeset: boolean): number {
  const filled = [...lines.entries()].filter(([, { text }]) => text !== '').slice(0, MAX_HEAD_LINES);
  if (typeset) return typesetHeadEnd(filled);
  const dateline = filled.find(([, { text }]) => DATELINE.test(text));
  if (dateline) return dateline[0];
  const closed = filled.findLast(([, { text }]) => CLOSE.test(text));
  if (closed) return closed[0] + 1;
  const byline = filled.find(
    ([, { text }]) => withoutBylinePrefix(text) !== undefined && parseByline(text),
  )?.[0];
  if (byline !== undefined) {
    const blank = lines.slice(byline + 1, byline + 4).findIndex(({ text }) => text === '');
    return byline + 1 + Math.max(0, blank);
  }
  const story = filled.find(([, { text }]) => !isKnown(text));
  return story?.[0] ?? lines.length;
}

function isKnown(text: string): boolean {
  return isSlug(text) || isNote(text) || LEAD_LINE.test(text) || isKillLine(text) || STAMP.test(text);
}

/** The index after the marked lines. A marked line below the byline that is no credit belongs to the story. */
function typesetHeadEnd(filled: readonly (readonly [number, WireLine])[]): number {
  let end = 0;
  let isCredited = false;
  for (const [at, { text, marked, end: mark }] of filled) {
    if (!marked && end > 0) break;
    if (!marked) continue;
    if (isCredited && mark !== '=' && !isKnown(text)) break;
    isCredited ||= withoutBylinePrefix(text) !== undefined && parseByline(text) !== undefined;
    end = at + 1;
  }
  return end;
}

/** The dateline at the start of a story, also after the agency: `(ANSA) - ROMA, 5 MAR - `, `Madrid, 5 mar (EFE).- `. */
export function wireDateline(text: string, context: TermContext): Dateline | undefined {
  return parseDateline(
    text.replace(/^\([\p{L}\p{M}\d /.-]{2,24}\)\s[-–—]\s/u, '').replace(/^(.{2,70}\))\.-\s/, '$1 - '),
    context,
  );
}

/** Removes the lines below the story. Returns the index after its last line. */
function withoutFoot(lines: readonly WireLine[], copy: WireCopy, warnings: string[]): number {
  const label = lines.findIndex(({ text }, at) => at > 0 && NOT_FOR_READERS.test(text));
  let end = label > 0 ? label : lines.length;
  if (label > 0)
    leaveOut(
      lines
        .slice(label)
        .map(({ text }) => text)
        .join(' '),
      warnings,
    );
  for (let seen = 0; end > 1 && seen < MAX_FOOT_LINES; end--) {
    const { text } = lines[end - 1] ?? { text: '' };
    if (!text) continue;
    if (STAMP.test(text)) copy.trailer += `${text}\n`;
    else if (MATERIAL.test(text) || NOTE.test(text)) {
      copy.notes.push(text);
      leaveOut(text, warnings);
    } else if (MORE.test(text)) warnings.push('“MORE”: the story goes on in another message.');
    else if (!(INITIALS.test(text) || LAST_WORD.test(text) || END.test(text))) break;
    seen++;
  }
  return end;
}

function isSlug(text: string): boolean {
  if (text.length > 100) return false;
  return (
    isEndedByKill(text) ||
    [SLUG, COUNTED, CATCHLINE, SLASHED].some(form => form.test(text)) ||
    (TAKE.test(text) && text.length < 70)
  );
}

/** Warns about the other parts of a story in several parts. */
export function take(text: string, warnings: string[]): void {
  const [, part, all] = TAKE.exec(text) ?? [];
  if (part && all) warnings.push(`This is part ${part} of ${all}; the others are articles of their own.`);
}
