import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { ownSourceMap } from './own-source-map.ts';

/** The project's folder. Bundles name only paths below it, so that their hashes are the same on every machine. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The output folder that source maps name. It is fixed, so that the maps do not depend on the real output folder. */
const SOURCE_MAP_FOLDER = path.join(ROOT, 'cdk.out', 'bundle');

export const NODE_MAJOR = 24;

/** Makes stack traces name files and lines of this project. */
const MAPPED_STACKS = path.join(import.meta.dirname, 'mapped-stacks.ts');

/** Defines `require`, which ES modules lack. CommonJS packages call it for Node's modules. */
const REQUIRE =
  "import{createRequire as copydeskRequire}from'node:module';const require=copydeskRequire(import.meta.url);";

/**
 * Removes the locales of the slug package, which slugs do not use. At import the package would compile seven large
 * expressions, which take a quarter of a function's start.
 */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@sindresorhus[\\/]transliterate[\\/]locale-replacements\.js$/ }, () => ({
      contents: 'export default {};',
    }));
  },
};

/** Leaves only the version of a client of the SDK, which is all that it reads of its own `package.json` of 2.5 KB. */
const onlyVersions: Plugin = {
  name: 'only-versions',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, ({ path: file }) => {
      const { version } = JSON.parse(readFileSync(file, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Refuses `import()` of a package. In a bundle `import()` of a CommonJS package gives only `default`, so named exports
 * would be undefined after deployment. A static import keeps them.
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

/** The decoder of pictures: code for WebAssembly, and the module that starts it and its workers. */
const DECODER = path.join(ROOT, 'node_modules/@img/sharp-wasm32/lib');

/** Name of the module of the decoder in a bundle. It is CommonJS, because it reads the file beside it by `__dirname`. */
const DECODER_FILE = 'sharp.cjs';

/**
 * Makes sharp load the decoder from a file beside the bundle's parts. The package looks for native code first, and its
 * decoder starts workers from its own file.
 */
const decoderBeside: Plugin = {
  name: 'decoder-beside',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]sharp[\\/]dist[\\/]sharp\.mjs$/ }, () => ({
      contents: `import { createRequire } from 'node:module'; export default createRequire(import.meta.url)('./${DECODER_FILE}');`,
    }));
    // The search for native libraries.
    onLoad({ filter: /[\\/]sharp[\\/]dist[\\/]libvips\.mjs$/ }, () => ({
      contents: `export default { runtimePlatformArch: () => 'wasm32' };`,
    }));
  },
};

/** Writes the decoder of pictures into a bundle that uses it. */
async function writeDecoder(folder: string): Promise<void> {
  const [wasm = '', js = ''] = readdirSync(DECODER).sort().reverse();
  await build({
    entryPoints: [path.join(DECODER, js)],
    outfile: path.join(folder, DECODER_FILE),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  copyFileSync(path.join(DECODER, wasm), path.join(folder, wasm));
}

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: `node${NODE_MAJOR}`,
  // esbuild splits dynamically imported code into separate files only for ES modules.
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  banner: { js: REQUIRE },
  // The SDK's ES modules come first, because esbuild removes their unused code.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  // A non-ASCII letter takes 2 or 3 bytes in UTF-8 and 6 bytes as an escape. UTF-8 saves 58 KB of word tables.
  charset: 'utf8',
  metafile: true,
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** A bundled function: its files and their sizes. */
export interface Bundle {
  metafile: Metafile;
  /** Files that are read at start, as the metafile names them. */
  startFiles: string[];
  /** Bytes of code that runs at start. */
  startBytes: number;
  bytes: number;
  /** The file of a dynamically imported module, and the bytes of all code that has run once the file is loaded. */
  part(module: string): { file: string; startBytes: number };
}

/**
 * Bundles a function for deployment: `index.mjs` and the parts that it loads on first use. The same sources and
 * packages give the same files in any folder. A module that the function imports dynamically at its top level, with
 * `await`, would wait for itself.
 * @param entry path of the function's module, absolute or from the project's folder
 * @param folder output folder
 */
export async function bundleFunction(entry: string, folder: string): Promise<Bundle> {
  const module = path.resolve(ROOT, entry);
  const imports = new Map([[module, MAPPED_STACKS]]);
  const lazy = lazyModules((await split(module, imports)).metafile);
  // Lazy modules import the function's module, which has run by then. esbuild puts modules into one file if the same
  // entries reach them. Without this import, each group of start modules that a lazy module shares is a file of its
  // own, and an import of 30 files takes a tenth longer than an import of 5.
  for (const name of lazy) imports.set(name, module);
  const { outputFiles, metafile } = await split(module, imports);
  for (const file of outputFiles) {
    const target = path.join(folder, path.relative(SOURCE_MAP_FOLDER, file.path));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, target.endsWith('.map') ? ownSourceMap(file.text) : file.contents);
  }
  if (Object.keys(metafile.inputs).some(input => input.includes('node_modules/sharp/')))
    await writeDecoder(path.join(folder, 'parts'));
  const code = Object.keys(metafile.outputs).filter(name => name.endsWith('.mjs'));
  const start = startFiles(metafile);
  return {
    metafile,
    startFiles: start,
    startBytes: sum(metafile, start),
    bytes: sum(metafile, code),
    part(module) {
      const name = code.find(each => metafile.outputs[each]?.entryPoint === module);
      if (name === undefined) throw new Error(`${entry} does not import ${module} dynamically.`);
      const file = path.relative(SOURCE_MAP_FOLDER, path.join(ROOT, name));
      return { file, startBytes: sum(metafile, importedBy(metafile, [...start, name])) };
    },
  };
}

/**
 * @param entry path of the function's module
 * @param imports modules, and for each of them a module that it imports first
 */
function split(entry: string, imports: ReadonlyMap<string, string>) {
  return build({
    ...OPTIONS,
    entryPoints: { index: entry },
    outdir: SOURCE_MAP_FOLDER,
    plugins: [withoutLocales, onlyVersions, packagesAreImportedStatically, decoderBeside, importing(imports)],
  });
}

function importing(imports: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'importing',
    setup({ onLoad }) {
      onLoad({ filter: /\.(?:ts|tsx|js|mjs)$/ }, ({ path: module }) => {
        const imported = imports.get(module);
        if (imported === undefined) return undefined;
        // An absolute path would be in the columns of the source map, and so in the names of the files.
        const relative = path.relative(path.dirname(module), imported).split(path.sep).join('/');
        // On the first line, so that source maps name the right lines.
        const contents = `import './${relative}';${readFileSync(module, 'utf8')}`;
        return { contents, loader: 'default' };
      });
    },
  };
}

/** Paths of the modules that are imported dynamically and do not run at start. */
function lazyModules(metafile: Metafile): string[] {
  const inputs = startFiles(metafile).flatMap(name => Object.keys(metafile.outputs[name]?.inputs ?? {}));
  const started = new Set(inputs);
  const entries = Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  return entries.filter(module => !started.has(module)).map(module => path.join(ROOT, module));
}

function startFiles(metafile: Metafile): string[] {
  const index = Object.keys(metafile.outputs).filter(name => name.endsWith('/index.mjs'));
  return importedBy(metafile, index);
}

/** The named files of a bundle, and all files that they import statically. */
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
