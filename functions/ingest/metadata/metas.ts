import type { Element } from '../model/dom.ts';
import { oneLine } from '../text/characters.ts';

/** What a page's meta elements say. Their contents are tidied when they are asked for: few ever are. */
export class Metas {
  #raw = new Map<string, string[]>();
  #tidy = new Map<string, readonly string[]>();

  add({ attribs }: Element): void {
    const { content } = attribs;
    if (!content) return;
    this.#addNames(attribs.property, content);
    this.#addNames(attribs.name, content);
    this.#addNames(attribs.itemprop, content);
    this.#addNames(attribs['http-equiv'], content);
  }

  /**
   * Contents of the elements of a name, in order, each one line and none empty.
   * @param name `name`, `property`, `itemprop` or `http-equiv`, in lower case
   */
  get(name: string): readonly string[] | undefined {
    const known = this.#tidy.get(name);
    if (known) return known;
    const raw = this.#raw.get(name);
    if (!raw) return undefined;
    const tidy = raw.map(oneLine).filter(Boolean);
    this.#tidy.set(name, tidy);
    return tidy;
  }

  #addNames(names: string | undefined, content: string): void {
    if (!names) return;
    const lower = names.toLowerCase().slice(0, 200);
    // RDFa allows several names.
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

/** Names of vocabularies are also written with a full stop. */
function withFullStop(name: string): string {
  return name.replace(/^(dc|dcterms?|parsely|sailthru)[:_]/, '$1.').replace(/^dcterm\./, 'dcterms.');
}
