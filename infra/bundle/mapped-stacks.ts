import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

// Every bundle runs this module first. Stack traces then name the files and lines of the sources. Node can do the same
// with `--enable-source-maps`, but it reads the maps and counts the lines of all files at start. This module reads a map
// with the first stack trace that needs it.

/** A position in a line of a stack trace. */
const POSITION = /(file:\/\/[^\s)]+\.mjs):(\d+):(\d+)/;

const maps = new Map<string, SourceMap | undefined>();

Error.prepareStackTrace = (error, calls) =>
  [Error.prototype.toString.call(error), ...calls.map(call => `    at ${inSources(`${call}`)}`)].join('\n');

function inSources(call: string): string {
  return call.replace(POSITION, (position, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const origin = maps.get(file)?.findOrigin(Number(line), Number(column));
    // Code of packages has no origin.
    if (origin === undefined || !('fileName' in origin)) return position;
    return `${origin.fileName.replace(/^(?:\.\.\/)+/, '')}:${origin.lineNumber}:${origin.columnNumber}`;
  });
}

function mapOf(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(new URL(`${file}.map`), 'utf8')));
  } catch {
    return undefined;
  }
}
