import type { Element } from '../model/dom.ts';
import { oneLine } from '../text/characters.ts';

/** The meta elements of a page. Contents are normalised on the first read, because few are ever read. */
export class Metas {
  #raw = new Map<string, string[]>();
  #tidy = new Map<string, readonly string[]>();

  /** Adds a meta element. */
  add({ attribs }: Element): void {
    const { content } = attribs;
    if (!content) return;
    this.#addNames(attribs.property, content);
    this.#addNames(attribs.name, content);
    this.#addNames(attribs.itemprop, content);
    this.#addNames(attribs['http-equiv'], content);
  }

  /**
   * Returns the contents of the elements with this name, in order. Each is one line and not empty.
   * @param name value of `name`, `property`, `itemprop` or `http-equiv`, in lower case
   */
  get(name: string): readonly string[] | undefined {
    const cached = this.#tidy.get(name);
    if (cached) return cached;
    const raw = this.#raw.get(name);
    if (!raw) return undefined;
    const tidy = raw.map(oneLine).filter(Boolean);
    this.#tidy.set(name, tidy);
    return tidy;
  }

  #addNames(names: string | undefined, content: string): void {
    if (!names) return;
    const lower = names.toLowerCase().slice(0, 200);
    // RDFa allows several names in one attribute.
    if (/\s/.test(lower)) for (const name of lower.split(/\s+/)) this.#addName(name, content);
    else this.#addName(lower, content);
  }

  #addName(name: string, content: string): void {
    const key = VOCABULARIES.test(name) ? withFullStop(name) : name;
    const list = this.#raw.get(key);
    if (list) list.push(content);
    else if (key !== '') this.#raw.set(key, [content]);
  }
}

const VOCABULARIES = /^(?:dc|parsely|sailthru)/;

/** Writes the prefix of a vocabulary with a full stop: `dc:title` and `dc_title` become `dc.title`. */
function withFullStop(name: string): string {
  return name.replace(/^(dc|dcterms?|parsely|sailthru)[:_]/, '$1.').replace(/^dcterm\./, 'dcterms.');
}
