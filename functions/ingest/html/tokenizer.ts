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
import type { ElementMender } from './tree-mend.ts';
import { lengthOfComment, lengthOfMistyped, lengthOfText, lengthOfValue } from './unclosed.ts';

/** What the tree is built by: parse5's own parser, or any other taker of its tokens. */
export interface TokenTaker {
  onStartTag(token: Token.TagToken): void;
  onEndTag(token: Token.TagToken): void;
  onCharacter(token: Token.CharacterToken): void;
  onWhitespaceCharacter(token: Token.CharacterToken): void;
  onComment(token: Token.CommentToken): void;
  onDoctype(token: Token.DoctypeToken): void;
  onEof(token: Token.EOFToken): void;
}

/** Names longer than this are bait; there is no use in remembering them. */
const MAX_NAME = 40;

const COMMENT_END = /--!?>/g;

/** With more attributes than this, a set finds the repeated ones. */
const FEW_ATTRIBUTES = 12;

/** Spaces, and what stands between them. */
const RUNS = /[ \t\n\f]+|[^ \t\n\f]+/g;

/** In these elements the tree keeps spaces and leaves out the words between them, and stays where it is. */
const PARTING = new Set([html.TAG_ID.COL, html.TAG_ID.COLGROUP, html.TAG_ID.FRAMESET]);

/** What most tags have none of, they share. */
const NO_ATTRIBUTES: Token.Attribute[] = [];
Object.freeze(NO_ATTRIBUTES);

/** What the author of a page forgot to close: it would take the words that follow with it. */
export type Unclosed = 'comment' | 'quotation mark' | 'element';

function holds(attrs: readonly Token.Attribute[], name: string): boolean {
  for (const attr of attrs) if (attr.name === name) return true;
  return false;
}

/**
 * The tokenizer of HTML (WHATWG HTML § 13.2.5) for sources that are there as a whole, in place of parse5's, which reads
 * code point by code point and takes five times as long: what lies between two delimiters is found by searching and cut
 * out whole. Its tokens make the same trees, but for white space in framesets. It knows no NULs, reports no errors,
 * and its comments are empty.
 *
 * With a mender it leaves the standard where the standard loses words: see `unclosed.ts`.
 */
export class FastTokenizer {
  /** Set by the parser after each start tag: which text the element holds. */
  state: number = TokenizerMode.DATA;
  /** Set by the parser: whether CDATA sections mean what they say. */
  inForeignNode = false;

  readonly #taker: TokenTaker;
  readonly #deadline: Deadline;
  readonly #names = new Map<string, string>();
  /** One for all: nobody keeps an end tag. */
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
  readonly #mender: ElementMender | undefined;
  /** What has no end in the rest of the source: a comment, elements by name, quotation marks. Each is searched once. */
  readonly #endless = new Set<string>();
  /** What was closed where its author had not. */
  readonly mended = new Set<Unclosed>();
  /** Comments that hold the beginning of another: the end of the first may be missing. */
  readonly swallowed: string[] = [];
  /** Spaces between words are tokens of their own, as the standard has all of them. */
  #partsWords = false;

  constructor(taker: TokenTaker, deadline: Deadline, mender?: ElementMender) {
    this.#taker = taker;
    this.#deadline = deadline;
    this.#mender = mender;
  }

  /**
   * Reads a whole source, which must not hold NULs.
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
    this.#taker.onEof({ type: Token.TokenType.EOF, location: null });
  }

  /** One run of text, or one piece of markup. */
  #data(): void {
    const source = this.#html;
    const start = this.#at;
    if (source.charCodeAt(start) === LESS && this.#markup(start + 1)) return;
    const end = source.indexOf('<', start + 1);
    this.#at = end < 0 ? source.length : end;
    const text = source.slice(start, this.#at);
    this.#text(text.includes('&') ? decodeHTML(text) : text);
  }

  /** Markup behind a “<”; where there is none, that was text. */
  #markup(start: number): boolean {
    const source = this.#html;
    const next = source.charCodeAt(start);
    const after = source.charCodeAt(start + 1);
    if (isLetter(next)) this.#tag(start, true);
    else if (next === EXCLAMATION) this.#declaration(start + 1);
    else if (next === QUESTION) this.#bogusComment(start);
    else if (next !== SLASH || start + 1 >= source.length) return false;
    else if (isLetter(after)) this.#tag(start + 1, false);
    else if (after === GREATER) this.#at = start + 2;
    else this.#bogusComment(start + 1);
    return true;
  }

  /** The text of an element that holds no others, up to its end tag. */
  #rawText(): void {
    const source = this.#html;
    const start = this.#at;
    const { end, isMended } = this.#endOfRawText(start);
    if (end > start) {
      const text = source.slice(start, end);
      this.#text(this.state === TokenizerMode.RCDATA && text.includes('&') ? decodeHTML(text) : text);
    }
    this.#at = end;
    if (end === source.length) return;
    this.state = TokenizerMode.DATA;
    if (isMended) this.#emitTag(this.#lastStartTag, NO_ATTRIBUTES, false, false);
    else this.#tag(end + 2, false);
  }

  /** Where the text of an element ends, and whether there is no end tag. */
  #endOfRawText(start: number): { end: number; isMended: boolean } {
    const { length } = this.#html;
    const name = this.#lastStartTag;
    if (this.state === TokenizerMode.PLAINTEXT) return { end: length, isMended: false };
    const isEndless = this.#endless.has(name);
    const end = isEndless
      ? length
      : this.state === TokenizerMode.SCRIPT_DATA
        ? endOfScript(this.#html, start)
        : this.#endOf(name, start);
    if (!this.#mender) return { end, isMended: false };
    if (end === length) this.#endless.add(name);
    const shorter = lengthOfText(this.#html.slice(start, end), name, end < length);
    if (shorter === undefined) return { end, isMended: false };
    this.mended.add('element');
    return { end: start + shorter, isMended: true };
  }

  #endOf(name: string, start: number): number {
    const source = this.#html;
    for (let at = source.indexOf('</', start); at >= 0; at = source.indexOf('</', at + 2)) {
      const after = at + 2 + name.length;
      if (endsName(source.charCodeAt(after)) && source.slice(at + 2, after).toLowerCase() === name) return at;
    }
    return source.length;
  }

  /** Spaces before the words apart, for they may stand where words may not. Else the words go in one piece. */
  #text(text: string): void {
    if (this.#partsWords) {
      for (const run of text.match(RUNS) ?? []) this.#run(run);
      return;
    }
    let words = 0;
    while (words < text.length && isSpace(text.charCodeAt(words))) words += 1;
    if (words > 0) this.#run(words === text.length ? text : text.slice(0, words));
    if (words < text.length) this.#run(words === 0 ? text : text.slice(words));
  }

  #run(chars: string): void {
    if (isSpace(chars.charCodeAt(0)))
      this.#taker.onWhitespaceCharacter({
        type: Token.TokenType.WHITESPACE_CHARACTER,
        chars,
        location: null,
      });
    else this.#taker.onCharacter({ type: Token.TokenType.CHARACTER, chars, location: null });
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

  /** A declaration is rare and has many states of its own: parse5 reads it. Its end is always the next “>”. */
  #doctype(start: number): void {
    const end = this.#html.indexOf('>', start);
    this.#at = end < 0 ? this.#html.length : end + 1;
    const nothing = () => {};
    const reader = new Tokenizer(
      {},
      {
        onDoctype: token => this.#taker.onDoctype(token),
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
    const length = this.#mender ? lengthOfMistyped(comment) : undefined;
    if (length !== undefined) this.mended.add('comment');
    else if (comment.includes('<!--')) this.swallowed.push(comment);
    this.#endComment(length === undefined ? end : start + length);
  }

  #endlessComment(start: number): void {
    const source = this.#html;
    if (this.#mender) this.#endless.add('<!--');
    const length = this.#mender ? lengthOfComment(source.slice(start)) : undefined;
    if (length !== undefined) this.mended.add('comment');
    this.#endComment(length === undefined ? source.length : start + length);
  }

  #bogusComment(start: number): void {
    const end = this.#html.indexOf('>', start);
    this.#endComment(end < 0 ? this.#html.length : end + 1);
  }

  #endComment(at: number): void {
    this.#at = at;
    this.#taker.onComment({ type: Token.TokenType.COMMENT, data: '', location: null });
  }

  /** A tag, its name beginning at `start`. One that the file ends within is no tag. */
  #tag(start: number, opens: boolean): void {
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
      if (code === EQUALS) at += 1; // one at the beginning belongs to the name
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
        // The tag goes on behind the closing mark; where that was forgotten, at its own end.
        at = quoted && source.charCodeAt(end) !== GREATER ? end + 1 : end;
      }
      if (attrs.length === 0) {
        // A list made with its first in it has room for one; an empty one makes room for seventeen.
        attrs = [{ name, value }];
        continue;
      }
      if (attrs.length < FEW_ATTRIBUTES) {
        if (holds(attrs, name)) continue;
      } else {
        names ??= new Set(attrs.map(attr => attr.name));
        if (names.has(name)) continue;
        names.add(name);
      }
      attrs.push({ name, value });
    }
    this.#at = at + 1;
    this.#emitTag(tagName, attrs, opens, selfClosing);
  }

  /** The closing mark of a quoted value, or the end of the tag where that was forgotten. */
  #endOfQuoted(start: number, mark: string): number {
    const source = this.#html;
    const found = this.#endless.has(mark) ? -1 : source.indexOf(mark, start);
    const end = found < 0 ? source.length : found;
    if (!this.#mender) return end;
    if (found < 0) this.#endless.add(mark);
    const next = found < 0 ? undefined : source.charAt(found + 1);
    const shorter = lengthOfValue(source.slice(start, end), next);
    if (shorter === undefined) return end;
    this.mended.add('quotation mark');
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

  #emitTag(tagName: string, attrs: Token.Attribute[], opens: boolean, selfClosing: boolean): void {
    if (opens) {
      this.#lastStartTag = tagName;
      const tagID = html.getTagID(tagName);
      if (PARTING.has(tagID)) this.#partsWords = true;
      this.#taker.onStartTag({
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
      this.#mender?.beforeEndTag(tagName);
      this.#taker.onEndTag(tag);
      this.#mender?.afterEndTag();
    }
  }

  /** A name in lower case; equal ones are one string, which compares faster. */
  #name(start: number, end: number): string {
    const written = this.#html.slice(start, end);
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = written.replace(/[A-Z]+/g, letters => letters.toLowerCase());
    if (written.length <= MAX_NAME) this.#names.set(written, name);
    return name;
  }
}
