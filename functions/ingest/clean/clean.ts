import { linkUrl } from '../../../shared/text/web-address.ts';
import { parseHtml } from '../html/tree.ts';
import { Deadline } from '../model/deadline.ts';
import { type DomNode, type Element, INLINE, isElement, OPAQUE } from '../model/dom.ts';
import { type LocalMedia, mediaAddressIn } from '../model/local-media.ts';
import { countLetters, stripForbidden } from '../text/characters.ts';
import { closeFlow, textLines } from './close.ts';
import { type Flow, type Format, flow, type Leaf, lettersOf, linesOf } from './flow.ts';
import { imageOf } from './images.ts';
import { CONTAINERS, FORMATS, LINES, MAX_DEPTH, PARENTS } from './rules.ts';
import { writeFlow, writeText } from './write.ts';

export interface CleanOptions {
  /** What relative addresses are resolved against; without it their links lose the address. */
  baseUrl?: string | undefined;
  /** Where relative addresses may mean files of the bucket: those win over {@link baseUrl}. */
  local?: LocalMedia | undefined;
  /** Subtrees that the extractor has dropped. */
  dropped?: ReadonlySet<DomNode> | undefined;
  /** Elements that are to be read as others: a `div` that holds a picture's caption as `figcaption`. */
  readAs?: ReadonlyMap<DomNode, string> | undefined;
  deadline?: Deadline | undefined;
}

export interface Cleaned {
  /** Safe, balanced HTML, blocks on the top level; a fixed point of its own cleaning. */
  html: string;
  /** The same as plain text, a block a line, without captions. */
  text: string;
  /** Blocks of the body, for those who look further: headline, summary, language. */
  blocks: readonly Flow[];
  /** Addresses of the recordings of the bucket that the body plays. */
  recordings: readonly string[];
  /** Pictures and links that lost their address. */
  lostImages: number;
  lostLinks: number;
  /** Letters and digits that went in and did not come out, without those of captions whose film went. */
  lostLetters: number;
}

/**
 * Cleans an HTML fragment or document by an allowlist of elements and attributes: no scripts, styles, forms, embeds
 * or event handlers; every address absolute http(s) or mailto; no h1; no empty paragraphs; no control characters.
 * `cleanHtml(cleanHtml(x)) === cleanHtml(x)`. Linear, without recursion.
 */
export function cleanHtml(html: string, { baseUrl }: { baseUrl?: string } = {}): string {
  return clean([parseHtml(html).root], { baseUrl }).html;
}

/** Cleans the nodes, in order, into one body. */
export function clean(roots: readonly DomNode[], options: CleanOptions = {}): Cleaned {
  const cleaner = new Cleaner(options);
  for (const root of roots) cleaner.add(root);
  return cleaner.finish();
}

/** What is to be done behind the children of an element. Values, not closures: one is made for each element. */
type Leave =
  | { does: 'nothing' | 'part' | 'flush' }
  | { does: 'reformat'; formats: readonly Format[] }
  | { does: 'closeLine' | 'closeContainer'; made: Flow };

const NOTHING: Leave = { does: 'nothing' };
const PART: Leave = { does: 'part' };
const FLUSH: Leave = { does: 'flush' };

interface Visit {
  node: DomNode;
  next: number;
  leave: Leave;
}

class Cleaner {
  readonly #options: CleanOptions;
  readonly #deadline: Deadline;
  readonly #open: Flow[] = [flow('body')];
  #formats: readonly Format[] = [];
  #pieces: Leaf[] = [];
  /** The open element that holds a single line: a heading, a caption, preformatted text. */
  #line: Flow | undefined;
  readonly #recordings: string[] = [];
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
      html: writeFlow(body.children),
      text: writeText(body.children),
      blocks: body.children,
      recordings: this.#recordings,
      lostImages: this.#lostImages,
      lostLinks: this.#lostLinks,
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

  #leave(leave: Leave): void {
    if (leave.does === 'reformat') this.#formats = leave.formats;
    else if (leave.does === 'part') this.#part();
    else if (leave.does === 'flush') this.#flush();
    else if (leave.does === 'closeLine') this.#closeLine(leave.made);
    else if (leave.does === 'closeContainer') this.#closeContainer(leave.made);
  }

  /** Takes an element in; returns what to do after its children, or nothing where they are to be left out. */
  #enter(element: Element): Leave | undefined {
    const name = this.#options.readAs?.get(element) ?? element.name;
    if (name === 'br') {
      this.#pieces.push({ kind: 'break', formats: this.#formats });
      return undefined;
    }
    if (name === 'img') {
      this.#image(element);
      return undefined;
    }
    if (name === 'audio' || name === 'video') this.#recording(element);
    if (OPAQUE.has(name) || name === 'colgroup' || name === 'col') return undefined;
    if (FORMATS.has(name)) return this.#format(element, name);
    if (INLINE.has(name)) return NOTHING;
    if (this.#line) {
      // Blocks inside a single line only part its words.
      this.#part();
      return PART;
    }
    this.#flush();
    if (name === 'hr') this.#append(flow('hr'));
    const parents = PARENTS.get(name);
    const fits = (!parents || parents.includes(this.#top().name)) && this.#open.length < MAX_DEPTH;
    const line = LINES.get(name);
    if (line && fits) return this.#openLine(line);
    if (CONTAINERS.has(name) && fits && !(name === 'figure' && this.#inFigure()))
      return this.#openContainer(element, name);
    return FLUSH;
  }

  #format(element: Element, source: string): Leave {
    const before = this.#formats;
    const name = FORMATS.get(source) ?? source;
    if (before.some(format => format.name === name)) return NOTHING;
    const attributes = this.#formatAttributes(element, name);
    if (!attributes) return NOTHING;
    this.#formats = [...before, { name, attributes }];
    return { does: 'reformat', formats: before };
  }

  #formatAttributes(element: Element, name: string): [string, string][] | undefined {
    const { attribs } = element;
    if (name === 'a') {
      const { local, baseUrl } = this.#options;
      const own = local
        ? (local.picture(attribs.href) ?? local.recording(attribs.href))
        : mediaAddressIn(attribs.href);
      const href = own ?? linkUrl(attribs.href, baseUrl);
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

  /** Notes a recording of the bucket: an element that plays it, or a picture in Markdown that is none. */
  #recording({ attribs, children }: Element): boolean {
    const sources = [attribs.src, ...children.filter(isElement).map(child => child.attribs.src)];
    const address = sources.map(source => this.#options.local?.recording(source)).find(Boolean);
    if (address) this.#recordings.push(address);
    return address !== undefined;
  }

  #part(): void {
    this.#pieces.push(
      this.#line?.name === 'pre'
        ? { kind: 'break', formats: this.#formats }
        : { kind: 'text', text: ' ', formats: [] },
    );
  }

  #openLine(name: string): Leave {
    const made = flow(name);
    this.#line = made;
    return { does: 'closeLine', made };
  }

  #closeLine(made: Flow): void {
    this.#line = undefined;
    const pieces = this.#take();
    made.line = made.name === 'pre' ? preformatted(pieces) : (linesOf(pieces, false)[0] ?? []);
    if (made.line.length > 0) this.#append(made);
  }

  #openContainer(element: Element, name: string): Leave {
    const made = flow(name, { attributes: containerAttributes(element, name) });
    this.#open.push(made);
    return { does: 'closeContainer', made };
  }

  #closeContainer(made: Flow): void {
    this.#flush();
    this.#open.pop();
    const figure = made.name === 'figure';
    const before = figure ? lettersOf([made]) : 0;
    const closed = closeFlow(made);
    if (figure) this.#letters -= before - lettersOf(closed);
    for (const block of closed) this.#append(block);
  }

  #flush(): void {
    for (const line of linesOf(this.#take(), true)) {
      for (const block of textLines(line)) this.#append(block);
    }
  }

  #take(): Leaf[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #append(block: Flow): void {
    this.#top().children.push(block);
  }

  #top(): Flow {
    const top = this.#open.at(-1);
    if (!top) throw new Error('The body of the cleaner was closed.');
    return top;
  }

  #inFigure(): boolean {
    return this.#open.some(open => open.name === 'figure');
  }
}

/** Preformatted text keeps its white space, but for empty lines around it, which HTML would not keep either. */
function preformatted(pieces: Leaf[]): Leaf[] {
  const leaves: Leaf[] = [];
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
  const number = (attribute: string, least: number, most: number) => {
    const value = element.attribs[attribute]?.trim() ?? '';
    if (!/^\d{1,4}$/.test(value)) return;
    const count = Number(value);
    if (count >= least && count <= most) attributes.push([attribute, String(count)]);
  };
  if (name === 'ol') number('start', 2, 9999);
  if (name === 'td' || name === 'th') {
    number('colspan', 2, 100);
    number('rowspan', 2, 1000);
  }
  return attributes;
}
