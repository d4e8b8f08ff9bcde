import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = process.cwd();

/** What a docstring shows: code, and what each `console.log` of it prints, as the comment after it says. */
interface Example {
  /** File and number: `functions/ingest/parse.ts 1`. */
  name: string;
  code: string;
  prints: string[];
}

const FILES = ['cli', 'functions', 'infra', 'local', 'shared'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => path.posix.join(folder, name)),
);
const EXAMPLES = FILES.flatMap(examplesIn);

/** The examples of a file. Their imports are those that the file itself would write. */
function examplesIn(file: string): Example[] {
  const blocks = readFileSync(file, 'utf8').matchAll(/^ \* @example\n \* ```ts\n(.*?)^ \* ```$/gms);
  return [...blocks].map(([, block = ''], index) => {
    const shown = block.replace(/^ \* ?/gm, '');
    const code = shown.replace(/(from ')(\.[^']*)(')/g, (_, before, to, after) => {
      return `${before}${path.resolve(path.dirname(file), to)}${after}`;
    });
    const prints = [...shown.matchAll(/^console\.log\(.*\);(?:\n| )\/\/ (.*)$/gm)].map(
      ([, said = '']) => said,
    );
    return { name: `${file} ${index + 1}`, code, prints };
  });
}

let dir: string;
beforeAll(() => {
  // Below the project, so that its packages are found.
  const cache = path.join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  dir = mkdtempSync(path.join(cache, 'examples-'));
  EXAMPLES.forEach(({ code }, at) => {
    writeFileSync(path.join(dir, `${at}.mts`), code);
  });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the seams have examples', () => {
  const files = EXAMPLES.map(({ name }) => name.replace(/ \d+$/, ''));
  expect(files).toEqual(
    expect.arrayContaining([
      'functions/ingest/parse.ts',
      'functions/ingest/model/format-reader.ts',
      'functions/publish/views/view.ts',
      'functions/publish/views/renditions.ts',
    ]),
  );
});

test('the examples compile', () => {
  const config = {
    extends: path.join(ROOT, 'tsconfig.json'),
    compilerOptions: { types: ['node'] },
    include: [],
    files: EXAMPLES.map((_, at) => `${at}.mts`),
  };
  writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', dir], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('the examples print what they say', () => {
  const run = path.join(dir, 'run.mts');
  const lines = EXAMPLES.map(({ name }, at) => `console.log('# ${name}');\nawait import('./${at}.mts');`);
  writeFileSync(run, lines.join('\n'));
  const args = ['--import', 'tsx', run];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(printed.trimEnd().split('\n')).toEqual(
    EXAMPLES.flatMap(({ name, prints }) => [`# ${name}`, ...prints]),
  );
});
