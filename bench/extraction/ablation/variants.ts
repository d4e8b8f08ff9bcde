import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Body, BodyContext } from '../../../functions/ingest/page/attempt.ts';
import type { ParseInput } from '../../../functions/ingest/parse.ts';
import type { ParsedArticle } from '../../../shared/model/article.ts';
import type { Switch } from './switches.ts';

type ExtractPage = (root: never, context: BodyContext) => Body;

const INGEST = path.resolve(import.meta.dirname, '../../../functions/ingest');
const BODY = path.join(INGEST, 'page/body.ts');
const CAPTURE = path.join(import.meta.dirname, 'capture.ts');

/** Page readers that differ from the one of the project in one switch each. They share the modules that are equal. */
export class Variants {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'ablation-'));
  #count = 0;

  /** The page reader with a switch; without one, as it is. */
  async load(change?: Switch): Promise<ExtractPage> {
    const isOwn = (file: string) => /\/ingest\/(?:page|words)\//.test(file);
    const module = (await this.#import(BODY, isOwn, change)) as { extractPage: ExtractPage };
    return module.extractPage;
  }

  /** The parser of the project. It keeps the arguments of the page reader in `capture.ts`. */
  async loadCapturing(): Promise<(input: ParseInput) => Promise<ParsedArticle>> {
    const isOwn = (file: string) => /\/ingest\/(?:article\/|parse\.ts)/.test(file);
    const module = await this.#import(path.join(INGEST, 'parse.ts'), isOwn);
    return (module as { parseArticle: (input: ParseInput) => Promise<ParsedArticle> }).parseArticle;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Bundles the modules that `isOwn` accepts, and imports the others from where they are. */
  async #import(entry: string, isOwn: (file: string) => boolean, change?: Switch): Promise<unknown> {
    const plugin: Plugin = {
      name: 'switch',
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
        onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
          contents: file === change?.file ? change.source : readFileSync(file, 'utf8'),
          loader: 'ts',
        }));
      },
    };
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [plugin],
    });
    this.#count += 1;
    const file = path.join(this.#folder, `${this.#count}.mjs`);
    writeFileSync(file, outputFiles[0]?.contents ?? '');
    return import(pathToFileURL(file).href);
  }
}
