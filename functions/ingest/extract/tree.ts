import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import { html, Parser, type TreeAdapter } from 'parse5';
import { adapter as base, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { Deadline } from './deadline.ts';
import type { DomNode } from './dom.ts';
import { parseFlat } from './tree-flat.ts';

/** Browsers stop nesting at 512; real pages stay below 100. */
const MAX_DEPTH = 512;

/** No real page has more than one node for each character; mis-nested formatting can make thousands. */
const SPARE_NODES = 1_000;

/** Thrown inside the parser only, to leave it. */
class Overgrown extends Error {}

type Adapter = TreeAdapter<Htmlparser2TreeAdapterMap>;
type AdapterNode = Htmlparser2TreeAdapterMap['node'];
type AdapterElement = Htmlparser2TreeAdapterMap['element'];

/** The adapter's element class, which its package does not export. */
const ElementNode = base.createElement('p', html.NS.HTML, []).constructor as new (
  name: string,
  attribs: Record<string, string>,
  children: [],
) => AdapterElement;

/** A parsed document; `flattened` where its markup was nested so badly that only a flat reading of it was safe. */
export interface ParsedHtml {
  root: DomNode;
  flattened: boolean;
}

/** A cheerio object for a parsed tree. Costs half as much as parsing did, most of it in garbage. */
export function cheerioOf(root: DomNode): CheerioAPI {
  return load(root as unknown as Parameters<typeof load>[0]);
}

/**
 * Parses HTML as browsers do (WHATWG tree construction), without comments. Markup that would nest too deeply or
 * multiply is read flat instead.
 * @throws Rejection `too-slow`
 */
export function parseHtml(source: string, deadline: Deadline = new Deadline(20)): ParsedHtml {
  try {
    Object.assign(growth, { nodes: 0, maxNodes: source.length + SPARE_NODES, depth: 0, deadline });
    const parser = new Parser<Htmlparser2TreeAdapterMap>({ treeAdapter: guarded });
    parser.tokenizer.write(source, true);
    return { root: parser.document as unknown as DomNode, flattened: false };
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return { root: parseFlat(source, deadline), flattened: true };
  }
}

/**
 * What the parse under way has grown to. Parsing is synchronous, so one is enough, and one adapter
 * serves all.
 */
const growth = { nodes: 0, maxNodes: 0, depth: 0, deadline: new Deadline(1) };

function grow(): void {
  growth.nodes += 1;
  if (growth.nodes > growth.maxNodes) throw new Overgrown();
  growth.deadline.tick();
}

const guarded: Adapter = {
  ...base,
  createElement(name, namespace, attrs) {
    grow();
    // The adapter's own keeps three tables an element; the extractor reads one.
    const attribs: Record<string, string> = Object.create(null);
    for (const attr of attrs) attribs[attr.name] = attr.value;
    const element = new ElementNode(name, attribs, []);
    element.namespace = namespace;
    return element;
  },
  adoptAttributes(recipient, attrs) {
    for (const { name, value } of attrs) recipient.attribs[name] ??= value;
  },
  createTextNode(value) {
    grow();
    return base.createTextNode(value);
  },
  appendChild(parent, node) {
    if (!isComment(node)) base.appendChild(parent, node);
  },
  insertBefore(parent, node, reference) {
    growth.deadline.tick();
    if (!isComment(node)) base.insertBefore(parent, node, reference);
  },
  detachNode(node) {
    growth.deadline.tick();
    base.detachNode(node);
  },
  onItemPush() {
    growth.depth += 1;
    if (growth.depth > MAX_DEPTH) throw new Overgrown();
  },
  onItemPop() {
    growth.depth -= 1;
  },
};

function isComment(node: AdapterNode): boolean {
  return node.type === 'comment';
}
