import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import { html, Parser, type TreeAdapter } from 'parse5';
import { adapter as base, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { Deadline } from './deadline.ts';
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
  $: CheerioAPI;
  flattened: boolean;
}

/**
 * Parses HTML as browsers do (WHATWG tree construction), without comments. Markup that would nest too deeply or
 * multiply is read flat instead.
 * @throws Rejection `too-slow`
 */
export function parseHtml(source: string, deadline: Deadline = new Deadline(20)): ParsedHtml {
  try {
    const parser = new Parser<Htmlparser2TreeAdapterMap>({ treeAdapter: guard(source.length, deadline) });
    parser.tokenizer.write(source, true);
    return { $: load(parser.document as unknown as Parameters<typeof load>[0]), flattened: false };
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return { $: load(parseFlat(source, deadline) as unknown as Parameters<typeof load>[0]), flattened: true };
  }
}

function guard(length: number, deadline: Deadline): Adapter {
  let nodes = 0;
  let depth = 0;
  const maxNodes = length + SPARE_NODES;
  const grow = () => {
    nodes += 1;
    if (nodes > maxNodes) throw new Overgrown();
    deadline.tick();
  };
  return {
    ...base,
    createElement(name, namespace, attrs) {
      grow();
      // The adapter's own keeps three tables an element; the extractor reads one.
      const attribs: Record<string, string> = {};
      for (const attr of attrs) if (attr.name !== '__proto__') attribs[attr.name] = attr.value;
      const element = new ElementNode(name, attribs, []);
      element.namespace = namespace;
      return element;
    },
    adoptAttributes(recipient, attrs) {
      for (const { name, value } of attrs)
        if (name !== '__proto__' && !Object.hasOwn(recipient.attribs, name)) recipient.attribs[name] = value;
    },
    createTextNode(value) {
      grow();
      return base.createTextNode(value);
    },
    appendChild(parent, node) {
      if (!isComment(node)) base.appendChild(parent, node);
    },
    insertBefore(parent, node, reference) {
      deadline.tick();
      if (!isComment(node)) base.insertBefore(parent, node, reference);
    },
    detachNode(node) {
      deadline.tick();
      base.detachNode(node);
    },
    onItemPush() {
      depth += 1;
      if (depth > MAX_DEPTH) throw new Overgrown();
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

function isComment(node: AdapterNode): boolean {
  return node.type === 'comment';
}
