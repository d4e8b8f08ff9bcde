import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunction } from '../../infra/bundle/bundle.ts';

/** A module whose import is measured. */
export interface Candidate {
  name: string;
  /** Files in the order in which they are imported. */
  files: string[];
  /** Bytes that are evaluated at start, and of all that is deployed; absent where packages lie beside it unbundled. */
  startBytes?: number;
  bytes?: number;
}

/** What an article needs that the function loads while it waits for the first file. */
const PARSER = 'functions/ingest/article/read-article.ts';

/** Within bench/, so that what is left unbundled finds its packages. */
const FOLDER = path.resolve(import.meta.dirname, '../node_modules/.coldstart');

const source = (name: string) => path.join('bench', 'coldstart', name);

/** Bundles all candidates, the functions as they are deployed. */
export async function makeCandidates(): Promise<{ candidates: Candidate[]; base: string }> {
  rmSync(FOLDER, { recursive: true, force: true });
  const sdk = await bundled('SDK clients', source('sdk-clients.ts'));
  const candidates = [
    await bundled('empty handler', source('empty.ts')),
    sdk,
    ...(await ingestAndParser()),
    await bundled('publish', 'functions/publish/lambda.ts'),
    oneFile('SDK clients in one CommonJS file', source('sdk-clients.ts')),
    { name: 'Readability, jsdom, feed, SDK clients', files: [await naive()] },
  ];
  return { candidates, base: sdk.name };
}

async function bundled(name: string, entry: string): Promise<Candidate> {
  const folder = path.join(FOLDER, name.replaceAll(' ', '-'));
  const { startBytes, bytes } = await bundleFunction(entry, folder);
  return { name, files: [path.join(folder, 'index.mjs')], startBytes, bytes };
}

async function ingestAndParser(): Promise<Candidate[]> {
  const folder = path.join(FOLDER, 'ingest');
  const { startBytes, bytes, part } = await bundleFunction('functions/ingest/lambda.ts', folder);
  const parser = part(PARSER);
  const files = [path.join(folder, 'index.mjs'), path.join(folder, parser.file)];
  return [
    { name: 'ingest', files: files.slice(0, 1), startBytes, bytes },
    { name: 'ingest with its parser', files, startBytes: parser.startBytes, bytes },
  ];
}

function oneFile(name: string, entry: string): Candidate {
  const outfile = path.join(FOLDER, 'one-file', 'index.cjs');
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
  });
  const { size } = statSync(outfile);
  return { name, files: [outfile], startBytes: size, bytes: size };
}

async function naive(): Promise<string> {
  const folder = path.join(FOLDER, 'naive');
  await bundleFunction(source('naive.ts'), folder);
  return path.join(folder, 'index.mjs');
}
