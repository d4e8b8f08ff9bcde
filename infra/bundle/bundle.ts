import { mkdirSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { ownSourceMap } from './own-source-map.ts';

/** The project's folder. Paths in bundles and source maps are relative to it, so that hashes do not depend on it. */
const ROOT = path.resolve(import.meta.dirname, '../..');

/** The output folder that source maps assume. It is the same for every real output folder. */
const SOURCE_MAP_FOLDER = path.join(ROOT, 'cdk.out', 'bundle');

/** Major version of Node in Lambda. */
export const NODE_MAJOR = 24;

/**
 * Enables source maps, so that stack traces name files and lines of this project. docs/performance.md has the cost at
 * start.
 */
export const NODE_OPTIONS = '--enable-source-maps';

/** Defines `require`, which CommonJS packages call for Node's modules and which ES modules lack. */
const REQUIRE =
  "import{createRequire as copydeskRequire}from'node:module';const require=copydeskRequire(import.meta.url);";

/**
 * Removes the locales of the slug package. Slugs use none, but at import the package compiles an expression of 1,900
 * letters for each of its seven locales: a quarter of the start of a function.
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
 * Refuses `import()` of a package. In a bundle a CommonJS package exports only `default`, so named exports are
 * undefined after deployment. A module of this project that imports the package statically keeps its exports.
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
  // esbuild can split dynamically imported code into files of its own only for ES modules.
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  banner: { js: REQUIRE },
  // Prefer the SDK's ES modules: esbuild removes their unused code.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  // A non-ASCII letter has 2 or 3 bytes in UTF-8 and 6 as an escape. This saves 58 KB of word tables.
  charset: 'utf8',
  plugins: [withoutLocales, packagesAreImportedStatically],
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** A bundled function: its files and their sizes. */
export interface Bundle {
  metafile: Metafile;
  /** Bytes of code that runs at start, and bytes of all code. */
  startBytes: number;
  bytes: number;
  /** The file of a dynamically imported module, and the bytes of code that has run after it is loaded. */
  part(module: string): { file: string; startBytes: number };
}

/**
 * Bundles a function for deployment: `index.mjs` and the parts that it loads on first use. The same sources and
 * packages give the same files in any folder.
 * @param entry path of its module, absolute or from the project's folder
 * @param folder output folder
 */
export async function bundleFunction(entry: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    entryPoints: { index: path.resolve(ROOT, entry) },
    outdir: SOURCE_MAP_FOLDER,
  });
  for (const file of outputFiles) {
    const target = path.join(folder, path.relative(SOURCE_MAP_FOLDER, file.path));
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
      const file = path.relative(SOURCE_MAP_FOLDER, path.join(ROOT, name));
      return { file, startBytes: sum(metafile, importedBy(metafile, [...start, name])) };
    },
  };
}

/** These files of a bundle, and all files that they import statically. */
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
