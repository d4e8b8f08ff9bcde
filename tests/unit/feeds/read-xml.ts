import { SaxesParser } from 'saxes';

/** An element as a strict parser reads it. */
export interface Read {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Read[];
}

/** Reads XML with a parser that refuses whatever is not well-formed, names without a namespace included. */
export function readXml(xml: string): Read {
  const parser = new SaxesParser({ xmlns: true });
  const document: Read = { name: '', attributes: {}, text: '', children: [] };
  const open = [document];
  const top = () => open.at(-1) ?? document;
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const entries = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const element: Read = { name, attributes: Object.fromEntries(entries), text: '', children: [] };
    top().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', text => {
    top().text += text;
  });
  parser.on('cdata', () => {
    throw new Error('a CDATA section');
  });
  parser.write(xml).close();
  const [root] = document.children;
  if (!root) throw new Error('no root');
  return root;
}

/** The children of this name. */
export function all(element: Read, name: string): Read[] {
  return element.children.filter(child => child.name === name);
}

/** The first child of this name. */
export function first(element: Read, name: string): Read {
  const [child] = all(element, name);
  if (!child) throw new Error(`no ${name} in ${element.name}`);
  return child;
}

/** Names of the elements, nested: what must not depend on the texts in them. */
export function shape({ name, children }: Read): unknown {
  return children.length > 0 ? [name, children.map(shape)] : name;
}
