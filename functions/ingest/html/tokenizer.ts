import { decodeHTML, decodeHTMLAttribute } from 'entities/decode';
import { html, Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Deadline } from '../model/deadline.ts';
import {
  APOSTROPHE,
  EQUALS,
  EXCLAMATION,
  endOfScript,
  endsAttribute,
  endsName,
  GREATER,
  isLetter,
  isSpace,
  LESS,
  QUESTION,
  QUOTE,
  SLASH,
} from './scan.ts';
import type { ElementRepairer } from './tree-repair.ts';
import {
  lengthOfMistypedComment,
  lengthOfUnclosedComment,
  lengthOfUnclosedText,
  lengthOfUnclosedValue,
} from './unclosed.ts';

/** Receives the tokens and builds the tree, as parse5's parser does. */
export interface TokenHandler {
  onStartTag(token: Token.TagToken): void;
  onEndTag(token: Token.TagToken): void;
  onCharacter(token: Token.CharacterToken): void;
  onWhitespaceCharacter(token: Token.CharacterToken): void;
  onComment(token: Token.CommentToken): void;
  onDoctype(token: Token.DoctypeToken): void;
  onEof(token: Token.EOFToken): void;
}

/** Maximum length of a name in the cache. Real names are shorter. */
const MAX_CACHED_NAME_CHARS = 40;

const COMMENT_END = /--!?>/g;

/** Number of attributes from which a set finds repeated names. A scan is faster for fewer. */
const MAX_SCANNED_ATTRIBUTES = 12;

/** Matches runs of spaces and runs of other characters. */
const SPACE_OR_WORD_RUNS = /[ \t\n\f]+|[^ \t\n\f]+/g;

/**
 * Elements in which the parser keeps spaces and ignores words. Their spaces and words need separate tokens.
 */
const SPACES_ONLY_TAGS = new Set([html.TAG_ID.COL, html.TAG_ID.COLGROUP, html.TAG_ID.FRAMESET]);

/** Shared by the many tags without attributes. */
const NO_ATTRIBUTES: Token.Attribute[] = [];
Object.freeze(NO_ATTRIBUTES);

/** A kind of markup that an author did not close. It swallows the words after it. */
export type UnclosedKind = 'comment' | 'quotation mark' | 'element';

function hasAttribute(attrs: readonly Token.Attribute[], name: string): boolean {
  for (const attr of attrs) if (attr.name === name) return true;
  return false;
}

/**
 * An HTML tokenizer (WHATWG HTML § 13.2.5) for complete sources. It searches for delimiters and is five times
 * as fast as parse5's tokenizer, which reads every code point. Its tokens make the same trees, except for
 * white space in framesets. It does not support NUL characters, reports no errors, and returns empty
 * comments.
 *
 * With a repairer it differs from the standard if the standard loses words; see `unclosed.ts`.
 */
export class FastTokenizer {
  /** The kind of text in the current element. The parser sets it after each start tag. */
  state: number = TokenizerMode.DATA;
  /** Whether CDATA sections are allowed. The parser sets it. */
  inForeignNode = false;

  readonly #handler: TokenHandler;
  readonly #deadline: Deadline;
  readonly #names = new Map<string, string>();
  /** Reused for all end tags, because no handler keeps one. */
  readonly #endTag: Token.TagToken = {
    type: Token.TokenType.END_TAG,
    tagName: '',
    tagID: html.TAG_ID.UNKNOWN,
    selfClosing: false,
    ackSelfClosing: false,
    attrs: NO_ATTRIBUTES,
    location: null,
  };
  #html = '';
  #at = 0;
  #lastStartTag = '';
  readonly #repairer: ElementRepairer | undefined;
  /**
   * Element names, `<!--` and quotation marks without an end in the rest of the source. Each is searched only
   * once.
   */
  readonly #endless = new Set<string>();
  /** Kinds of unclosed markup that were repaired. */
  readonly repaired = new Set<UnclosedKind>();
  /** Comments that hold the beginning of another comment. The end of the first one can be missing. */
  readonly swallowed: string[] = [];
  /** True if spaces between words are separate tokens, as in the standard. */
  #separatesSpaces = false;

  constructor(handler: TokenHandler, deadline: Deadline, repairer?: ElementRepairer) {
    this.#handler = handler;
    this.#deadline = deadline;
    this.#repairer = repairer;
  }

  /**
   * Reads a complete source without NUL characters.
   * @throws Rejection `too-slow`
   */
  read(source: string): void {
    this.#html = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    this.#at = 0;
    while (this.#at < this.#html.length) {
      this.#deadline.tick();
      if (this.state === TokenizerMode.DATA) this.#data();
      else this.#rawText();
    }
    this.#handler.onEof({ type: Token.TokenType.EOF, location: null });
  }

  /** Reads one run of text or one piece of markup. */
  #data(): void {
    const source = this.#html;
    const start = this.#at;
    if (source.charCodeAt(start) === LESS && this.#markup(start + 1)) return;
    const end = source.indexOf('<', start + 1);
    this.#at = end < 0 ? source.length : end;
    const text = source.slice(start, this.#at);
    this.#text(text.includes('&') ? decodeHTML(text) : text);
  }

  /** Reads the markup after a “<”. Returns false if the “<” is text. */
  #markup(start: number): boolean {
    const source = this.#html;
    const next = source.charCodeAt(start);
    const after = source.charCodeAt(start + 1);
    if (isLetter(next)) this.#tag(start, 'start');
    else if (next === EXCLAMATION) this.#declaration(start + 1);
    else if (next === QUESTION) this.#bogusComment(start);
    else if (next !== SLASH || start + 1 >= source.length) return false;
    else if (isLetter(after)) this.#tag(start + 1, 'end');
    else if (after === GREATER) this.#at = start + 2;
    else this.#bogusComment(start + 1);
    return true;
  }

  /** Reads the text of an element without child elements, up to its end tag. */
  #rawText(): void {
    const source = this.#html;
    const start = this.#at;
    const { end, isRepaired } = this.#endOfRawText(start);
    if (end > start) {
      const text = source.slice(start, end);
      this.#text(this.state === TokenizerMode.RCDATA && text.includes('&') ? decodeHTML(text) : text);
    }
    this.#at = end;
    if (end === source.length) return;
    this.state = TokenizerMode.DATA;
    if (isRepaired) this.#emitTag(this.#lastStartTag, NO_ATTRIBUTES, 'end', false);
    else this.#tag(end + 2, 'end');
  }

  /** Returns the end of the text of an element. `isRepaired` is true if the element has no end tag. */
  #endOfRawText(start: number): { end: number; isRepaired: boolean } {
    const { length } = this.#html;
    const name = this.#lastStartTag;
    if (this.state === TokenizerMode.PLAINTEXT) return { end: length, isRepaired: false };
    const isEndless = this.#endless.has(name);
    const end = isEndless
      ? length
      : this.state === TokenizerMode.SCRIPT_DATA
        ? endOfScript(this.#html, start)
        : this.#endOf(name, start);
    if (!this.#repairer) return { end, isRepaired: false };
    if (end === length) this.#endless.add(name);
    const shorter = lengthOfUnclosedText(this.#html.slice(start, end), name, end < length);
    if (shorter === undefined) return { end, isRepaired: false };
    this.repaired.add('element');
    return { end: start + shorter, isRepaired: true };
  }

  #endOf(name: string, start: number): number {
    const source = this.#html;
    for (let at = source.indexOf('</', start); at >= 0; at = source.indexOf('</', at + 2)) {
      const after = at + 2 + name.length;
      if (endsName(source.charCodeAt(after)) && source.slice(at + 2, after).toLowerCase() === name) return at;
    }
    return source.length;
  }

  /** Emits leading spaces as a separate token, because they are allowed in places where words are not. */
  #text(text: string): void {
    if (this.#separatesSpaces) {
      for (const run of text.match(SPACE_OR_WORD_RUNS) ?? []) this.#run(run);
      return;
    }
    let words = 0;
    while (words < text.length && isSpace(text.charCodeAt(words))) words += 1;
    if (words > 0) this.#run(words === text.length ? text : text.slice(0, words));
    if (words < text.length) this.#run(words === 0 ? text : text.slice(words));
  }

  #run(chars: string): void {
    if (isSpace(chars.charCodeAt(0)))
      this.#handler.onWhitespaceCharacter({
        type: Token.TokenType.WHITESPACE_CHARACTER,
        chars,
        location: null,
      });
    else this.#handler.onCharacter({ type: Token.TokenType.CHARACTER, chars, location: null });
  }

  #declaration(start: number): void {
    const source = this.#html;
    if (source.startsWith('--', start)) {
      this.#comment(start + 2);
    } else if (source.startsWith('[CDATA[', start) && this.inForeignNode) {
      const end = source.indexOf(']]>', start + 7);
      this.#text(source.slice(start + 7, end < 0 ? source.length : end));
      this.#at = end < 0 ? source.length : end + 3;
    } else if (source.slice(start, start + 7).toLowerCase() === 'doctype') {
      this.#doctype(start);
    } else {
      this.#bogusComment(start);
    }
  }

  /** Lets parse5 read a DOCTYPE, which is rare and has many states. It always ends at the next “>”. */
  #doctype(start: number): void {
    const end = this.#html.indexOf('>', start);
    this.#at = end < 0 ? this.#html.length : end + 1;
    const nothing = () => {};
    const reader = new Tokenizer(
      {},
      {
        onDoctype: token => this.#handler.onDoctype(token),
        onStartTag: nothing,
        onEndTag: nothing,
        onCharacter: nothing,
        onWhitespaceCharacter: nothing,
        onNullCharacter: nothing,
        onComment: nothing,
        onEof: nothing,
      },
    );
    reader.write(this.#html.slice(start - 2, this.#at), true);
  }

  #comment(start: number): void {
    const source = this.#html;
    COMMENT_END.lastIndex = start;
    if (source.startsWith('>', start)) this.#endComment(start + 1);
    else if (source.startsWith('->', start)) this.#endComment(start + 2);
    else if (!this.#endless.has('<!--') && COMMENT_END.test(source))
      this.#closedComment(start, COMMENT_END.lastIndex);
    else this.#endlessComment(start);
  }

  #closedComment(start: number, end: number): void {
    const comment = this.#html.slice(start, end);
    const length = this.#repairer ? lengthOfMistypedComment(comment) : undefined;
    if (length !== undefined) this.repaired.add('comment');
    else if (comment.includes('<!--')) this.swallowed.push(comment);
    this.#endComment(length === undefined ? end : start + length);
  }

  #endlessComment(start: number): void {
    const source = this.#html;
    if (this.#repairer) this.#endless.add('<!--');
    const length = this.#repairer ? lengthOfUnclosedComment(source.slice(start)) : undefined;
    if (length !== undefined) this.repaired.add('comment');
    this.#endComment(length === undefined ? source.length : start + length);
  }

  #bogusComment(start: number): void {
    const end = this.#html.indexOf('>', start);
    this.#endComment(end < 0 ? this.#html.length : end + 1);
  }

  #endComment(at: number): void {
    this.#at = at;
    this.#handler.onComment({ type: Token.TokenType.COMMENT, data: '', location: null });
  }

  /** Reads a tag whose name begins at `start`. A tag that the end of the file cuts off is ignored. */
  #tag(start: number, kind: 'start' | 'end'): void {
    const source = this.#html;
    const length = source.length;
    let at = start + 1;
    while (at < length && !endsName(source.charCodeAt(at))) at += 1;
    const tagName = this.#name(start, at);
    let attrs = NO_ATTRIBUTES;
    let names: Set<string> | undefined;
    let selfClosing = false;
    for (;;) {
      let code = source.charCodeAt(at);
      while (isSpace(code)) code = source.charCodeAt(++at);
      if (at >= length) {
        this.#at = length;
        return;
      }
      if (code === GREATER) break;
      if (code === SLASH) {
        at += 1;
        if (source.charCodeAt(at) !== GREATER) continue;
        selfClosing = true;
        break;
      }
      const from = at;
      if (code === EQUALS) at += 1; // a leading “=” belongs to the name
      while (at < length && !endsAttribute(source.charCodeAt(at))) at += 1;
      const name = this.#name(from, at);
      code = source.charCodeAt(at);
      while (isSpace(code)) code = source.charCodeAt(++at);
      let value = '';
      if (code === EQUALS) {
        code = source.charCodeAt(++at);
        while (isSpace(code)) code = source.charCodeAt(++at);
        const quoted = code === QUOTE || code === APOSTROPHE;
        const begin = quoted ? at + 1 : at;
        const end = quoted ? this.#endOfQuoted(begin, code === QUOTE ? '"' : "'") : this.#endOfValue(begin);
        if (end >= length) {
          this.#at = length;
          return;
        }
        value = source.slice(begin, end);
        if (value.includes('&')) value = decodeHTMLAttribute(value);
        // The tag continues after the closing mark. If the mark is missing, `end` is at the tag's “>”.
        at = quoted && source.charCodeAt(end) !== GREATER ? end + 1 : end;
      }
      if (attrs.length === 0) {
        // V8 reserves one place for a list with one item but seventeen for the first push to an empty list.
        attrs = [{ name, value }];
        continue;
      }
      if (attrs.length < MAX_SCANNED_ATTRIBUTES) {
        if (hasAttribute(attrs, name)) continue;
      } else {
        names ??= new Set(attrs.map(attr => attr.name));
        if (names.has(name)) continue;
        names.add(name);
      }
      attrs.push({ name, value });
    }
    this.#at = at + 1;
    this.#emitTag(tagName, attrs, kind, selfClosing);
  }

  /** Returns the index of the closing mark of a quoted value, or of the tag's end if the mark is missing. */
  #endOfQuoted(start: number, mark: string): number {
    const source = this.#html;
    const found = this.#endless.has(mark) ? -1 : source.indexOf(mark, start);
    const end = found < 0 ? source.length : found;
    if (!this.#repairer) return end;
    if (found < 0) this.#endless.add(mark);
    const next = found < 0 ? undefined : source.charAt(found + 1);
    const shorter = lengthOfUnclosedValue(source.slice(start, end), next);
    if (shorter === undefined) return end;
    this.repaired.add('quotation mark');
    return start + shorter;
  }

  #endOfValue(start: number): number {
    let at = start;
    while (at < this.#html.length) {
      const code = this.#html.charCodeAt(at);
      if (code === GREATER || isSpace(code)) break;
      at += 1;
    }
    return at;
  }

  #emitTag(tagName: string, attrs: Token.Attribute[], kind: 'start' | 'end', selfClosing: boolean): void {
    if (kind === 'start') {
      this.#lastStartTag = tagName;
      const tagID = html.getTagID(tagName);
      if (SPACES_ONLY_TAGS.has(tagID)) this.#separatesSpaces = true;
      this.#handler.onStartTag({
        type: Token.TokenType.START_TAG,
        tagName,
        tagID,
        selfClosing,
        ackSelfClosing: false,
        attrs,
        location: null,
      });
    } else {
      const tag = this.#endTag;
      tag.tagName = tagName;
      tag.tagID = html.getTagID(tagName);
      tag.selfClosing = selfClosing;
      tag.attrs = attrs;
      this.#repairer?.beforeEndTag(tagName);
      this.#handler.onEndTag(tag);
      this.#repairer?.afterEndTag();
    }
  }

  /** Returns a name in lower case. Equal names are one string object, which makes comparisons fast. */
  #name(start: number, end: number): string {
    const written = this.#html.slice(start, end);
    const cached = this.#names.get(written);
    if (cached !== undefined) return cached;
    const name = written.replace(/[A-Z]+/g, letters => letters.toLowerCase());
    if (written.length <= MAX_CACHED_NAME_CHARS) this.#names.set(written, name);
    return name;
  }
}
