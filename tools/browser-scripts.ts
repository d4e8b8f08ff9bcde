import path from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The module with the script of the search page. */
export const searchScript = () =>
  scriptModule('browser/search.ts', 'SEARCH_SCRIPT', 'The script of the search page');

/** The module with the script of the desk. */
export const deskScript = () => scriptModule('browser/desk.ts', 'DESK_SCRIPT', 'The script of the desk');

/**
 * A module with a script, bundled from `browser/`. The module is in the repository, because the laptop serves the same
 * file and has no bundler.
 */
function scriptModule(entry: string, constant: string, title: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    // A site that is opened from a disk may load no modules.
    format: 'iife',
    // Property escapes of regular expressions, and loops over asynchronous generators, are from 2018.
    target: 'es2020',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  const escaped = script.replace(/[\\`]|\$\{/g, '\\$&');
  return `/** ${title}, as \`npm run docs\` bundles it from \`browser/\`. */\nexport const ${constant} = \`${escaped}\`;\n`;
}
