import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bundle, bundleFunction } from '../../infra/bundle/bundle.ts';

const work = mkdtempSync(path.join(tmpdir(), 'copydesk-bundles-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const folderOf = (name: string) => path.join(work, name);
const bundles = new Map<string, Promise<Bundle>>();

/** The bundle of a function, in {@link folderOf} it: made once. */
function bundleOf(name: string): Promise<Bundle> {
  const bundle = bundles.get(name) ?? bundleFunction(`functions/${name}/lambda.ts`, folderOf(name));
  bundles.set(name, bundle);
  return bundle;
}

/** Bytes: each costs a tenth of a millisecond to every thousand at every cold start. */
const BARS: [name: string, atStart: number, project: string, output: string][] = [
  // The output within the project, as the CDK has it, and outside.
  ['ingest', 600_000, 'a', 'a/cdk.out/temporary'],
  ['publish', 750_000, 'some/where/else', 'output'],
];

const PARSER = 'functions/ingest/article/read-article.ts';

describe.each(BARS)('the bundle of %s', (name, atStart, project, output) => {
  const folder = folderOf(name);
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleOf(name);
  });

  const inputs = () => Object.values(bundle.metafile.outputs).flatMap(each => Object.keys(each.inputs));

  test('is small at start', () => expect(bundle.startBytes).toBeLessThanOrEqual(atStart));

  test('reads few files at start', () => expect(bundle.startFiles.length).toBeLessThanOrEqual(5));

  test('does not import all of node:util at start', () => {
    const imports = bundle.startFiles.flatMap(file => bundle.metafile.outputs[file]?.imports ?? []);
    const atStart = imports.filter(({ kind }) => kind === 'import-statement').map(each => each.path);
    expect(atStart).toContain('node:crypto');
    expect(atStart.filter(name => /^(node:)?util$/.test(name))).toEqual([]);
  });

  test('has no undici, no second parser, and no schema of the settings', () => {
    const used = inputs();
    expect(used.filter(file => /node_modules\/undici\//.test(file))).toEqual([]);
    const parsers = new Set(used.map(file => /^.*node_modules\/parse5\//.exec(file)?.[0]).filter(Boolean));
    expect(parsers.size).toBeLessThanOrEqual(1);
    expect(used).not.toContain('shared/settings/settings.ts');
    expect(used.filter(file => file.includes('zod/v4/classic'))).toEqual([]);
  });

  test('maps our own sources, and no package', () => {
    const maps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.map'),
    );
    const sources = maps.flatMap(
      file => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { sources: string[] }).sources,
    );
    expect(sources.filter(source => source.includes('node_modules'))).toEqual([]);
    expect(sources).toContain(`../../../functions/${name}/lambda.ts`);
  });

  test('names files and lines of the sources in the stack trace of a failed start', () => {
    const sources = readFileSync('functions/environment.ts', 'utf8').split('\n');
    const line = sources.findIndex(text => text.includes('throw new CopydeskError')) + 1;
    const stack = stackOf(path.join(folder, 'index.mjs'));
    expect(stack).toMatch(/^CopydeskError: The environment variable \w+ is not set\.\n {4}at /);
    expect(stack).toContain(`(functions/environment.ts:${line}:`);
    expect(stack).toContain(`functions/${name}/lambda.ts:`);
  });

  test('leaves nothing out but what Node has', () => {
    const external = Object.values(bundle.metafile.outputs)
      .flatMap(each => each.imports)
      .filter(each => each.external && !each.path.startsWith('node:'))
      .map(each => each.path);
    const builtin: string[] = process.getBuiltinModule('node:module').builtinModules.slice();
    expect(external.filter(each => !builtin.includes(each))).toEqual([]);
  });

  test('is the same bytes wherever the project and the output lie, and names none of this machine', () => {
    const entry = `functions/${name}/lambda.ts`;
    const copy = path.join(work, output);
    const command = ['--import', 'tsx', 'infra/bundle/bundle-command.ts', entry, copy];
    const cwd = projectOf(Object.keys(bundle.metafile.inputs), path.join(work, project));
    execFileSync(process.execPath, command, { cwd });
    const [original, bundled] = [filesIn(folder), filesIn(copy)];
    expect([...original.keys()]).toContain('index.mjs');
    expect([...bundled.keys()]).toEqual([...original.keys()]);
    // File by file: the whole of a bundle in a message helps nobody.
    for (const [file, text] of original) {
      expect([file, bundled.get(file) === text]).toEqual([file, true]);
      expect([file, text.includes(process.cwd())]).toEqual([file, false]);
    }
  });
});

describe('the readers of ingest', () => {
  const folder = folderOf('ingest');
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleOf('ingest');
  });

  // Of these, 38 KB are the release terms in all languages of the labels: every file is searched for them.
  test('the parser itself keeps within the bar, with the function', () => {
    expect(bundle.part(PARSER).startBytes).toBeLessThanOrEqual(1_068_000);
  });

  test.each([
    'functions/ingest/decode/decode.ts',
    'functions/ingest/formats/office/docx.ts',
    'functions/ingest/formats/mail/eml.ts',
    'functions/ingest/formats/office/odt.ts',
    'functions/ingest/formats/office/rtf.ts',
    'functions/ingest/formats/markdown.ts',
    'functions/ingest/formats/wire/newsml.ts',
    'functions/ingest/formats/wire/nitf.ts',
  ])('%s lies beside it', module => {
    expect(existsSync(path.join(folder, bundle.part(module).file))).toBe(true);
  });
});

test.each([
  [
    'a package',
    "export const named = async () => (await import('yaml')).parseDocument;",
    /import\('yaml'\) loses/,
  ],
  ['a scoped package', "export const named = async () => (await import('@scure/base')).base32;", /@scure/],
])('import() of %s is refused: its named exports could be lost', async (_, code, message) => {
  const entry = path.join(work, 'entry.ts');
  writeFileSync(entry, code);
  await expect(bundleFunction(entry, folderOf('refused'))).rejects.toThrow(message);
});

test('import() of a module of our own, and of one of Node, is bundled', async () => {
  const own = path.resolve('functions/ingest/packages/yaml.ts');
  const entry = path.join(work, 'entry.ts');
  writeFileSync(entry, `export const both = [import('node:zlib'), import('${own}')];`);
  await expect(bundleFunction(entry, folderOf('bundled'))).resolves.toBeDefined();
});

test('a stack trace names files and lines of lazy modules too, and positions in the bundle without maps', async () => {
  const folder = folderOf('faulty');
  writeFileSync(
    path.join(work, 'lazy.ts'),
    "export const fault = () => {\n  throw new Error('a fault');\n};",
  );
  const entry = path.join(work, 'entry.ts');
  writeFileSync(entry, "export const handler = async () => (await import('./lazy.ts')).fault();");
  await bundleFunction(entry, folder);
  const index = path.join(folder, 'index.mjs');
  expect(stackOf(index)).toMatch(
    /^Error: a fault\n {4}at Module\.\w+ \(\S+\/lazy\.ts:2:9\)\n {4}at .*\/entry\.ts:1:/,
  );
  for (const [name] of filesIn(folder)) if (name.endsWith('.map')) rmSync(path.join(folder, name));
  expect(stackOf(index)).toMatch(/^Error: a fault\n {4}at Module\.\w+ \(file:\/\/\S+\.mjs:\d+:\d+\)\n/);
});

/** The stack trace of a function that fails when it starts without its environment, or when it is called. */
function stackOf(index: string): string {
  const script = `import(process.argv[1]).then(({ handler }) => handler()).catch(({ stack }) => process.stdout.write(stack))`;
  return execFileSync(process.execPath, ['-e', script, index], { encoding: 'utf8', env: {} });
}

/** The source map that a file of a package names at its end. */
function mapOf(file: string): string[] {
  const [, name] = /\/\/# sourceMappingURL=([\w.-]+\.map)\s*$/.exec(readFileSync(file, 'utf8')) ?? [];
  return name === undefined ? [] : [path.join(path.dirname(file), name)];
}

/** Copies what a bundle is made of into a project elsewhere: its sources, its packages, and what bundles them. */
function projectOf(inputs: readonly string[], project: string): string {
  const tools = readdirSync('infra', { recursive: true, encoding: 'utf8' })
    .filter(name => /\.[jt]s$/.test(name))
    .map(name => path.join('infra', name));
  // The maps of packages are read too: they are in the hashes of names.
  const maps = inputs.flatMap(mapOf).filter(file => existsSync(file));
  const files = new Set([...inputs, ...maps, ...tools, 'tsconfig.json']);
  for (const file of inputs) {
    for (let parent = path.dirname(file); ; parent = path.dirname(parent)) {
      if (existsSync(path.join(parent, 'package.json'))) files.add(path.join(parent, 'package.json'));
      if (parent === '.') break;
    }
  }
  for (const file of files) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    copyFileSync(file, path.join(project, file));
  }
  const scoped = readdirSync('node_modules/@img').map(name => path.join('@img', name));
  for (const name of [...readdirSync('node_modules'), ...scoped]) {
    const link = path.join(project, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(path.resolve('node_modules', name), link);
  }
  return project;
}

function filesIn(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return new Map(paths.map(file => [path.relative(root, file), readFileSync(file, 'utf8')]));
}
