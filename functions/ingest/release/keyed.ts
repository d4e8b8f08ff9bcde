import type { Term, TermContext } from '../model/release-terms.ts';
import {
  KEY_WORDS,
  type KeyWord,
  NO_VALUES,
  RELEASE_WORDS,
  type ReleaseWord,
  STATUS_VALUES,
  YES_VALUES,
} from '../words/release-words.ts';
import { readReleaseInstant } from './instants.ts';
import { isDateWord, isTimeWord, releaseVocabulary, Vocabulary } from './vocabulary.ts';

/** What a key states. */
export type ReleaseKey =
  /** The instant from which the story may be public. */
  | 'embargo'
  /** The same, in a key that other things can be called too. */
  | 'start'
  | 'expires'
  | 'withdraw'
  | 'hold'
  | 'draft'
  | 'forbidden'
  | 'status'
  /** Yes lets the story be public. */
  | 'switch'
  /** Yes keeps the story from being public. */
  | 'hidden';

/** Longest key, in characters, and longest value that is looked at. */
const MAX_KEY_CHARS = 60;
const MAX_VALUE_CHARS = 300;

/** Fields within a field, such as `release: {embargo: {until: …}}`; nobody nests deeper. */
const MAX_DEPTH = 4;

/** Dates beyond this year are not read, and mean that there is none. */
const LAST_YEAR = 2100;

/** Values of one field. */
const MAX_VALUES = 20;

let keyVocabulary: Vocabulary<ReleaseWord | KeyWord> | undefined;
let statusVocabulary: Vocabulary<'wait' | 'scheduled' | 'withdraw' | ReleaseWord> | undefined;

/**
 * The terms of one keyed statement: front matter, object metadata, a labelled line, a mail header, the status of a wire
 * item. The key may be spelled `publishAt`, `publish_at`, `publish-at` or `publishat`, and its words may be of many languages.
 * @param isCopy whether the statement is a line of copy: there, words that can mean something else must be understood
 */
export function readKeyed(key: string, value: unknown, context: TermContext, isCopy = false): Term[] {
  const terms: Term[] = [];
  readField(key, keyOf(key), value, { context, isCopy, terms, depth: 0 });
  return terms;
}

interface Around {
  context: TermContext;
  isCopy: boolean;
  terms: Term[];
  depth: number;
}

function readField(path: string, kind: ReleaseKey | undefined, value: unknown, around: Around): void {
  if (value instanceof Map || Array.isArray(value)) {
    if (around.depth >= MAX_DEPTH) return;
    const inner = { ...around, depth: around.depth + 1 };
    const fields: [string, unknown][] =
      value instanceof Map
        ? [...value].map(([name, each]) => [String(name), each])
        : kind
          ? value.map(each => ['', each])
          : [];
    const before = around.terms.length;
    for (const [name, each] of fields.slice(0, MAX_VALUES))
      readField(`${path} ${name}`.trim(), innerKey(kind, path, name), each, inner);
    // A key of several fields that say nothing is no less a key.
    if (value instanceof Map && kind === 'embargo' && around.terms.length === before && value.size > 0)
      around.terms.push({ kind: 'hold', quote: path, why: 'unclear' });
    return;
  }
  if (!kind) return;
  const term = termOf(kind, path, value, around);
  if (term) around.terms.push(term);
}

/** `until` within `embargo`, `at` within `publish`: the words of both. */
function innerKey(outer: ReleaseKey | undefined, path: string, name: string): ReleaseKey | undefined {
  if (name === '') return outer;
  return keyOf(name) ?? (outer ? keyOf(`${path} ${name}`) : undefined);
}

const keys = new Map<string, ReleaseKey | undefined>();

/** What a key is about; `undefined` where it is none of release terms. */
export function keyOf(key: string): ReleaseKey | undefined {
  if (key.length > MAX_KEY_CHARS) return undefined;
  if (!keys.has(key)) {
    // Front matter repeats a few keys; anything may be a key.
    if (keys.size > 2_000) keys.clear();
    // `veroeffentlichen_ab` is spelled for keyboards without umlauts.
    keys.set(key, classify(key) ?? (/[aou]e/i.test(key) ? classify(withUmlauts(key)) : undefined));
  }
  return keys.get(key);
}

function withUmlauts(key: string): string {
  return key.toLowerCase().replace(/ae|oe|ue/g, pair => ({ ae: 'ä', oe: 'ö', ue: 'ü' })[pair] ?? pair);
}

function classify(key: string): ReleaseKey | undefined {
  keyVocabulary ??= new Vocabulary<ReleaseWord | KeyWord>(
    RELEASE_WORDS as ReadonlyMap<ReleaseWord | KeyWord, readonly string[]>,
    KEY_WORDS as ReadonlyMap<ReleaseWord | KeyWord, readonly string[]>,
  );
  const read = keyVocabulary
    .read(spacedKey(key))
    .flatMap(each => (each.meanings ? [each] : (runTogether(each.word) ?? [each])));
  const has = (...meanings: (ReleaseWord | KeyWord)[]) =>
    read.some(({ meanings: found }) => meanings.some(meaning => found?.has(meaning)));
  if (has('embargo', 'embargoed')) return 'embargo';
  const [first = '', ...others] = read.map(({ word }) => word);
  const isPut = IS.test(first);
  if (read.length > MAX_KEY_WORDS || (isPut ? read.slice(1) : read).some(({ meanings }) => !meanings))
    return undefined;
  const single = others.length === (isPut ? 1 : 0);
  if (has('forbidden') && !has('until')) return has('hidden') ? 'hidden' : 'forbidden';
  if (has('not')) {
    if (has('until')) return 'start';
    if (has('after') || read.some(({ word }) => word.endsWith(' after'))) return 'expires';
    return has('publish', 'switch', 'release') ? 'forbidden' : undefined;
  }
  if (has('status')) return read.length <= 2 ? 'status' : undefined;
  if (has('expires') || (has('switch', 'schedule', 'begin') && has('until'))) return 'expires';
  if (has('draft')) return single ? 'draft' : undefined;
  if (has('withdraw', 'cancel')) return 'withdraw';
  if (has('hold')) return 'hold';
  // “Hidden until”, “not for publication before”
  if (has('hidden', 'forbidden') && has('until')) return 'start';
  if (has('immediate')) return undefined;
  if (single && has('switch') && !/^releases?$/.test(first)) return 'switch';
  // “Published at” is the date of the publication, as is “publish date”: a future one schedules the story anyway.
  const isFrom = read.some(({ word }) => FROM.test(word));
  const isPast =
    /^(?:published|publication|pub)$/.test(first) ||
    key.toLowerCase().replace(/[^a-z]/g, '') === 'publishdate';
  if (isPast && isFrom) return 'start';
  if (has('begin'))
    // “Start” alone is that of an event.
    return !single && has('at', 'date', 'filler', 'publish', 'schedule', 'release') ? 'start' : undefined;
  if (has('release', 'schedule')) {
    const isStart =
      single || has('at', 'date', 'until', 'filler') || others.some(word => NOT_BEFORE.test(word));
    return isStart && !isPast ? 'start' : undefined;
  }
  if (has('hidden')) return 'hidden';
  return undefined;
}

/** Words of a key, from which on it is a sentence. */
const MAX_KEY_WORDS = 5;

/** What begins the name of a switch: `isDraft`, `est brouillon`. */
const IS = /^(?:is|be|ist|est|es|é|è)$/u;

/** Phrases that say by themselves from when. */
const NOT_BEFORE = /^(?:not before|nicht vor|pas avant)$/;

/** The words of `publishAt`, `publish_at` or `x-publish-at`. */
function spacedKey(key: string): string {
  return key
    .replace(/^x[-_](?=\p{L})/iu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[-_.:/\s]+/g, ' ')
    .trim();
}

/** Two to four words of the vocabulary that were written as one: `embargountil`, `notbefore`. */
function runTogether(word: string) {
  if (!/^\p{L}{4,40}$/u.test(word)) return undefined;
  const vocabulary = keyVocabulary;
  const known = (part: string) => {
    // Shorter words are syllables of other words too: “publisher”.
    const isWord = part.length > 2 || /^(?:at|on|is|to|ab|am|do|до)$/u.test(part);
    const [read, ...others] = isWord ? (vocabulary?.read(part) ?? []) : [];
    return others.length === 0 && read?.meanings ? read : undefined;
  };
  for (let cut = word.length - 1; cut > 1; cut--) {
    const first = known(word.slice(0, cut));
    if (!first) continue;
    const rest = word.slice(cut);
    const second = known(rest);
    if (second) return [first, second];
    for (let next = rest.length - 1; next > 1; next--) {
      const [middle, last] = [known(rest.slice(0, next)), known(rest.slice(next))];
      if (middle && last) return [first, middle, last];
    }
  }
  return undefined;
}

function termOf(
  kind: ReleaseKey,
  path: string,
  value: unknown,
  { context, isCopy }: Around,
): Term | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const quote = `${path}: ${text}`;
  const plain = plainValue(text);
  const isNo = NO_VALUES.has(plain);
  const isYes = YES_VALUES.has(plain);
  const hold = (why: 'stated' | 'dated' | 'scheduled' | 'unclear'): Term => ({ kind: 'hold', quote, why });
  const instant = isNo || isYes ? undefined : readValue(text, context);
  switch (kind) {
    case 'embargo':
      if (isNo) return { kind: 'clear', quote };
      if (instant) return { kind: 'until', at: instant, quote };
      if (isCopy && !isYes && !looksLikeTerm(text)) return undefined;
      return hold(isYes ? 'dated' : 'unclear');
    case 'start':
      if (isNo) return undefined;
      // “Available in: …” and “Broadcast: Friday” are lines of a story; a date that is over is one of publication.
      if (
        isCopy &&
        (NO_COPY_KEY.test(path) || isBeginning(path) || (instant && instant <= (context.filedAt ?? '')))
      )
        return undefined;
      if (instant) return { kind: 'until', at: instant, quote };
      if (isYes) return /schedul/i.test(path) ? hold('scheduled') : undefined;
      if (isBeginning(path)) return undefined;
      // A software's release or a radio programme's schedule is no term.
      return (isCopy || isOneWord(path)) && !looksLikeTerm(text) ? undefined : hold('unclear');
    case 'expires':
      if (isNo) return undefined;
      if (instant) return { kind: 'expires', at: instant, quote };
      // “9999-12-31” says never.
      if (Number(/^\d{4,8}(?=-)/.exec(text)?.[0] ?? 0) > LAST_YEAR) return undefined;
      return isCopy && !looksLikeTerm(text) ? undefined : hold('unclear');
    case 'withdraw':
      if (isNo) return undefined;
      if (isYes) return { kind: 'withdraw', quote };
      if (instant) return { kind: 'expires', at: instant, quote };
      return isCopy ? undefined : hold('unclear');
    case 'hold':
      if (isNo) return undefined;
      if (instant) return { kind: 'until', at: instant, quote };
      return isYes ? hold('stated') : isCopy && !looksLikeTerm(text) ? undefined : hold('unclear');
    case 'draft':
    case 'forbidden':
      if (isNo || /^(?:final|published|publish|done|ready|live)$/.test(plain)) return undefined;
      if (kind === 'forbidden' && instant) return { kind: 'until', at: instant, quote };
      return isYes || !isCopy ? hold('stated') : undefined;
    case 'hidden':
      return isYes ? hold('stated') : undefined;
    case 'switch':
      if (isNo) return isOver(plain) ? undefined : hold('stated');
      // “Published: 5 October” is the date of the publication.
      // “Online: 5 October” is a line of a page.
      if (
        instant &&
        IMPERATIVE.test(path) &&
        !(isCopy && /^(?:live|online|public|visible|ready)$/i.test(path))
      )
        return { kind: 'until', at: instant, quote };
      return isYes || instant || isCopy ? undefined : statusTerm(text, quote, context);
    case 'status':
      return statusTerm(text, quote, context);
  }
}

/** Keys that are none in copy. */
const NO_COPY_KEY = /^(?:availab|visible|live|show|active|air|online|lift|broadcast|sendung)/i;

/** Words of a key that say from when. */
const FROM = /^(?:from|up|since|ab|desde|dal|vanaf|från|fra|od)$/u;

/** Whether a key names the beginning of anything, which says something of the story only by a date ahead. */
function isBeginning(path: string): boolean {
  return (keyVocabulary?.read(spacedKey(path)) ?? []).some(({ meanings }) => meanings?.has('begin'));
}

/** Keys of a switch whose date is that from which the story may be public. */
const IMPERATIVE =
  /^(?:publish|live|online|public|visible|ready|publier|publicar|publikovat|pubblicare|veröffentlichen)$/iu;

/** Values that say no to an embargo and yes to publication. */
function isOver(plain: string): boolean {
  return /^(?:released|immediate|immediately|now|at once|over|past|ended|lifted|immediate release|for immediate release|sofort|expired)$/.test(
    plain,
  );
}

/** Whether a key is one word, which can mean something else by itself. `publish_at` and `publishAt` are two. */
function isOneWord(path: string): boolean {
  const [read, ...others] = keyVocabulary?.read(spacedKey(path)) ?? [];
  return others.length === 0 && read?.meanings !== undefined && !read.word.includes(' ');
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'an impossible date' : value.toISOString();
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text.slice(0, MAX_VALUE_CHARS);
}

/** A value without quotation marks, a comment behind it, and marks of the end. */
function plainValue(text: string): string {
  return text
    .replace(/\s+(?:#|\/\/).*$/, '')
    .replace(/^["'“”«»\s]+|["'“”«»\s,;.!]+$/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** Seconds since 1970 have ten digits in our time, milliseconds thirteen. */
const EPOCH = /^[1-4]\d{9}$|^[1-4]\d{12}$/;

/** The instant of a value; nothing but the words of release terms may stand beside it. */
function readValue(text: string, context: TermContext): string | undefined {
  const bare = text.replace(/\s+(?:#|\/\/).*$/, '').replace(/^["'“”]+|["'“”,;]+$/g, '');
  if (EPOCH.test(bare)) {
    return new Date(bare.length > 10 ? Number(bare) : Number(bare) * 1_000).toISOString();
  }
  const { at, left } = readReleaseInstant(compact(bare), context);
  if (at === undefined) return undefined;
  const unknown = releaseVocabulary()
    .read(left)
    .filter(({ word, meanings }) => (!meanings && !isDateWord(word)) || meanings?.has('over'));
  return unknown.length === 0 ? at : undefined;
}

/** A date and a time in digits only, with the `T` between them that the parser of dates asks for: `209903140930`. */
function compact(text: string): string {
  return text.replace(/^(\d{8})(?=\d{4}(?:\d\d)?(?!\d))/, '$1T');
}

/** Longest rest of a line, in words, that can be a term which is not understood; more is a sentence. */
const MAX_TERM_WORDS = 8;

/** Whether a value begins as terms do, or is about a time: “after the keynote”, “Friday”, “tbc”. */
function looksLikeTerm(text: string): boolean {
  const read = releaseVocabulary().read(text);
  if (read.length === 0 || read.length > MAX_TERM_WORDS || /\?$|^v?\d+(?:\.\d+)*$/.test(text)) return false;
  const [first] = read;
  const known = read.filter(({ word, meanings }) => meanings || isDateWord(word)).length;
  return (
    first?.meanings?.has('until') === true ||
    first?.meanings?.has('strict') === true ||
    /^(?:after|tbc|tbd|tba|pending|when|once|nach|après|después|depois|dopo|na|efter|etter|po|після|после)$/u.test(
      first?.word ?? '',
    ) ||
    read.some(({ word }) => isTimeWord(word)) ||
    known === read.length
  );
}

/** What the value of a status says. Those that no table knows mean nothing, such as `breaking`. */
function statusTerm(text: string, quote: string, context: TermContext): Term | undefined {
  statusVocabulary ??= new Vocabulary<'wait' | 'scheduled' | 'withdraw' | ReleaseWord>(
    STATUS_VALUES as ReadonlyMap<'wait' | 'scheduled' | 'withdraw' | ReleaseWord, readonly string[]>,
    RELEASE_WORDS as ReadonlyMap<'wait' | 'scheduled' | 'withdraw' | ReleaseWord, readonly string[]>,
  );
  // An IPTC code stands before it: `stat:withheld`, `…/pubstatusg2/canceled`.
  const value = plainValue(text).replace(/^\S*[:/](?=\p{L}+$)/u, '');
  const read = statusVocabulary.read(value);
  const has = (...meanings: ('wait' | 'scheduled' | 'withdraw' | ReleaseWord)[]) =>
    read.some(({ meanings: found }) => meanings.some(meaning => found?.has(meaning)));
  if (has('withdraw', 'cancel') && !has('not')) return { kind: 'withdraw', quote };
  if (has('embargo', 'embargoed', 'hold', 'forbidden')) {
    const instant = has('over') ? undefined : readValue(text, context);
    if (instant) return { kind: 'until', at: instant, quote };
    if (has('over') || (has('not') && has('embargo', 'embargoed') && !has('publish')))
      return { kind: 'clear', quote };
    return { kind: 'hold', quote, why: has('embargo', 'embargoed') ? 'dated' : 'stated' };
  }
  if (has('draft', 'wait', 'not', 'until')) return { kind: 'hold', quote, why: 'stated' };
  return has('scheduled') ? { kind: 'hold', quote, why: 'scheduled' } : undefined;
}
