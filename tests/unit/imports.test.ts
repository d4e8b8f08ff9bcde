import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The import law: `cli → local → functions → shared`; infra knows the functions only by their entry files. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: ['shared'],
  'functions/ingest': ['functions/ingest', 'functions', 'shared'],
  'functions/publish': ['functions/publish', 'functions', 'shared'],
  'functions/pulp': ['functions/pulp', 'functions', 'shared'],
  functions: ['shared'],
  local: ['local', 'functions/ingest', 'functions/publish', 'functions', 'shared'],
  cli: ['cli', 'local', 'functions/ingest', 'functions/publish', 'functions', 'shared'],
  infra: ['infra', 'shared'],
};

/** What both infra and the functions import imports nothing itself. */
const WITHOUT_IMPORTS = [
  'shared/stack/environment.ts',
  'shared/stack/metrics.ts',
  'shared/stack/response-headers.ts',
  'shared/table/keys.ts',
];

const root = path.resolve(__dirname, '../..');
const files = ['shared', 'functions', 'local', 'cli', 'infra'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
);

function imports(file: string): string[] {
  const code = readFileSync(path.join(root, file), 'utf8');
  const specifiers = code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.tsx?)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)),
  );
}

function areaOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return `${top}/${second}` in MAY_IMPORT ? `${top}/${second}` : top;
}

test('there are files in every area', () => {
  expect(new Set(files.map(areaOf))).toEqual(new Set(Object.keys(MAY_IMPORT)));
});

test.each(files)('%s imports only what its area may', file => {
  const allowed = MAY_IMPORT[areaOf(file)] ?? [];
  expect(imports(file).filter(target => !allowed.includes(areaOf(target)))).toEqual([]);
});

test.each(WITHOUT_IMPORTS)('%s imports nothing', file => {
  expect(imports(file)).toEqual([]);
});
