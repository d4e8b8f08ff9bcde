import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The source files below a folder, by their paths from the top. */
function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => path.join(folder, file));
}

/** Names of the types, interfaces, classes and enums that a file declares and exports. */
function exportedTypesOf(text: string): string[] {
  const declarations = text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:type|interface|class|enum) (\w+)/gm,
  );
  return [...declarations].map(([, name = '']) => name);
}

test('exported type names are unique across functions, infra and shared', () => {
  const files = new Map<string, string[]>();
  for (const file of ['functions', 'infra', 'shared'].flatMap(sourcesIn))
    for (const name of exportedTypesOf(readFileSync(path.join(root, file), 'utf8')))
      files.set(name, [...(files.get(name) ?? []), file]);
  expect(files.size).toBeGreaterThan(200);
  expect([...files].filter(([, declaredIn]) => declaredIn.length > 1)).toEqual([]);
});
