import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

interface SourceMap {
  version: 3;
  sources: string[];
  mappings: string;
  names: string[];
}

/**
 * Removes packages from a source map. Node reads the map of every module that it loads. Most of a map describes the SDK.
 * @param json source map written by esbuild
 */
export function ownSourceMap(json: string): string {
  const map = JSON.parse(json) as SourceMap;
  const isOwn = map.sources.map(source => !source.includes('node_modules/'));
  const sources = map.sources.filter((_, index) => isOwn[index]);
  const moved = isOwn.map((own, index) => (own ? isOwn.slice(0, index).filter(Boolean).length : -1));
  let last: number | undefined;
  const lines = decode(map.mappings).map(line => {
    const kept: SourceMapSegment[] = [];
    for (const segment of line) {
      const source = segment[1] === undefined ? -1 : (moved[segment[1]] ?? -1);
      // One segment marks the start of code without a source. Further segments of that code add nothing.
      if (source < 0 && last === -1) continue;
      last = source;
      if (source < 0 || segment.length === 1) kept.push([segment[0]]);
      else kept.push([segment[0], source, segment[2], segment[3]]);
    }
    last = undefined;
    return kept;
  });
  return JSON.stringify({ version: 3, sources, names: [], mappings: encode(lines) } satisfies SourceMap);
}
