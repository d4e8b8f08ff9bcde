import { linkUrl } from '../../../shared/text/web-address.ts';
import { parseHtml } from '../html/tree.ts';
import { Deadline } from '../model/deadline.ts';
import { type DomNode, type Element, INLINE, isElement, OPAQUE } from '../model/dom.ts';
import { type LocalMedia, mediaAddressIn } from '../model/local-media.ts';
import { countLetters, stripForbidden } from '../text/characters.ts';
import { type CleanBlock, type Format, type InlinePiece, lettersOf, linesOf, makeBlock } from './blocks.ts';
import { closeBlock, textLines } from './close.ts';
import { embedOf } from './embeds.ts';
import { imageOf } from './images.ts';
import {
  CONTAINER_ELEMENTS,
  FORMAT_ELEMENTS,
  LINE_ELEMENTS,
  MAX_CONTAINER_DEPTH,
  REQUIRED_PARENTS,
} from './rules.ts';
import { isWordItem, isWordMark, withoutBullet } from './word-lists.ts';
import { writeHtml, writeText } from './write.ts';

export interface CleanOptions {
  /** Base of relative addresses. Without it a relative link loses its address and keeps its text. */
  baseUrl?: string | undefined;
  /**
   * Files of the storage bucket that relative addresses can refer to. They take precedence
   * over {@link baseUrl}.
   */
  local?: LocalMedia | undefined;
  /** Subtrees to leave out. */
  dropped?: ReadonlySet<DomNode> | undefined;
  /** Element names to use instead of the real ones, such as `figcaption` for a `div` that holds a caption. */
  readAs?: ReadonlyMap<DomNode, string> | undefined;
  deadline?: Deadline | undefined;
}

export interface Cleaned {
  /** Safe, balanced HTML with blocks on the top level. Cleaning it again does not change it. */
  html: string;
  /** The body as plain text, one line per block, without captions. */
  text: string;
  /** Blocks of the body. Later steps read the summary from them. */
  blocks: readonly CleanBlock[];
  /** Addresses of the recordings in the storage bucket that the body plays. */
  recordings: readonly string[];
  /** Number of pictures and links that lost their address. */
  lostImages: number;
  lostLinks: number;
  /** Number of embedded videos, recordings and posts of other sites that became links. */
  embeds: number;
  /** Number of letters and digits that the cleaner lost. Captions of removed films are not counted. */
  lostLetters: number;
}

/**
 * Cleans an HTML fragment or document with an allowlist of elements and attributes. The result has no
 * scripts, styles, forms, frames, event handlers, `h1`, empty paragraphs or control characters. Every address
 * is absolute and has the scheme http, https or mailto. `cleanHtml(cleanHtml(x)) === cleanHtml(x)`. The time
 * is linear and there is no recursion.
 */
export function cleanHtml(html: string, { baseUrl }: { baseUrl?: string } = {}): string {
  return clean([parseHtml(html).root], { baseUrl }).html;
}

/** Cleans the nodes and joins them, in order, into one body. */
export function clean(roots: readonly DomNode[], options: CleanOptions = {}): Cleaned {
  const cleaner = new Cleaner(options);
  for (const root of roots) cleaner.add(root);
  return cleaner.finish();
}

/**
 * Action after the children of an element. Values are cheaper than closures, because every element needs one.
 */
type LeaveAction =
  | { kind: 'nothing' | 'separate' | 'flush' }
  | { kind: 'reformat'; formats: readonly Format[] }
  | { kind: 'closeLine' | 'closeContainer'; block: CleanBlock };

/** Elements that show something of another site. */
const EMBEDS = new Set(['iframe', 'object', 'embed', 'audio', 'video']);
const RECORDINGS = new Set(['audio', 'video']);

const NOTHING: LeaveAction = { kind: 'nothing' };
const SEPARATE: LeaveAction = { kind: 'separate' };
const FLUSH: LeaveAction = { kind: 'flush' };

interface Visit {
  node: DomNode;
  next: number;
  leave: LeaveAction;
}

class Cleaner {
  readonly #options: CleanOptions;
  readonly #deadline: Deadline;
  readonly #open: CleanBlock[] = [makeBlock('body')];
  #formats: readonly Format[] = [];
  #pieces: InlinePiece[] = [];
  /** The open block that holds a single line, such as a heading, a caption or preformatted text. */
  #line: CleanBlock | undefined;
  readonly #recordings: string[] = [];
  /** Addresses of embeds that became links. */
  readonly #embeds = new Set<string>();
  #lostImages = 0;
  #lostLinks = 0;
  #letters = 0;

  constructor(options: CleanOptions) {
    this.#options = options;
    this.#deadline = options.deadline ?? new Deadline(20);
  }

  finish(): Cleaned {
    this.#flush();
    const body = this.#top();
    return {
      html: writeHtml(body.children),
      text: writeText(body.children),
      blocks: body.children,
      recordings: this.#recordings,
      lostImages: this.#lostImages,
      lostLinks: this.#lostLinks,
      embeds: this.#embeds.size,
      lostLetters: this.#letters - lettersOf(body.children),
    };
  }

  add(root: DomNode): void {
    const visits: Visit[] = [];
    this.#visit(root, visits);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const child = visit.node.children?.[visit.next];
      visit.next += 1;
      if (child) {
        this.#visit(child, visits);
      } else {
        visits.pop();
        this.#leave(visit.leave);
      }
    }
    this.#flush();
  }

  #visit(node: DomNode, visits: Visit[]): void {
    this.#deadline.tick();
    if (this.#options.dropped?.has(node)) return;
    if (node.type === 'text') {
      const text = stripForbidden(node.data ?? '');
      this.#letters += countLetters(text);
      this.#pieces.push({ kind: 'text', text, formats: this.#formats });
    } else if (node.children) {
      const leave = isElement(node) ? this.#enter(node) : NOTHING;
      if (leave) visits.push({ node, next: 0, leave });
    }
  }

  #leave(leave: LeaveAction): void {
    if (leave.kind === 'reformat') this.#formats = leave.formats;
    else if (leave.kind === 'separate') this.#separateWords();
    else if (leave.kind === 'flush') this.#flush();
    else if (leave.kind === 'closeLine') this.#closeLine(leave.block);
    else if (leave.kind === 'closeContainer') this.#closeContainer(leave.block);
  }

  /** Starts an element. Returns the action after its children, or undefined if its children are left out. */
  #enter(element: Element): LeaveAction | undefined {
    const name = this.#options.readAs?.get(element) ?? element.name;
    if (name === 'br') {
      this.#pieces.push({ kind: 'break', formats: this.#formats });
      return undefined;
    }
    if (name === 'img') {
      this.#image(element);
      return undefined;
    }
    if (EMBEDS.has(name) && !(RECORDINGS.has(name) && this.#recording(element))) this.#embed(element);
    if (OPAQUE.has(name) || name === 'colgroup' || name === 'col') return undefined;
    if (FORMAT_ELEMENTS.has(name)) return this.#format(element, name);
    if (INLINE.has(name)) return isWordMark(element) ? undefined : NOTHING;
    if (this.#line) {
      // Blocks are not allowed here. The block becomes a space between words.
      this.#separateWords();
      return SEPARATE;
    }
    this.#flush();
    if (name === 'hr') this.#append(makeBlock('hr'));
    const parents = REQUIRED_PARENTS.get(name);
    const fits = (!parents || parents.includes(this.#top().name)) && this.#open.length < MAX_CONTAINER_DEPTH;
    const line = LINE_ELEMENTS.get(name);
    if (line && fits) return this.#openLine(line);
    if (name === 'p' && isWordItem(element)) return this.#openContainer(element, 'li');
    if (CONTAINER_ELEMENTS.has(name) && fits && !(name === 'figure' && this.#inFigure()))
      return this.#openContainer(element, name);
    return FLUSH;
  }

  #format(element: Element, source: string): LeaveAction {
    const before = this.#formats;
    const name = FORMAT_ELEMENTS.get(source) ?? source;
    if (before.some(format => format.name === name)) return NOTHING;
    const attributes = this.#formatAttributes(element, name);
    if (!attributes) return NOTHING;
    this.#formats = [...before, { name, attributes }];
    return { kind: 'reformat', formats: before };
  }

  #formatAttributes(element: Element, name: string): [string, string][] | undefined {
    const { attribs } = element;
    if (name === 'a') {
      const { local, baseUrl } = this.#options;
      const bucketAddress = local
        ? (local.picture(attribs.href) ?? local.recording(attribs.href))
        : mediaAddressIn(attribs.href);
      const href = bucketAddress ?? linkUrl(attribs.href, baseUrl);
      if (!href && attribs.href && !attribs.href.trimStart().startsWith('#')) this.#lostLinks += 1;
      return href ? [['href', href]] : undefined;
    }
    const title =
      name === 'abbr'
        ? stripForbidden(attribs.title ?? '')
            .replace(/\s+/g, ' ')
            .trim()
        : '';
    if (title) return [['title', title]];
    const dir = attribs.dir?.toLowerCase();
    if (name === 'bdo') return dir === 'ltr' || dir === 'rtl' ? [['dir', dir]] : undefined;
    return [];
  }

  #image(element: Element): void {
    if (this.#line || this.#recording(element)) return;
    const { baseUrl, local } = this.#options;
    const image = imageOf(element, baseUrl, local);
    if (image) this.#pieces.push({ kind: 'image', image, formats: this.#formats });
    else if (/^[^:]*\.(jpe?g|png|gif|webp|avif)/i.test(element.attribs.src ?? '')) this.#lostImages += 1;
  }

  /** Adds a link in place of something that another site shows. It is a block, and a line of text has no blocks. */
  #embed(element: Element): void {
    const embed = this.#line ? undefined : embedOf(element, this.#options.baseUrl);
    if (embed === undefined || this.#embeds.has(embed.href)) return;
    this.#embeds.add(embed.href);
    this.#letters += countLetters(embed.title);
    this.#flush();
    const link: Format = { name: 'a', attributes: [['href', embed.href]] };
    const line: InlinePiece[] = [{ kind: 'text', text: embed.title, formats: [link] }];
    this.#append(makeBlock('p', { line, isEmbed: true }));
  }

  /** Keeps the address of a recording of the storage bucket. Markdown writes a recording as a picture. */
  #recording({ attribs, children }: Element): boolean {
    const sources = [attribs.src, ...children.filter(isElement).map(child => child.attribs.src)];
    const address = sources.map(source => this.#options.local?.recording(source)).find(Boolean);
    if (address) this.#recordings.push(address);
    return address !== undefined;
  }

  #separateWords(): void {
    this.#pieces.push(
      this.#line?.name === 'pre'
        ? { kind: 'break', formats: this.#formats }
        : { kind: 'text', text: ' ', formats: [] },
    );
  }

  #openLine(name: string): LeaveAction {
    const block = makeBlock(name);
    this.#line = block;
    return { kind: 'closeLine', block };
  }

  #closeLine(block: CleanBlock): void {
    this.#line = undefined;
    const pieces = this.#take();
    block.line = block.name === 'pre' ? preformatted(pieces) : (linesOf(pieces)[0] ?? []);
    if (block.line.length > 0) this.#append(block);
  }

  #openContainer(element: Element, name: string): LeaveAction {
    const block = makeBlock(name, { attributes: containerAttributes(element, name) });
    this.#open.push(block);
    return { kind: 'closeContainer', block };
  }

  #closeContainer(block: CleanBlock): void {
    this.#flush();
    this.#open.pop();
    const figure = block.name === 'figure';
    const before = figure ? lettersOf([block]) : 0;
    const closed = closeBlock(block);
    if (figure) this.#letters -= before - lettersOf(closed);
    for (const block of closed) this.#append(block);
  }

  #flush(): void {
    for (const line of linesOf(this.#take(), { splitAtBreaks: true })) {
      for (const block of textLines(line)) this.#append(block);
    }
  }

  #take(): InlinePiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #append(block: CleanBlock): void {
    const { name, children } = this.#top();
    if (block.name === 'li' && name !== 'ul' && name !== 'ol') this.#appendToList(block, children);
    else children.push(block);
  }

  /** Adds a list item of Word to the list before it. Word has no lists, only paragraphs with bullets. */
  #appendToList(item: CleanBlock, siblings: CleanBlock[]): void {
    const { list, removed } = withoutBullet(item);
    this.#letters -= countLetters(removed);
    const last = siblings.at(-1);
    if (last?.name === list) last.children.push(item);
    else siblings.push(makeBlock(list, { children: [item] }));
  }

  #top(): CleanBlock {
    const top = this.#open.at(-1);
    if (!top) throw new Error('The body of the cleaner was closed.');
    return top;
  }

  #inFigure(): boolean {
    return this.#open.some(open => open.name === 'figure');
  }
}

/**
 * Returns preformatted text with its white space. Only empty lines at its start and end are removed, as in
 * HTML.
 */
function preformatted(pieces: InlinePiece[]): InlinePiece[] {
  const leaves: InlinePiece[] = [];
  for (const piece of pieces) {
    const text = piece.kind === 'text' ? piece.text.replace(/\r/g, '') : '\n';
    const kept = leaves.length === 0 ? text.replace(/^\n+/, '') : text;
    if (kept !== '') leaves.push({ kind: 'text', text: kept, formats: piece.formats });
  }
  while (leaves.length > 0) {
    const last = leaves[leaves.length - 1];
    const text = last?.kind === 'text' ? last.text.trimEnd() : '';
    if (last && text !== '') {
      leaves[leaves.length - 1] = { kind: 'text', text, formats: last.formats };
      break;
    }
    leaves.pop();
  }
  return leaves.some(leaf => leaf.kind === 'text' && leaf.text.trim() !== '') ? leaves : [];
}

function containerAttributes(element: Element, name: string): [string, string][] {
  const attributes: [string, string][] = [];
  const number = (attribute: string, min: number, max: number) => {
    const value = element.attribs[attribute]?.trim() ?? '';
    if (!/^\d{1,4}$/.test(value)) return;
    const count = Number(value);
    if (count >= min && count <= max) attributes.push([attribute, String(count)]);
  };
  if (name === 'ol') number('start', 2, 9999);
  if (name === 'td' || name === 'th') {
    const alignment = alignmentOf(element);
    if (alignment) attributes.push(['class', alignment]);
    number('colspan', 2, 100);
    number('rowspan', 2, 1000);
  }
  return attributes;
}

/**
 * The alignment of a cell as a class: `right` or `center`. Cells are set from the start of the line without it. It is
 * read from the markup of Markdown, of old and new HTML, and from this class.
 */
function alignmentOf({ attribs }: Element): string | undefined {
  const [, styled] =
    /(?:^|;)\s*text-align\s*:\s*(right|end|center)\s*(?:;|$|!)/i.exec(attribs.style ?? '') ?? [];
  const stated = [styled, attribs.align, attribs.class]
    .map(value => value?.trim().toLowerCase())
    .find(Boolean);
  if (stated === 'end') return 'right';
  return stated === 'right' || stated === 'center' ? stated : undefined;
}
