import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Body, BodyContext } from '../../../functions/ingest/page/attempt.ts';
import type { ParseInput } from '../../../functions/ingest/parse.ts';
import type { ParsedArticle } from '../../../shared/model/article.ts';
import { type Switch, withSwitches } from './switches.ts';

type ExtractPage = (root: never, context: BodyContext) => Body;

/** Page readers that have one switch each, and one that has none off. */
export interface SwitchedReaders {
  switches: readonly Switch[];
  /**
   * Makes a page reader.
   * @param off index of the switch that is off; -1 for none
   * @param asked gets a 1 for each switch that the reader asks
   */
  make: (off: number, asked: Uint8Array) => ExtractPage;
}

const INGEST = path.resolve(import.meta.dirname, '../../../functions/ingest');
const BODY = path.join(INGEST, 'page/body.ts');
const CAPTURE = path.join(import.meta.dirname, 'capture.ts');

const isOfReader = (file: string) => /\/ingest\/(?:page|words)\//.test(file);

/** Modules that remember the names of boxes. Readers share them unless they differ in them. */
const isOfBoxes = (file: string) => /\/(?:measure|html\/classes|tables)\.ts$/.test(file);

const readSource = (file: string) => readFileSync(file, 'utf8');

/** Page readers that differ from that of the project. They share the modules that are equal. */
export class Variants {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'ablation-'));
  #count = 0;

  /** The page reader with another source of some files. */
  async load(sourceOf: (file: string) => string): Promise<ExtractPage> {
    const module = (await this.#import(await bundle(BODY, isOfReader, sourceOf))) as {
      extractPage: ExtractPage;
    };
    return module.extractPage;
  }

  /**
   * The page reader with a switch for each rule that `pattern` matches. All readers are instances of the same code, so
   * V8 optimizes it once for all. Each has constants of its own, because a switch can change them.
   */
  async loadSwitched(pattern: RegExp): Promise<SwitchedReaders[]> {
    return [
      await this.#switched(pattern, isOfReader, isOfBoxes),
      await this.#switched(
        pattern,
        file => isOfReader(file) && !isOfBoxes(file),
        () => true,
      ),
    ];
  }

  async #switched(
    pattern: RegExp,
    isOwn: (file: string) => boolean,
    isSwitched: (file: string) => boolean,
  ): Promise<SwitchedReaders> {
    const switches: Switch[] = [];
    const add = (change: Switch) =>
      pattern.test(`${change.kind} ${change.name}`) ? `isOff(${switches.push(change) - 1})` : 'false';
    const sourceOf = (file: string) => {
      const source = readSource(file);
      return isSwitched(file) ? withSwitches(file, source, add) : source;
    };
    const code = await bundle(BODY, isOwn, sourceOf);
    const imports: string[] = [];
    const body = code
      .replace(/^import\b[^;]*;$/gm, statement => {
        imports.push(statement);
        return '';
      })
      .replace(/^export \{[^}]*\};$/m, 'return extractPage;');
    const make = `${imports.join('\n')}
      export function make(off, asked) {
        const isOff = index => { asked[index] = 1; return index === off; };
        ${body}
      }`;
    const module = (await this.#import(make)) as Pick<SwitchedReaders, 'make'>;
    return { switches, make: module.make };
  }

  /** The parser of the project. It keeps the arguments of the page reader in `capture.ts`. */
  async loadCapturing(): Promise<(input: ParseInput) => Promise<ParsedArticle>> {
    const isOwn = (file: string) => /\/ingest\/(?:article\/|parse\.ts)/.test(file);
    const module = await this.#import(await bundle(path.join(INGEST, 'parse.ts'), isOwn, readSource));
    return (module as { parseArticle: (input: ParseInput) => Promise<ParsedArticle> }).parseArticle;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #import(code: string): Promise<unknown> {
    this.#count += 1;
    const file = path.join(this.#folder, `${this.#count}.mjs`);
    writeFileSync(file, code);
    return import(pathToFileURL(file).href);
  }
}

/** Bundles the modules that `isOwn` accepts, and imports the others from where they are. */
async function bundle(
  entry: string,
  isOwn: (file: string) => boolean,
  sourceOf: (file: string) => string,
): Promise<string> {
  const plugin: Plugin = {
    name: 'variant',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
        const file = path.join(resolveDir, name);
        if (isOwn(file)) return { path: file };
        const target = file === BODY ? CAPTURE : file;
        return { path: pathToFileURL(target).href, external: true };
      });
      onResolve({ filter: /^[^./]/ }, ({ path: name }) => ({
        path: name.startsWith('node:') ? name : import.meta.resolve(name),
        external: true,
      }));
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({ contents: sourceOf(file), loader: 'ts' }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [plugin],
  });
  return outputFiles[0]?.text ?? '';
}
