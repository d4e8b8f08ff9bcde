import { load } from 'cheerio/slim';
import { escapeAttribute } from '../../shared/text/escape.ts';
import { S3Error } from './store/errors.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** XML text that is safe to interpolate. Only {@link tag} makes it. */
export interface Xml {
  readonly xml: string;
}

type Child = Xml | string | number | boolean | undefined;

/** Makes an element. Strings are escaped, and `undefined` children are omitted. */
export function tag(name: string, ...children: readonly Child[]): Xml {
  const inner = children
    .filter(child => child !== undefined)
    .map(child => (typeof child === 'object' ? child.xml : escapeValue(String(child))));
  return { xml: `<${name}>${inner.join('')}</${name}>` };
}

/** Makes a document in S3's namespace. */
export function xmlDocument(root: string, ...children: readonly Child[]): string {
  const inner = tag(root, ...children).xml;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}"${inner.slice(root.length + 1)}`;
}

/** Makes an error document, which has no namespace. */
export function errorDocument(code: string, message: string, resource: string, requestId: string): string {
  const cause = [tag('Code', code), tag('Message', message)];
  const error = tag('Error', ...cause, tag('Resource', resource), tag('RequestId', requestId));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${error.xml}`;
}

/** Reads the objects listed in a DeleteObjects document. @throws S3Error MalformedXML */
export function readDeletes(body: string): {
  objects: { key: string; versionId: string | undefined }[];
  quiet: boolean;
} {
  const $ = load(body, { xml: true });
  const objects = $('Delete > Object')
    .toArray()
    .map(object => ({
      key: $(object).children('Key').text(),
      versionId: $(object).children('VersionId').text() || undefined,
    }));
  if (!objects.length || objects.some(({ key }) => !key)) throw new S3Error('MalformedXML');
  return { objects, quiet: $('Delete > Quiet').text().trim() === 'true' };
}

/** Reads the parts listed in a CompleteMultipartUpload document, in its order. @throws S3Error MalformedXML */
export function readParts(body: string): { number: number; etag: string }[] {
  const $ = load(body, { xml: true });
  const parts = $('CompleteMultipartUpload > Part')
    .toArray()
    .map(part => ({
      number: Number($(part).children('PartNumber').text()),
      etag: $(part).children('ETag').text().trim().replaceAll('"', ''),
    }));
  if (!parts.length || parts.some(({ number }) => !Number.isInteger(number)))
    throw new S3Error('MalformedXML');
  return parts;
}

function escapeValue(text: string): string {
  // Keys may hold control characters. S3 writes them as character references, which lenient parsers accept.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be escaped
  return escapeAttribute(text).replace(/[\u0000-\u001f]/g, char => `&#x${char.charCodeAt(0).toString(16)};`);
}
