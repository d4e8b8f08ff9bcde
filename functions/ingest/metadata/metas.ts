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
   * @param name value of `name`, `property`, `itemprop` or `http-equiv`. Case and punctuation do not matter.
   */
  get(name: string): readonly string[] | undefined {
    const cached = this.#tidy.get(name);
    if (cached) return cached;
    const raw = this.#raw.get(bareName(name));
    if (!raw) return undefined;
    const tidy = raw.map(oneLine).filter(Boolean);
    this.#tidy.set(name, tidy);
    return tidy;
  }

  /** Returns the names that match a pattern, in lower case and without punctuation, in document order. */
  namesLike(pattern: RegExp): string[] {
    return [...this.#raw.keys()].filter(name => pattern.test(name));
  }

  #addNames(names: string | undefined, content: string): void {
    if (!names) return;
    const short = names.slice(0, 200);
    // RDFa allows several names in one attribute.
    for (const name of /\s/.test(short) ? short.split(/\s+/) : [short]) {
      const key = bareName(name);
      const list = this.#raw.get(key);
      if (list) list.push(content);
      else if (key !== '') this.#raw.set(key, [content]);
    }
  }
}

/** Returns a name without punctuation, because pages write `dc:title`, `DC.title` and `article:published:time`. */
function bareName(name: string): string {
  return name
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(/^dcterm(?!s)/, 'dcterms');
}

const PUNCTUATION = /[:._-]+/g;
