import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bundle, bundleFunction } from '../../infra/bundle.ts';

/** Bytes: each costs a tenth of a millisecond to every thousand at every cold start. */
const BARS: [name: string, atStart: number][] = [
  ['ingest', 1_000_000],
  ['publish', 700_000],
];

const PARSER = 'functions/ingest/read-article.ts';

describe.each(BARS)('the bundle of %s', (name, atStart) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleFunction(`functions/${name}/lambda.ts`, folder);
  });

  const inputs = () => Object.values(bundle.metafile.outputs).flatMap(each => Object.keys(each.inputs));

  test('is small at start', () => expect(bundle.startBytes).toBeLessThanOrEqual(atStart));

  test('has no undici, no second parser, and no schema of the settings', () => {
    const used = inputs();
    expect(used.filter(file => /node_modules\/undici\//.test(file))).toEqual([]);
    const parsers = new Set(used.map(file => /^.*node_modules\/parse5\//.exec(file)?.[0]).filter(Boolean));
    expect(parsers.size).toBeLessThanOrEqual(1);
    expect(used).not.toContain('shared/settings.ts');
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
    expect(sources).toContain(`../../functions/${name}/lambda.ts`);
  });

  test('leaves nothing out but what Node has', () => {
    const external = Object.values(bundle.metafile.outputs)
      .flatMap(each => each.imports)
      .filter(each => each.external && !each.path.startsWith('node:'))
      .map(each => each.path);
    const builtin: string[] = process.getBuiltinModule('node:module').builtinModules.slice();
    expect(external.filter(each => !builtin.includes(each))).toEqual([]);
  });

  test('is the same in any folder, and names none of this machine', async () => {
    const other = path.join(mkdtempSync(path.join(tmpdir(), 'bundle-')), 'deeper', 'still');
    await bundleFunction(path.resolve('functions', name, 'lambda.ts'), other);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    expect(readdirSync(other, { recursive: true, encoding: 'utf8' }).sort()).toEqual(files);
    for (const file of files.filter(each => path.extname(each))) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(readFileSync(path.join(other, file), 'utf8') === text).toBe(true);
      expect(text.includes(process.cwd())).toBe(false);
    }
  });
});

describe('the readers of ingest', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleFunction('functions/ingest/lambda.ts', folder);
  });

  test('the parser itself keeps within the bar, with the function', () => {
    expect(bundle.part(PARSER).startBytes).toBeLessThanOrEqual(1_000_000);
  });

  test.each([
    'functions/ingest/decode.ts',
    'functions/ingest/formats/docx.ts',
    'functions/ingest/formats/eml.ts',
    'functions/ingest/formats/markdown.ts',
    'functions/ingest/formats/newsml.ts',
    'functions/ingest/formats/nitf.ts',
  ])('%s lies beside it', module => {
    expect(existsSync(path.join(folder, bundle.part(module).file))).toBe(true);
  });

  test('a file of each kind is read by the bundle, each part loaded when it is needed', () => {
    const parser = path.join(folder, bundle.part(PARSER).file);
    const script = `
      import { readFileSync } from 'node:fs';
      const { readArticle } = await import(process.argv[1]);
      const settings = JSON.parse(process.argv[2]);
      for (const file of process.argv.slice(3)) {
        const { article } = await readArticle({ bytes: readFileSync(file), key: 'desk/' + file.split('/').at(-1) }, settings);
        console.log(article.format + ': ' + article.headline);
      }`;
    const settings = {
      site: { language: 'en' },
      articles: { timeZone: 'UTC', defaultSection: 'news' },
      limits: { fileBytes: 10_000_000, mediaBytes: 10_000_000, parseSeconds: 60 },
    };
    const files = readdirSync('samples', { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(txt|html|md|eml|docx|xml|json|nitf)$/.test(entry.name))
      .map(({ parentPath, name }) => path.join(parentPath, name));
    const output = execFileSync(
      process.execPath,
      ['--input-type=module', '-e', script, parser, JSON.stringify(settings), ...files],
      { encoding: 'utf8' },
    );
    expect(output.trim().split('\n')).toHaveLength(files.length);
    for (const format of ['text', 'html', 'markdown']) expect(output).toContain(`${format}: `);
  });
});
