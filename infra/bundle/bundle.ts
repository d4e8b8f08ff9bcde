import { mkdirSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { ownSourceMap } from './own-source-map.ts';

/** The project's own folder: paths in bundles and their maps begin here, so that no other folder shows in a hash. */
const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where bundles seem to be written, whatever folder they end in: their source maps name sources from there. */
const SEEMING_FOLDER = path.join(ROOT, 'cdk.out', 'bundle');

/** The Node that Lambda runs. */
export const NODE_MAJOR = 24;

/**
 * Source maps, so that a stack trace names files and lines of this project. Node reads them at start: see
 * docs/performance.md for what that costs.
 */
export const NODE_OPTIONS = '--enable-source-maps';

/** CommonJS packages ask for Node's modules by `require`, which ES modules have not. */
const REQUIRE =
  "import{createRequire as copydeskRequire}from'node:module';const require=copydeskRequire(import.meta.url);";

/**
 * Slugs are made without a locale, and yet the package makes an expression of 1,900 letters for each of its seven
 * at import: a quarter of all that a function would do before its first file.
 */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@sindresorhus[\\/]transliterate[\\/]locale-replacements\.js$/ }, () => ({
      contents: 'export default {};',
    }));
  },
};

/**
 * Refuses `import()` of a package. A part of the bundle that holds a CommonJS package exports nothing but `default`,
 * so names that exist in the sources are undefined once deployed. A module of our own that imports the package
 * statically has the same exports in both.
 */
const packagesAreImportedStatically: Plugin = {
  name: 'packages-are-imported-statically',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path: imported, kind, importer }) => {
      const isOurs = !/[\\/]node_modules[\\/]/.test(importer);
      if (kind !== 'dynamic-import' || !isOurs || isBuiltin(imported)) return undefined;
      const text = `import('${imported}') loses the named exports of a CommonJS package. Import the package statically in a module of functions/ingest/packages/, and load that module with import().`;
      return { errors: [{ text }] };
    });
  },
};

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: `node${NODE_MAJOR}`,
  // With ES modules esbuild can part what is imported dynamically from what every call needs.
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  banner: { js: REQUIRE },
  // The SDK's ES modules, of which esbuild can leave out what is not used.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  // A letter of another script has 2 or 3 bytes, and 6 as an escape: of the word tables that is 58 KB.
  charset: 'utf8',
  plugins: [withoutLocales, packagesAreImportedStatically],
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** What a bundle is made of. */
export interface Bundle {
  metafile: Metafile;
  /** Bytes of code that is evaluated when the function starts, and of all code. */
  startBytes: number;
  bytes: number;
  /** The file that a module begins which is imported dynamically, and the bytes evaluated once it is loaded too. */
  part(module: string): { file: string; startBytes: number };
}

/**
 * Bundles a function as it is deployed: `index.mjs`, and beside it the parts that are loaded when they are first needed.
 * The same sources and packages give the same files in any folder.
 * @param entry its module, from the project's folder or absolute
 * @param folder where the files are written
 */
export async function bundleFunction(entry: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    entryPoints: { index: path.resolve(ROOT, entry) },
    outdir: SEEMING_FOLDER,
  });
  for (const file of outputFiles) {
    const target = path.join(folder, path.relative(SEEMING_FOLDER, file.path));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, target.endsWith('.map') ? ownSourceMap(file.text) : file.contents);
  }
  const code = Object.keys(metafile.outputs).filter(name => name.endsWith('.mjs'));
  const start = code.filter(name => name.endsWith('/index.mjs'));
  return {
    metafile,
    startBytes: sum(metafile, importedBy(metafile, start)),
    bytes: sum(metafile, code),
    part(module) {
      const name = code.find(each => metafile.outputs[each]?.entryPoint === module);
      if (name === undefined) throw new Error(`${entry} does not import ${module} dynamically.`);
      const file = path.relative(SEEMING_FOLDER, path.join(ROOT, name));
      return { file, startBytes: sum(metafile, importedBy(metafile, [...start, name])) };
    },
  };
}

/** The files of a bundle that are evaluated with some of them: these, and what they import statically. */
function importedBy({ outputs }: Metafile, names: readonly string[]): string[] {
  const found = new Set<string>();
  const left = [...names];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { path: imported, kind, external } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement' && !external) left.push(imported);
  }
  return [...found];
}

function sum({ outputs }: Metafile, names: readonly string[]): number {
  return names.reduce((bytes, name) => bytes + (outputs[name]?.bytes ?? 0), 0);
}
