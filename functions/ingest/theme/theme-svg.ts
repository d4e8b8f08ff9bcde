import { Rejection } from '../../../shared/errors/rejection.ts';
import { attributeOf, localName, parseXml } from '../html/xml.ts';
import { elementsOf } from '../model/dom.ts';

/** Maximum size of an SVG, in bytes. A logo has a few KB, and each page loads it. */
const MAX_BYTES = 200_000;

/** Elements that run code, or that show other documents. */
const ACTIVE = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);

/**
 * Checks an SVG. Browsers run nothing in an SVG that a page shows, but somebody can open the file itself.
 * @throws Rejection `too-large`, or `unreadable` with the reason
 */
export function checkSvg(bytes: Uint8Array): void {
  if (bytes.length > MAX_BYTES)
    throw new Rejection('too-large', `The SVG is larger than ${MAX_BYTES / 1_000} KB. Simplify it.`);
  const root = parseXml(new TextDecoder().decode(bytes));
  if (localName(root) !== 'svg') throw new Rejection('unreadable', 'The file is no SVG.');
  if (attributeOf(root, 'viewBox') === undefined && attributeOf(root, 'width') === undefined)
    throw new Rejection('unreadable', 'The SVG has no viewBox, so browsers do not know its shape.');
  for (const element of elementsOf(root)) {
    const name = localName(element).toLowerCase();
    if (ACTIVE.has(name)) throw new Rejection('unreadable', `The SVG has a <${name}>, which is not allowed.`);
    for (const [attribute, value = ''] of Object.entries(element.attribs)) refuseActive(attribute, value);
  }
}

function refuseActive(attribute: string, value: string): void {
  const name = attribute.toLowerCase();
  if (name.startsWith('on'))
    throw new Rejection('unreadable', `The SVG has the attribute ${name}, which runs code.`);
  const isOwn = value.trim().startsWith('#') || /^\s*data:image\/(?:png|jpeg|webp|gif);/i.test(value);
  if ((name === 'href' || name.endsWith(':href')) && !isOwn)
    throw new Rejection('unreadable', `The SVG refers to ${value.slice(0, 100)}, which is outside of it.`);
}
