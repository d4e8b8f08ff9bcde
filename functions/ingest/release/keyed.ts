import type { Term, TermContext } from '../model/release-terms.ts';
import { FRONT_MATTER_KEYS, plainKey } from '../words/front-matter-keys.ts';
import {
  NO_VALUES,
  RELEASE_WORDS,
  type ReleaseWord,
  STATUS_VALUES,
  type StatusWord,
  YES_VALUES,
} from '../words/release-words.ts';
import { readReleaseInstant, startsWithDate } from './instants.ts';
import {
  FROM,
  isBeginning,
  isOfPublication,
  isOneWord,
  keyOf,
  MAX_KEY_CHARS,
  type ReleaseKey,
  spacedKey,
} from './keys.ts';
import { isOpen } from './open-values.ts';
import { isDateWord, isTimeWord, releaseVocabulary, Vocabulary } from './vocabulary.ts';

/** Maximum length of a value that is read, in characters. */
const MAX_VALUE_CHARS = 300;

/** Maximum depth of nested fields, such as `release: {embargo: {until: …}}`. */
const MAX_DEPTH = 6;

/** Maximum year of an expiry date. With a later year, the story never expires. */
const MAX_YEAR = 2100;

/** Maximum number of values of one field. */
const MAX_VALUES = 20;

let statusWords: Vocabulary<StatusWord | ReleaseWord> | undefined;

/**
 * Reads the terms of a statement with a key: front matter, object metadata, a labelled line, a mail header, the status
 * of a wire item. The key can be spelled `publishAt`, `publish_at`, `publish-at` or `publishat`, in many languages.
 * @param isCopy whether the statement is a line of copy; a value that is not understood is then not a term
 */
export function readKeyed(key: string, value: unknown, context: TermContext, isCopy = false): Term[] {
  const terms: Term[] = [];
  readField(key, keyOf(key), value, { context, isCopy, terms, depth: 0 });
  return terms;
}

interface FieldContext {
  context: TermContext;
  isCopy: boolean;
  terms: Term[];
  depth: number;
}

function readField(
  path: string,
  kind: ReleaseKey | undefined,
  value: unknown,
  fieldContext: FieldContext,
): void {
  if (value instanceof Map || Array.isArray(value)) {
    if (fieldContext.depth >= MAX_DEPTH) return;
    const inner = { ...fieldContext, depth: fieldContext.depth + 1 };
    const before = fieldContext.terms.length;
    if (value instanceof Map && readNamed(path, kind, value, inner)) return;
    const fields: [string, unknown][] =
      value instanceof Map
        ? [...value].map(([name, each]) => [String(name), each])
        : value.filter(each => kind !== undefined || isStatement(path, each)).map(each => ['', each]);
    for (const [name, each] of fields.slice(0, MAX_VALUES))
      readField(`${path} ${name}`.trim(), innerKey(kind, path, name), each, inner);
    // An embargo whose fields are not understood still holds the story.
    if (value instanceof Map && kind === 'embargo' && fieldContext.terms.length === before && value.size > 0)
      fieldContext.terms.push({ kind: 'hold', quote: path, why: 'unclear' });
    return;
  }
  const term = kind ? termOf(kind, path, value, fieldContext) : scheduleOf(path, value, fieldContext);
  if (term) fieldContext.terms.push(term);
}

/** Fields that name the statement of an object: `{name: embargo, until: 2027-01-01}`. */
const NAMES = /^(?:name|type|kind|key|id|property|field|attribute|flag|term|label|title|slug|code)$/i;

/** Fields that hold the value of such an object. */
const VALUE = /^(?:value|values|content|text|set|enabled|active)$/i;

/** Whether an object of a list with an unknown key can state a term. Lists of events have objects with a status too. */
function isStatement(path: string, value: unknown): boolean {
  if (!(value instanceof Map) || FRONT_MATTER_KEYS.has(path.toLowerCase())) return false;
  return value.size === 1 || namesIn(value).some(name => keyOf(name) !== undefined);
}

function namesIn(fields: ReadonlyMap<unknown, unknown>): string[] {
  return [...fields].flatMap(([name, value]) =>
    NAMES.test(String(name)) && typeof value === 'string' ? [value] : [],
  );
}

/**
 * Reads an object that names its statement in a field. In a list of flags or in a status, the name is the flag. In
 * other objects the name is a key, and a value stands beside it.
 * @returns whether the object is such a statement
 */
function readNamed(
  path: string,
  kind: ReleaseKey | undefined,
  fields: ReadonlyMap<unknown, unknown>,
  inner: FieldContext,
): boolean {
  const isFlag = kind === 'flags' || kind === 'status';
  const names = namesIn(fields);
  const rest = new Map([...fields].filter(([name]) => !NAMES.test(String(name))));
  const given = [...rest].find(([name]) => VALUE.test(String(name)))?.[1];
  if (isFlag && names.length > 0) {
    if (NO_VALUES.has(plainValue(textOf(given) ?? ''))) return true;
    for (const name of names) {
      readField(path, kind, name, inner);
      if (keyOf(name)) readField(`${path} ${name}`, keyOf(name), rest, inner);
    }
    return true;
  }
  const name = names.find(each => keyOf(each)) ?? '';
  const key = keyOf(name);
  // An event of the name “Release” has a date too.
  const isOther = key === 'start' || key === 'publication' || key === 'switch';
  if (kind !== undefined || key === undefined || FRONT_MATTER_KEYS.has(path.toLowerCase())) return false;
  if (given !== undefined) readField(name, key, given, inner);
  else if (!isOther) readField(name, key, rest, inner);
  return true;
}

/**
 * The term of a date of publication that is not known yet, or of an unknown key with a future date, such as `publish_to_homepage` or `widoczne_od`: the key has a word
 * for publication, or it is a word with “from”.
 */
function scheduleOf(path: string, value: unknown, { context, isCopy }: FieldContext): Term | undefined {
  const text = isCopy || path.length > MAX_KEY_CHARS ? undefined : textOf(value);
  const isDate = FRONT_MATTER_KEYS.get(plainKey(path)) === 'published';
  if (text !== undefined && isDate && isOpen(text))
    return { kind: 'hold', quote: `${path}: ${text}`, why: 'unclear' };
  const at = text === undefined ? undefined : readValue(text, context);
  if (at === undefined || at <= (context.filedAt ?? at)) return undefined;
  const words = spacedKey(path).toLowerCase().split(' ');
  const isScheduled =
    (words.length === 2 && FROM.test(words[1] ?? '')) ||
    (!FRONT_MATTER_KEYS.has(words.join('')) && words.some(word => PUBLISHING.test(word)));
  return isScheduled ? { kind: 'until', at, quote: `${path}: ${text}` } : undefined;
}

/** Words of a key that orders a publication. */
const PUBLISHING =
  /^(?:publish|publishing|veröffentlichen|veröffentlichung|publier|publicar|pubblicare|publiceren|publicera|publisere|publikować|publikovat|публікувати|публиковать|yayınla)$/u;

/**
 * The kind of a field inside another field: `until` in `embargo`, `at` in `publish`. Both names are read together.
 */
function innerKey(outer: ReleaseKey | undefined, path: string, name: string): ReleaseKey | undefined {
  if (name === '' || (outer && VALUE.test(name))) return outer;
  return keyOf(name) ?? (outer ? keyOf(`${path} ${name}`) : undefined);
}

function termOf(
  kind: ReleaseKey,
  path: string,
  value: unknown,
  { context, isCopy }: FieldContext,
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
      if (isCopy && !isYes && !looksLikeTerm(text) && !isNearTerm(text, context)) return undefined;
      return hold(isYes ? 'dated' : 'unclear');
    case 'start':
      if (isNo) return undefined;
      if (isOpen(text) && isOfPublication(path)) return hold('unclear');
      // “Available in: …” and “Broadcast: Friday” are lines of a story. With a date in the past, the line states
      // when the story was published.
      if (
        isCopy &&
        (NO_COPY_KEY.test(path) || isBeginning(path) || (instant && instant <= (context.filedAt ?? '')))
      )
        return undefined;
      if (instant) return { kind: 'until', at: instant, quote };
      if (isYes) return /schedul/i.test(path) ? hold('scheduled') : undefined;
      if (isBeginning(path)) return undefined;
      // The release of a software or the schedule of a radio programme is not a term.
      return (isCopy || (isOneWord(path) && !INSTRUCTION.test(text))) && !looksLikeTerm(text)
        ? undefined
        : hold('unclear');
    case 'publication':
      if (isOpen(text)) return hold('unclear');
      return instant !== undefined && instant > (context.filedAt ?? instant)
        ? { kind: 'until', at: instant, quote }
        : undefined;
    case 'expires':
      if (isNo) return undefined;
      if (instant) return { kind: 'expires', at: instant, quote };
      // “9999-12-31” means never.
      if (Number(/^\d{4,8}(?=-)/.exec(text)?.[0] ?? 0) > MAX_YEAR) return undefined;
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
      if (instant && IMPERATIVE.test(path) && !(isCopy && OF_EVENT.test(path)))
        return { kind: 'until', at: instant, quote };
      if (isCopy && isOpen(text) && !OF_EVENT.test(path)) return hold('unclear');
      return isYes || instant || isCopy ? undefined : statusTerm(text, quote, context);
    case 'status':
      return statusTerm(text, quote, context);
    case 'flags':
      return flagTerm(text, quote, isCopy);
  }
}

/** Keys that are not release terms in a line of copy. */
const NO_COPY_KEY = /^(?:availab|visible|live|show|active|air|online|lift|broadcast|sendung)/i;

/** Several words in lower case, which are no name and no version: “once Jane calls”. “Sea Songs” is an album. */
const INSTRUCTION = /^\p{Ll}+ \p{L}[^:]*$/u;

/** Keys of a switch whose date is the instant from which the story may be public. */
const IMPERATIVE =
  /^(?:publish|live|online|public|visible|ready|publier|publicar|publikovat|pubblicare|veröffentlichen)$/iu;

/** Keys of a switch that can be about an event. */
const OF_EVENT = /^(?:live|online|public|visible|ready|listed|approved|cleared)$/iu;

/** Whether a value ends an embargo or allows publication. */
function isOver(plain: string): boolean {
  return /^(?:released|immediate|immediately|now|at once|over|past|ended|lifted|immediate release|for immediate release|sofort|expired)$/.test(
    plain,
  );
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

/** A value in lower case, without quotation marks, trailing punctuation and a trailing comment. */
function plainValue(text: string): string {
  return text
    .replace(/\s+(?:#|\/\/).*$/, '')
    .replace(/^["'“”«»\s]+|["'“”«»\s,;.!]+$/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** A Unix time. Seconds since 1970 have ten digits, milliseconds thirteen. */
const EPOCH = /^[1-4]\d{9}$|^[1-4]\d{12}$/;

/** Reads the instant of a value. The rest of the value must be words of release terms. */
function readValue(text: string, context: TermContext): string | undefined {
  const bare = text.replace(/\s+(?:#|\/\/).*$/, '').replace(/^["'“”]+|["'“”,;]+$/g, '');
  if (EPOCH.test(bare)) {
    return new Date(bare.length > 10 ? Number(bare) : Number(bare) * 1_000).toISOString();
  }
  const { at, left, isAfter } = readReleaseInstant(compact(bare), context);
  if (at === undefined || isAfter) return undefined;
  const unknown = releaseVocabulary()
    .read(left)
    .filter(({ word, meanings }) => (!meanings && !isDateWord(word)) || meanings?.has('over'));
  return unknown.length === 0 ? at : undefined;
}

/**
 * Inserts the `T` that the date parser needs between a date and a time in digits only:
 * `209903140930`.
 */
function compact(text: string): string {
  return text.replace(/^(\d{8})(?=\d{4}(?:\d\d)?(?!\d))/, '$1T');
}

/** Maximum number of words of a value that can be a term. More words are a sentence. */
const MAX_TERM_WORDS = 8;

/** Whether a value begins like a term or names a time: “after the keynote”, “Friday”, “tbc”. */
export function looksLikeTerm(text: string): boolean {
  const read = releaseVocabulary().read(text);
  if (
    read.length === 0 ||
    read.length > MAX_TERM_WORDS ||
    QUESTION.test(text) ||
    /\?$|^v?\d+(?:\.\d+)*$/.test(text)
  )
    return false;
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

/** Questions in headlines: “Embargo: what changes on Friday”. */
const QUESTION =
  /^(?:how|why|what|who|where|which|wie|warum|was|wer|comment|pourquoi|qui|cómo|por qué|qué|como|por que|come|perché|hoe|waarom|wat|hur|varför|vad|hvordan|hvorfor|hvad|miten|miksi|jak|proč|як|чому|как|почему|nasıl|neden)\s/iu;

/** Whether a value of an embargo is not prose: one word, such as “Redebeginn”, or a date and then other words. */
function isNearTerm(text: string, context: TermContext): boolean {
  return /^\p{L}[\p{L}\p{M}-]*$/u.test(text) || startsWithDate(text, context.language);
}

function statusVocabulary(): Vocabulary<StatusWord | ReleaseWord> {
  statusWords ??= new Vocabulary<StatusWord | ReleaseWord>(
    STATUS_VALUES as ReadonlyMap<StatusWord | ReleaseWord, readonly string[]>,
    RELEASE_WORDS as ReadonlyMap<StatusWord | ReleaseWord, readonly string[]>,
  );
  return statusWords;
}

/** Maximum length of a flag, in words. */
const MAX_FLAG_WORDS = 4;

/**
 * The term of a list of flags. A flag is a term if all its words are: “embargo on grain” names a topic. Flags such as
 * “review” and “cancelled” name topics too.
 */
function flagTerm(text: string, quote: string, isCopy: boolean): Term | undefined {
  for (const flag of text.split(/[,;|、，]/)) {
    const read = (isCopy ? releaseVocabulary() : statusVocabulary()).read(plainValue(flag));
    if (read.length > MAX_FLAG_WORDS || read.some(({ meanings }) => !meanings)) continue;
    const has = (...wanted: (StatusWord | ReleaseWord)[]) =>
      read.some(({ meanings }) => wanted.some(meaning => (meanings as ReadonlySet<string>).has(meaning)));
    const isNegated = has('not') && !has('publish', 'release');
    if (
      isNegated ||
      has('over') ||
      !has('embargo', 'embargoed', 'hold', 'draft', 'forbidden', 'closed', 'not')
    )
      continue;
    return { kind: 'hold', quote, why: has('embargo', 'embargoed') ? 'dated' : 'stated' };
  }
  return undefined;
}

/**
 * The hold or the withdrawal that a page states as its status in a meta element. Content systems leave values such as `pending` in
 * public pages.
 */
export function readPageStatus(value: string, context: TermContext): Term[] {
  const words = statusVocabulary().read(value);
  const has = (meaning: StatusWord | ReleaseWord) => words.some(({ meanings }) => meanings?.has(meaning));
  const isHold =
    (['draft', 'embargo', 'embargoed', 'hold', 'forbidden', 'closed'] as const).some(has) ||
    (has('not') && has('publish'));
  return isHold || has('withdraw')
    ? readKeyed('status', value, context).filter(({ kind }) => kind === 'hold' || kind === 'withdraw')
    : [];
}

/** The term of a status value. A value outside the tables, such as `breaking`, is not a term. */
function statusTerm(text: string, quote: string, context: TermContext): Term | undefined {
  // An IPTC prefix can stand before the value: `stat:withheld`, `…/pubstatusg2/canceled`.
  const value = plainValue(text).replace(/^\S*[:/](?=\p{L}+$)/u, '');
  const read = statusVocabulary().read(value);
  const has = (...meanings: (StatusWord | ReleaseWord)[]) =>
    read.some(({ meanings: found }) => meanings.some(meaning => found?.has(meaning)));
  if (has('withdraw', 'cancel') && !has('not')) return { kind: 'withdraw', quote };
  if (has('embargo', 'embargoed', 'hold', 'forbidden')) {
    const instant = has('over') ? undefined : readValue(text, context);
    if (instant) return { kind: 'until', at: instant, quote };
    if (has('over') || (has('not') && has('embargo', 'embargoed') && !has('publish')))
      return { kind: 'clear', quote };
    return { kind: 'hold', quote, why: has('embargo', 'embargoed') ? 'dated' : 'stated' };
  }
  if (has('draft', 'closed', 'wait', 'not', 'until')) return { kind: 'hold', quote, why: 'stated' };
  return has('scheduled') ? { kind: 'hold', quote, why: 'scheduled' } : undefined;
}
