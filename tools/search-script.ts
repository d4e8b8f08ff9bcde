import path from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * The module with the script of the search page, bundled from `browser/`. The module is in the repository, because the
 * laptop publishes the same file and has no bundler.
 */
export function searchScript(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['browser/search.ts'],
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
  return `/** The script of the search page, as \`npm run docs\` bundles it from \`browser/\`. */\nexport const SEARCH_SCRIPT = \`${escaped}\`;\n`;
}
