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
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { bundleFunction } from '../../infra/bundle.ts';
import { writeTemplate } from './template.ts';
import { VARIANTS } from './variants.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copydesk-assets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Between them these two make everything.
test.each(['full', 'throw-away'])('a second synth writes the same template: %s', variant => {
  const settings = VARIANTS[variant];
  const [first, second] = ['first', 'second/deeper'].map(name =>
    readFileSync(writeTemplate(settings, 'Copydesk', join(folder, name)), 'utf8'),
  );
  expect(first).toBe(second);
});

test('a template names no folder of the machine', () => {
  const template = readFileSync(writeTemplate({}, 'Copydesk', join(folder, 'out')), 'utf8');
  for (const place of [process.cwd(), tmpdir(), process.env.HOME ?? process.cwd()].filter(
    path => path.length > 1,
  ))
    expect(template).not.toContain(`${place}/`);
});

/** Copies what a bundle is made of into a project elsewhere: its sources, its packages, and what bundles them. */
function projectOf(inputs: readonly string[], project: string): string {
  const tools = readdirSync('infra').map(name => join('infra', name));
  const files = new Set([...inputs, ...tools, 'tsconfig.json']);
  for (const file of inputs) {
    for (let parent = dirname(file); ; parent = dirname(parent)) {
      if (existsSync(join(parent, 'package.json'))) files.add(join(parent, 'package.json'));
      if (parent === '.') break;
    }
  }
  for (const file of files) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    copyFileSync(file, join(project, file));
  }
  for (const name of readdirSync('node_modules')) {
    const link = join(project, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(resolve('node_modules', name), link);
  }
  return project;
}

test('a function is bundled to the same bytes wherever the project and the output lie', async () => {
  const entry = 'functions/publish/lambda.ts';
  const { metafile } = await bundleFunction(entry, join(folder, 'original'));
  const bundled = (project: string, output: string): Map<string, string> => {
    const command = ['--import', 'tsx', 'infra/bundle-command.ts', entry, output];
    execFileSync(process.execPath, command, { cwd: projectOf(Object.keys(metafile.inputs), project) });
    return filesIn(output);
  };
  const original = filesIn(join(folder, 'original'));
  expect([...original.keys()]).toContain('index.mjs');
  for (const copy of [
    bundled(join(folder, 'a'), join(folder, 'a/cdk.out/temporary')),
    bundled(join(folder, 'some/where/else'), join(folder, 'output')),
  ]) {
    // File by file: the whole of a bundle in a message helps nobody.
    expect([...copy.keys()]).toEqual([...original.keys()]);
    for (const [name, text] of original) expect([name, copy.get(name) === text]).toEqual([name, true]);
  }
});

function filesIn(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map(file => [relative(root, file), readFileSync(file, 'utf8')]));
}
