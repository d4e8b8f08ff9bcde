import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The import law: `cli → local → functions → shared`; infra knows the functions only by their entry files. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: ['shared'],
  'functions/ingest': ['functions/ingest', 'functions', 'shared'],
  'functions/publish': ['functions/publish', 'functions', 'shared'],
  'functions/bucket-emptier': ['functions/bucket-emptier', 'functions', 'shared'],
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

/** The folders of an area in order: a file imports from its own folder, and from those before it. */
const ORDER: Record<string, readonly string[]> = {
  'functions/ingest': [
    'functions/ingest/packages',
    'functions/ingest/words',
    'functions/ingest/words/html',
    'functions/ingest/text',
    'functions/ingest/model',
    'functions/ingest/html',
    'functions/ingest/decode',
    'functions/ingest/media',
    'functions/ingest/theme',
    'functions/ingest/metadata',
    'functions/ingest/release',
    'functions/ingest/clean',
    'functions/ingest/page/boxes',
    'functions/ingest/page/lines',
    'functions/ingest/page',
    'functions/ingest/formats/text',
    'functions/ingest/formats/wire',
    'functions/ingest/formats/office',
    'functions/ingest/formats/pdf',
    'functions/ingest/formats/mail',
    'functions/ingest/formats',
    'functions/ingest/article',
    'functions/ingest/record',
    'functions/ingest/zip',
    'functions/ingest/receive',
    'functions/ingest',
  ],
  'functions/publish': [
    'functions/publish/words',
    'functions/publish/search',
    'functions/publish/model',
    'functions/publish/states',
    'functions/publish/content',
    'functions/publish/components',
    'functions/publish/assets',
    'functions/publish/feeds',
    'functions/publish/pages',
    'functions/publish/views',
    'functions/publish/lists',
    'functions/publish/jobs',
    'functions/publish/check',
    'functions/publish/bulk',
    'functions/publish/receive',
    'functions/publish',
  ],
  shared: [
    'shared/text',
    'shared/model',
    'shared/errors',
    'shared/settings',
    'shared/stack',
    'shared/aws',
    'shared/table',
    'shared/duplicates',
  ],
  local: [
    'local/common',
    'local/event-source',
    'local/dynamodb',
    'local/s3/store',
    'local/s3',
    'local/memory-table',
    'local',
    'local/inbox',
  ],
  infra: ['infra/bundle', 'infra/common', 'infra/constructs', 'infra/monitoring', 'infra'],
  cli: [
    'cli/output',
    'cli/pipeline',
    'cli/deployment',
    'cli/doctor/machine',
    'cli/doctor/stack',
    'cli/doctor/functions',
    'cli/doctor/content',
    'cli/doctor/site',
    'cli/doctor',
    'cli/bulk',
    'cli/actions',
    'cli/preview',
    'cli/desk/backend',
    'cli/desk/pages',
    'cli/desk',
    'cli/commands',
    'cli',
  ],
};

const root = path.resolve(__dirname, '../..');
const files = ['shared', 'functions', 'local', 'cli', 'infra'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
);

function imports(file: string): string[] {
  // Without docstrings: their examples import too.
  const code = readFileSync(path.join(root, file), 'utf8').replace(/^ *\* .*$/gm, '');
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

describe.each(Object.entries(ORDER))('the order of folders in %s', (area, order) => {
  const inside = files.filter(file => areaOf(file) === area);

  test('names every folder', () => {
    expect([...new Set(inside.map(file => path.posix.dirname(file)))].sort()).toEqual([...order].sort());
  });

  test.each(inside)('%s imports from its own folder and from earlier ones', file => {
    const own = order.indexOf(path.posix.dirname(file));
    const later = imports(file).filter(target => order.indexOf(path.posix.dirname(target)) > own);
    expect(later).toEqual([]);
  });
});

test.each(Object.keys(ORDER))('no imports in %s lead back to where they began', area => {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file]);
    if (done.has(file)) return;
    done.add(file);
    for (const target of imports(file)) if (areaOf(target) === area) follow(target, [...way, file]);
  };
  for (const file of files.filter(file => areaOf(file) === area)) follow(file, []);
  expect(cycles).toEqual([]);
});
